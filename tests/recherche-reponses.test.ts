import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { retenirBeaucoup, retenirStructure } from '../src/vitrine/structures.fixtures.ts';
import { type Site, servir } from './navigateur.ts';

let base: TestDatabase;
let site: Site;
let hidden = '';

const longNom = `${'ASSOCIATIONSANSFIN'.repeat(8)} DE LAON`;

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  hidden = await retenirStructure(base, {
    raisonSociale: 'FABRIQUE CACHEE DE LAON',
    libellePublic: 'fabrique cachée de Laon',
    identifiant: '12345678900018',
    commune: '02408',
    annoncee: false,
  });
  await retenirStructure(base, { raisonSociale: longNom, commune: '02691' });
  site = await servir(base);
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

const get = (path: string) => site.app.request(path);
const page = async (q: string, rest = '') =>
  (await get(`/recherche?q=${encodeURIComponent(q)}${rest}`)).text();
const liens = (html: string, prefix: string): readonly string[] =>
  [...html.matchAll(new RegExp(`class="fr-link" href="(/${prefix}/[^"]+)">([^<]*)`, 'g'))].map(
    (match) => match[2] ?? '',
  );

describe('what is not announced', () => {
  it.each(['fabrique cachée', 'FABRIQUE', '12345678900018', '123456789', 'cachee laon'])(
    'is found by no « %s »',
    async (texte) => {
      expect(await page(texte)).not.toMatch(/fabrique cach[ée]+ de Laon/);
      for (const path of ['/recherche', '/recherche/suggestions']) {
        const answer = await (await get(`${path}?q=${encodeURIComponent(texte)}`)).text();
        expect(answer).not.toContain(hidden);
      }
    },
  );
});

