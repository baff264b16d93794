import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { retenirBeaucoup, retenirStructure } from '../src/vitrine/structures.fixtures.ts';
import { lireHtml, type PageLue, routeDe } from './html.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';

/**
 * A robot goes everywhere a visitor may go from the home page. Addresses of one kind (the same route, asked with the
 * same parameters) are visited up to a number; all that it sees is then judged by several tests.
 */
type Visite = {
  readonly adresse: string;
  readonly genre: string;
  readonly statut: number;
  readonly type: string;
  readonly octets: number;
  /** Undefined where it is no page. */
  readonly page: PageLue | undefined;
  readonly corps: string;
  readonly source: string;
};

type Parcours = {
  readonly site: Site;
  readonly visites: ReadonlyMap<string, Visite>;
  /** Every address linked from a page visited, visited or not. */
  readonly vues: ReadonlySet<string>;
  /** Addresses with a place in the page: where they stand. */
  readonly ancres: readonly { readonly adresse: string; readonly ancre: string; readonly source: string }[];
  /** Absolute addresses of others, linked or loaded. */
  readonly dehors: readonly { readonly adresse: string; readonly charge: boolean; readonly source: string }[];
};

const texte = /^(text\/|application\/(.*\+)?(json|xml))/;

/** The kind of an address: one page of each is opened in a browser, and not all of a kind are visited. */
const genreDe = (adresse: string): string => {
  const url = new URL(adresse, 'http://ici');
  const keys = [...new Set(url.searchParams.keys())].toSorted().join('&');
  const path = routeDe(url.pathname) ?? (url.pathname.startsWith('/assets/') ? url.pathname : url.pathname);
  const extension = /\{.*\\\.\[a-z\]\+\}$/.test(path) ? /\.[a-z]+$/.exec(url.pathname)?.[0] : '';
  return `${path}${extension ?? ''}${keys === '' ? '' : `?${keys}`}`;
};

/** Without following, and without having what is read once compressed. */
const demander = (adresse: string): Promise<Response> =>
  fetch(adresse, { redirect: 'manual', headers: { 'Accept-Encoding': 'identity' } });

