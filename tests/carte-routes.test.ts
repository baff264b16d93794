import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importer, tranche } from '../src/candidatures/import/import.fixtures.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { donneesCarte } from '../src/vitrine/carte.ts';
import { type Site, servir } from './navigateur.ts';

let base: TestDatabase;
let site: Site;
beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  await importer(base.db, tranche);
  site = await servir(base);
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

type Trait = {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly type: string; readonly coordinates: readonly unknown[] } | null;
};
const get = (path: string, init: RequestInit = {}) => fetch(`${site.adresse}${path}`, init);
const traits = async (path: string): Promise<readonly Trait[]> => {
  const response = await get(path);
  expect([path, response.status]).toEqual([path, 200]);
  expect(response.headers.get('content-type')).toBe('application/geo+json; charset=utf-8');
  return (await response.json()).features;
};

describe('the file of points', () => {
  it('has one point for each structure announced, with what the map says of it', async () => {
    const points = await traits('/carte/structures.geojson');
    expect(points).toHaveLength(16);
    const conseil = points.find(({ properties }) => properties['postes'] === 16);
    expect(conseil).toMatchObject({
      properties: { libelle: 'Conseil départemental de l’Aisne', commune: 'Laon' },
      geometry: { type: 'Point' },
    });
    expect(Object.keys(conseil?.properties ?? {}).sort()).toEqual([
      'commune',
      'exacte',
      'id',
      'libelle',
      'postes',
    ]);
    expect(points.reduce((somme, { properties }) => somme + Number(properties['postes']), 0)).toBe(32);
  });

  it.each([
    ['departement=02', 16],
    ['departement=2', 16],
    ['region=32', 16],
    ['region=93', 0],
    ['departement=59', 0],
    ['epci=200071785', undefined],
  ])('of %s', async (filtre, compte) => {
    const points = await traits(`/carte/structures.geojson?${filtre}`);
    if (compte !== undefined) expect(points).toHaveLength(compte);
    expect(points.length).toBeLessThanOrEqual(16);
  });

  it('gives the position of the structure itself where it is known, else of its commune', async () => {
    const points = await traits('/carte/structures.geojson');
    const id = String(points[0]?.properties['id']);
    await base.owner.query('update structure set latitude = 49.51234, longitude = 3.49876 where id = $1', [
      id,
    ]);
    const voir = async () =>
      (await traits('/carte/structures.geojson')).find((un) => un.properties['id'] === id);
    await expect
      .poll(voir)
      .toMatchObject({ properties: { exacte: true }, geometry: { coordinates: [3.4988, 49.5123] } });
    await base.owner.query('update structure set latitude = null, longitude = null where id = $1', [id]);
    await expect.poll(voir).toMatchObject({ properties: { exacte: false }, geometry: { type: 'Point' } });
  });

  it.each([
    ['departement=02&region=32', 'un seul territoire à la fois'],
    ['departement=xyz', 'attend un code de département'],
    ['region=Aisne', 'attend un code de région'],
    ['epci=12', 'attend le SIREN'],
    ['departement=02&departement=59', 'attend une seule valeur'],
  ])('refuses %s and says why', async (filtre, raison) => {
    const response = await get(`/carte/structures.geojson?${filtre}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(raison);
  });

  it('is not sent again while nothing changes', async () => {
    const etag = (await get('/carte/structures.geojson')).headers.get('etag') ?? '';
    expect((await get('/carte/structures.geojson', { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });
});

it('what is not announced is on no map', async () => {
  for (const path of ['/carte', '/carte/structures.geojson', '/carte/structures.geojson?departement=59'])
    expect(await (await get(path)).text()).not.toMatch(/maubeuge|leval/i);
  const proches = await donneesCarte(
    base.publique,
    { niveau: 'autour', nom: 'Maubeuge', longitude: 3.97, latitude: 50.28, nombre: 3 },
    undefined,
  );
  expect(proches.lieux.map(({ departement }) => departement)).toEqual(['02', '02', '02']);
  const distances = proches.lieux.map(({ distance = 0 }) => distance);
  expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  expect(distances[0]).toBeGreaterThan(20_000);
});

describe('the file of names', () => {
  it('is of all départements and the largest communes, or of one département, light', async () => {
    const noms = await traits('/carte/reperes.geojson');
    const de = (role: string) =>
      noms.flatMap(({ properties }) => (properties['role'] === role ? [properties['nom']] : []));
    expect(de('departement')).toContain('Aisne');
    expect(de('commune').slice(0, 2)).toEqual(['Paris', 'Marseille']);
    expect(de('commune')).toHaveLength(300);
    const aisne = await traits('/carte/reperes.geojson?departement=2');
    expect(aisne).toHaveLength(400);
    expect(aisne[0]?.properties).toMatchObject({ nom: 'Saint-Quentin', role: 'commune' });
    expect((await get('/carte/reperes.geojson?departement=99')).status).toBe(404);
    expect((await get('/carte/reperes.geojson?departement=xyz')).status).toBe(400);
    const compressed = await site.app.request('/carte/reperes.geojson', {
      headers: { 'Accept-Encoding': 'br' },
    });
    expect((await compressed.arrayBuffer()).byteLength).toBeLessThan(15_000);
  });
});

describe('the first view', () => {
  it('of France is where its structures are, some région wide', async () => {
    const { bornes, lieux } = await donneesCarte(base.publique, { niveau: 'france' }, undefined);
    const [ouest, sud, est, nord] = bornes;
    for (const { position } of lieux) {
      if (position === null) continue;
      expect(position.longitude > ouest && position.longitude < est).toBe(true);
      expect(position.latitude > sud && position.latitude < nord).toBe(true);
    }
    expect(est - ouest).toBeGreaterThanOrEqual(3.19);
    expect(est - ouest).toBeLessThan(4);
    expect(nord - sud).toBeGreaterThanOrEqual(2.19);
  });

  it('around a structure leaves it out, and what is too far', async () => {
    const laon = { niveau: 'autour', nom: 'Laon', longitude: 3.62, latitude: 49.56, nombre: 50 } as const;
    const tous = (await donneesCarte(base.publique, laon, undefined)).lieux;
    const sauf = tous[0]?.id ?? '';
    const autres = await donneesCarte(base.publique, { ...laon, sauf, portee: 30 }, undefined);
    expect(autres.sauf).toBe(sauf);
    expect(autres.lieux.map(({ id }) => id)).toEqual(
      tous.filter(({ id, distance = 0 }) => id !== sauf && distance <= 30_000).map(({ id }) => id),
    );
    expect(autres.lieux.length).toBeLessThan(tous.length - 1);
  });
});

describe('the file of outlines', () => {
  it('is of all départements, light', async () => {
    expect((await traits('/carte/contours.geojson')).length).toBeGreaterThan(95);
    const compressed = await site.app.request('/carte/contours.geojson', {
      headers: { 'Accept-Encoding': 'br' },
    });
    expect((await compressed.arrayBuffer()).byteLength).toBeLessThan(100_000);
  });

  it('or of one, its neighbours, and its communes where they are known', async () => {
    await base.owner.query(
      `insert into contour (niveau, code, geometrie, source, officiel) values ('commune', '02408', $1, 'essai', true)`,
      [
        JSON.stringify({
          type: 'Polygon',
          coordinates: [
            [
              [3.6, 49.5],
              [3.60001, 49.50001],
              [3.6, 49.6],
              [3.7, 49.6],
              [3.6, 49.5],
            ],
          ],
        }),
      ],
    );
    await expect
      .poll(async () =>
        (await traits('/carte/contours.geojson?departement=02')).flatMap(({ properties }) =>
          properties['role'] === 'voisin' ? [] : [[properties['role'], properties['nom']]],
        ),
      )
      .toEqual([
        ['departement', 'Aisne'],
        ['commune', 'Laon'],
      ]);
    expect((await get('/carte/contours.geojson?departement=99')).status).toBe(404);
    expect((await get('/carte/contours.geojson?departement=xyz')).status).toBe(400);
  });
});

it('names that others wrote end no tag', async () => {
  await base.owner.query(
    `update structure set libelle_public = '</script><img src=x onerror=alert(1)>' where id = (select structure_id from ligne_retenue limit 1)`,
  );
  await expect.poll(async () => (await get('/carte')).text()).toContain('&lt;img src=x');
  expect(await (await get('/carte')).text()).not.toMatch(/<img/);
});
