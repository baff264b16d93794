import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../src/platform/database/testing.ts';
import { lireSur, ouvrirSites, type Sites } from './information.fixtures.ts';
import { ouvrir, type Site, verifierPage } from './navigateur.ts';

let sites: Sites;
let navigateur: Browser;
let base: TestDatabase;
let site: Site;
let vide: TestDatabase;
let siteVide: Site;
let sitePlein: Site;
beforeAll(async () => {
  sites = await ouvrirSites();
  ({ navigateur, base, site, vide, siteVide, sitePlein } = sites);
});
afterAll(() => sites.fermer());

const lire = (path: string, from: Site = site): Promise<string> => lireSur(path, from);

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
    'owes nothing, %s',
    async (etat, which, paths) => {
      const contexte = await navigateur.newContext(options);
      for (const path of paths) {
        const page = await ouvrir(contexte, `${which().adresse}${path}`);
        expect(await page.locator('nav[aria-label="Vous êtes ici"] a').first().textContent()).toBe('Accueil');
        expect(
          (await page.locator('meta[name=description]').getAttribute('content'))?.length,
        ).toBeGreaterThanOrEqual(20);
        // By night only colours change: they are looked at in each of the two layouts, wide and narrow.
        for (const colorScheme of ['wide', 'narrow'].includes(nom) ? dressCodes : dressCodes.slice(0, 1)) {
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

it('links of these pages lead somewhere', async () => {
  const html = (await Promise.all(pages.map((path) => lire(path)))).join('');
  const targets = new Set(
    [...html.matchAll(/href="(\/[a-z-]*(?:\.[a-z]+)?)[?#"]/g)].map(([, path]) => path ?? ''),
  );
  expect(targets.size).toBeGreaterThan(15);
  for (const target of targets)
    expect([target, (await fetch(`${site.adresse}${target}`)).status]).toEqual([target, 200]);
});
