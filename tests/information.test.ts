import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importer, tranche } from '../src/candidatures/import/import.fixtures.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import type { DeclaredRoute } from '../src/platform/http/route.ts';
import { exiger } from '../src/platform/result.ts';
import { routesFlux } from '../src/vitrine/flux.routes.tsx';
import { compterAdresses, listAdresses } from '../src/vitrine/information.store.ts';
import { ouvrir, ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';

let navigateur: Browser;
/** The demonstration, and beside it an import of sessions that are not announced. */
let base: TestDatabase;
let site: Site;
/** Reference territories and programme, nothing announced. */
let vide: TestDatabase;
let siteVide: Site;
/** A communiqué in every département, over two years and two sessions. */
let pleine: TestDatabase;
let sitePlein: Site;

const remplir = ({ owner }: TestDatabase) =>
  owner.query(`
    insert into seance (programme_id, date) select id, date from programme, (values ('2021-03-24'::date), ('2022-01-12')) d (date);
    with s as (
      insert into structure (raison_sociale, raison_sociale_recherche, commune_code, sources)
      select 'MAIRIE ' || code, 'MAIRIE ' || code, code, '{essai}'
      from (select distinct on (departement_code) code from commune order by departement_code, code) c returning id
    ), d as (
      insert into decision (seance_id, structure_id, publiee_le)
      select seance.id, s.id, now() - interval '1 day' from s, seance returning id
    ), e as (
      insert into engagement (enveloppe_id, montant_centimes) select (select id from enveloppe), 100 from d returning id
    )
    insert into decision_ligne (decision_id, categorie, postes, regime_variante_id, engagement_id)
    select d.id, 'publique', 1, (select id from regime_variante limit 1), e.id
    from (select id, row_number() over () as n from d) d join (select id, row_number() over () as n from e) e using (n);
    insert into communique (seance_id, departement_code, statut, date, publie_le)
    select seance.id, departement.code, 'publie', seance.date + 1, seance.date + interval '33 hours'
    from seance, departement
    where exists (select from commune where commune.departement_code = departement.code)`);

beforeAll(async () => {
  [base, vide, pleine] = await Promise.all([withTestDatabase(), withTestDatabase(), withTestDatabase()]);
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  await importer(base.db, tranche);
  // A draft, and one that is to be published tomorrow.
  await base.owner.query(`
    insert into communique (seance_id, departement_code, statut, date, publie_le)
    select seance.id, d.code, d.statut, '2021-05-20', d.publie_le
    from seance, (values ('59', 'brouillon', null::timestamptz), ('02', 'publie', now() + interval '1 day')) d (code, statut, publie_le)
    where seance.date = '2021-05-19'`);
  // Published, but its session retains nobody there: it has no page.
  await base.owner.query(`
    insert into communique (seance_id, departement_code, statut, date, publie_le)
    select id, '59', 'publie', date, now() - interval '1 day' from seance where date = '2021-03-24'`);
  await remplir(pleine);
  [site, siteVide, sitePlein, navigateur] = await Promise.all([
    servir(base),
    servir(vide),
    servir(pleine),
    ouvrirNavigateur(),
  ]);
});
afterAll(async () => {
  await navigateur.close();
  await Promise.all([site, siteVide, sitePlein].map((one) => one.fermer()));
  await Promise.all([base, vide, pleine].map((one) => one.close()));
});

const routeDe = (path: string): DeclaredRoute => {
  const found = routesFlux.find((route) => route.path === path);
  if (!found) throw new Error(`no route ${path}`);
  return found;
};

const lire = async (path: string, from: Site = site): Promise<string> => {
  const response = await fetch(`${from.adresse}${path}`);
  expect([path, response.status]).toEqual([path, 200]);
  return response.text();
};

/** The XML as a browser reads it: what it says of each element; fails where it is not well formed. */
const lireXml = async (xml: string, element: string): Promise<readonly Record<string, string>[]> => {
  const page = await navigateur.newPage();
  const result = await page.evaluate(
    ([source, name]) => {
      const document = new DOMParser().parseFromString(source, 'application/xml');
      return {
        faute: document.querySelector('parsererror')?.textContent ?? null,
        lus: [...document.getElementsByTagName(name)].map((found) =>
          Object.fromEntries(
            [...found.children].map((child) => [
              child.tagName,
              child.textContent || child.getAttribute('href'),
            ]),
          ),
        ),
      };
    },
    [xml, element] as const,
  );
  await page.close();
  expect(result.faute).toBeNull();
  return result.lus as readonly Record<string, string>[];
};

const pages = [
  '/dates-cles',
  '/communiques',
  '/communiques?departement=02',
  '/communiques?departement=2a',
  '/accessibilite',
  '/donnees-personnelles',
  '/mentions-legales',
  '/plan-du-site',
];

const capturer = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['MAILLAGE_CAPTURES'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name.replaceAll(/[^a-z0-9]+/gi, '-')}.png`, fullPage: true });
};

const dressCodes = ['light', 'dark'] as const;

describe.each([
  ['wide', { viewport: { width: 1280, height: 900 } }],
  ['narrow', { viewport: { width: 390, height: 844 } }],
  ['on the narrowest screen', { viewport: { width: 320, height: 640 } }],
  ['with letters twice as large', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
] as const)('every page, %s', (nom, options) => {
  it.each([
    ['with the demonstration', () => site, pages],
    ['with nothing announced', () => siteVide, pages.slice(0, 3)],
    ['with much announced', () => sitePlein, pages.slice(0, 3)],
  ] as const)(
    'owes nothing by day and by night, %s',
    async (etat, which, paths) => {
      const contexte = await navigateur.newContext(options);
      for (const path of paths) {
        const page = await ouvrir(contexte, `${which().adresse}${path}`);
        expect(await page.locator('nav[aria-label="Vous êtes ici"] a').first().textContent()).toBe('Accueil');
        expect(
          (await page.locator('meta[name=description]').getAttribute('content'))?.length,
        ).toBeGreaterThanOrEqual(20);
        for (const colorScheme of dressCodes) {
          if (colorScheme === 'dark') {
            await page.emulateMedia({ colorScheme });
            // Drawn anew: while they fade from one to the other, colours are neither's.
            await page.reload();
            await verifierPage(page);
          }
          await capturer(page, `${nom} ${colorScheme} ${etat} ${path}`);
        }
        await page.close();
      }
      await contexte.close();
    },
    120_000,
  );
});

describe('key dates', () => {
  it('go from the announcement to the waves to come, each with its link', async () => {
    const contexte = await navigateur.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await ouvrir(contexte, `${site.adresse}/dates-cles`);
    expect(
      await page
        .locator('main ol time')
        .evaluateAll((times) => times.map((time) => time.getAttribute('datetime'))),
    ).toEqual(['2020-11-17', '2021-03-15', '2021-03-18', '2021-03-24', '2021-04']);
    const text = ((await page.locator('main ol').textContent()) ?? '').replaceAll(/\s/g, ' ');
    for (const said of [
      'L’État annonce le programme « Conseiller numérique France Services »',
      '250 millions d’euros, pour financer 4 000 conseillers numériques',
      'Plan départemental de lutte contre l’illettrisme et l’illectronisme présenté dans l’Aisne',
      '32 conseillers numériques annoncés dans l’Aisne',
      '16 structures retenues',
      'à partir du mois d’avril 2021',
    ])
      expect(text).toContain(said);
    expect(
      await page.locator('main ol a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['/france', '/departements/02', '/communiques/02/2021-03-24', '/seances/2021-03-24']);
    await contexte.close();
  });

  it('tell what is still to come', async () => {
    await vide.owner.query(
      `insert into vague (programme_id, rang, nom, ouvre_le, ferme_le) select id, 9, 'vague d’essai', '2999-01-01', '2999-02-01' from programme`,
    );
    await expect.poll(() => lire('/dates-cles', siteVide)).toContain('2999');
    expect((await lire('/dates-cles', siteVide)).match(/\(à venir\)/g)).toHaveLength(2);
    await vide.owner.query('delete from vague where rang = 9');
  });

  it('are told as of this minute: what was to come and has come is past', async () => {
    await vide.owner.query(
      `insert into vague (programme_id, rang, nom, ouvre_le) select id, 9, 'vague d’essai', current_date + 2 from programme`,
    );
    const aVenir = async () => (await lire('/dates-cles', siteVide)).match(/\(à venir\)/g)?.length ?? 0;
    await expect.poll(aVenir).toBe(1);
    // As if two nights passed: nothing changes of which the site is told.
    await vide.owner.query(
      `set session_replication_role = replica; update vague set ouvre_le = ouvre_le - 2 where rang = 9; set session_replication_role = default`,
    );
    expect(await aVenir()).toBe(0);
    await vide.owner.query('delete from vague where rang = 9');
  });

  it('tell together what many départements announced the same day', async () => {
    const html = await lire('/dates-cles', sitePlein);
    expect(html).toContain('108 communiqués');
    expect(html.match(/<time/g)?.length).toBeLessThan(10);
  });
});

describe('the list of communiqués', () => {
  it('is paged, by year, the latest first', async () => {
    const [first, last] = await Promise.all(
      ['/communiques', '/communiques?page=5'].map((path) => lire(path, sitePlein)),
    );
    expect(first).toContain('216 communiqués');
    expect(first?.match(/href="\/communiques\/\w+\/\d/g)).toHaveLength(50);
    expect(first).toContain('annee-2022');
    expect(first).not.toContain('annee-2021');
    expect(last?.match(/href="\/communiques\/\w+\/\d/g)).toHaveLength(16);
    expect(last).toContain('annee-2021');
    for (const [path, status] of [
      ['/communiques?page=6', 404],
      ['/communiques?page=0', 400],
      ['/communiques?departement=99', 404],
      ['/communiques?departement=xyz', 400],
    ] as const)
      expect([path, (await fetch(`${sitePlein.adresse}${path}`)).status]).toEqual([path, status]);
  });

  it('is narrowed to a département by its form, without script', async () => {
    const contexte = await navigateur.newContext({ javaScriptEnabled: false });
    const page = await contexte.newPage();
    await page.goto(`${sitePlein.adresse}/communiques`);
    await page.selectOption('select[name=departement]', '2A');
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await page.waitForURL('**/communiques?departement=2A');
    expect(await page.locator('h1').textContent()).toBe('Communiqués de la Corse-du-Sud');
    expect(await page.locator('main li a[href^="/communiques/2A/"]').count()).toBe(2);
    expect(await page.locator('select[name=departement]').inputValue()).toBe('2A');
    expect(await page.locator('a[href="/departements/2A/communiques.atom"]').count()).toBe(1);
    expect(await page.locator('head link[type="application/atom+xml"]').count()).toBe(2);
    await page.selectOption('select[name=departement]', '');
    await page.getByRole('button', { name: 'Filtrer' }).click();
    expect(await page.locator('h1').textContent()).toBe('Communiqués');
    await contexte.close();
  });
});

describe('feeds', () => {
  it.each([
    ['/communiques.atom', 1],
    ['/departements/02/communiques.atom', 1],
    ['/departements/59/communiques.atom', 0],
  ])('%s holds %i entry', async (path, count) => {
    const response = await fetch(`${site.adresse}${path}`);
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const xml = await response.text();
    const [feed] = await lireXml(xml, 'feed');
    expect(feed).toMatchObject({
      id: expect.stringMatching(/^urn:uuid:/),
      updated: expect.stringMatching(/Z$/),
    });
    expect(feed?.['link']).toContain(site.adresse);
    const entries = await lireXml(xml, 'entry');
    expect(entries).toHaveLength(count);
    for (const entry of entries) {
      expect(entry).toMatchObject({
        id: expect.stringMatching(/^urn:uuid:/),
        published: '2021-03-18T09:00:00Z',
        author: 'Préfecture de l’Aisne',
        summary: expect.stringContaining('16 structures retenues'),
      });
      expect(xml).toContain(`href="${site.adresse}/communiques/02/2021-03-24.pdf"`);
    }
  });

  it('keep their identifiers, and differ from one another', async () => {
    const ids = async (path: string) => (await lireXml(await lire(path, sitePlein), 'feed'))[0]?.['id'];
    const two = [await ids('/communiques.atom'), await ids('/departements/02/communiques.atom')];
    expect(new Set(two).size).toBe(2);
    expect(await ids('/communiques.atom')).toBe(two[0]);
  });

  it('hold the fifty latest', async () => {
    const entries = await lireXml(await lire('/communiques.atom', sitePlein), 'entry');
    expect(entries).toHaveLength(50);
    expect(new Set(entries.map((entry) => entry['id'])).size).toBe(50);
  });

  it('are nowhere for what does not exist, and corrected where one knows what was meant', async () => {
    expect((await fetch(`${site.adresse}/departements/99/communiques.atom`)).status).toBe(404);
    const response = await fetch(`${site.adresse}/departements/2a/communiques.atom`, { redirect: 'manual' });
    expect(response.headers.get('location')).toBe('/departements/2A/communiques.atom');
  });
});

describe('search engines', () => {
  it('are told where the plan is, and what is not for them', async () => {
    const robots = await lire('/robots.txt');
    expect(robots).toContain(`Sitemap: ${site.adresse}/sitemap.xml`);
    expect(robots).toContain('Disallow: /imports/');
  });

  it('find every page that may be indexed, once, and no commune without a structure', async () => {
    const urls = await lireXml(await lire('/sitemap.xml'), 'url');
    const addresses = urls.map(({ loc }) => loc?.replace(site.adresse, '') ?? '');
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.every((address) => address.startsWith('/'))).toBe(true);
    const count = (family: RegExp): number => addresses.filter((address) => family.test(address)).length;
    expect({
      regions: count(/^\/regions\//),
      departements: count(/^\/departements\//),
      structures: count(/^\/structures\//),
      seances: count(/^\/seances\//),
      communiques: count(/^\/communiques\//),
    }).toEqual({ regions: 18, departements: 108, structures: 16, seances: 1, communiques: 1 });
    expect(count(/^\/communes\//)).toBeLessThanOrEqual(16);
    expect(count(/^\/epci\//)).toBeGreaterThan(5);
    expect(urls.find(({ loc }) => loc?.endsWith('/departements/02'))?.['lastmod']).toBe(
      '2021-03-18T09:00:00Z',
    );
    expect(urls.find(({ loc }) => loc?.endsWith('/departements/59'))).not.toHaveProperty('lastmod');
    expect(await lireXml(await lire('/sitemap-1.xml'), 'url')).toHaveLength(urls.length);
    expect((await fetch(`${site.adresse}/sitemap-2.xml`)).status).toBe(404);
    expect((await fetch(`${site.adresse}/sitemap-0.xml`)).status).toBe(400);
  });

  it('cost one count when they ask for a part of the plan that is not there', async () => {
    const lues: number[] = [];
    const db = base.publique.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        lues.push(result.rows.length);
        return result;
      },
    });
    const partie = (rang: number) =>
      routeDe('/:fichier{sitemap-[0-9]+\\.xml}').handle({ fichier: `sitemap-${rang}.xml` }, db, {
        chemin: `/sitemap-${rang}.xml`,
        parametres: new URLSearchParams(),
        adresse: site.adresse,
        tuiles: undefined,
      });
    expect([await partie(2), await partie(999), lues]).toEqual([
      { type: 'absent' },
      { type: 'absent' },
      [1, 1],
    ]);
    expect(await partie(1)).toMatchObject({ type: 'fichier' });
    expect(await compterAdresses(base.publique)).toBe((await listAdresses(base.publique)).length);
  });

  it('are given a plan even when nothing is announced', async () => {
    const urls = await lireXml(await lire('/sitemap.xml', siteVide), 'url');
    expect(urls.length).toBeGreaterThan(126);
    expect(urls.some((url) => 'lastmod' in url)).toBe(false);
  });
});

describe('pictures shown when a page is shared', () => {
  it('exist for every kind of page', async () => {
    const { rows } = await base.owner.query<{ id: string; epci: string }>(
      `select structure.id, epci_code as epci from structure join commune on commune.code = commune_code
       join decision on decision.structure_id = structure.id where publiee_le <= now() and epci_code is not null limit 1`,
    );
    const paths = [
      'accueil',
      'regions/32',
      'departements/02',
      'departements/2A',
      `epci/${rows[0]?.epci}`,
      'communes/02408',
      'seances/2021-03-24',
      `structures/${rows[0]?.id}`,
      'communiques/02/2021-03-24',
    ];
    for (const path of paths) {
      const response = await fetch(`${site.adresse}/partage/${path}.png`);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([path, 200, 'image/png']);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.byteLength).toBeLessThan(120 * 1024);
      expect(PNG.sync.read(bytes)).toMatchObject({ width: 1200, height: 630 });
    }
    expect((await fetch(`${siteVide.adresse}/partage/accueil.png`)).status).toBe(200);
  });

  it('are named by the pages of which they are', async () => {
    const { rows } = await base.owner.query<{ id: string }>(
      'select structure_id as id from decision where publiee_le <= now() limit 1',
    );
    for (const path of ['regions/32', 'departements/02', 'seances/2021-03-24', `structures/${rows[0]?.id}`])
      expect([path, (await lire(`/${path}`)).includes(`${site.adresse}/partage/${path}.png`)]).toEqual([
        path,
        true,
      ]);
  });

  it('do not exist for what is unknown or not announced', async () => {
    const { rows } = await base.owner.query<{ id: string }>(
      `select structure_id as id from decision where publiee_le is null or publiee_le > now() limit 1`,
    );
    for (const path of [
      'departements/99',
      'regions/00',
      'epci/1',
      'communes/99999',
      'seances/2021-05-19',
      'seances/2021-13-99',
      `structures/${rows[0]?.id}`,
      'structures/1',
      'communiques/59/2021-05-19',
      'communiques/02/2021-05-19',
      'constructor/02',
      'autre/02',
    ]) {
      expect([path, (await fetch(`${site.adresse}/partage/${path}.png`)).status]).toEqual([path, 404]);
    }
  });
});

describe('communiqués', () => {
  it('whose page is not there are linked from nowhere', async () => {
    expect((await fetch(`${site.adresse}/communiques/59/2021-03-24`)).status).toBe(404);
    for (const path of [
      '/',
      '/departements/59',
      '/seances/2021-03-24',
      '/communiques',
      '/communiques?departement=59',
      '/communiques.atom',
      '/departements/59/communiques.atom',
      '/sitemap.xml',
      '/dates-cles',
      '/donnees/communiques.csv',
      '/api/v1/communiques',
      '/api/v1/communiques?departement=59',
    ])
      expect([path, /59[/-]2021-03-24/.exec(await lire(path))?.[0]]).toEqual([path, undefined]);
    expect((await fetch(`${site.adresse}/partage/communiques/59/2021-03-24.png`)).status).toBe(404);
  });

  it('are all on the page of their session and of their département, however many came after', async () => {
    const liens = async (path: string): Promise<number> =>
      (await lire(path, sitePlein)).match(/href="\/communiques\/\w+\/\d/g)?.length ?? 0;
    expect({
      accueil: await liens('/'),
      premiere: await liens('/seances/2021-03-24'),
      seconde: await liens('/seances/2022-01-12'),
      departement: await liens('/departements/95'),
    }).toEqual({ accueil: 5, premiere: 108, seconde: 108, departement: 2 });
  });

  it('are counted alike by the page, the list, the API and the plan', async () => {
    const plan = (await lire('/sitemap.xml', sitePlein)).match(/\/communiques\/\w+\/\d/g)?.length;
    const fichier = (await lire('/donnees/communiques.csv', sitePlein)).trim().split('\n').length - 1;
    expect({ plan, fichier }).toEqual({ plan: 216, fichier: 216 });
  });
});

it('what is not announced is nowhere', async () => {
  const { rows } = await base.owner.query<{ id: string }>(
    `select structure_id as id from decision where publiee_le is null or publiee_le > now()`,
  );
  expect(rows.length).toBeGreaterThan(3);
  for (const path of [...pages, '/communiques.atom', '/departements/59/communiques.atom', '/sitemap.xml']) {
    const text = await lire(path);
    for (const hidden of ['2021-05-19', '19 mai 2021', '20 mai 2021', ...rows.map(({ id }) => id)])
      expect(text.includes(hidden), `${path} ${hidden}`).toBe(false);
  }
});

it('links of these pages lead somewhere, but for pages of other rooms', async () => {
  for (const path of pages) {
    const html = await lire(path);
    for (const match of html.matchAll(/href="(\/[a-z-]*(?:\.[a-z]+)?)[?#"]/g)) {
      const target = match[1] ?? '';
      if (
        [
          '/france',
          '/recherche',
          '/carte',
          '/donnees',
          '/api',
          '/composants',
          '/structures',
          '/seances',
        ].includes(target)
      )
        continue;
      expect([target, (await fetch(`${site.adresse}${target}`)).status]).toEqual([target, 200]);
    }
  }
});
