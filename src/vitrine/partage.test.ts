import { PNG } from 'pngjs';
import { beforeAll, expect, it } from 'vitest';
import { convertFonts } from '../../scripts/fonts.ts';
import { fontsFolder } from '../platform/fonts.ts';
import { imageDePartage } from './partage.ts';

beforeAll(() => convertFonts(fontsFolder));

const chiffres = [
  { valeur: '4\u202f000', libelle: 'structures retenues' },
  { valeur: '12\u202f345', libelle: 'postes de conseillers numériques' },
  { valeur: '1\u202f753\u202f760\u202f000\u00a0€', libelle: 'engagés par l’État' },
];
const margin = 60;

/** Pixels that are neither background nor the faint emblem: letters and lines. */
const lettres = (png: PNG, inside: (x: number, y: number) => boolean): number => {
  let count = 0;
  for (let pixel = 0; pixel < png.width * png.height; pixel += 1) {
    const bright = (png.data[4 * pixel] ?? 0) > 0x60;
    if (bright && inside(pixel % png.width, Math.floor(pixel / png.width))) count += 1;
  }
  return count;
};

it.each([
  ['an ordinary title', 'Les conseillers numériques dans l’Aisne'],
  ['accents and ligatures', 'Œuvre d’Éducation à L’Haÿ-les-Roses « Ça et là »'],
  ['a very long name', 'Communauté d’agglomération Territoires Vendômois, Pays de Collines '.repeat(6)],
  ['a word without end', 'ASSOCIATIONSANSFIN'.repeat(20)],
  ['what looks like markup', '<b>&amp;"</svg>'],
  ['wide letters', 'WMŒ@%'.repeat(30)],
  ['letters that the font does not have', '漢字かな交じり文 '.repeat(12)],
  ['nothing', ''],
])('%s makes a light picture with nothing in its margins', async (_, titre) => {
  const picture = await imageDePartage({ titre, chiffres, mention: 'Données de démonstration' });
  // Letters from edge to edge weigh the most; a title of ours, little more than half of that.
  expect(picture.byteLength).toBeLessThan(128 * 1024);
  const png = PNG.sync.read(Buffer.from(picture));
  expect([png.width, png.height]).toEqual([1200, 630]);
  expect(lettres(png, (x, y) => x < margin || x > 1200 - margin || y < 50 || y > 610)).toBe(0);
  // The emblem, the name and the figures are there.
  expect(lettres(png, (x, y) => x < 330 && y < 150)).toBeGreaterThan(1000);
  expect(lettres(png, (_x, y) => y > 440)).toBeGreaterThan(3000);
});

it('the same subject gives the same bytes', async () => {
  const draw = () => imageDePartage({ titre: 'Aisne', chiffres: [] });
  expect(await draw()).toEqual(await draw());
});
