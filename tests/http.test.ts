import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { importer, tranche } from '../src/candidatures/import/import.fixtures.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { defineRoute } from '../src/platform/http/route.ts';
import { exiger } from '../src/platform/result.ts';
import { type Site, servir } from './navigateur.ts';

let base: TestDatabase;
let site: Site;
const panne = defineRoute({
  path: '/panne',
  access: { type: 'public' },
  input: z.object({}),
  handler: async () => {
    throw new Error('détail secret de la panne');
  },
});

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  await importer(base.db, tranche);
  site = await servir(base, { routes: [panne] });
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

const get = (path: string, init: RequestInit = {}) =>
  fetch(`${site.adresse}${path}`, { redirect: 'manual', ...init });

describe('what is not announced', () => {
  it('is on no page and in no file', async () => {
    for (const path of [
      '/departements/59',
      '/',
      '/france',
      '/structures',
      '/regions/32',
      '/carte',
      '/sitemap.xml',
      '/donnees/structures.csv',
      '/donnees/decisions.json',
      '/api/v1/structures',
      '/api/v1/epci',
      '/carte/structures.geojson',
    ])
      expect(await (await get(path)).text()).not.toMatch(/MAUBEUGE|Maubeuge|LEVAL/i);
    for (const path of [
      '/communiques/59/2021-05-19',
      '/communiques/59/2021-05-19.pdf',
      '/communiques/02/2021-04-07',
      '/communiques/02/2021-04-07.csv',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });

  it('answers like what does not exist', async () => {
    const [hidden, absent] = await Promise.all(
      [get('/communiques/59/2021-05-19'), get('/communiques/59/2019-05-19')].map(async (response) =>
        (await response).text(),
      ),
    );
    expect(hidden?.replaceAll('2021', '2019')).toBe(absent?.replaceAll('2021', '2019'));
  });
});

describe('the files of a communiqué', () => {
  it.each([
    ['pdf', 'application/pdf', '%PDF-'],
    ['odt', 'application/vnd.oasis.opendocument.text', 'PK'],
    ['txt', 'text/plain; charset=utf-8', 'Préfecture'],
    ['csv', 'text/csv; charset=utf-8', '\uFEFF'],
    ['svg', 'image/svg+xml', '<svg'],
    ['png', 'image/png', '\uFFFDPNG'],
    ['zip', 'application/zip', 'PK'],
  ])('%s', async (extension, mime, start) => {
    const response = await get(`/communiques/02/2021-03-24.${extension}`);
    expect(response.headers.get('content-type')).toBe(mime);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="communique-02-2021-03-24.${extension}"`,
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).slice(0, 400)).toContain(start);
  });
});

describe('addresses that are wrong', () => {
  it.each([
    ['/nulle-part', 404],
    ['/departements/99', 404],
    ['/departements/xyz', 400],
    ['/communiques/02/hier', 404],
    ['/communiques/02/2021-03-24.exe', 400],
    ['/communiques/xx/2021-03-24', 400],
    ['/imports/court', 400],
    ['/departements/%E0%A4%A', 400],
    [`/departements/${'9'.repeat(3000)}`, 400],
    ['/?page=%00', 200],
    ['/assets/../package.json', 404],
  ])('%s gets %i and a page that helps', async (path, status) => {
    const response = await get(path);
    expect([path, response.status]).toEqual([path, status]);
    const text = await response.text();
    expect(text).toMatch(/<h1/);
    expect(text).toContain('href="/"');
  });

  it('are corrected where one knows what was meant', async () => {
    for (const [path, target] of [
      ['/departements/2', '/departements/02'],
      ['/departements/2a', '/departements/2A'],
      ['/departements/02/', '/departements/02'],
    ]) {
      const response = await get(path ?? '');
      expect([response.status, response.headers.get('location')?.replace(site.adresse, '')]).toEqual([
        path?.endsWith('/') ? 301 : 302,
        target,
      ]);
    }
  });

  it('of another method are no fault', async () => {
    expect((await get('/', { method: 'HEAD' })).status).toBe(200);
    expect((await get('/', { method: 'POST' })).status).toBe(404);
  });
});

it('a fault shows a number and no detail', async () => {
  const response = await get('/panne');
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).toMatch(/[0-9a-f]{8}/);
  expect(text).not.toMatch(/détail secret|at .+\.ts/);
});

it('headers let nothing in but what is ours', async () => {
  const { headers } = await get('/');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('x-powered-by')).toBeNull();
});

it('a page that has not changed is not sent again', async () => {
  const etag = (await get('/departements/02')).headers.get('etag') ?? '';
  expect((await get('/departements/02', { headers: { 'If-None-Match': etag } })).status).toBe(304);
});

it('a first view weighs less than 100 KB, fonts and map aside', async () => {
  for (const path of [
    '/',
    '/departements/02',
    '/communiques/02/2021-03-24',
    '/mentions-legales',
    '/france',
    '/structures',
    '/recherche?q=02000',
    '/communes/02408',
    '/carte',
    '/donnees',
    '/api',
  ]) {
    const compressed = async (address: string): Promise<number> => {
      const response = await site.app.request(address, { headers: { 'Accept-Encoding': 'br, gzip' } });
      return (await response.arrayBuffer()).byteLength;
    };
    const html = await (await get(path)).text();
    const files = [
      ...html.matchAll(/<(?:link rel="stylesheet" href|script type="module" src)="([^"]+)"/g),
    ].map((match) => match[1] ?? '');
    expect(files.length).toBeGreaterThan(0);
    const weights = await Promise.all([path, ...files].map(compressed));
    expect(
      weights.reduce((sum, weight) => sum + weight, 0),
      path,
    ).toBeLessThan(100 * 1024);
  }
});

it('static files are cached for a year under the digest of their content', async () => {
  const html = await (await get('/')).text();
  const sheet = /href="(\/assets\/maillage\.[0-9a-f]{10}\.css)"/.exec(html)?.[1] ?? '';
  expect((await get(sheet)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const font = /href="(\/assets\/[^"]+\.woff2)"/.exec(html)?.[1] ?? '';
  expect((await get(font)).headers.get('content-type')).toBe('font/woff2');
});

it('a département with 2 000 structures, or names without end, stays a page', async () => {
  await base.owner.query(`
    with s as (
      insert into structure (raison_sociale, raison_sociale_recherche, commune_code, sources)
      select repeat('ASSOCIATIONSANSFIN', 8) || n, 'ASSO ' || n, '48095', '{essai}' from generate_series(1, 2000) n returning id
    ), d as (
      insert into decision (seance_id, structure_id, publiee_le) select (select id from seance limit 1), id, now() - interval '1 day' from s returning id
    ), e as (
      insert into engagement (enveloppe_id, montant_centimes) select (select id from enveloppe), 0 from d returning id
    )
    insert into decision_ligne (decision_id, categorie, postes, regime_variante_id, engagement_id)
    select d.id, 'publique', 1, (select id from regime_variante limit 1), e.id
    from (select id, row_number() over () as n from d) d join (select id, row_number() over () as n from e) e using (n)`);
  // Fifty rows of the table, a hundred of the list beside the map.
  const first = await (await get('/departements/48')).text();
  expect(first).toMatch(/2.000/);
  expect(first.match(/ASSOCIATIONSANSFIN|ssociationsansfin/gi)?.length).toBeLessThan((50 + 100) * 8 + 10);
  expect(first).toContain('?page=2');
  expect((await get('/departements/48?page=20')).status).toBe(200);
  expect((await get('/departements/48?page=999')).status).toBe(404);
  expect((await get('/departements/48?page=0')).status).toBe(400);
});
