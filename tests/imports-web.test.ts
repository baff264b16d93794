import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { taches } from '../src/candidatures/import/depot.taches.ts';
import { fichier, fichierDEssai, ligne } from '../src/candidatures/import/import.fixtures.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { type Ouvriers, ouvrirOuvriers } from '../src/platform/taches.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';
import { attendre } from './processus.ts';

let base: TestDatabase;
let site: Site;
let navigateur: Browser;
let ouvriers: Ouvriers | undefined;
let essai: Awaited<ReturnType<typeof fichierDEssai>>;
const pannes: unknown[] = [];

const travailler = async (): Promise<void> => {
  ouvriers = await ouvrirOuvriers({
    adresses: base.adresses,
    taches,
    clock: systemClock,
    adresse: site.adresse,
    signalerPanne: (error) => pannes.push(error),
  });
};
const reposer = async (): Promise<void> => {
  await ouvriers?.fermer();
  ouvriers = undefined;
};

beforeAll(async () => {
  base = await withTestDatabase();
  expect((await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' })).ok).toBe(true);
  site = await servir(base);
  // Queues are made as workers first start.
  await travailler();
  await reposer();
  navigateur = await ouvrirNavigateur();
  essai = await fichierDEssai();
});
afterAll(async () => {
  await reposer();
  await navigateur.close();
  await site.fermer();
  await essai.effacer();
  await base.close();
});

/** Somebody of the demonstration, in a browser. */
const entrer = async (qui: string, largeur = 1280): Promise<BrowserContext> => {
  const contexte = await navigateur.newContext({
    viewport: { width: largeur, height: 900 },
    baseURL: site.adresse,
  });
  const page = await contexte.newPage();
  await page.goto('/demonstration');
  await page
    .getByRole('button', { name: new RegExp(qui) })
    .first()
    .click();
  expect(new URL(page.url()).pathname).toBe('/espace');
  await page.close();
  return contexte;
};

/** Reloads until the page says so, as a reader would with « Actualiser ». */
const actualiserJusqua = (page: Page, texte: string) =>
  attendre(`the page says ${texte}`, async () => {
    if ((await page.getByText(texte).count()) > 0) return true;
    const again = page.getByRole('link', { name: 'Actualiser', exact: true });
    if ((await again.count()) > 0) await again.click();
    return undefined;
  });

const capturer = async (page: Page, nom: string): Promise<void> => {
  const dossier = process.env['CAPTURES'];
  if (dossier) await page.screenshot({ path: join(dossier, `${nom}.png`), fullPage: true });
};

const texte = fichier(
  ligne({ id: '9001', raison_sociale: 'COMMUNE DE LAON', nb_cnfs: '1' }),
  ligne({
    id: '9002',
    raison_sociale: 'ASSOCIATION <b>DES</b> FÊTES',
    siret: '',
    nb_cnfs: '2',
    latitude: '',
  }),
  ligne({ id: '9003', nb_cnfs: '' }),
);

describe.each([1280, 390])('an administrator, at %i pixels', (largeur) => {
  it('imports a file from the menu to its report, and reads each page on the way', async () => {
    const contexte = await entrer('Camille Duval', largeur);
    const page = await contexte.newPage();
    await page.goto('/espace');
    // Folded on a narrow screen.
    if (largeur < 768) await page.locator('.maillage-menu summary').click();
    await page.getByRole('link', { name: 'Imports', exact: true }).click();
    await verifierPage(page);
    // Nothing of it needs a program.
    expect(await page.locator('script').count()).toBe(0);
    await capturer(page, `liste-vide-${largeur}`);
    await page.getByRole('link', { name: 'Importer un fichier' }).click();
    await verifierPage(page);
    await capturer(page, `nouveau-${largeur}`);

    // A bad file is refused at its field, and nothing is kept.
    await page.getByLabel('Fichier du comité').setInputFiles({
      name: 'tableau.xlsx',
      mimeType: 'application/zip',
      buffer: Buffer.from('504b0304140000000800', 'hex'),
    });
    await page.getByRole('button', { name: 'Préparer l’aperçu' }).click();
    await verifierPage(page);
    expect(await page.title()).toMatch(/^Erreur/);
    expect(await page.locator('#champ-fichier').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#champ-fichier-erreur').textContent()).toContain('CSV UTF-8');
    await capturer(page, `refus-${largeur}`);

    // A good one, by keyboard: its page first says that the preview is being made.
    await page.getByLabel('Fichier du comité').setInputFiles({
      name: `decisions-${largeur}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(texte),
    });
    await page.getByLabel('Fichier du comité').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/administration\/imports\/[0-9a-f-]{36}/);
    await verifierPage(page);
    expect(await page.getByRole('progressbar', { name: 'Aperçu' }).count()).toBe(1);
    expect(await page.getByText('Le fichier est déposé.').count()).toBe(1);
    await capturer(page, `apercu-en-cours-${largeur}`);
    const suivre = page.getByRole('link', { name: 'Actualiser toutes les 5 secondes' });
    const followed = await contexte.request.get((await suivre.getAttribute('href')) ?? '');
    expect(followed.headers()['refresh']).toBe('5');
    expect(await followed.text()).toContain('Arrêter d’actualiser');

    await travailler();
    await actualiserJusqua(page, 'rien n’est encore écrit');
    await verifierPage(page);
    await capturer(page, `apercu-${largeur}`);
    expect(await page.getByText('1 ligne serait rejetée').count()).toBe(1);
    // First what is to be corrected, under the name that the file gives.
    expect(await page.locator('#lignes').textContent()).toBe('Lignes rejetées');
    expect(await page.getByText('sans nom').count()).toBe(0);
    await page.getByRole('link', { name: /^Lignes avec anomalie/ }).click();
    await verifierPage(page);
    expect(await page.getByRole('rowheader', { name: 'ASSOCIATION <b>DES</b> FÊTES' }).count()).toBe(1);
    const rejets = page.waitForEvent('download');
    await page.getByRole('link', { name: /Lignes rejetées, avec leurs motifs/ }).click();
    expect((await rejets).suggestedFilename()).toBe('lignes-rejetees.csv');

    await reposer();
    await page.getByRole('button', { name: 'Importer ces décisions' }).click();
    await verifierPage(page);
    expect(await page.getByText('L’import est lancé.').count()).toBe(1);
    await capturer(page, `import-en-cours-${largeur}`);
    await travailler();
    await actualiserJusqua(page, 'Rapport d’import');
    await verifierPage(page);
    await capturer(page, `rapport-${largeur}`);
    expect(await page.getByText('Import terminé', { exact: false }).count()).toBeGreaterThan(0);
    // From there to its session, whose history tells the import.
    await page
      .getByRole('link', { name: /^Séance du/ })
      .first()
      .click();
    await page
      .getByText(/^Décisions importées/)
      .first()
      .waitFor();
    // Chromium goes back from a page that it shows, not from one that it is still putting in place.
    await page.waitForLoadState();
    await page.goBack();
    await reposer();

    await page.getByRole('link', { name: 'Tous les imports' }).click();
    await verifierPage(page);
    await capturer(page, `liste-${largeur}`);
    const first = page.locator('tbody tr').first();
    expect(await first.textContent()).toMatch(new RegExp(`decisions-${largeur}\\.csv`));
    expect(await first.textContent()).toContain('Importé');
    await contexte.close();
  });
});

describe('the pages of imports', () => {
  it('answer a second click on « Importer » as the first, and one on an old page with its reason', async () => {
    const contexte = await entrer('Camille Duval');
    const page = await contexte.newPage();
    await page.goto('/administration/imports/nouveau');
    await page.getByLabel('Fichier du comité').setInputFiles({
      name: 'deux-clics.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(fichier(ligne({ id: '7001' }))),
    });
    await page.getByRole('button', { name: 'Préparer l’aperçu' }).click();
    const adresse = new URL(page.url()).pathname;
    await travailler();
    await actualiserJusqua(page, 'rien n’est encore écrit');
    await reposer();
    const version = await page.locator('form[action$="/confirmer"] input[name=version]').inputValue();
    const envoyer = (acte: string) =>
      contexte.request.post(`${adresse}/${acte}`, {
        form: { version },
        headers: { Origin: site.adresse },
        maxRedirects: 0,
      });
    const [a, b] = await Promise.all([envoyer('confirmer'), envoyer('confirmer')]);
    expect([a.status(), b.status()]).toEqual([303, 303]);
    const { rows } = await base.owner.query(
      `select from pgboss.job where name = 'importer-fichier' and state = 'created'`,
    );
    expect(rows).toHaveLength(1);
    const late = await envoyer('abandonner');
    expect(late.status()).toBe(409);
    expect(await late.text()).toContain('une autre personne vient de le modifier');
    await contexte.close();
  });

  it('are for administrators: not in the menu of others, nor open to them', async () => {
    const contexte = await entrer('Dominique Lemaire');
    const page = await contexte.newPage();
    await page.goto('/espace');
    expect(await page.getByRole('link', { name: 'Imports', exact: true }).count()).toBe(0);
    expect((await page.goto('/administration/imports'))?.status()).toBe(403);
    await contexte.close();
  });

  it('give the template that they accept, and the list as files', async () => {
    const contexte = await entrer('Camille Duval');
    const modele = await (await contexte.request.get('/administration/imports/modele.csv')).body();
    const page = await contexte.newPage();
    await page.goto('/administration/imports/nouveau');
    await page.getByLabel('Fichier du comité').setInputFiles({
      name: 'modele.csv',
      mimeType: 'text/csv',
      buffer: modele,
    });
    await page.getByRole('button', { name: 'Préparer l’aperçu' }).click();
    await travailler();
    await actualiserJusqua(page, 'rien n’est encore écrit');
    expect(await page.getByText('serait rejetée').count()).toBe(0);
    await page.getByRole('button', { name: 'Abandonner cet import' }).click();
    expect(await page.getByText('L’import est abandonné').count()).toBe(1);
    await verifierPage(page);
    const list = await contexte.request.get('/administration/imports.csv?etat=abandonne');
    expect(await list.text()).toMatch(/modele\.csv;Camille Duval;.*;Abandonné/);
    await contexte.close();
    expect(pannes).toEqual([]);
  });
});
