import fc from 'fast-check';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../src/main/rooms.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { retenirBeaucoup, retenirStructure } from '../src/vitrine/structures.fixtures.ts';
import { lireHtml } from './html.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';

/** Names that a form lets in and a page must bear. */
const noms = [
  'ASSOCIATIONSANSFIN'.repeat(12).slice(0, 200),
  "Œuvre de L’Haÿ-les-Roses : Ÿ, cœur, « guillemets », d'été & d’hiver",
  'جمعية المساعدة الرقمية للجميع في المدينة',
  'עמותת הסיוע הדיגיטלי',
  '👩‍🏫🧑🏽‍💻🇫🇷'.repeat(20),
  '<script>alert(1)</script><b>gras</b> "cité" & \'citée\'',
  'E\u0301te\u0301 a\u0300 l\u2019i\u0302le\u0302'.repeat(10),
  'Fédération départementale des maisons et centres numériques '.repeat(3).trim(),
];

type Etat = {
  readonly base: TestDatabase;
  readonly site: Site;
  /** Pages of every kind, those of what there is included. */
  readonly pages: readonly string[];
};

let vide: Etat;
let seule: Etat;
let pleine: Etat;
let navigateur: Browser;

/** Laon has all the strange names: every list and page meets them. */
const laon = '02408';

const ouvrirEtat = async (remplir: (base: TestDatabase) => Promise<readonly string[]>): Promise<Etat> => {
  const base = await withTestDatabase();
  const { rows } = await base.owner.query<{ epci: string }>(
    'select epci_code as epci from commune where code = $1',
    [laon],
  );
  const pages = [
    '/',
    '/france',
    '/regions/32',
    '/departements/02',
    `/epci/${rows[0]?.epci}`,
    `/communes/${laon}`,
    '/structures',
    '/structures?colonnes=libelle',
    '/structures?q=introuvable',
    '/seances',
    '/carte',
    '/recherche',
    '/recherche?q=laon',
    '/communiques',
    '/dates-cles',
    '/donnees',
    ...(await remplir(base)),
  ];
  return { base, site: await servir(base), pages };
};

const annoncer = async ({ owner }: TestDatabase): Promise<void> => {
  await owner.query(`
    insert into seance (programme_id, date) select id, '2021-03-24' from programme;
    insert into communique (seance_id, departement_code, statut, date, publie_le)
    select id, '02', 'publie', '2021-03-25', '2021-03-25' from seance`);
};
const annoncees = ['/seances/2021-03-24', '/communiques/02/2021-03-24'];

beforeAll(async () => {
  [vide, seule, pleine, navigateur] = await Promise.all([
    ouvrirEtat(async () => ['/api']),
    ouvrirEtat(async (base) => {
      await annoncer(base);
      const id = await retenirStructure(base, { raisonSociale: 'MAIRIE DE LAON', commune: laon });
      return [...annoncees, `/structures/${id}`];
    }),
    ouvrirEtat(async (base) => {
      await annoncer(base);
      await retenirBeaucoup(base, 2000);
      const ids: string[] = [];
      for (const [rang, nom] of noms.entries())
        ids.push(
          await retenirStructure(base, {
            // The file of the committee is in capitals; people write the label.
            raisonSociale: rang === 0 ? nom : `STRUCTURE ${rang}`,
            ...(rang === 0 ? {} : { libellePublic: nom }),
            commune: laon,
            postes: 3,
          }),
        );
      // A file does not always say where a structure is.
      for (const identifiant of ['92000000000001', '92000000000002'])
        ids.push(
          await retenirStructure(base, {
            raisonSociale: 'ASSOCIATION ITINERANTE',
            identifiant,
            commune: null,
          }),
        );
      return [
        ...annoncees,
        ...ids.map((id) => `/structures/${id}`),
        '/departements/02?q=laon&colonnes=libelle,commune,epci,departement,categories,postes,montant,seances',
        `/recherche?q=${noms[0]}`,
        '/recherche?q=association',
      ];
    }),
    ouvrirNavigateur(),
  ]);
});
afterAll(async () => {
  await navigateur.close();
  for (const { site, base } of [vide, seule, pleine]) {
    await site.fermer();
    await base.close();
  }
});

/** What sticks out of the window, outside of what scrolls by itself. */
const depassements = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const defile = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || defile(element.parentElement));
    const dehors = [...document.querySelectorAll('main *')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > innerWidth + 1 || left < -1) && !defile(element.parentElement);
    });
    const page = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
    return [...page, ...dehors.slice(0, 3).map((element) => element.outerHTML.slice(0, 160))];
  });

const largeurs = [
  ['1280', { width: 1280, height: 900 }],
  ['320', { width: 320, height: 640 }],
  // 1280 pixels with letters of twice the size.
  ['200 %', { width: 640, height: 450 }],
  ['390', { width: 390, height: 844 }],
] as const;

