import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { convertFonts } from '../../../scripts/fonts.ts';
import { avecLaureats, FAITS_AISNE, laureat } from '../fixtures.ts';
import { composerCommunique } from '../rules.ts';
import { cartePng, carteSvg, type FondCarte } from './carte.ts';
import { placerEtiquettes } from './etiquettes.ts';
import { kit } from './kit.ts';

const fontsFolder = join(tmpdir(), 'maillage-test-fonts');
beforeAll(() => convertFonts(fontsFolder));

const communique = composerCommunique(
  avecLaureats([
    laureat('ville de Laon', 9),
    laureat('tiers-lieu <de> Gauchy', 1),
    laureat('sans position', 1),
  ]),
);
const fond: FondCarte = {
  contour: {
    type: 'Polygon',
    coordinates: [
      [
        [3, 49],
        [4, 49],
        [4, 50],
        [3, 50],
        [3, 49],
      ],
    ],
  },
  points: [
    { lon: 3.62, lat: 49.56, postes: 9, libelle: 'Ville de Laon', etiquette: 'Laon' },
    { lon: 3.62, lat: 49.56, postes: 1, libelle: 'Tiers-lieu <de> Gauchy', etiquette: 'Gauchy' },
  ],
  source: 'Contours : IGN',
};
const cercles = (svg: string): { x: number; y: number; r: number }[] =>
  [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"[^>]*><title>/g)].map(([, x, y, r]) => ({
    x: Number(x),
    y: Number(y),
    r: Number(r),
  }));

describe('map', () => {
  const svg = carteSvg(communique, fond);

  test('a circle for each structure, its area in proportion to its posts', () => {
    const [laon, gauchy] = cercles(svg);
    expect(cercles(svg)).toHaveLength(2);
    expect((laon?.r ?? 0) / (gauchy?.r ?? 1)).toBeCloseTo(3, 1);
  });

  test('two structures of one place do not hide each other', () => {
    const [laon = { x: 0, y: 0, r: 0 }, gauchy = { x: 0, y: 0, r: 0 }] = cercles(svg);
    expect(Math.hypot(laon.x - gauchy.x, laon.y - gauchy.y)).toBeGreaterThan(0.9 * (laon.r + gauchy.r));
  });

  test('is told in words, and says what is not on it', () => {
    expect(svg).toContain('<title id="carte-02-titre">Les 3 structures retenues – Aisne</title>');
    expect(svg).toMatch(/<desc id="carte-02-description">[^<]*Ville de Laon\u00a0: 9 postes/);
    expect(svg).toContain('1 structure sans position connue n’y figure pas.');
    expect(svg).toContain('Contours : IGN');
  });

  test('holds neither style nor script, and escapes labels', () => {
    expect(svg).not.toMatch(/style=|<style|<script|class=/);
    expect(svg).toContain('Tiers-lieu &lt;de&gt; Gauchy');
  });

  test('an outline wound either way, or in several parts, draws alike', () => {
    const polygone = fond.contour.type === 'Polygon' ? fond.contour.coordinates : [];
    const renverse = {
      type: 'MultiPolygon' as const,
      coordinates: [polygone.map((anneau) => anneau.toReversed())],
    };
    const boite = (lu: string): string | undefined => /viewBox="([^"]+)"/.exec(lu)?.[1];
    expect(boite(carteSvg(communique, { ...fond, contour: renverse }))).toBe(boite(svg));
    expect(() =>
      carteSvg(communique, { ...fond, contour: { type: 'Polygon', coordinates: [[[3, 49]]] } }),
    ).toThrow();
  });

  test('becomes a picture of twice its size', async () => {
    const png = Buffer.from(await cartePng(svg, fontsFolder));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(1800);
  });
});

test('names stay off circles, off each other and inside the page', () => {
  const cercle = (x: number, y: number, etiquette: string) => ({ x, y, rayon: 7, etiquette, titre: '' });
  const page = { largeur: 300, haut: 0, bas: 300 };
  expect(placerEtiquettes([cercle(150, 150, 'Laon')], page)[0]?.ancre).toBe('start');
  expect(placerEtiquettes([cercle(290, 150, 'Laon')], page)[0]?.ancre).toBe('end');
  const serres = Array.from({ length: 30 }, (_, rang) => cercle(150 + rang, 150, `Commune ${rang}`));
  expect(placerEtiquettes(serres, page).length).toBeLessThan(5);
  expect(placerEtiquettes([cercle(50, 50, 'Laon'), cercle(200, 200, 'Laon')], page)).toHaveLength(1);
});

describe('press kit', () => {
  test('holds all formats under clear names, the same to the byte', async () => {
    const aisne = composerCommunique(FAITS_AISNE);
    const octets = await kit(aisne, { fond, fontsFolder });
    const fichiers = unzipSync(octets);
    expect(Object.keys(fichiers)).toEqual([
      'communique-02-2021-03-24.pdf',
      'communique-02-2021-03-24.odt',
      'communique-02-2021-03-24.txt',
      'laureats-02-2021-03-24.csv',
      'carte-02-2021-03-24.svg',
      'carte-02-2021-03-24.png',
    ]);
    expect(strFromU8(fichiers['communique-02-2021-03-24.txt'] ?? new Uint8Array())).toContain(
      '32 conseillers',
    );
    expect(await kit(aisne, { fond, fontsFolder })).toEqual(octets);
  });

  test('goes without a map where there is no outline', async () => {
    const fichiers = unzipSync(await kit(communique, { fond: null, fontsFolder }));
    expect(Object.keys(fichiers).map((nom) => nom.split('.').at(-1))).toEqual(['pdf', 'odt', 'txt', 'csv']);
  });
});
