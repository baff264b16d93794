import { join } from 'node:path';
import { compilerFor, dessinable } from '../../../platform/typst.ts';
import type { Accuse } from '../accuse.rules.ts';
import gabarit from './accuse.typ?raw';

/** The receipt as a tagged PDF (PDF/UA-1), A4. Throws if it does not compile or does not conform. */
export const accusePdf = async (
  accuse: Accuse,
  { service, jour }: { readonly service: readonly string[]; readonly jour: string },
  fontsFolder: string,
): Promise<Uint8Array> => {
  const compiler = await compilerFor(fontsFolder);
  const [annee, mois, jourDuMois] = jour.split('-').map(Number);
  const contenu = JSON.stringify(
    { ...accuse, service, date: { annee, mois, jour: jourDuMois } },
    (_cle, valeur) => (typeof valeur === 'string' ? dessinable(valeur) : valeur),
  );
  try {
    compiler.mapShadow(join(fontsFolder, 'accuse.json'), Buffer.from(contenu));
    const compiled = compiler.compile({ mainFileContent: gabarit });
    if (compiled.result === null)
      throw new Error(
        `The receipt does not compile: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`,
      );
    return new Uint8Array(compiler.pdf(compiled.result, { pdfStandard: 'ua-1' }));
  } finally {
    compiler.resetShadow();
    compiler.evictCache(10);
  }
};
