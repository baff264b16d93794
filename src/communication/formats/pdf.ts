import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeCompiler, NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import type { Communique } from '../document.ts';
import gabarit from './communique.typ?raw';

/** One compiler for each folder of fonts: reading them is what takes time (tens of ms), a document takes a few. */
const compilers = new Map<string, Promise<NodeCompiler>>();

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

function compilerFor(fontsFolder: string): Promise<NodeCompiler> {
  const known = compilers.get(fontsFolder);
  if (known !== undefined) return known;
  // Loaded on first use: most commands never draw a document.
  const created = Promise.all([import('@myriaddreamin/typst-ts-node-compiler'), readFonts(fontsFolder)]).then(
    ([{ NodeCompiler }, fontBlobs]) =>
      NodeCompiler.create({ workspace: fontsFolder, fontArgs: [{ fontBlobs }] }),
  );
  created.catch(() => compilers.delete(fontsFolder));
  compilers.set(fontsFolder, created);
  return created;
}

/**
 * In the order of their names: « latin » comes before « latin-ext » of the same family, and so is the one chosen;
 * the other only lends the signs that the first has not.
 */
async function readFonts(folder: string): Promise<Buffer[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ttf')).sort(latinFirst);
  if (names.length === 0) throw new Error(`No font in ${folder}`);
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}

const latinFirst = (left: string, right: string): number =>
  Number(left.includes('-ext-')) - Number(right.includes('-ext-')) || left.localeCompare(right);

/** Signs that the fonts have (tested against them); `\u202f` is drawn by the template. */
const DESSINABLES = new RegExp(
  '[\\u0020-\\u007e\\u00a0-\\u0107\\u010a-\\u0113\\u0116-\\u011b\\u011e-\\u0123\\u0126\\u0127\\u012a\\u012b' +
    '\\u012e-\\u0131\\u0136\\u0137\\u013b-\\u013e\\u0141-\\u0148\\u0150-\\u0155\\u0158-\\u015b\\u015e-\\u0165' +
    '\\u016a\\u016b\\u016e-\\u0173\\u0178-\\u017e\\u0218-\\u021b\\u2013\\u2014\\u2018-\\u201a\\u201c-\\u201e' +
    '\\u2022\\u2026\\u202f\\u2039\\u203a\\u20ac\\u2122\\u2212]',
  'u',
);
const REMPLACANTS: Readonly<Record<string, string>> = {
  '\u2011': '-',
  '\u2010': '-',
  '\u2009': '\u202f',
  '№': 'n°',
};

/** PDF/UA refuses a sign without a glyph: rare ones lose their accent, the others become « ? ». */
export function dessinable(texte: string): string {
  return [...texte.normalize('NFC')]
    .map((signe) => {
      if (DESSINABLES.test(signe)) return signe;
      const nu = REMPLACANTS[signe] ?? signe.normalize('NFKD').replace(/\p{M}/gu, '');
      return nu !== '' && [...nu].every((autre) => DESSINABLES.test(autre)) ? nu : '?';
    })
    .join('');
}

function donnees(communique: Communique, fichierLogo: string | null): object {
  const { enTete, liste, suite, contact, date } = communique;
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
    contact,
  };
  return JSON.parse(JSON.stringify(brut), (_cle, valeur: unknown) =>
    typeof valeur === 'string' ? dessinable(valeur) : valeur,
  );
}
