// Runs in a thread of its own (see atelier.ts): drawing a document holds its thread for tens of milliseconds, minutes of
// a long session for seconds. Given the folder of fonts as its data, answers each document that it is sent.
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { compilerFor, dessinable } from '../../../platform/typst.ts';

export type Demande = {
  readonly id: number;
  readonly gabarit: string;
  /** Read by the template as /document.json. */
  readonly contenu: object;
  readonly logo: { readonly fichier: string; readonly octets: Uint8Array } | null;
};
export type Reponse =
  | { readonly id: number; readonly octets: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly erreur: string };

const dossier: unknown = workerData;
if (typeof dossier !== 'string') throw new Error('the folder of fonts is the data of this thread');
const compiler = await compilerFor(dossier);

const dessiner = ({ gabarit, contenu, logo }: Demande): Uint8Array<ArrayBuffer> => {
  const json = JSON.stringify(contenu, (_cle, valeur: unknown) =>
    typeof valeur === 'string' ? dessinable(valeur) : valeur,
  );
  try {
    // The name says the content: the compiler remembers files by name.
    if (logo !== null) compiler.mapShadow(join(dossier, logo.fichier), Buffer.from(logo.octets));
    compiler.mapShadow(join(dossier, 'document.json'), Buffer.from(json));
    const compiled = compiler.compile({ mainFileContent: gabarit });
    if (compiled.result === null)
      throw new Error(
        `The document does not compile: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`,
      );
    return new Uint8Array(compiler.pdf(compiled.result, { pdfStandard: 'ua-1' }));
  } finally {
    compiler.resetShadow();
    compiler.evictCache(10);
  }
};

parentPort?.on('message', (demande: Demande) => {
  try {
    const octets = dessiner(demande);
    parentPort?.postMessage({ id: demande.id, octets } satisfies Reponse, [octets.buffer]);
  } catch (error) {
    const erreur = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ id: demande.id, erreur } satisfies Reponse);
  }
});
