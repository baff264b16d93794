import type { Browser } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../src/platform/database/testing.ts';
import type { DeclaredRoute } from '../src/platform/http/route.ts';
import { routesFlux } from '../src/vitrine/flux.routes.tsx';
import { compterAdresses, listAdresses } from '../src/vitrine/information.store.ts';
import { lireSur, ouvrirSites, type Sites } from './information.fixtures.ts';
import type { Site } from './navigateur.ts';

let sites: Sites;
let navigateur: Browser;
let base: TestDatabase;
let site: Site;
let siteVide: Site;
let sitePlein: Site;
beforeAll(async () => {
  sites = await ouvrirSites();
  ({ navigateur, base, site, siteVide, sitePlein } = sites);
});
afterAll(() => sites.fermer());

const lire = (path: string, from: Site = site): Promise<string> => lireSur(path, from);

const routeDe = (path: string): DeclaredRoute => {
  const found = routesFlux.find((route) => route.path === path);
  if (!found) throw new Error(`no route ${path}`);
  return found;
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
      routeDe('/:fichier{sitemap-[0-9]+\\.xml}').handle({
        raw: { fichier: `sitemap-${rang}.xml` },
        saisie: {},
        db,
        identite: null,
        requete: site.requete(`/sitemap-${rang}.xml`),
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
    const { rows } = await base.owner.query<{ id: string; epci: string }>(
      `select structure.id, epci_code as epci from structure join commune on commune.code = commune_code
       join decision on decision.structure_id = structure.id where publiee_le <= now() and epci_code is not null limit 1`,
    );
    for (const path of [
      'regions/32',
      'departements/02',
      `epci/${rows[0]?.epci}`,
      'communes/02408',
      'seances/2021-03-24',
      `structures/${rows[0]?.id}`,
      'communiques/02/2021-03-24',
    ])
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
