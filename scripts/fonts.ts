// node scripts/fonts.ts FOLDER: the fonts of documents and pictures, as TrueType. Typst and resvg do not read
// the WOFF2 that npm packages ship.
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import decompress from 'wawoff2/decompress.js';

const PACKAGE = '@fontsource/atkinson-hyperlegible';
const VARIANTS = ['400-normal', '400-italic', '700-normal'];
const SUBSETS = ['latin', 'latin-ext'];

/** Writes the needed fonts into `folder` and leaves those already there. SIL Open Font License 1.1. */
export async function convertFonts(folder: string): Promise<void> {
  const source = join(dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`)), 'files');
  await mkdir(folder, { recursive: true });
  for (const subset of SUBSETS) {
    for (const variant of VARIANTS) {
      const name = `atkinson-hyperlegible-${subset}-${variant}`;
      const target = join(folder, `${name}.ttf`);
      if (await exists(target)) continue;
      const font = await decompress(await readFile(join(source, `${name}.woff2`)));
      // Renamed into place: a reader never meets half a font.
      const partial = `${target}.${process.pid}`;
      await writeFile(partial, font);
      await rename(partial, target);
    }
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

if (import.meta.main) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('usage: node scripts/fonts.ts FOLDER');
  await convertFonts(folder);
}