describe('the page', () => {
  it('helps before anything is searched', async () => {
    const response = await get('/recherche');
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toMatch(/<h1[^>]*>Près de chez vous</);
    expect(html).toContain('Commune, code postal ou nom d’une structure');
    expect(html).toContain('href="/recherche?q=02000"');
    expect(html).toContain('data-suggestions="/recherche/suggestions"');
    expect(html).not.toContain('noindex');
  });

  it('leads from a postal code to what is nearest, then to every one of its communes by name', async () => {
    const html = (await page('02140')).replaceAll('\u00a0', ' ');
    expect(html).toMatch(/<h1[^>]*>Résultats pour « 02140 »/);
    const { rows } = await base.owner.query<{ nom: string }>(`
      select nom from commune join commune_code_postal on commune_code = code where code_postal = '02140'
      order by nom_recherche collate "C"`);
    expect(rows.length).toBeGreaterThan(30);
    expect(liens(html, 'communes')).toEqual(rows.map(({ nom }) => nom));
    expect(html).not.toContain('précisez');
    expect(html.indexOf('id="proches"')).toBeLessThan(html.indexOf('id="communes"'));
    const near = html.slice(html.indexOf('id="proches"'), html.indexOf('id="communes"'));
    expect(near).toContain('Structures les plus proches de 02140');
    const kilometres = [...near.matchAll(/à ([\d,]+) km/g)].map(([, text = '']) =>
      Number(text.replace(',', '.')),
    );
    expect(kilometres).toHaveLength(5);
    expect(kilometres).toEqual(kilometres.toSorted((a, b) => a - b));
    expect(near).not.toMatch(/cach[ée]/i);
    expect(liens(await page('02000'), 'communes')).toContain('Laon');
    // Nothing is near that is on the other side of the sea.
    expect(await page('97400')).not.toContain('id="proches"');
    expect(await page('97400')).toContain('Saint-Denis');
  });

  it.each([
    ['soisons', 'Soissons'],
    ['Saint Qentin', 'Saint-Quentin'],
    ['Chatau Thierry', 'Château-Thierry'],
    ['mairie de soisons', 'Soissons'],
  ])('asks whoever writes « %s » whether %s is meant', async (q, nom) => {
    const html = await page(q);
    expect(html).toContain('Vouliez-vous dire');
    expect(liens(html, 'communes')).toContain(nom);
    expect(liens(html, 'communes').length).toBeLessThanOrEqual(5);
  });

  it('asks after a structure too', async () => {
    const html = await page('asociationsansfin asociationsansfin');
    expect(html).toContain('Vouliez-vous dire');
    expect(liens(html, 'structures').join(' ')).toMatch(/sansfin/i);
    expect(await page('fabriqe cachee')).not.toContain(hidden);
  });

  it('shows official names before former ones', async () => {
    const html = await page('saint quentin');
    const details = [...html.matchAll(/href="\/communes\/[^>]+>([^<]+)<\/a><span[^>]*>([^<]*)/g)];
    expect(details[0]?.[1]).toBe('Saint-Quentin');
    expect(details).toHaveLength(10);
    const formers = details.map(([, , detail = '']) => detail.includes('trouvée par'));
    expect(formers).toEqual(formers.toSorted((a, b) => Number(a) - Number(b)));
    expect(formers[1]).toBe(false);
  });

  it.each(['2', '0', 'a', '02', '2 1'])(
    'finds no structure by the bare « %s » of an identifier',
    async (q) => {
      expect(liens(await page(q), 'structures')).toEqual([]);
    },
  );

  it.each([
    ['saint quentin', 'Saint-Quentin'],
    ['SAINT-QUENTIN', 'Saint-Quentin'],
    ['st quentin', 'Saint-Quentin'],
    ['cherbourg-octeville', 'Cherbourg-en-Cotentin'],
    ['02408', 'Laon'],
    ['2408', 'Laon'],
    ['Laon (02)', 'Laon'],
    ['02000 Laon', 'Laon'],
    ['Laon, 02000', 'Laon'],
    ['laon 02', 'Laon'],
    ['paris 12', 'Paris'],
    ['2a004', 'Ajaccio'],
    ['mairie de Gauchy', 'Gauchy'],
    ['Ville du Mans', 'Le Mans'],
    ['commune d’Hirson', 'Hirson'],
  ])('finds the commune meant by « %s »', async (q, nom) => {
    expect(liens(await page(q), 'communes')[0]).toBe(nom);
  });

  it('shows each kind under its head, with figures', async () => {
    const html = await page('saint-quentin');
    expect(html).toMatch(/<h2 id="communes">Plus de \d+ communes|<h2 id="communes">\d+ communes/);
    expect(html).toMatch(/<h2 id="structures">1 structure</);
    expect(html).toMatch(/<h2 id="territoires">\d+ départements, régions ou intercommunalités</);
    expect(html).toContain('noindex');
    expect(html).toContain('1 poste');
  });

  it('says how many it does not show', async () => {
    expect(await page('saint')).toMatch(/Plus de 100 communes[\s\S]*Et plus de 90 autres/);
    expect(await page('pays de')).toMatch(/Et \d+ autres/);
  });

  it('holds a name without end', async () => {
    expect(await page('associationsansfin')).toMatch(/ssociationsansfin/i);
  });

  it('says what to try when nothing is found', async () => {
    for (const q of ['xyzxyz', '%', '🙂🙂', '"', '<script>alert(1)</script>', "' or 1=1 --", '\u0000']) {
      const html = await page(q);
      expect(html).not.toContain('<script>alert');
      if (q !== '\u0000') expect([q, html.includes('Aucun résultat')]).toEqual([q, true]);
    }
  });

  it('refuses a text without end, and says so', async () => {
    const response = await get(`/recherche?q=${'a'.repeat(3000)}`);
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).toContain('trop longue');
    expect(html.length).toBeLessThan(20_000);
  });

  it('refuses a page that is none', async () => {
    for (const [rest, status] of [
      ['&page=2', 404],
      ['&page=0', 400],
      ['&page=x', 400],
      ['&q=autre', 400],
    ] as const) {
      expect([rest, (await get(`/recherche?q=gauchy${rest}`)).status]).toEqual([rest, status]);
    }
  });
});

describe('suggestions', () => {
  const suggerer = async (q: string): Promise<readonly Readonly<Record<string, string>>[]> =>
    (await (await get(`/recherche/suggestions?q=${encodeURIComponent(q)}`)).json()).suggestions;

  it('are few, of every kind, and lead somewhere', async () => {
    const found = await suggerer('gauchy');
    expect(found[0]).toMatchObject({
      type: 'commune',
      libelle: 'Gauchy',
      detail: 'Aisne (02)',
      href: '/communes/02340',
    });
    expect(found.find(({ type }) => type === 'structure')).toMatchObject({
      libelle: 'Tiers-lieu de Gauchy',
      detail: 'Gauchy (02)',
      href: expect.stringMatching(/^\/structures\/[0-9a-f-]{36}$/),
    });
    const many = await suggerer('saint');
    expect(many).toHaveLength(8);
    expect(new Set(many.map(({ type }) => type))).toEqual(new Set(['commune', 'structure', 'departement']));
    expect((await suggerer('aisne')).find(({ type }) => type === 'departement')).toMatchObject({
      libelle: 'Aisne (02)',
      href: '/departements/02',
    });
  });

  it('begin with two letters', async () => {
    expect(await suggerer('')).toEqual([]);
    expect(await suggerer('s')).toEqual([]);
    expect(await suggerer('a'.repeat(1000))).toEqual([]);
  });
});

it('any text is answered', async () => {
  const texte = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom('%', '_', '\\', '"', "'", ';', '-', '(', '\u0000', '\n', ' ', '0', 'é'),
      maxLength: 40,
    }),
    fc.constantFrom('\ud800', '\u0000', '%00', "'; drop table structure; --", '../../etc/passwd'),
  );
  await fc.assert(
    fc.asyncProperty(texte, async (q) => {
      const parameters = new URLSearchParams({ q });
      for (const path of ['/recherche', '/recherche/suggestions']) {
        expect([200, 400]).toContain((await get(`${path}?${parameters}`)).status);
      }
    }),
    { numRuns: 80 },
  );
});

it('2 000 structures are paged, and suggested without delay', async () => {
  await retenirBeaucoup(base, 2000);
  const first = await page('association numerique');
  expect(first).toMatch(/<h2 id="structures">2\u202f000 structures/);
  expect(liens(first, 'structures')).toHaveLength(20);
  expect(first).toContain('page=100#structures');
  const last = await page('association numerique', '&page=100');
  expect(liens(last, 'structures')).toHaveLength(20);
  expect(last).not.toContain('id="communes"');
  expect(new Set([...liens(first, 'structures'), ...liens(last, 'structures')]).size).toBe(40);
  expect((await get('/recherche?q=association+numerique&page=101')).status).toBe(404);

  const times: number[] = [];
  for (let run = 0; run < 30; run += 1) {
    const start = performance.now();
    await get(`/recherche/suggestions?q=${encodeURIComponent(`tiers lieu${' '.repeat(run)}`)}`);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  // A few milliseconds: the quickest tell the work itself on a busy machine.
  expect(times[3]).toBeLessThan(50);
});

it('an empty site finds communes and territories, no structure', async () => {
  const empty = await withTestDatabase();
  const other = await servir(empty);
  const html = await (await other.app.request('/recherche?q=laon')).text();
  expect(html).toContain('/communes/02408');
  expect(html).not.toContain('id="structures"');
  await other.fermer();
  await empty.close();
});
