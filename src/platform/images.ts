import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const serrer = promisify(deflate);

const bloc = (type: string, contenu: Uint8Array): Uint8Array => {
  const bytes = Buffer.alloc(12 + contenu.byteLength);
  bytes.writeUInt32BE(contenu.byteLength, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(contenu, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + contenu.byteLength)), 8 + contenu.byteLength);
  return bytes;
};

/** Each channel keeps its five high bits: shades nearer than that are one to the eye. */
const nuances = 0xf8_f8_f8_00;

type Dessin = {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity of each pixel. */
  readonly pixels: Buffer;
};

/** A palette picture: a third of the weight of full colour. Null where there are more than 256 shades. */
const pngIndexe = async ({ width, height, pixels }: Dessin): Promise<Uint8Array | null> => {
  const indices = new Map<number, number>();
  const palette: number[] = [];
  const lines = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const whole = pixels.readUInt32BE(4 * pixel);
    const shade = whole & nuances;
    let index = indices.get(shade);
    if (index === undefined) {
      index = indices.size;
      if (index === 256) return null;
      indices.set(shade, index);
      palette.push(whole >>> 24, (whole >>> 16) & 0xff, (whole >>> 8) & 0xff);
    }
    lines[pixel + Math.floor(pixel / width) + 1] = index;
  }
  const entete = Buffer.alloc(13);
  entete.writeUInt32BE(width, 0);
  entete.writeUInt32BE(height, 4);
  // Eight bits a pixel, palette.
  entete.set([8, 3], 8);
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    bloc('IHDR', entete),
    bloc('PLTE', Uint8Array.from(palette)),
    bloc('IDAT', await serrer(lines, { level: 7 })),
    bloc('IEND', new Uint8Array()),
  ]);
};

/**
 * An opaque drawing as a PNG picture, `largeur` pixels wide, its letters in our own fonts alone: the same on every
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
  return (await pngIndexe(image)) ?? new Uint8Array(image.asPng());
};
