import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importer, tranche } from '../src/candidatures/import/import.fixtures.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { retenirStructure } from '../src/vitrine/structures.fixtures.ts';
import { ouvrir, ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';

let base: TestDatabase;
let site: Site;
let navigateur: Browser;
let lien = '';

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  lien = (await importer(base.db, tranche)).lien ?? '';
  // So many that their session has two pages.
  for (let rang = 1; rang <= 60; rang += 1)
    await retenirStructure(base, {
      raisonSociale: `MAIRIE ANNEXE ${rang}`,
      commune: '48095',
      postes: 1 + (rang % 7),
    });
  [site, navigateur] = await Promise.all([servir(base), ouvrirNavigateur()]);
});
afterAll(async () => {
  await navigateur.close();
  await site.fermer();
  await base.close();
});

const avec = async (
  options: BrowserContextOptions,
  work: (page: Page) => Promise<void>,
  path = '/',
): Promise<void> => {
  const contexte = await navigateur.newContext(options);
  try {
    await work(await ouvrir(contexte, `${site.adresse}${path}`));
  } finally {
    await contexte.close();
  }
};

const wide = { viewport: { width: 1280, height: 900 } };
const narrow = { viewport: { width: 390, height: 844 } };

describe.each([
  ['wide', { ...wide, javaScriptEnabled: true }],
  ['narrow', { ...narrow, javaScriptEnabled: true }],
  ['wide, dark', { ...wide, colorScheme: 'dark' }],
  ['on the narrowest screen', { viewport: { width: 320, height: 640 } }],
] as const)('a reader, %s', (_, options) => {
  it('goes from home to the département, its communiqué and the PDF', async () => {
    await avec(options, async (page) => {
      await page.locator('#territoires ~ * a', { hasText: 'Aisne' }).first().click();
      await page.waitForURL('**/departements/02');
      await verifierPage(page);
      expect(await page.locator('h1').textContent()).toBe('Les conseillers numériques dans l’Aisne');
      expect(await page.locator('.maillage-chiffre__valeur').allInnerTexts()).toEqual([
        '16',
        '32',
        '1\u202f753\u202f760\u00a0€',
      ]);
      await page.getByRole('link', { name: /communiqué du 18 mars 2021/ }).click();
      await page.waitForURL('**/communiques/02/2021-03-24');
      await verifierPage(page);
      expect(await page.locator('.communique li').count()).toBe(16);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('a[href$=".pdf"]').click(),
      ]);
      expect(download.suggestedFilename()).toBe('communique-02-2021-03-24.pdf');
      const pdf = await getDocument({ data: new Uint8Array(await readFile(await download.path())) }).promise;
      const text = (await (await pdf.getPage(1)).getTextContent()).items
        .map((item) => ('str' in item ? item.str : ''))
        .join(' ');
      expect(text).toMatch(/32\s+conseillers/);
    });
  });
});

it('the same journey needs no script', async () => {
  const contexte = await navigateur.newContext({ ...wide, javaScriptEnabled: false });
  const page = await contexte.newPage();
  await page.goto(`${site.adresse}/`);
  await page.locator('.maillage-tableau a', { hasText: 'Aisne' }).click();
  await page.waitForURL('**/departements/02');
  await page.getByRole('link', { name: /communiqué du 18 mars 2021/ }).click();
  await page.waitForURL('**/communiques/02/2021-03-24');
  expect(await page.locator('h1').textContent()).toBe(
    'L’État finance 32 conseillers numériques dans l’Aisne',
  );
  await contexte.close();
});

/** Goes by keyboard to the next element that answers the selector (and holds the text), with a focus that shows. */
const atteindre = async (
  page: Page,
  selecteur: string,
  texte = '',
  touche: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> => {
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press(touche);
    const contour = await page.evaluate(
      ([un, mots]) => {
        const element = document.activeElement;
        if (!element?.matches(un) || !(element.textContent ?? '').includes(mots)) return null;
        // A shape of a drawing shows the focus by its own line.
        const forme = element.querySelector(':scope > circle, :scope > path');
        const style = getComputedStyle(forme ?? element);
        return forme ? `${style.stroke} ${style.strokeWidth}` : `${style.outlineStyle} ${style.outlineWidth}`;
      },
      [selecteur, texte] as const,
    );
    if (contour === null) continue;
    expect(contour, selecteur).not.toMatch(/none|^\S+ 0px/);
    return;
  }
  throw new Error(`no focus on ${selecteur} ${texte}`);
};

