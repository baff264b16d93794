import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { NodeCompiler, NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { compilerFor, dessinable } from '../../platform/typst.ts';
import type { Communique } from '../document.ts';
import gabarit from './communique.typ?raw';

/**
 * The communiqué as a tagged PDF (PDF/UA-1), A4. `fontsFolder` holds TrueType fonts (see `scripts/fonts.ts`).
 * The same communiqué gives the same bytes. Throws if the document does not compile or does not conform.
 */
export async function pdf(communique: Communique, fontsFolder: string): Promise<Uint8Array> {
  const compiler = await compilerFor(fontsFolder);
  const { logo } = communique.enTete;
  // The name says the content: the compiler remembers files by name.
  const fichierLogo =
    logo === null
      ? null
      : `logo-${createHash('sha256').update(logo.octets).digest('hex').slice(0, 16)}.${logo.type === 'jpeg' ? 'jpg' : logo.type}`;
  if (logo !== null && fichierLogo !== null) {
    compiler.mapShadow(join(fontsFolder, fichierLogo), Buffer.from(logo.octets));
  }
  const contenu = donnees(communique, fichierLogo);
  try {
    const document = mettreEnPage(communique.liste.renvoi === null ? 1 : 2, (corps) =>
      composer(compiler, fontsFolder, { ...contenu, corps }),
    );
    return new Uint8Array(compiler.pdf(document, { pdfStandard: 'ua-1' }));
  } finally {
    compiler.resetShadow();
    compiler.evictCache(10);
  }
}

/** Sizes of the text in points, from the most comfortable to the smallest that is still easy to read. */
const CORPS = [11.5, 10.5, 10, 9.5];

/** The largest text that takes no more than the wanted pages, else no more than the smallest text takes. */
function mettreEnPage(pages: number, compose: (corps: number) => NodeTypstDocument): NodeTypstDocument {
  const [plusGrand = 0, ...autres] = CORPS;
  let choisi = compose(plusGrand);
  for (const corps of autres) {
    if (choisi.numOfPages <= pages) break;
    const essai = compose(corps);
    if (essai.numOfPages < choisi.numOfPages) choisi = essai;
  }
  return choisi;
}

function composer(compiler: NodeCompiler, folder: string, contenu: object): NodeTypstDocument {
  compiler.mapShadow(join(folder, 'donnees.json'), Buffer.from(JSON.stringify(contenu)));
  const compiled = compiler.compile({ mainFileContent: gabarit });
  const document = compiled.result;
  if (document === null) {
    const why = compiled.takeDiagnostics()?.shortDiagnostics;
    throw new Error(`The press release does not compile: ${JSON.stringify(why)}`);
  }
  return document;
}

function donnees(communique: Communique, fichierLogo: string | null): object {
  const { enTete, liste, suite, signature, contact, date } = communique;
  const [annee, mois, jour] = date.split('-').map(Number);
  const brut = {
    titre: communique.titre.texte,
    auteur: enTete.service.join(' '),
    banniere: communique.banniere,
    lieuDate: communique.lieuDate,
    date: { annee, mois, jour },
    marques: communique.marques,
    service: enTete.service,
    adresse: enTete.adresse,
    logo: fichierLogo === null ? null : { fichier: fichierLogo, alt: enTete.logo?.alt },
    chapo: communique.paragraphes.find(({ cle }) => cle === 'chapo')?.texte ?? communique.titre.texte,
    paragraphes: communique.paragraphes.map(({ cle, texte }) => ({ cle, texte })),
    renvoi: liste.renvoi,
    listeTitre: liste.intertitre.texte,
    liste: liste.lignes.map(({ libelle, precision, postesTexte, marque }) => ({
      libelle,
      precision,
      postes: postesTexte,
      marque,
    })),
    suite: suite === null ? null : { intertitre: suite.intertitre, texte: suite.paragraphe.texte },
    signature,
    contact,
  };
  return JSON.parse(JSON.stringify(brut), (_cle, valeur: unknown) =>
    typeof valeur === 'string' ? dessinable(valeur) : valeur,
  );
}