describe.each([
  ['nothing announced', () => vide],
  ['one structure', () => seule],
  ['2 000 structures and strange names', () => pleine],
] as const)('every page, with %s,', (_, lequel) => {
  it('fits on every screen and is accessible', async () => {
    const { site, pages } = lequel();
    const contexte = await navigateur.newContext();
    const page = await contexte.newPage();
    const plaintes: string[] = [];
    page.on('pageerror', (error) => plaintes.push(`${page.url()}: ${error.message}`));
    page.on('dialog', (dialog) => {
      plaintes.push(`${page.url()}: a script of a name ran`);
      void dialog.dismiss();
    });
    // Those have a test of their own on every screen, but for what fills them.
    const ailleurs = /^\/(recherche|dates-cles|communiques|donnees|api|seances)$/;
    for (const adresse of pages.filter((each) => lequel() === pleine || !ailleurs.test(each))) {
      await page.goto(`${site.adresse}${adresse}`);
      for (const [nom, taille] of largeurs) {
        await page.setViewportSize(taille);
        plaintes.push(...(await depassements(page)).map((quoi) => `${adresse} at ${nom}: ${quoi}`));
      }
      await verifierPage(page).catch((faute: unknown) => plaintes.push(String(faute).slice(0, 2000)));
    }
    expect(plaintes).toEqual([]);
    await contexte.close();
  });

  it('shows no empty table or list', async () => {
    const { site, pages } = lequel();
    for (const adresse of pages) {
      const html = await (await fetch(`${site.adresse}${adresse}`)).text();
      expect(html, adresse).not.toMatch(
        /<tbody[^>]*><\/tbody>|<(ul|ol|dl|select)\b(?![^>]* hidden)[^>]*><\/\1>/,
      );
      expect(lireHtml(html).texte, adresse).not.toMatch(/undefined|\bnull\b|NaN|\[object/);
    }
  });

  it('counts in French', async () => {
    const { site, pages } = lequel();
    const fautes: string[] = [];
    for (const adresse of pages.filter((each) => !/^\/(api|composants|structures\/)/.test(each))) {
      const { texte, description } = lireHtml(await (await fetch(`${site.adresse}${adresse}`)).text());
      const mots =
        'structure|poste|conseiller|communiqué|séance|département|commune|région|ligne|résultat|intercommunalité';
      const comptes = new RegExp(
        `(?<![\\d,.\u202f\u00a0-])(\\d{1,3}(?:[\u202f\u00a0]\\d{3})+|\\d+)\\s(${mots})(s?)(?!\\p{L})`,
        'gu',
      );
      for (const [faute, compte = '', , s] of `${texte} ${description}`.matchAll(comptes))
        if (Number(compte.replace(/\s/g, '')) < 2 !== (s === '')) fautes.push(`${adresse}: ${faute}`);
    }
    expect(fautes).toEqual([]);
  });
});

it.each(['', 'tri=-postes', 'tri=commune', 'tri=-seances', 'tri=libelle&departement=59'])(
  'a file of many rows holds each once, in its order (%s)',
  async (query) => {
    const lire = async (path: string) => (await pleine.site.app.request(path)).json();
    const lignes = (await lire(`/donnees/structures.json?${query}`)) as readonly {
      id: string;
      postes: number;
    }[];
    const { total } = (await lire(`/api/v1/indicateurs?${query.includes('59') ? 'departement=59' : ''}`)) as {
      total: { structures: number };
    };
    expect(lignes).toHaveLength(total.structures);
    expect(new Set(lignes.map(({ id }) => id)).size).toBe(lignes.length);
    if (!query.startsWith('tri=-postes')) return;
    const postes = lignes.map((ligne) => ligne.postes);
    expect(postes).toEqual(postes.toSorted((a, b) => b - a));
  },
);

it('a name is written as it is, and never read as markup', async () => {
  for (const nom of noms) {
    const adresse = `/structures?q=${encodeURIComponent([...nom].slice(0, 20).join(''))}`;
    const response = await fetch(`${pleine.site.adresse}${adresse}`);
    expect([adresse, response.status]).toEqual([adresse, 200]);
  }
  const html = await (await fetch(`${pleine.site.adresse}/communes/${laon}`)).text();
  expect(html).not.toContain('<script>alert');
  // But for the spaces that French typography holds to their sign.
  const texte = html
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('\u00a0', ' ');
  // The first comes from a file in capitals, and is written otherwise.
  for (const nom of noms.slice(1)) expect(texte).toContain(nom);
});

describe('on paper', () => {
  it('a list is whole, without what only a screen uses', async () => {
    const contexte = await navigateur.newContext({ viewport: { width: 794, height: 1123 } });
    const page = await contexte.newPage();
    for (const adresse of ['/structures', '/departements/02', '/seances/2021-03-24', '/france']) {
      await page.goto(`${pleine.site.adresse}${adresse}`);
      await page.emulateMedia({ media: 'print' });
      for (const acte of [
        'nav',
        '.fr-skiplinks',
        '.maillage-filtres',
        '.maillage-fichiers',
        '.fr-pagination',
        'main button',
      ])
        expect([adresse, acte, await page.locator(`${acte}:visible`).count()]).toEqual([adresse, acte, 0]);
      expect(await depassements(page), adresse).toEqual([]);
      const coupes = await page.locator('main table').evaluateAll((tables) =>
        tables.flatMap((table) => {
          const box = table.getBoundingClientRect();
          const cadre = table.parentElement?.getBoundingClientRect();
          const cut = cadre && (box.right > cadre.right + 1 || getComputedStyle(table).display !== 'table');
          return cut ? [table.querySelector('caption')?.textContent ?? '?'] : [];
        }),
      );
      expect(coupes, adresse).toEqual([]);
    }
    await page.goto(`${pleine.site.adresse}/structures?q=numerique`);
    const attendues = await page.locator('main tbody th').allTextContents();
    expect(attendues).toHaveLength(50);
    const pdf = await getDocument({ data: new Uint8Array(await page.pdf({ format: 'A4' })) }).promise;
    let texte = '';
    for (let numero = 1; numero <= pdf.numPages; numero += 1) {
      const { items } = await (await pdf.getPage(numero)).getTextContent();
      texte += items.map((item) => ('str' in item ? item.str : '')).join('');
    }
    const serre = (mots: string): string => mots.replace(/[\s\u00ad-]+/g, '');
    for (const nom of attendues) expect(serre(texte)).toContain(serre(nom));
    await contexte.close();
  });
});

describe('whatever is asked of the site', () => {
  const valeur = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '-1',
      '1',
      '2',
      '1e9',
      '9'.repeat(30),
      'NaN',
      '0x10',
      '%',
      "'",
      '"',
      '\\',
      '\u0000',
      '\u202e',
      '2021-02-30',
      '2021-03-24',
      '9999-12-31',
      '0000-00-00',
      '02',
      '2A',
      '2b',
      '32',
      laon,
      '200043495',
      '00000000-0000-7000-8000-000000000000',
      '2021-03-24.pdf',
      'accueil.png',
      'constructor',
      '__proto__',
      '<script>alert(1)</script>',
      '../../etc/passwd',
      'a'.repeat(300),
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.integer().map(String),
  );
  const parametres = [
    ...['q', 'region', 'departement', 'epci', 'commune', 'seance', 'categorie', 'zrr', 'structure'],
    ...['tri', 'page', 'colonnes', 'limite', 'apres', 'latitude', 'longitude', 'par', 'autre', '__proto__'],
  ];
  const publiques = routes
    .filter(({ access }) => access.type === 'public')
    .map((route) => [route.path, route] as const);

  it.each(publiques)('%s answers, or says which parameter it does not understand', async (path, route) => {
    const dansLeChemin = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(valeur, { minLength: dansLeChemin.length, maxLength: dansLeChemin.length }),
        fc.array(fc.tuple(fc.constantFrom(...parametres), valeur), { maxLength: 3 }),
        async (places, query) => {
          let rang = 0;
          const chemin = path.replace(/:\w+(\{((?:[^{}]|\\.)+)\})?/g, () =>
            encodeURIComponent((places[rang++] ?? '').toWellFormed() || 'x'),
          );
          const search = new URLSearchParams(query.map(([nom, mot]) => [nom, mot.toWellFormed()]));
          const adresse = `${chemin}?${search}`;
          const response = await seule.site.app.request(adresse);
          expect([200, 302, 400, 404], adresse).toContain(response.status);
          if (response.status < 400) {
            await response.body?.cancel();
            return;
          }
          const corps = await response.text();
          const noms = [
            ...dansLeChemin,
            ...query.map(([nom]) => nom),
            'territoire',
            'commune',
            'seance',
            'extension',
          ];
          if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
            const { detail, erreurs = [] } = JSON.parse(corps) as {
              detail: string;
              erreurs?: readonly { parametre: string; message: string }[];
            };
            expect(detail.length).toBeGreaterThan(10);
            expect(erreurs.length > 0, adresse).toBe(response.status === 400);
            for (const { parametre, message } of erreurs) {
              expect([...noms, 'q'], adresse).toContain(parametre.split(', ')[0]);
              expect(message, adresse).toMatch(/^\p{Ll}.{5}/u);
            }
            expect(route.api, adresse).toBeDefined();
            return;
          }
          const lue = lireHtml(corps);
          expect(lue, adresse).toMatchObject({ langue: 'fr', titres1: 1, noindex: true });
          expect(lue.liens, adresse).toContain('/');
          if (response.status === 400 && path !== '/recherche')
            expect(
              noms.some((nom) => lue.texte.includes(`${nom}\u00a0:`) || lue.texte.includes(`${nom}, `)),
              `${adresse}\n${lue.texte}`,
            ).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
});