/** Follows by keyboard the first link that answers the selector. */
const suivre = async (page: Page, selecteur: string, vers: string | RegExp, texte = ''): Promise<void> => {
  await atteindre(page, selecteur, texte);
  await page.keyboard.press('Enter');
  await page.waitForURL(vers);
};

const lignesDe = (page: Page): Promise<readonly (readonly string[])[]> =>
  page
    .locator('#liste tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
    );

it('the journey to the communiqué is made by keyboard alone', async () => {
  await avec(wide, async (page) => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#contenu');
    await suivre(page, 'a[href="/departements/02"]', '**/departements/02');
    await suivre(page, 'main a', '**/communiques/02/2021-03-24', 'communiqué du 18 mars 2021');
    await atteindre(page, 'a', 'Le communiqué');
  });
});

it('passing over the map of the country leads to where its figures are unfolded', async () => {
  await avec(
    wide,
    async (page) => {
      await suivre(page, '.maillage-carte__passer a', '**/france#carte-chiffres');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Voir les chiffres');
      await page.keyboard.press('Enter');
      expect(await page.locator('#carte-chiffres table').isVisible()).toBe(true);
    },
    '/france',
  );
});

describe.each([
  ['wide', { ...wide, javaScriptEnabled: true }],
  ['wide, without a script', { ...wide, javaScriptEnabled: false }],
  ['narrow', { ...narrow, javaScriptEnabled: true }],
  ['narrow, without a script', { ...narrow, javaScriptEnabled: false }],
] as const)('by keyboard alone, %s, somebody', (_, options) => {
  const commencer = async (work: (page: Page) => Promise<void>): Promise<void> => {
    const contexte = await navigateur.newContext(options);
    try {
      const page = await contexte.newPage();
      await page.goto(`${site.adresse}/`);
      await work(page);
      if (options.javaScriptEnabled && page.url().includes(site.adresse)) await verifierPage(page);
    } finally {
      await contexte.close();
    }
  };

  it.each([
    ['02000', '02408', 'Laon'],
    ['02100', '02691', 'Saint-Quentin'],
  ])('goes from the postal code %s to the nearest structure', async (codePostal, code, commune) => {
    await commencer(async (page) => {
      await atteindre(page, 'input[name=q]');
      await page.keyboard.type(codePostal);
      if (options.javaScriptEnabled) {
        await page.getByRole('option').first().waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
      } else {
        await page.keyboard.press('Enter');
        await page.waitForURL(`**/recherche?q=${codePostal}`);
        await atteindre(page, `main a[href="/communes/${code}"]`, commune);
        await page.keyboard.press('Enter');
      }
      await page.waitForURL(`**/communes/${code}`);
      expect(await page.locator('h1').textContent()).toBe(`Conseillers numériques près de ${commune}`);
      await atteindre(page, 'main a[href^="/structures/"]');
      const structure = await page.evaluate(() => document.activeElement?.textContent);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/structures/*');
      expect(await page.locator('h1').textContent()).toBe(structure);
      expect(await page.locator('main').textContent()).toMatch(/poste/);
    });
  });

  it('filters, sorts and downloads the list of a session, and shares it', async () => {
    let adresse = '';
    let vue: readonly (readonly string[])[] = [];
    await commencer(async (page) => {
      await suivre(page, 'a[href="/seances"]', '**/seances');
      await suivre(page, 'main a[href="/seances/2021-03-24"]', '**/seances/2021-03-24');
      await atteindre(page, '.maillage-filtres input[name=q]');
      await page.keyboard.type('annexe');
      // Folded where there is little room.
      if (await page.locator('.maillage-filtres summary').isVisible()) {
        await atteindre(page, '.maillage-filtres summary');
        await page.keyboard.press('Enter');
      }
      await atteindre(page, 'select[name=categorie]');
      await page.keyboard.type('publique');
      await atteindre(page, 'select[name=tri]');
      await page.keyboard.type('Postes');
      await atteindre(page, 'button', 'Mettre à jour la liste');
      await page.keyboard.press('Enter');
      await page.waitForURL(/categorie=publique/);
      await atteindre(page, 'summary', 'Choisir les colonnes');
      await page.keyboard.press('Enter');
      await atteindre(page, 'input[value=epci]');
      await page.keyboard.press('Space');
      await atteindre(page, 'button', 'Montrer ces colonnes');
      await page.keyboard.press('Enter');
      await page.waitForURL(/colonnes=/);
      expect(page.url()).toMatch(/categorie=publique/);
      expect(await page.locator('#liste thead th').allTextContents()).toContain('Intercommunalité');
      const premiere = await lignesDe(page);
      expect(premiere).toHaveLength(50);
      for (const [nom] of premiere) expect(nom).toMatch(/^Mairie annexe \d+$/);

      const telecharger = page.waitForEvent('download');
      // From the end of the page, as somebody does who knows where it stands.
      await atteindre(page, 'main a[href^="/donnees/structures.csv"]', '', 'Shift+Tab');
      await page.keyboard.press('Enter');
      const fichier: readonly Readonly<Record<string, string>>[] = parse(
        await readFile(await (await telecharger).path(), 'utf8'),
        { bom: true, delimiter: ';', columns: true },
      );
      await atteindre(page, '#liste .fr-pagination a', '2', 'Shift+Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(/[?&]page=2/);
      const seconde = await lignesDe(page);
      expect(seconde).toHaveLength(10);
      vue = seconde;
      adresse = page.url();
      const rangPostes = (await page.locator('#liste thead th').allTextContents()).indexOf('Postes');
      const montrees = [...premiere, ...seconde].map((row) => [row[0], row[rangPostes]]);
      expect(fichier.map((row) => [row['libelle'], row['postes']])).toEqual(montrees);
      const postes = fichier.map((row) => Number(row['postes']));
      expect(postes).toEqual(postes.toSorted((a, b) => b - a));
    });
    // Somebody else, with the other kind of browser, sees the same at the same address.
    const contexte = await navigateur.newContext({ javaScriptEnabled: !options.javaScriptEnabled });
    const page = await contexte.newPage();
    await page.goto(adresse);
    expect(await lignesDe(page)).toEqual(vue);
    await contexte.close();
  });

  it('tries the API from its page', async () => {
    await commencer(async (page) => {
      await suivre(page, 'a[href="/api"]', '**/api');
      await atteindre(page, '[aria-labelledby=proximite] summary', 'Essayer');
      await page.keyboard.press('Enter');
      await atteindre(page, '[aria-labelledby=proximite] button');
      await page.keyboard.press('Enter');
      if (options.javaScriptEnabled) {
        const essai = page.locator('[aria-labelledby=proximite] form');
        await expect.poll(() => essai.locator('output').textContent()).toContain('réponse 200');
        const { donnees } = JSON.parse((await essai.locator('pre').textContent()) ?? '') as {
          donnees: readonly unknown[];
        };
        expect(donnees).toHaveLength(3);
        expect(new URL(page.url()).pathname).toBe('/api');
        return;
      }
      await page.waitForURL('**/api/v1/proximite?*');
      const { donnees } = JSON.parse((await page.locator('pre').textContent()) ?? '') as {
        donnees: readonly unknown[];
      };
      expect(donnees).toHaveLength(3);
    });
  });
});

it('the drawn map of a département leads by keyboard to a structure', async () => {
  const contexte = await navigateur.newContext({ ...wide, javaScriptEnabled: false });
  const page = await contexte.newPage();
  await page.goto(`${site.adresse}/departements/02`);
  await suivre(page, '.carte-lieux__dessin a[href^="/structures/"]', '**/structures/*');
  await contexte.close();
});

it('twice the size of letters still fits', async () => {
  await avec(
    { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
    async (page) => verifierPage(page),
    '/departements/02',
  );
});

describe('the report of an import', () => {
  it.each([
    ['wide', wide],
    ['narrow', narrow],
  ])('is read by whoever has its link, %s', async (_, options) => {
    await avec(
      options,
      async (page) => {
        expect(await page.locator('h1').textContent()).toBe('Rapport d’import');
        await page.getByRole('link', { name: /Lignes rejetées \(3\)/ }).click();
        await verifierPage(page);
        expect(await page.locator('tbody tr').count()).toBe(3);
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.locator('a[href$=".csv"]').click(),
        ]);
        expect(await readFile(await download.path(), 'utf8')).toContain('ni SIRET valide');
        for (const vue of ['modifiee', 'creee', 'inchangee']) {
          await page.goto(`${site.adresse}/imports/${lien}?vue=${vue}`);
          await verifierPage(page);
        }
      },
      `/imports/${lien}`,
    );
  });

  it('is for nobody else, kept out of caches and search engines', async () => {
    expect((await fetch(`${site.adresse}/imports/${'a'.repeat(32)}`)).status).toBe(404);
    expect((await fetch(`${site.adresse}/imports/${'a'.repeat(32)}/rejets.csv`)).status).toBe(404);
    const response = await fetch(`${site.adresse}/imports/${lien}`);
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(await response.text()).toContain('noindex');
  });
});
