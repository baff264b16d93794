import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { root } from '../src/platform/root.ts';
import { ouvrir, ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';

let base: TestDatabase;
let site: Site;
let navigateur: Browser;

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  [site, navigateur] = await Promise.all([servir(base), ouvrirNavigateur()]);
});
afterAll(async () => {
  await navigateur.close();
  await site.fermer();
  await base.close();
});

const avec = async (
  options: BrowserContextOptions,
  path: string,
  work: (page: Page) => Promise<void>,
): Promise<void> => {
  const contexte = await navigateur.newContext(options);
  try {
    const page = await ouvrir(contexte, `${site.adresse}${path}`);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      // What the policy of the page forbids is said on the console.
      if (message.type() === 'error') errors.push(message.text());
    });
    await work(page);
    expect(errors).toEqual([]);
  } finally {
    await contexte.close();
  }
};

const ecrans = [
  ['wide', { viewport: { width: 1280, height: 900 } }],
  ['narrow', { viewport: { width: 390, height: 844 } }],
  ['narrow, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
  ['on the narrowest screen', { viewport: { width: 320, height: 640 } }],
] as const;

/** A picture of the page for whoever looks, where a folder is given. */
const photographier = async (page: Page, nom: string): Promise<void> => {
  const folder = process.env['MAILLAGE_CAPTURES'];
  if (folder) {
    const name = `${nom}-${page.viewportSize()?.width}.png`.replaceAll(' ', '-');
    await page.screenshot({ path: join(folder, name), fullPage: true });
  }
};

describe.each(ecrans)('somebody, %s', (nom, options) => {
  it.each([
    ['02000', 'Laon', 'Conseillers numériques près de Laon'],
    ['02100', 'Saint-Quentin', 'Conseillers numériques près de Saint-Quentin'],
  ])('goes from %s to the structures near %s without a script', async (codePostal, commune, titre) => {
    const contexte = await navigateur.newContext({ ...options, javaScriptEnabled: false });
    const page = await contexte.newPage();
    await page.goto(`${site.adresse}/recherche`);
    await page.getByRole('searchbox').fill(codePostal);
    await page.getByRole('button', { name: 'Chercher' }).click();
    await page.waitForURL(`**/recherche?q=${codePostal}`);
    await page.getByRole('link', { name: commune, exact: true }).click();
    await page.waitForURL('**/communes/*');
    expect(await page.locator('h1').textContent()).toBe(titre);
    expect(await page.locator('#autour ~ * a[href^="/structures/"]').first().getAttribute('href')).toMatch(
      /^\/structures\/[0-9a-f-]{36}$/,
    );
    await contexte.close();
  });

  it('sees pages that owe nothing', async () => {
    await avec(options, '/recherche', async (page) => {
      await photographier(page, `recherche-vide ${nom}`);
      for (const path of [
        '/recherche?q=saint-quentin',
        '/recherche?q=02140',
        '/recherche?q=soisons',
        `/recherche?q=${'a'.repeat(190)}`,
        '/recherche?q=xyzxyz',
        '/communes/02408',
        '/communes/13055',
        '/epci/200071892',
        '/epci/200054807',
      ]) {
        await page.goto(`${site.adresse}${path}`);
        await verifierPage(page);
        await photographier(page, `${path.replaceAll(/\W+/g, '-').slice(0, 40)} ${nom}`);
      }
    });
  });

  it('is told when the text is too long', async () => {
    const contexte = await navigateur.newContext(options);
    const page = await contexte.newPage();
    await page.goto(`${site.adresse}/recherche?q=${'a'.repeat(300)}`);
    await verifierPage(page);
    await contexte.close();
  });

  it('is shown suggestions over the page, which does not move', async () => {
    await avec(options, '/recherche', async (page) => {
      const height = () => page.evaluate(() => document.documentElement.scrollHeight);
      const top = () =>
        page.locator('#exemples').evaluate((title) => title.getBoundingClientRect().top + scrollY);
      const before = await top();
      const tall = await height();
      await page.getByRole('combobox').pressSequentially('saint');
      await page.getByRole('listbox').waitFor();
      expect(await top()).toBe(before);
      expect(Math.abs((await height()) - tall)).toBeLessThan(400);
      await verifierPage(page);
      await page.keyboard.press('ArrowDown');
      await photographier(page, `suggestions ${nom}`);
    });
  });
});

const wide = ecrans[0][1];

describe('suggestions', () => {
  const champ = (page: Page) => page.getByRole('combobox', { name: /Trouver les structures/ });
  const options = (page: Page) => page.getByRole('option');
  const marquee = (page: Page) => page.locator('[role=option][aria-selected=true]');

  it('are chosen by keyboard, as a screen reader is told', async () => {
    await avec(wide, '/recherche', async (page) => {
      const field = champ(page);
      expect(await field.getAttribute('aria-expanded')).toBe('false');
      expect(await field.getAttribute('aria-autocomplete')).toBe('list');
      await field.pressSequentially('gauchy');
      await page.getByRole('listbox').waitFor();
      const list = page.getByRole('listbox');
      expect(await field.getAttribute('aria-expanded')).toBe('true');
      expect(await field.getAttribute('aria-controls')).toBe(await list.getAttribute('id'));
      expect(await list.getAttribute('aria-label')).toBe('Trouver les structures les plus proches');
      const count = await options(page).count();
      expect(await page.getByRole('status').textContent()).toContain(`${count} suggestions`);
      expect(await field.getAttribute('aria-activedescendant')).toBeNull();

      await page.keyboard.press('ArrowDown');
      expect(await field.getAttribute('aria-activedescendant')).toBe(
        await options(page).first().getAttribute('id'),
      );
      expect(await marquee(page).count()).toBe(1);
      // Up from the first, back in the field; up again, the last.
      await page.keyboard.press('ArrowUp');
      expect(await marquee(page).count()).toBe(0);
      await page.keyboard.press('ArrowUp');
      expect(await field.getAttribute('aria-activedescendant')).toBe(
        await options(page).last().getAttribute('id'),
      );
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect(await field.inputValue()).toBe('gauchy');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/communes/02340');
    });
  });

  it('are chosen by mouse', async () => {
    await avec(wide, '/recherche', async (page) => {
      await champ(page).pressSequentially('saint-quentin');
      await options(page).filter({ hasText: 'CA du Saint-Quentinois' }).click();
      await page.waitForURL('**/epci/200071892');
    });
  });

  it('go away with Escape, the text staying, and come back with an arrow', async () => {
    await avec(wide, '/recherche', async (page) => {
      await champ(page).pressSequentially('laon');
      const list = page.getByRole('listbox');
      await list.waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      expect(await list.isVisible()).toBe(false);
      expect(await champ(page).inputValue()).toBe('laon');
      expect(await champ(page).getAttribute('aria-expanded')).toBe('false');
      expect(await champ(page).getAttribute('aria-activedescendant')).toBeNull();
      await page.keyboard.press('ArrowDown');
      expect(await list.isVisible()).toBe(true);
      await page.keyboard.press('Tab');
      expect(await list.isVisible()).toBe(false);
    });
  });

  it('leave Enter to the form when none is chosen', async () => {
    await avec(wide, '/recherche', async (page) => {
      await champ(page).pressSequentially('laon');
      await page.getByRole('listbox').waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/recherche?q=laon');
    });
  });

  it('say that there is none, and are those of the last text', async () => {
    await avec(wide, '/recherche', async (page) => {
      await champ(page).pressSequentially('xyzxyz');
      await expect.poll(() => page.getByRole('status').textContent()).toBe('Aucune suggestion.');
      expect(await page.getByRole('listbox').isVisible()).toBe(false);

      // The first answer comes late, after that to the second.
      await page.route('**/suggestions?q=lao', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 600));
        await route.continue().catch(() => undefined);
      });
      await champ(page).fill('lao');
      await page.waitForTimeout(250);
      await champ(page).fill('gauchy');
      await page.getByRole('listbox').waitFor();
      await page.waitForTimeout(800);
      expect(await options(page).first().textContent()).toContain('Gauchy');
    });
  });

  it('ask once for what is typed at once', async () => {
    await avec(wide, '/recherche', async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/suggestions')) asked.push(request.url());
      });
      await champ(page).pressSequentially('saint', { delay: 10 });
      await page.getByRole('listbox').waitFor();
      expect(asked.map((url) => new URL(url).searchParams.get('q'))).toEqual(['saint']);
    });
  });

  it('do without an answer', async () => {
    const contexte = await navigateur.newContext(wide);
    const page = await ouvrir(contexte, `${site.adresse}/recherche`);
    await page.route('**/suggestions?*', (route) => route.abort());
    await page.getByRole('combobox').pressSequentially('laon');
    await page.waitForTimeout(400);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/recherche?q=laon');
    await contexte.close();
  });
});

it('the program is light', async () => {
  const manifeste: Readonly<Record<string, { readonly file: string }>> = JSON.parse(
    await readFile(join(root, 'dist', 'ilots', 'manifest.json'), 'utf8'),
  );
  const file = manifeste['islands/recherche/index.ts']?.file ?? '';
  expect((await stat(join(root, 'dist', 'ilots', file))).size).toBeLessThan(4096);
});
