import { afterAll, beforeAll, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { type Site, servir } from './navigateur.ts';

let base: TestDatabase;
let site: Site;
beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  site = await servir(base, { limites: 'usuelles' });
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

const get = (path: string): Promise<Response> => fetch(`${site.adresse}${path}`, { redirect: 'manual' });

it('outlines that are imported show at once, on pages and in the file of the map', async () => {
  const paths = ['/carte/contours.geojson', '/departements/02', '/'];
  const read = () => Promise.all(paths.map(async (path) => (await get(path)).text()));
  const before = await read();
  await base.owner.query(
    `update contour set geometrie = '{"type":"Polygon","coordinates":[[[3,49],[4,49],[4,50],[3,50],[3,49]]]}'
     where niveau = 'departement' and code = '02'`,
  );
  await expect
    .poll(async () => (await read()).map((page, rank) => page !== before[rank]))
    .toEqual([true, true, true]);
});

it('what is added to an address draws no other page', async () => {
  // More than an address may have drawn in a minute: all but the first are one page.
  for (let count = 0; count < 700; count += 1) {
    const response = await get(`/france?utm_source=${count}`);
    if (response.status !== 200) throw new Error(`${count}: ${response.status}`);
    await response.arrayBuffer();
  }
  expect((await get(`/france?x=${'a'.repeat(5000)}`)).status).toBe(414);
});

it('an address that has too many pages drawn is told to come back, and kept pages still answer', async () => {
  expect((await get('/departements/02')).status).toBe(200);
  let last = 200;
  for (let count = 0; last === 200 && count < 700; count += 1) {
    const response = await get(`/structures?q=${count}aa`);
    last = response.status;
    await response.arrayBuffer();
  }
  expect(last).toBe(429);
  const refused = await get('/structures?q=encore');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.text()).toContain('Trop de demandes');
  expect((await get('/departements/02')).status).toBe(200);
});
