import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** One compiler for each folder of fonts: reading them is what takes time (tens of ms), a document takes a few. */
const compilers = new Map<string, Promise<NodeCompiler>>();

/** The compiler of documents, over a folder of TrueType fonts (see `scripts/fonts.ts`). */
export function compilerFor(fontsFolder: string): Promise<NodeCompiler> {
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

/** PDF/UA refuses a sign without a glyph: rare ones lose their accent, the others become « ? ». Lines stay. */
export function dessinable(texte: string): string {
  return [...texte.normalize('NFC').replace(/\r\n?/g, '\n')]
    .map((signe) => {
      if (signe === '\n' || DESSINABLES.test(signe)) return signe;
      const nu = REMPLACANTS[signe] ?? signe.normalize('NFKD').replace(/\p{M}/gu, '');
      return nu !== '' && [...nu].every((autre) => DESSINABLES.test(autre)) ? nu : '?';
    })
    .join('');
}
