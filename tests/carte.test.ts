import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';

let base: TestDatabase;
let site: Site;
let avecTuiles: Site;
let navigateur: Browser;

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  [site, avecTuiles, navigateur] = await Promise.all([
    servir(base),
    servir(base, {
      tuiles: { adresse: 'https://tuiles.example.fr/{z}/{x}/{y}.png', source: '© Tuiles d’essai' },
    }),
    ouvrirNavigateur({ webgl: true }),
  ]);
});
afterAll(async () => {
  await navigateur.close();
  await Promise.all([site.fermer(), avecTuiles.fermer()]);
  await base.close();
});

const wide = { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' } as const;
const narrow = { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' } as const;

/** A page of the map, and all that the browser complained of. */
const avec = async (
  options: BrowserContextOptions,
  work: (page: Page, plaintes: readonly string[]) => Promise<void>,
  { adresse = `${site.adresse}/carte`, avant = async (_page: Page): Promise<unknown> => undefined } = {},
): Promise<void> => {
  const contexte = await navigateur.newContext(options);
  try {
    const page = await contexte.newPage();
    const plaintes: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) plaintes.push(message.text());
    });
    page.on('pageerror', (error) => plaintes.push(error.message));
    await avant(page);
    await page.goto(adresse);
    await work(page, plaintes);
  } finally {
    await contexte.close();
  }
};

/** A picture of the map for whoever looks, where a folder is given. */
const photographier = async (page: Page, nom: string): Promise<void> => {
  const dossier = process.env['MAILLAGE_CAPTURES'];
  if (dossier === undefined) return;
  await page.waitForTimeout(600);
  await page
    .locator('.carte-lieux')
    .screenshot({ path: join(dossier, `${nom}-${page.viewportSize()?.width}.png`) });
};

const vive = (page: Page) => page.locator('.carte-lieux--vive').waitFor({ timeout: 30_000 });
const compte = (page: Page) => page.locator('.carte-lieux__compte').textContent();
const boites = (page: Page) =>
  page.evaluate(() =>
    ['.carte-lieux__cadre', '.carte-lieux__cote', 'footer'].map((nom) => {
      const { x, y, width, height } = document.querySelector(nom)?.getBoundingClientRect() ?? new DOMRect();
      return [nom, x, y, width, height];
    }),
  );

describe.each([
  ['wide', wide],
  ['narrow', narrow],
  ['dark', { ...wide, colorScheme: 'dark' }],
] as const)('%s', (_, options) => {
  it('the map takes the place of the drawing, moving nothing and breaking no rule', async () => {
    let sansScript: unknown;
    await avec({ ...options, javaScriptEnabled: false }, async (page) => {
      sansScript = await boites(page);
    });
    await avec(options, async (page, plaintes) => {
      await vive(page);
      await page.locator('.carte-marque').first().waitFor();
      expect(await boites(page)).toEqual(sansScript);
      // The address is of the page, until somebody moves the map.
      expect(new URL(page.url()).hash).toBe('');
      expect(await page.locator('.carte-lieux__dessin').isVisible()).toBe(false);
      expect(await compte(page)).toBe('16 structures');
      await verifierPage(page);
      await photographier(page, 'carte');
      expect(plaintes).toEqual([]);
    });
  });

  it('a group opens, the list follows, the address remembers', async () => {
    await avec(options, async (page) => {
      await vive(page);
      await page.evaluate(() => {
        location.hash = '#carte=4/48/3';
      });
      const groupe = page.getByRole('button', { name: /^16 structures, d.+ à Vervins, agrandir$/ });
      // Named after no town, as if it had them all.
      expect(await groupe.locator('.carte-marque__nom').getAttribute('data-texte')).toBe('');
      await groupe.click();
      await expect.poll(() => page.locator('.carte-marque--lieu').count()).toBeGreaterThan(3);
      await expect.poll(() => compte(page)).toMatch(/^\d+ structures dans la vue$/);
      await verifierPage(page);
      const zoom = () => Number(/=([\d.]+)/.exec(new URL(page.url()).hash)?.[1]);
      const ouvert = zoom();
      await page.getByRole('button', { name: 'Agrandir la carte' }).click();
      await page.getByRole('button', { name: 'Agrandir la carte' }).click();
      // The list and the address are written together.
      await expect.poll(zoom).toBeCloseTo(ouvert + 2, 1);
      expect(await compte(page)).not.toMatch(/^16 /);
      const vue = await compte(page);
      const entrees = await page.locator('.carte-lieux__cote ol > li').count();
      expect(Number.parseInt(vue ?? '', 10)).toBe(entrees);
      const place = new URL(page.url()).hash;
      expect(place).toMatch(/^#carte=[\d.]+\/49\.\d+\/3\.\d+$/);
      await page.reload();
      await vive(page);
      await expect.poll(() => compte(page)).toBe(vue);
      // And again when one comes back from a structure.
      await page.locator('.carte-lieux__cote ol a').first().click();
      await page.waitForURL('**/structures/*');
      // Chromium goes back from a page that it shows, not from one that it is still putting in place.
      await page.waitForLoadState();
      await page.goBack();
      await vive(page);
      expect(new URL(page.url()).hash).toBe(place);
      await expect.poll(() => compte(page)).toBe(vue);
      // An address written by hand is followed too.
      await page.evaluate(() => {
        location.hash = '#carte=5/48/3';
      });
      await expect.poll(() => compte(page)).toBe('16 structures dans la vue');
      await page.getByRole('button', { name: 'Revenir à la vue d’ensemble' }).click();
      // Where the structures are, not all of France.
      await expect.poll(zoom).toBeGreaterThan(5.5);
      await expect.poll(() => compte(page)).toBe('16 structures dans la vue');
    });
  });

  it('without a script, the drawing and the list say it all', async () => {
    await avec({ ...options, javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('.carte-lieux__dessin').isVisible()).toBe(true);
      expect(await page.locator('.carte-lieux__dessin a').count()).toBeGreaterThan(0);
      expect(await page.locator('.carte-lieux__cote ol > li').count()).toBe(16);
      await page.locator('.carte-lieux__cote ol a').first().click();
      await page.waitForURL('**/structures/*');
    });
  });
});

