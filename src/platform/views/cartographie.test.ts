import type { Polygon, Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { type Contour, tracerDepartements } from './cartographie.ts';

/** A square of one degree, or less, with its south-west corner there. */
const carre = (code: string, lon: number, lat: number, cote = 1): Contour => {
  const coordinates: Position[] = [
    [lon, lat],
    [lon, lat + cote],
    [lon + cote, lat + cote],
    [lon + cote, lat],
    [lon, lat],
  ];
  return { code, nom: `Département ${code}`, geometry: { type: 'Polygon', coordinates: [coordinates] } };
};

const inverser = (contour: Contour): Contour => ({
  ...contour,
  geometry: {
    type: 'Polygon',
    coordinates: (contour.geometry as Polygon).coordinates.map((anneau) => anneau.toReversed()),
  },
});

const METROPOLE = [carre('29', -4, 48), carre('02', 3, 49), carre('2A', 8.6, 41.4), carre('64', -1, 43)];
const OUTRE_MER = [
  carre('971', -61.6, 16, 0.4),
  carre('972', -61, 14.5, 0.4),
  carre('973', -54, 3, 2),
  carre('974', 55.4, -21.2, 0.4),
  carre('976', 45.1, -12.9, 0.2),
];
const COURONNE = ['75', '92', '93', '94'].map((code, rang) => carre(code, 2.2 + rang * 0.1, 48.8, 0.1));

/** Corners of every closed ring of the path. */
const points = (path: string): { x: number; y: number }[] =>
  path.split('M').flatMap((anneau) => {
    const nombres = (anneau.match(/-?\d+/g) ?? []).map(Number);
    let [x, y] = [0, 0];
    return Array.from({ length: nombres.length / 2 }, (_, rang) => {
      x += nombres[rang * 2] ?? 0;
      y += nombres[rang * 2 + 1] ?? 0;
      return { x, y };
    });
  });

const centre = (path: string): { x: number; y: number } => {
  const tous = points(path);
  const somme = tous.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: somme.x / tous.length, y: somme.y / tous.length };
};

describe('tracerDepartements', () => {
  const fond = tracerDepartements([...METROPOLE, ...OUTRE_MER]);
  const chemin = (code: string): string => fond.traces.find((trace) => trace.code === code)?.path ?? '';

  it('draws each département once, in the order given, as closed whole-number paths', () => {
    expect(fond.traces.map(({ code }) => code)).toEqual([...METROPOLE, ...OUTRE_MER].map(({ code }) => code));
    for (const { path } of fond.traces) expect(path).toMatch(/^(M\d+ \d+l[-\d ]+z)+$/);
  });

  it('puts north up, west left and Corsica in the south-east, all inside the frame', () => {
    expect(centre(chemin('29')).x).toBeLessThan(centre(chemin('02')).x);
    expect(centre(chemin('02')).y).toBeLessThan(centre(chemin('64')).y);
    expect(centre(chemin('2A')).x).toBeGreaterThan(centre(chemin('02')).x);
    for (const { x, y } of fond.traces.flatMap(({ path }) => points(path))) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(fond.largeur);
      expect(y).toBeLessThanOrEqual(fond.hauteur);
    }
  });

  it('draws each overseas département inside a frame of its own, which bears its name', () => {
    expect(fond.encarts.map(({ nom }) => nom)).toEqual(OUTRE_MER.map(({ nom }) => nom));
    for (const { code, nom } of OUTRE_MER) {
      const encart = fond.encarts.find((candidat) => candidat.nom === nom);
      for (const { x, y } of points(chemin(code))) {
        expect(x).toBeGreaterThan(encart?.x ?? Number.NaN);
        expect(x).toBeLessThan((encart?.x ?? 0) + (encart?.largeur ?? Number.NaN));
        expect(y).toBeGreaterThan(encart?.y ?? Number.NaN);
        expect(y).toBeLessThan((encart?.y ?? 0) + (encart?.hauteur ?? Number.NaN));
      }
    }
  });

  it('reads rings wound either way alike', () => {
    expect(tracerDepartements([...METROPOLE, ...OUTRE_MER].map(inverser))).toEqual(fond);
  });

  it('enlarges Paris and its neighbours: two drawings in one path', () => {
    const avecParis = tracerDepartements([...METROPOLE, ...COURONNE]);
    expect(avecParis.encarts.map(({ nom }) => nom)).toEqual(['Paris et alentours']);
    const paris = avecParis.traces.find(({ code }) => code === '75');
    expect(paris?.path.match(/M/g)).toHaveLength(2);
    expect(fond.traces.find(({ code }) => code === '02')?.path.match(/M/g)).toHaveLength(1);
  });

  it('keeps one border between neighbours', () => {
    const [gauche, droite] = tracerDepartements([carre('01', 2, 46), carre('03', 3, 46)]).traces;
    const communs = points(gauche?.path ?? '').filter((point) =>
      points(droite?.path ?? '').some(({ x, y }) => x === point.x && y === point.y),
    );
    expect(communs).toHaveLength(2);
  });

  it('keeps the islands one can see, and drops the islets', () => {
    const [corse] = tracerDepartements([
      {
        code: '2B',
        nom: 'Haute-Corse',
        geometry: {
          type: 'MultiPolygon',
          coordinates: [carre('', 9, 42, 0.5), carre('', 8, 42, 0.2), carre('', 8.5, 42.5, 0.0001)].map(
            ({ geometry }) => (geometry as Polygon).coordinates,
          ),
        },
      },
    ]).traces;
    expect(corse?.path.match(/M/g)).toHaveLength(2);
  });

  it('draws nothing for the other overseas collectivities, and nothing at all from nothing', () => {
    expect(tracerDepartements([carre('988', 165, -21)]).traces).toEqual([]);
    expect(tracerDepartements([])).toMatchObject({ traces: [], encarts: [] });
  });
});
