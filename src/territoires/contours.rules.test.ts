import { geoArea, geoContains } from 'd3-geo';
import { describe, expect, it } from 'vitest';
import { lireContours, positionDans } from './contours.rules.ts';

const square = (west: number, south: number, size = 0.1): number[][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

const collection = (
  ...features: readonly (readonly [Readonly<Record<string, unknown>>, unknown])[]
): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(([properties, geometry]) => ({ type: 'Feature', properties, geometry })),
  });

const polygon = (west: number, south: number) => ({ type: 'Polygon', coordinates: [square(west, south)] });

describe('lireContours', () => {
  it('reads communes by « code » and « nom »', () => {
    const read = lireContours(collection([{ code: '02408', nom: 'Laon' }, polygon(3.6, 49.5)]));
    expect(read).toMatchObject({
      ok: true,
      valeur: { niveau: 'commune', contours: [{ code: '02408', nom: 'Laon' }] },
    });
  });

  it('reads départements by « insee_dep » and « lib_dep », or by « code », mending lost zeros', () => {
    for (const properties of [
      { insee_dep: '02', lib_dep: 'Aisne' },
      { code: '2', nom: 'Aisne' },
      { code: 2 },
    ]) {
      const read = lireContours(collection([properties, polygon(3, 49)]));
      expect(read).toMatchObject({ ok: true, valeur: { niveau: 'departement', contours: [{ code: '02' }] } });
    }
  });

  it('takes as inside the smaller side, whichever way the file winds its rings', () => {
    for (const ring of [square(3, 49), square(3, 49).toReversed()]) {
      const read = lireContours(collection([{ code: '02408' }, { type: 'Polygon', coordinates: [ring] }]));
      expect(
        read.ok && geoArea(read.valeur.contours[0]?.geometrie ?? { type: 'Point', coordinates: [] }),
      ).toBeLessThan(1);
    }
  });

  it.each([
    ['json', 'code;nom'],
    ['geojson', '{"type":"Topology"}'],
    ['geojson', 'null'],
    ['vide', '{"type":"FeatureCollection","features":[]}'],
    ['proprietes', collection([{ nom: 'Laon' }, polygon(3, 49)])],
    ['proprietes', collection([{ code: '200069672', nom: 'Un EPCI' }, polygon(3, 49)])],
    ['proprietes', collection([{ code: '02' }, polygon(3, 49)], [{ code: '02408' }, polygon(3, 49)])],
    ['doublon', collection([{ code: '02408' }, polygon(3, 49)], [{ code: '2408' }, polygon(3, 49)])],
    ['geometrie', collection([{ code: '02408' }, { type: 'Point', coordinates: [3, 49] }])],
    ['geometrie', collection([{ code: '02408' }, null])],
    [
      'geometrie',
      collection([{ code: '02408' }, { type: 'Polygon', coordinates: [square(3, 49).slice(0, 4)] }]),
    ],
    ['coordonnees', collection([{ code: '02408' }, polygon(745_000, 6_940_000)])],
  ])('refuses (%s) what is not official outlines, in French', (refus, texte) => {
    const read = lireContours(texte);
    expect(read).toMatchObject({ ok: false, refus });
    expect(!read.ok && read.message).toMatch(/^(Ce|Le) .*\.$/);
  });
});

describe('positionDans', () => {
  it('is the centroid of a plain outline', () => {
    const { latitude, longitude } = positionDans({
      type: 'Polygon',
      coordinates: [
        [
          [3, 49],
          [3, 50],
          [4, 50],
          [4, 49],
          [3, 49],
        ],
      ],
    });
    expect(longitude).toBeCloseTo(3.5, 2);
    expect(latitude).toBeCloseTo(49.5, 1);
  });

  it('stays inside when the centroid falls outside, as in a crescent or an archipelago', () => {
    const crescent = {
      type: 'Polygon' as const,
      coordinates: [
        [
          [0, 45],
          [0, 48],
          [3, 48],
          [3, 47.9],
          [0.1, 47.9],
          [0.1, 45.1],
          [3, 45.1],
          [3, 45],
          [0, 45],
        ],
      ] as [number, number][][],
    };
    const islands = {
      type: 'MultiPolygon' as const,
      coordinates: [
        [
          [
            [0, 45],
            [0, 45.2],
            [0.2, 45.2],
            [0.2, 45],
            [0, 45],
          ],
        ],
        [
          [
            [2, 46],
            [2, 46.1],
            [2.1, 46.1],
            [2.1, 46],
            [2, 46],
          ],
        ],
      ] as [number, number][][][],
    };
    for (const outline of [crescent, islands]) {
      const { latitude, longitude } = positionDans(outline);
      expect(geoContains(outline, [longitude, latitude])).toBe(true);
    }
  });
});
