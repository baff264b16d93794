import { readFile } from 'node:fs/promises';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importer, tranche } from '../src/candidatures/import/import.fixtures.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { ouvrir, ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';

let base: TestDatabase;
let site: Site;
let navigateur: Browser;
let lien = '';

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  lien = (await importer(base.db, tranche)).lien ?? '';
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

it('the same journey is made by keyboard alone, with a focus that shows', async () => {
  await avec(wide, async (page) => {
    const reach = async (name: RegExp): Promise<void> => {
      for (let presses = 0; presses < 200; presses += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element) return { name: '', outline: '' };
          const style = getComputedStyle(element);
          return {
            name: element.textContent || element.getAttribute('aria-label') || '',
            outline: `${style.outlineStyle} ${style.outlineWidth}`,
          };
        });
        if (name.test(focused.name)) {
          expect(focused.outline).not.toMatch(/none|^\S+ 0px/);
          return;
        }
      }
      throw new Error(`no focus on ${name}`);
    };
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#contenu');
    await reach(/^Aisne\s\(02\)$/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/departements/02');
    await reach(/communiqué du 18 mars 2021/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/communiques/02/2021-03-24');
    await reach(/^Le communiqué/);
  });
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
