import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { root } from '../src/platform/root.ts';
import { ouvrir, ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';

/**
 * The parts of the interface, seen as a browser draws them, are compared with their pictures in tests/captures/: wide in
 * the light, narrow in the dark, so that both arrangements and both sets of colours are seen once. After a change that is
 * meant, make the pictures again, look at them and keep them:
 *   MAILLAGE_CAPTURES=refaire npm test -- tests/composants
 * A part that looks otherwise leaves its new picture in dist/captures/, with what differs in red.
 */
const dossier = join(root, 'tests', 'captures');
const ecarts = join(root, 'dist', 'captures');
const refaire = process.env['MAILLAGE_CAPTURES'] === 'refaire';

/**
 * Two builds of Chromium smooth the same letters otherwise, dot by dot. Means over squares of 12 dots differ hardly:
 * between the builds 153 and 156 at most 3 squares of a picture go beyond the threshold, while a mark moved by 4 dots or
 * hints moved by 2 change ten and more. A change of size always counts.
 */
const REDUCTION_GARDEE = 2;
const REDUCTION_COMPAREE = 6;
/** Difference of colour from which a square counts, 0 to 1: about 12 of 255 steps of grey. */
const SEUIL = 0.045;
const CARRES_TOLERES = 6;
/** A flat colour is drawn alike by every build: squares of 4 dots that are flat in both pictures must agree. */
const COTE_APLAT = 2;
const ECART_APLAT = 6;
const APLATS_TOLERES = 3;

const vues = [
  ['1280', { viewport: { width: 1280, height: 900 } }],
  ['390-sombre', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const satisfies readonly (readonly [string, BrowserContextOptions])[];

let base: TestDatabase;
let site: Site;
let navigateur: Browser;

beforeAll(async () => {
  base = await withTestDatabase();
  [site, navigateur] = await Promise.all([servir(base), ouvrirNavigateur()]);
  await rm(ecarts, { recursive: true, force: true });
  await mkdir(ecarts, { recursive: true });
  if (refaire) await rm(dossier, { recursive: true, force: true });
  await mkdir(dossier, { recursive: true });
});
afterAll(async () => {
  await navigateur.close();
  await site.fermer();
  await base.close();
});

const avec = async (options: BrowserContextOptions, work: (page: Page) => Promise<void>): Promise<void> => {
  const contexte = await navigateur.newContext({ locale: 'fr-FR', reducedMotion: 'reduce', ...options });
  try {
    const page = await ouvrir(contexte, `${site.adresse}/composants`);
    await page.evaluate(() => document.fonts.ready);
    await work(page);
  } finally {
    await contexte.close();
  }
};

/** Leaves a part alone at the top of the page: else what stands above it moves it by a fraction of a dot. */
const isoler = (page: Page, composant: string): Promise<void> =>
  page.evaluate((nom) => {
    const feuille = new CSSStyleSheet();
    feuille.replaceSync(`
      body > :not(main), main .fr-container > :not([data-composant="${nom}"]) { display: none }
      main, main [data-composant] { margin: 0; padding: 0 }
    `);
    document.adoptedStyleSheets = [feuille];
  }, composant);

/** A picture made smaller: each dot the mean of a square. */
const reduire = (image: PNG, cote: number): PNG => {
  const petite = new PNG({
    width: Math.floor(image.width / cote),
    height: Math.floor(image.height / cote),
  });
  for (let y = 0; y < petite.height; y += 1) {
    for (let x = 0; x < petite.width; x += 1) {
      for (let canal = 0; canal < 4; canal += 1) {
        let somme = 0;
        for (let dy = 0; dy < cote; dy += 1)
          for (let dx = 0; dx < cote; dx += 1)
            somme += image.data[((y * cote + dy) * image.width + x * cote + dx) * 4 + canal] ?? 0;
        petite.data[(y * petite.width + x) * 4 + canal] = Math.round(somme / (cote * cote));
      }
    }
  }
  return petite;
};

/** The colour of a square where it is flat, else undefined. */
const aplat = (image: PNG, gauche: number, haut: number): readonly number[] | undefined => {
  const premier = (haut * image.width + gauche) * 4;
  const couleur = [...image.data.subarray(premier, premier + 3)];
  for (let dy = 0; dy < COTE_APLAT; dy += 1)
    for (let dx = 0; dx < COTE_APLAT; dx += 1)
      for (const [canal, attendu] of couleur.entries()) {
        const vu = image.data[premier + (dy * image.width + dx) * 4 + canal] ?? 0;
        if (Math.abs(vu - attendu) > 1) return undefined;
      }
  return couleur;
};

/** How many flat squares have changed colour. */
const compterAplats = (avant: PNG, apres: PNG): number => {
  let changes = 0;
  for (let y = 0; y + COTE_APLAT <= avant.height; y += COTE_APLAT)
    for (let x = 0; x + COTE_APLAT <= avant.width; x += COTE_APLAT) {
      const [ancienne, nouvelle] = [aplat(avant, x, y), aplat(apres, x, y)];
      if (ancienne === undefined || nouvelle === undefined) continue;
      if (ancienne.some((canal, rang) => Math.abs(canal - (nouvelle[rang] ?? 0)) > ECART_APLAT)) changes += 1;
    }
  return changes;
};

/** What differs between a kept picture and a new one, in a sentence; null when they are alike. */
const comparer = (attendue: PNG, vue: PNG): { readonly quoi: string; readonly ecart: PNG } | null => {
  if (attendue.width !== vue.width || attendue.height !== vue.height) {
    const taille = ({ width, height }: PNG) => `${width} × ${height}`;
    return { quoi: `${taille(vue)} in place of ${taille(attendue)}`, ecart: vue };
  }
  const [avant, apres] = [reduire(attendue, REDUCTION_COMPAREE), reduire(vue, REDUCTION_COMPAREE)];
  const ecart = new PNG({ width: avant.width, height: avant.height });
  const carres = pixelmatch(avant.data, apres.data, ecart.data, avant.width, avant.height, {
    threshold: SEUIL,
    includeAA: true,
  });
  const aplats = compterAplats(attendue, vue);
  if (carres <= CARRES_TOLERES && aplats <= APLATS_TOLERES) return null;
  return { quoi: `${carres} squares differ, ${aplats} flat ones`, ecart };
};

describe.each(vues)('the parts, %s', (nom, options) => {
  it('look as they did', async () => {
    await avec(options, async (page) => {
      const changees: string[] = [];
      for (const composant of await page.locator('[data-composant]').all()) {
        const composantNom = (await composant.getAttribute('data-composant')) ?? '';
        const fichier = `${composantNom}-${nom}.png`;
        await isoler(page, composantNom);
        const capture = await composant.screenshot({
          animations: 'disabled',
          // What the browser itself writes follows its language and its build.
          mask: [composant.locator('input[type=file], input[type=date]')],
          maskColor: '#888888',
        });
        const vue = reduire(PNG.sync.read(capture), REDUCTION_GARDEE);
        const reference = join(dossier, fichier);
        if (refaire) {
          // Flat colours and little else: no filter and a plain deflate make the smallest files.
          const compact = { deflateLevel: 9, deflateStrategy: 0, filterType: 0, colorType: 2 } as const;
          await writeFile(reference, PNG.sync.write(vue, compact));
          continue;
        }
        if (!existsSync(reference)) {
          changees.push(`${fichier}: no picture`);
          continue;
        }
        const difference = comparer(PNG.sync.read(await readFile(reference)), vue);
        if (difference === null) continue;
        changees.push(`${fichier}: ${difference.quoi}`);
        await writeFile(join(ecarts, fichier), capture);
        await writeFile(join(ecarts, `ecart-${fichier}`), PNG.sync.write(difference.ecart));
      }
      expect(changees).toEqual([]);
    });
  });
});

it('every picture is that of a part', async () => {
  await avec({}, async (page) => {
    const composants = await page
      .locator('[data-composant]')
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-composant')));
    const attendues = composants.flatMap((composant) => vues.map(([nom]) => `${composant}-${nom}.png`));
    expect((await readdir(dossier)).toSorted()).toEqual(attendues.toSorted());
  });
});

describe.each([
  ['narrow', { viewport: { width: 390, height: 844 } }],
  ['on the narrowest screen', { viewport: { width: 320, height: 640 } }],
  ['on the narrowest screen, dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
  ['wide, dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ['with letters of twice the size', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
] as const)('the parts %s', (_, options) => {
  it('are accessible, fit, and no text of a drawing shrinks', async () => {
    await avec(options, async (page) => {
      const tailles = await page.locator('.maillage-courbe text').evaluateAll((textes) =>
        textes
          .map((texte) => texte.getBoundingClientRect().height)
          // A mark left out on a narrow screen has no height.
          .filter((hauteur) => hauteur > 0),
      );
      expect(Math.min(...tailles)).toBeGreaterThanOrEqual(12);
      for (const resume of await page.locator('.maillage-chiffres-du-dessin > summary').all())
        await resume.click();
      await verifierPage(page);
    });
  });
});

it('every drawing has the table that says the same, and leads to it', async () => {
  await avec({}, async (page) => {
    const seuls = await page
      .locator('.maillage-graphique, .maillage-carte-chiffree')
      .evaluateAll((dessins) => dessins.filter((dessin) => !dessin.querySelector('table')).length);
    expect(seuls).toBe(0);
    for (const lien of await page.locator('.maillage-carte__passer a').all()) {
      expect(await page.locator(`${await lien.getAttribute('href')}`).count()).toBe(1);
    }
  });
});

it('an error leads to its field, which takes the focus', async () => {
  await avec({}, async (page) => {
    for (const lien of await page.locator('#plusieurs-erreurs a').all()) {
      await lien.click();
      const cible = (await lien.getAttribute('href'))?.slice(1);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe(cible);
    }
  });
});

it('on paper, what acts is left out, and the figures of a drawing are there', async () => {
  await avec({}, async (page) => {
    await page.emulateMedia({ media: 'print' });
    for (const acte of ['.fr-btn', '.fr-pagination', '.maillage-recherche', '.maillage-menu', 'summary']) {
      expect(await page.locator(`${acte}:visible`).count(), acte).toBe(0);
    }
    const tableaux = page.locator('.maillage-graphique table, .maillage-carte-chiffree table');
    expect(
      await tableaux.evaluateAll((tables) =>
        tables.map((table) => table.checkVisibility({ contentVisibilityAuto: true })),
      ),
    ).toEqual(Array(await page.locator('.maillage-chiffres-du-dessin').count()).fill(true));
  });
});