const parcourir = async (
  site: Site,
  departs: readonly string[],
  plafond: (genre: string) => number,
): Promise<Parcours> => {
  const visites = new Map<string, Visite>();
  const vues = new Set<string>();
  const comptes = new Map<string, number>();
  const ancres: { adresse: string; ancre: string; source: string }[] = [];
  const dehors: { adresse: string; charge: boolean; source: string }[] = [];
  const attente: (readonly [adresse: string, source: string])[] = [];

  const noter = (href: string, depuis: string, charge = false): void => {
    const url = new URL(href, `${site.adresse}${depuis}`);
    if (url.protocol === 'data:') return;
    if (url.origin !== site.adresse) {
      dehors.push({ adresse: url.href, charge, source: depuis });
      return;
    }
    const adresse = `${url.pathname}${url.search}`;
    if (url.hash !== '')
      ancres.push({ adresse, ancre: decodeURIComponent(url.hash.slice(1)), source: depuis });
    if (vues.has(adresse)) return;
    vues.add(adresse);
    attente.push([adresse, depuis]);
  };

  const visiter = async (adresse: string, source: string): Promise<void> => {
    const genre = genreDe(adresse);
    const count = comptes.get(genre) ?? 0;
    if (count >= plafond(genre)) return;
    comptes.set(genre, count + 1);
    const response = await demander(`${site.adresse}${adresse}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const type = response.headers.get('content-type') ?? '';
    const corps = texte.test(type) ? bytes.toString('utf8') : '';
    const page = type.startsWith('text/html') ? lireHtml(corps) : undefined;
    visites.set(adresse, {
      adresse,
      genre,
      statut: response.status,
      type,
      octets: bytes.byteLength,
      page,
      corps: page ? '' : corps,
      source,
    });
    if (!page) return;
    for (const lien of page.liens) noter(lien, adresse);
    for (const ressource of page.ressources) noter(ressource, adresse, true);
    for (const envoi of page.formulaires) noter(envoi, adresse);
  };

  for (const depart of departs) noter(depart, '/');
  const marcher = async (): Promise<void> => {
    for (let next = attente.shift(); next; next = attente.shift()) await visiter(...next);
  };
  while (attente.length > 0) await Promise.all(Array.from({ length: 6 }, marcher));
  return { site, visites, vues, ancres, dehors };
};

let demonstration: TestDatabase;
let grande: TestDatabase;
let navigateur: Browser;
let petit: Parcours;
let grand: Parcours;
let fermer: () => Promise<unknown> = async () => undefined;

beforeAll(async () => {
  [demonstration, grande] = await Promise.all([withTestDatabase(), withTestDatabase()]);
  for (const base of [demonstration, grande])
    exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  await retenirBeaucoup(grande, 2000);
  // Names that several bear, near each other and far away.
  const homonymes: string[] = [];
  for (const commune of ['02408', '02691', '59350', '2A004'])
    homonymes.push(await retenirStructure(grande, { raisonSociale: 'MISSION LOCALE', commune }));
  const [siteDemo, siteGrand, browser] = await Promise.all([
    servir(demonstration),
    servir(grande),
    ouvrirNavigateur(),
  ]);
  navigateur = browser;
  fermer = () => Promise.all([siteDemo, siteGrand].map((site) => site.fermer()));
  const ailleurs = ['/', '/robots.txt', '/sitemap.xml'];
  const fichier = /^\/(donnees|partage|api\/v1)\//;
  petit = await parcourir(siteDemo, ailleurs, (genre) => {
    if (fichier.test(genre)) return 4;
    if (genre === '/communes/:code') return 120;
    return genre.includes('?') ? 15 : 1000;
  });
  grand = await parcourir(
    siteGrand,
    [...ailleurs, ...homonymes.map((id) => `/structures/${id}`)],
    (genre) => {
      if (fichier.test(genre)) return 1;
      // Every page of the list, so that every structure is seen.
      if (genre === '/structures?page') return 100;
      return genre.includes('?') ? 2 : 12;
    },
  );
});
afterAll(async () => {
  await navigateur.close();
  await fermer();
  await Promise.all([demonstration.close(), grande.close()]);
});

const pagesDe = (parcours: Parcours) =>
  [...parcours.visites.values()].flatMap((visite) => (visite.page ? [{ ...visite, page: visite.page }] : []));

const planDe = ({ site, visites }: Parcours): readonly string[] =>
  [...(visites.get('/sitemap.xml')?.corps ?? '').matchAll(/<loc>(.*?)<\/loc>/g)].map((match) =>
    (match[1] ?? '').replace(site.adresse, ''),
  );

const portes = /^\/(connexion|demonstration|revendication)\b/;

describe.each([
  ['the demonstration', () => petit, { pages: 300, genres: 80 }],
  ['2 000 structures', () => grand, { pages: 150, genres: 80 }],
] as const)('every link, on %s,', (_, lequel, attendu) => {
  it('answers at once, without a redirection', () => {
    const fautes = [...lequel().visites.values()]
      .filter(({ statut }) => statut !== 200)
      .map(({ adresse, statut, source }) => `${statut} ${adresse} from ${source}`);
    expect(fautes).toEqual([]);
    expect(pagesDe(lequel()).length).toBeGreaterThan(attendu.pages);
    const genres = new Set([...lequel().visites.values()].map(({ genre }) => genre));
    expect(genres.size).toBeGreaterThan(attendu.genres);
  });

  it('leads to a page that says what it is, where it stands and where to go on', () => {
    for (const { adresse, page } of pagesDe(lequel())) {
      expect(
        { ...page, suite: page.liensDuContenu.some((href) => !href.startsWith('#')) },
        adresse,
      ).toMatchObject({
        titre: expect.stringMatching(/^\S.* – \S/),
        titres1: 1,
        langue: 'fr',
        description: expect.stringMatching(/^.{20,320}$/su),
        fil: adresse !== '/' && !adresse.startsWith('/?'),
        suite: true,
      });
      expect(page.liens, adresse).toContain('/');
      for (const donnees of page.donnees) expect(() => JSON.parse(donnees), adresse).not.toThrow();
    }
  });

  it('has an address of record, which is its own unless it is a view of another', () => {
    const { site, visites } = lequel();
    for (const { adresse, page } of pagesDe(lequel())) {
      // Doors are kept out of search engines: nothing stands in their place.
      if (page.noindex && portes.test(adresse)) continue;
      expect(page.canonique, adresse).toMatch(/^http/);
      const record = page.canonique?.replace(site.adresse, '') ?? '';
      if (!adresse.includes('?')) expect(record).toBe(adresse);
      const other = visites.get(record);
      if (other) expect(other.page?.canonique, adresse).toBe(page.canonique);
      // « Keep this out » and « count it as that one » at once is no instruction; what somebody searches is kept out.
      if (other && page.noindex && !adresse.startsWith('/recherche'))
        expect(other.page?.noindex, adresse).toBe(true);
    }
  });

  it('has a title that no other page of record has', () => {
    const titres = Map.groupBy(
      pagesDe(lequel()).filter(({ page }) => !page.noindex),
      ({ page }) => page.titre,
    );
    const doubles = [...titres].flatMap(([titre, pages]) => {
      const adresses = new Set(pages.map(({ page }) => page.canonique));
      return adresses.size > 1 ? [[titre, ...adresses].join(' ')] : [];
    });
    expect(doubles).toEqual([]);
  });

  it('leads to a place that is in its page', () => {
    const { visites, ancres } = lequel();
    const perdues = ancres.filter(({ adresse, ancre }) => {
      const page = visites.get(adresse)?.page;
      return page && !page.ancres.includes(ancre);
    });
    expect(perdues.map(({ adresse, ancre, source }) => `${adresse}#${ancre} from ${source}`)).toEqual([]);
  });

  it('loads nothing from elsewhere, and leads elsewhere by secure addresses', () => {
    const { dehors } = lequel();
    expect(dehors.filter(({ charge }) => charge)).toEqual([]);
    expect(dehors.filter(({ adresse }) => !/^(https:\/\/|mailto:)/.test(adresse))).toEqual([]);
  });

  it('to a file gives a file', () => {
    const files = [...lequel().visites.values()].filter(({ page }) => !page);
    for (const { adresse, octets, type, corps } of files) {
      expect([adresse, octets > 10, type !== '']).toEqual([adresse, true, true]);
      if (/json/.test(type)) expect(() => JSON.parse(corps), adresse).not.toThrow();
    }
  });

  it('to a page of record is in the plan for search engines, and the reverse', () => {
    const { vues } = lequel();
    const plan = planDe(lequel());
    expect(new Set(plan).size).toBe(plan.length);
    const record = pagesDe(lequel()).filter(
      ({ adresse, page }) => !page.noindex && page.canonique?.endsWith(adresse),
    );
    const connues = new Set(plan);
    const oubliees = record
      .map(({ adresse }) => adresse)
      // A further page of a list is reached from the first.
      .filter((adresse) => !adresse.includes('?'))
      .filter((adresse) => !connues.has(adresse));
    expect(oubliees).toEqual([]);
    const introuvables = plan.filter(
      (adresse) => !vues.has(adresse) && (lequel() === petit || !/^\/(communes|epci)\//.test(adresse)),
    );
    expect(introuvables).toEqual([]);
    const cachees = pagesDe(lequel()).filter(({ adresse, page }) => page.noindex && connues.has(adresse));
    expect(cachees.map(({ adresse }) => adresse)).toEqual([]);
  });
});

