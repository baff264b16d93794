import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { retenirBeaucoup, retenirStructure } from '../src/vitrine/structures.fixtures.ts';
import { type Site, servir } from './navigateur.ts';

let base: TestDatabase;
let site: Site;
const laon = { latitude: 49.56, longitude: 3.62 };

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  await retenirStructure(base, {
    raisonSociale: 'FABRIQUE CACHEE DE LAON',
    commune: '02408',
    position: laon,
    annoncee: false,
  });
  await retenirStructure(base, {
    raisonSociale: 'ASSOCIATION DU NORD',
    commune: '02408',
    position: { latitude: laon.latitude + 0.1, longitude: laon.longitude },
  });
  await retenirStructure(base, {
    raisonSociale: 'ASSOCIATION DE NULLE PART',
    commune: null,
    identifiant: '98765432100017',
  });
  site = await servir(base);
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

const get = (path: string) => site.app.request(path);
const text = async (path: string) => (await (await get(path)).text()).replaceAll('\u00a0', ' ');

describe('the page of a commune', () => {
  it('shows its structures, then the nearest', async () => {
    const html = await text('/communes/02408');
    expect(html).toContain('Conseillers numériques près de Laon');
    expect(html).toContain('2 structures retenues, 17 postes.');
    expect(html.indexOf('Conseil départemental de l’Aisne')).toBeLessThan(html.indexOf('id="autour"'));
    expect(html).toMatch(/à \d+,\d km/);
    expect(html).toContain('Distances à vol d’oiseau : plus par la route.');
    // Once, not on each row.
    expect(html.match(/centre de la commune/g)).toHaveLength(1);
    expect(html.match(/n’a pas toujours encore son conseiller/g)).toHaveLength(1);
    expect(html).toContain('href="/regions/32"');
    expect(html).toContain('href="/departements/02"');
    expect(html).toContain('href="/epci/200043495"');
    expect(html).not.toMatch(/cach[ée]/i);
  });

  it('says when the commune has none, and when nothing is near', async () => {
    const none = await text('/communes/02722');
    expect(none).toMatch(/Aucune structure d(e |u |’)[^<]+ n’a encore été retenue/);
    for (const path of ['/communes/13055', '/communes/97411']) {
      const far = await text(path);
      expect(far).toContain('Aucune structure annoncée à moins de 100 km');
      expect(far).not.toContain('carte-lieux');
    }
    const far = await text('/communes/13055');
    expect(far).toContain('href="/departements/13"');
    const edge = await text('/communes/60057');
    expect(edge).toContain('Rien n’est annoncé à moins de 30 km');
    expect(edge).not.toContain('appelez');
    const distances = [...edge.matchAll(/à ([\d,]+) km(?=<| )/g)].map(([, text = '']) =>
      Number(text.replace(',', '.')),
    );
    expect(Math.max(...distances)).toBeLessThanOrEqual(100);
  });

  it('says that its own position is known nearby only', async () => {
    const { rows } = await base.owner.query<{ code: string }>(
      `select code from commune where precision_position = 'approximative' and departement_code = '02' limit 1`,
    );
    expect(await text(`/communes/${rows[0]?.code}`)).toContain('n’est connue qu’à peu près');
  });

  it.each([
    ['72181', 'près du Mans'],
    ['97101', 'près des Abymes'],
    ['80001', 'près d’Abbeville'],
    ['02304', 'près de La Fère'],
  ])('%s is written %s', async (code, expected) => {
    expect(await text(`/communes/${code}`)).toContain(expected);
  });

  it.each([
    ['/communes/2408', '/communes/02408'],
    ['/communes/2a004', '/communes/2A004'],
    ['/communes/50383', '/communes/50129'],
    ['/communes/75112', '/communes/75056'],
    ['/communes/92400', '/recherche?q=92400'],
  ])('%s leads to %s', async (path, target) => {
    const response = await get(path);
    expect([response.status, response.headers.get('location')]).toEqual([302, target]);
  });

  it.each([
    ['/communes/99999', 404],
    ['/communes/abc', 400],
    ['/communes/02408?page=2', 404],
    ['/communes/02408?page=-1', 400],
    ['/communes/%00', 400],
    ['/epci/123456789', 404],
    ['/epci/200', 400],
    ['/epci/200071892?page=2', 404],
  ])('%s gets %i', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });
});

describe('the page of an intercommunalité', () => {
  it('shows figures, structures and communes', async () => {
    const html = await text('/epci/200071892');
    expect(html).toContain('<h1>CA du Saint-Quentinois</h1>');
    expect(html).toContain('Communauté d’agglomération');
    expect(html).toContain('Tiers-lieu de Gauchy');
    expect(html).toMatch(/href="\/seances\/2021-03-24">24 mars 2021/);
    expect(html).toContain('id="communes">39 communes');
    expect(html).toContain('href="/communes/02691"');
  });

  it('says when it has none, and every département in which it lies', async () => {
    const html = await text('/epci/200054807');
    expect(html).toContain('Aucune structure annoncée dans cette intercommunalité');
    expect(html).toContain('href="/departements/84"');
    expect(html).toContain('92 communes');
  });
});

it('every page of a commune or an EPCI is drawn', async () => {
  const { rows } = await base.owner.query<{ path: string }>(`
    (select '/communes/' || code as path from commune order by md5(code) limit 60)
    union all (select '/epci/' || code from epci order by md5(code) limit 30)`);
  for (const { path } of rows) expect([path, (await get(path)).status]).toEqual([path, 200]);
});

it('before anything is announced, a commune says so', async () => {
  const empty = await withTestDatabase();
  const other = await servir(empty);
  expect(await (await other.app.request('/communes/02408')).text()).toContain(
    'Aucune structure n’a encore été annoncée',
  );
  expect((await other.app.request('/epci/200071892')).status).toBe(200);
  await other.fermer();
  await empty.close();
});

it('structures of a commune are paged', async () => {
  await retenirBeaucoup(base, 45);
  await base.owner.query(`
    update structure set commune_code = '02408' where raison_sociale like 'ASSOCIATION NUMERIQUE %'`);
  expect(await text('/communes/02408?page=3')).toContain('id="ici"');
  expect((await get('/communes/02408?page=4')).status).toBe(404);
});