it('names what is around on a background without tiles, for whoever sees it', async () => {
  await avec(
    wide,
    async (page, plaintes) => {
      await vive(page);
      const noms = () =>
        page
          .locator('.carte-nom')
          .evaluateAll((all) => all.map((un) => (un as HTMLElement).dataset['texte']));
      await expect.poll(noms).toContain('Ille-et-Vilaine');
      await page.evaluate(() => {
        location.hash = '#carte=9/48.11/-1.67';
      });
      await expect.poll(noms).toContain('Rennes');
      await expect.poll(noms).toContain('Bruz');
      await photographier(page, 'carte-noms');
      expect((await noms()).length).toBeLessThanOrEqual(16);
      expect(await page.locator('.carte-noms').getAttribute('aria-hidden')).toBe('true');
      await expect
        .poll(() => compte(page))
        .toBe('Aucune structure dans la vue\u00a0: revenez à la vue d’ensemble');
      await verifierPage(page);
      expect(plaintes).toEqual([]);
    },
    { adresse: `${site.adresse}/carte#carte=6.5/48/-1.5` },
  );
});

it('around a structure, it is a cross with its name and not one of the list', async () => {
  const { rows } = await base.owner.query<{ id: string }>(
    `select id from structure where commune_code = '02340'`,
  );
  const id = rows[0]?.id ?? '';
  await avec(
    wide,
    async (page) => {
      expect(await page.locator('.carte-lieux__cle').textContent()).toContain('Tiers-lieu de Gauchy');
      const entree = page.locator(`.carte-lieux__cote [data-id="${id}"]`);
      expect(await entree.count()).toBe(0);
      await page.getByRole('button', { name: 'Explorer la carte' }).click();
      await vive(page);
      await expect.poll(() => compte(page)).toMatch(/dans la vue$/);
      expect(await entree.count()).toBe(0);
      await verifierPage(page);
      await photographier(page, 'carte-structure');
    },
    { adresse: `${site.adresse}/structures/${id}` },
  );
});

it('an entry of the list and its point on the map show each other', async () => {
  await avec(
    wide,
    async (page) => {
      await vive(page);
      await page.locator('.carte-marque--lieu').first().waitFor();
      await page.locator('.carte-lieux__cote ol > li').first().hover();
      await expect.poll(() => page.locator('.carte-marque.est-designe').count()).toBe(1);
      await page.locator('h1').hover();
      await expect.poll(() => page.locator('.carte-marque.est-designe').count()).toBe(0);
      const marque = page.locator('.carte-marque--lieu').first();
      await marque.hover();
      const nom = (await marque.getAttribute('aria-label')) ?? '?';
      const designe = page.locator('.carte-lieux__entree.est-designe a');
      await expect.poll(() => designe.count()).toBe(1);
      expect(nom.startsWith((await designe.textContent()) ?? '')).toBe(true);
    },
    { adresse: `${site.adresse}/carte#carte=8.5/49.6/3.6` },
  );
});

it('with a finger, a first touch says what a point is and a second goes there', async () => {
  await avec(
    { ...narrow, hasTouch: true, isMobile: true },
    async (page) => {
      await vive(page);
      const marque = page.locator('.carte-marque--lieu[aria-label^="Conseil départemental"]');
      await marque.tap();
      await marque.locator('.carte-marque__bulle').waitFor();
      expect(new URL(page.url()).pathname).toBe('/carte');
      // Two touches in a row are for the map, and enlarge it.
      await page.waitForTimeout(700);
      await marque.tap();
      await page.waitForURL('**/structures/*');
    },
    { adresse: `${site.adresse}/carte#carte=9/49.56/3.62` },
  );
});