it('what robots may not read is no page of the plan', async () => {
  const robots = petit.visites.get('/robots.txt')?.corps ?? '';
  const interdits = [...robots.matchAll(/^Disallow: (\S+)$/gm)].map((match) => match[1] ?? '');
  expect(interdits.length).toBeGreaterThan(0);
  expect(planDe(petit).filter((adresse) => interdits.some((debut) => adresse.startsWith(debut)))).toEqual([]);
  expect(robots).toContain(`Sitemap: ${petit.site.adresse}/sitemap.xml`);
});

it('what the plan of the large site names answers, whatever was not visited', async () => {
  const reste = planDe(grand).filter((adresse) => !grand.visites.has(adresse));
  expect(reste.length).toBeGreaterThan(3000);
  for (let rang = 0; rang < reste.length; rang += Math.ceil(reste.length / 60)) {
    const adresse = reste[rang] ?? '';
    const response = await demander(`${grand.site.adresse}${adresse}`);
    expect([adresse, response.status]).toEqual([adresse, 200]);
    const page = lireHtml(await response.text());
    expect(page).toMatchObject({ canonique: `${grand.site.adresse}${adresse}`, noindex: false });
  }
});

it('feeds and plans are well formed', async () => {
  const page = await navigateur.newPage();
  for (const { visites } of [petit, grand]) {
    const xml = [...visites.values()].filter(({ type }) => /^(application\/(atom\+)?xml)/.test(type));
    expect(xml.length).toBeGreaterThan(3);
    const fautes = await page.evaluate(
      (sources) =>
        sources.filter(([, source]) =>
          new DOMParser().parseFromString(source, 'application/xml').querySelector('parsererror'),
        ),
      xml.map(({ adresse, corps }) => [adresse, corps] as const),
    );
    expect(fautes.map(([adresse]) => adresse)).toEqual([]);
  }
  await page.close();
});

it('one page of each kind owes nothing in a browser, and asks for nothing outside', async () => {
  const genres = new Map(pagesDe(grand).map((visite) => [visite.genre.split('?')[0], visite.adresse]));
  expect(genres.size).toBeGreaterThan(20);
  const contexte = await navigateur.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await contexte.newPage();
  const plaintes: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') plaintes.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => plaintes.push(`${page.url()}: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) plaintes.push(`${response.status()} ${response.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(grand.site.adresse) && !/^(data|blob):/.test(request.url()))
      plaintes.push(`outside: ${request.url()}`);
  });
  for (const adresse of genres.values()) {
    await page.goto(`${grand.site.adresse}${adresse}`);
    await verifierPage(page);
  }
  expect(plaintes).toEqual([]);
  await contexte.close();
});
