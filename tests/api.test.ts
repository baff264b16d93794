import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importer, tranche } from '../src/candidatures/import/import.fixtures.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { routes } from '../src/main/rooms.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { ouvrir, ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';

let base: TestDatabase;
let site: Site;

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  await importer(base.db, tranche);
  site = await servir(base, { limites: 'usuelles' });
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${site.adresse}${path}`, { headers: { ...headers } });

const resources = routes.flatMap(({ path, api }) => (api ? [[path, api] as const] : []));

it.each(resources)('the example of %s answers, in the shape that is said', async (_, api) => {
  const response = await get(api.exemple);
  expect([api.exemple, response.status]).toEqual([api.exemple, 200]);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  api.reponse.parse(await response.json());
});

it('the document is OpenAPI 3.1, and names every resource', async () => {
  const document = (await (await get('/api/v1/openapi.json')).json()) as {
    openapi: string;
    paths: Readonly<Record<string, unknown>>;
  };
  const result = await new Validator().validate(document);
  expect(result.errors ?? []).toEqual([]);
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths).sort()).toEqual(
    resources.map(([path]) => path.replace(/:(\w+)/g, '{$1}')).sort(),
  );
});

it('every parameter is described with an example, and its values where they are few', async () => {
  type Parameter = {
    name: string;
    description: string;
    example?: string;
    schema: { enum?: readonly string[] };
  };
  const { paths } = (await (await get('/api/v1/openapi.json')).json()) as {
    paths: Readonly<Record<string, { get: { parameters: readonly Parameter[] } }>>;
  };
  const parameters = Object.entries(paths).flatMap(([path, operation]) =>
    operation.get.parameters.map((parameter) => [`${path} ${parameter.name}`, parameter] as const),
  );
  const poor = parameters.filter(
    ([, { description, example }]) => description === '' || example === undefined,
  );
  // What follows a page has no example: it comes from the page before.
  expect(poor.map(([name]) => name).filter((name) => !name.endsWith(' apres'))).toEqual([]);
  expect(parameters.find(([name]) => name === '/api/v1/structures zrr')?.[1]).toMatchObject({
    description: expect.stringContaining('zone de revitalisation rurale'),
    example: 'oui',
    schema: { enum: ['oui', 'non', 'inconnu'] },
  });
  const page = await (await get('/api')).text();
  expect(page).toContain('<code>200071892</code>');
  expect(page).toContain('<option value="inconnu">');
});

describe('a list read page after page', () => {
  type Page = { donnees: readonly { id: string }[]; suite: string | null };

  it('gives each row once, whatever is added meanwhile', async () => {
    const before = ((await (await get('/api/v1/structures?limite=500')).json()) as Page).donnees;
    const seen: string[] = [];
    let next: string | null = `${site.adresse}/api/v1/structures?limite=3&departement=02`;
    for (let page = 0; next !== null; page += 1) {
      const answer = (await (await fetch(next)).json()) as Page;
      seen.push(...answer.donnees.map(({ id }) => id));
      next = answer.suite;
      if (page === 1)
        await base.owner.query(`
          with s as (
            insert into structure (raison_sociale, raison_sociale_recherche, commune_code)
            select 'NOUVELLE ' || n, 'NOUVELLE ' || n, '02408' from generate_series(1, 3) n returning id
          ), d as (
            insert into decision (seance_id, structure_id, publiee_le)
            select (select min(id::text)::uuid from seance where exists (select from decision where seance_id = seance.id and publiee_le < now())), id, now() - interval '1 day' from s returning id
          ), e as (
            insert into engagement (enveloppe_id, montant_centimes) select (select id from enveloppe), 0 from d returning id
          )
          insert into decision_ligne (decision_id, categorie, postes, regime_variante_id, engagement_id)
          select d.id, 'publique', 1, (select id from regime_variante limit 1), e.id
          from (select id, row_number() over () as n from d) d join (select id, row_number() over () as n from e) e using (n)`);
    }
    expect(new Set(seen).size).toBe(seen.length);
    for (const { id } of before) expect(seen).toContain(id);
  });
});

it('an answer that has not changed is not sent again', async () => {
  const first = await get('/api/v1/departements/02');
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
  expect((await get('/api/v1/departements/02', { 'If-None-Match': etag })).status).toBe(304);
  await base.owner.query(`update departement set nom = 'Aisne ' where code = '02'`);
  await expect
    .poll(async () => (await get('/api/v1/departements/02', { 'If-None-Match': etag })).status)
    .toBe(200);
  await base.owner.query(`update departement set nom = 'Aisne' where code = '02'`);
});

it('pages of other sites may read it', async () => {
  const response = await get('/api/v1/regions');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  const preflight = await fetch(`${site.adresse}/api/v1/regions`, { method: 'OPTIONS' });
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
    204,
    'GET, HEAD',
  ]);
  expect((await get('/donnees/structures.csv')).headers.get('access-control-allow-origin')).toBe('*');
  expect((await get('/departements/02')).headers.get('access-control-allow-origin')).toBeNull();
});

it.each([
  ['/api/v1/structures?limite=0', 'limite', 'attend 1 ou plus'],
  ['/api/v1/structures?departement=2', 'departement', 'attend un code de département'],
  ['/api/v1/structures?departement=02&departement=59', 'departement', 'attend'],
  ['/api/v1/structures?couleur=bleu', 'couleur', 'n’est pas un paramètre'],
  ['/api/v1/structures/pas-un-identifiant', 'cle', 'attend l’identifiant'],
  ['/api/v1/proximite', 'commune', 'soit commune, soit latitude et longitude'],
  ['/api/v1/proximite?latitude=91&longitude=2', 'latitude', 'entre -90 et 90'],
  ['/api/v1/indicateurs?region=32&departement=02', 'territoire', 'un seul territoire'],
  ['/api/v1/communes', 'q', 'attend un nom'],
  ['/api/v1/structures?apres=%00', 'apres', 'contient un caractère'],
  ['/api/v1/structures?seance=0000-01-01', 'seance', 'attend une date AAAA-MM-JJ'],
  ['/api/v1/structures?seance=2101-01-01', 'seance', 'de 1900 à 2100'],
  ['/api/v1/indicateurs?seance=0000-01-01', 'seance', 'attend une date AAAA-MM-JJ'],
  ['/api/v1/seances/0000-01-01', 'cle', 'attend une date AAAA-MM-JJ'],
  ['/api/v1/seances/2021-02-30', 'cle', 'attend une date AAAA-MM-JJ'],
])('%s is refused at its parameter', async (path, parametre, message) => {
  const response = await get(path);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const { erreurs } = (await response.json()) as {
    erreurs: readonly { parametre: string; message: string }[];
  };
  expect(erreurs.map((erreur) => erreur.parametre)).toEqual([parametre]);
  expect(erreurs.map((erreur) => erreur.message).join()).toContain(message);
});

it('no character breaks a question', async () => {
  for (const path of [
    '/api/v1/communes?q=%00',
    '/api/v1/structures?q=%00',
    '/api/v1/structures?q=%F0%9F%98%80',
    '/api/v1/communiques?departement=%00',
    '/api/v1/regions/%00',
  ])
    expect([path, [200, 400].includes((await get(path)).status)]).toEqual([path, true]);
});

it.each([
  '/api/v1/structures/00000000-0000-7000-8000-000000000000',
  '/api/v1/proximite?commune=02999',
  '/api/v1/indicateurs?departement=99',
  '/api/v1/rien',
])('%s is a problem, not a page', async (path) => {
  const response = await get(path);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    404,
    'application/problem+json; charset=utf-8',
  ]);
});

it('is tried from its page: the state is said aloud, the answer stands beside it', async () => {
  const navigateur = await ouvrirNavigateur();
  const contexte = await navigateur.newContext();
  const page = await ouvrir(contexte, `${site.adresse}/api`);
  for (const essai of await page.locator('details').all())
    await essai.evaluate((node) => node.setAttribute('open', ''));
  const names = await page
    .locator('form[data-ilot] button')
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
  expect(names.length).toBe(resources.length);
  expect(new Set(names).size).toBe(names.length);

  const form = page.locator('form[data-ilot][action="/api/v1/structures"]');
  await form.getByLabel('categorie').selectOption('publique');
  await page.getByRole('button', { name: 'Envoyer la demande : Structures retenues' }).click();
  await expect.poll(() => form.locator('output').textContent()).toMatch(/réponse 200 · \d+ ms$/);
  expect(await form.locator('output pre').count()).toBe(0);
  const answer = page.getByRole('region', { name: 'Réponse de /api/v1/structures' });
  expect(JSON.parse((await answer.textContent()) ?? '')).toMatchObject({ donnees: expect.any(Array) });
  await verifierPage(page);
  await navigateur.close();
});

// Last: it uses up what the address of the tests may ask in a minute.
it('an address that asks too much is told when to come back', async () => {
  let response = await get('/api/v1/regions/32');
  for (let count = 0; response.status === 200 && count < 400; count += 1)
    response = await get('/api/v1/regions/32');
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(response.headers.get('ratelimit-remaining')).toBe('0');
  expect(await response.json()).toMatchObject({ status: 429 });
  expect((await get('/departements/02')).status).toBe(200);
});