it('what stands in one place is listed, and the list closes', async () => {
  await avec(
    wide,
    async (page) => {
      await vive(page);
      const groupe = page.getByRole('button', { name: '2 structures à Chauny, voir la liste' });
      await groupe.focus();
      await page.keyboard.press('Enter');
      const dialogue = page.getByRole('dialog', { name: '2 structures à Chauny' });
      await expect.poll(() => dialogue.getByRole('link').count()).toBe(2);
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.getAttribute('href')))
        .toMatch(/structures/);
      await verifierPage(page);
      await page.keyboard.press('Escape');
      await expect.poll(() => dialogue.count()).toBe(0);
      expect(await groupe.evaluate((element) => element === document.activeElement)).toBe(true);
    },
    { adresse: `${site.adresse}/carte#carte=11/49.61/3.22` },
  );
});

it('the whole map is used by keyboard alone, with a focus that shows', async () => {
  await avec(wide, async (page) => {
    await vive(page);
    const atteindre = async (selecteur: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses += 1) {
        if (await page.evaluate((un) => document.activeElement?.matches(un) === true, selecteur)) {
          const contour = await page.evaluate(() => {
            const style = getComputedStyle(document.activeElement ?? document.body);
            return `${style.outlineStyle} ${style.outlineWidth}`;
          });
          expect(contour).not.toMatch(/none|^\S+ 0px/);
          return;
        }
        await page.keyboard.press('Tab');
      }
      throw new Error(`no focus on ${selecteur}`);
    };
    const place = () => new URL(page.url()).hash;
    await atteindre('canvas');
    await page.keyboard.press('+');
    await expect.poll(place).toMatch(/^#carte=/);
    const agrandie = place();
    await page.keyboard.press('ArrowDown');
    await expect.poll(place).not.toBe(agrandie);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('-');
    await atteindre('.carte-marque--groupe');
    await page.keyboard.press('Enter');
    // The focus stays on the map, on one of those that the group held.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.matches('.carte-marque') === true))
      .toBe(true);
    await page.locator('.carte-marque--lieu').first().waitFor();
    await atteindre('.carte-marque--lieu');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/structures/*');
  });
});

describe('what fails leaves the drawing and the list', () => {
  it.each([
    [
      'no WebGL',
      (page: Page) =>
        page.addInitScript(() => {
          HTMLCanvasElement.prototype.getContext = () => null;
        }),
    ],
    ['no points', (page: Page) => page.route('**/carte/structures.geojson', (route) => route.abort())],
    ['no library', (page: Page) => page.route('**/vive-*.js', (route) => route.abort())],
    ['no sheet', (page: Page) => page.route('**/maplibre-gl-*.css', (route) => route.abort())],
  ])('%s', async (_, avant) => {
    await avec(
      wide,
      async (page) => {
        await page.waitForLoadState('networkidle');
        expect(await page.locator('.carte-lieux--vive, .carte-vive').count()).toBe(0);
        expect(await page.locator('.carte-lieux__dessin').isVisible()).toBe(true);
        expect(await page.locator('.carte-lieux__cote ol > li').count()).toBe(16);
      },
      { avant },
    );
  });
});

it('tiles of the operator are shown, with thanks, within the policy', async () => {
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
  let demandes = 0;
  await avec(
    wide,
    async (page, plaintes) => {
      await vive(page);
      await expect.poll(() => demandes).toBeGreaterThan(0);
      expect(await page.getByText('Fond de carte : © Tuiles d’essai').isVisible()).toBe(true);
      expect(plaintes).toEqual([]);
    },
    {
      adresse: `${avecTuiles.adresse}/carte`,
      avant: (page) =>
        page.route('https://tuiles.example.fr/**', (route) => {
          demandes += 1;
          return route.fulfill({
            contentType: 'image/png',
            headers: { 'Access-Control-Allow-Origin': '*' },
            body: pixel,
          });
        }),
    },
  );
});

it('a page that has a map among other things loads it only for whoever asks, by keyboard too', async () => {
  const loaded: string[] = [];
  await avec(
    wide,
    async (page, plaintes) => {
      await page.waitForTimeout(500);
      expect(loaded).toEqual([]);
      const bouton = page.getByRole('button', { name: 'Explorer la carte' });
      await bouton.focus();
      await page.keyboard.press('Enter');
      await vive(page);
      await page.waitForFunction(() => document.activeElement?.tagName === 'CANVAS');
      expect(loaded.length).toBeGreaterThan(0);
      await expect.poll(() => compte(page)).toMatch(/^16 structures/);
      await page.keyboard.press('+');
      await expect.poll(() => new URL(page.url()).hash).toMatch(/^#carte=/);
      expect(await bouton.count()).toBe(0);
      await verifierPage(page);
      expect(plaintes).toEqual([]);
    },
    {
      adresse: `${site.adresse}/departements/02`,
      avant: (page) =>
        page.route(/maplibre|vive-|geojson/, (route) => {
          loaded.push(route.request().url());
          return route.continue();
        }),
    },
  );
});
