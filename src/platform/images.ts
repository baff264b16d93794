import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A drawing as a PNG picture, `largeur` pixels wide, its letters in our own fonts alone: the same on every
 * machine. `fontsFolder`: TrueType fonts, see `scripts/fonts.ts`.
 */
export const pngDuSvg = async (
  svg: string,
  { largeur, fontsFolder }: { readonly largeur: number; readonly fontsFolder: string },
): Promise<Uint8Array> => {
  const { renderAsync } = await import('@resvg/resvg-js');
  const fontFiles = (await readdir(fontsFolder))
    .filter((name) => name.endsWith('.ttf'))
    .sort((left, right) => Number(left.includes('-ext-')) - Number(right.includes('-ext-')))
    .map((name) => join(fontsFolder, name));
  // The font has no narrow no-break space.
  const image = await renderAsync(svg.replaceAll('\u202f', '\u00a0'), {
    fitTo: { mode: 'width', value: largeur },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Atkinson Hyperlegible' },
  });
  return new Uint8Array(image.asPng());
};
