import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { convertFonts } from '../scripts/fonts.ts';
import { creerApplication } from '../src/main/application.tsx';
import { phrases, routes } from '../src/main/rooms.ts';
import type { Config, ReglagesOidc } from '../src/platform/config.ts';
import { ecouterChangements } from '../src/platform/database/changements.ts';
import { cleDEssai } from '../src/platform/database/cle.fixtures.ts';
import { connectDatabase, openPool } from '../src/platform/database/index.ts';
import type { TestDatabase } from '../src/platform/database/testing.ts';
import type { DeclaredRoute, Requete, Tuiles } from '../src/platform/http/route.ts';
import { root } from '../src/platform/root.ts';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's Chromium, else the one that npm brings. `webgl`: with a drawing processor played by software. */
export const ouvrirNavigateur = async ({ webgl = false } = {}): Promise<Browser> => {
  const found = installed.find((path) => existsSync(path));
  const flags = [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    ...(webgl
      ? ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
      : ['--disable-gpu']),
  ];
  if (found) return chromium.launch({ executablePath: found, args: flags });
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    // Its own arguments choose the drawing processor too, and one process for all: closing a page would end it.
    args: [
      ...packaged.args.filter(
        (arg) => arg !== '--single-process' && (!webgl || !/^--(use-(gl|angle)|disable-gpu)/.test(arg)),
      ),
      ...flags,
    ],
  });
};

export type Site = {
  readonly adresse: string;
  readonly app: Hono;
  /** What a handler is given of a request for a path. */
  readonly requete: (chemin: string) => Requete;
  readonly fermer: () => Promise<void>;
};

/** Limits that no test meets. */
const sansLimites = {
  recherche: 1e6,
  api: 1e6,
  export: 1e6,
  page: 1e6,
  formulaire: 1e6,
  connexion: 1e6,
  compte: 1e6,
  personne: 1e6,
};

/** Serves the application on a test database, on a free port. */
export const servir = async (
  base: TestDatabase,
  options: {
    readonly routes?: readonly DeclaredRoute[];
    readonly tuiles?: Tuiles;
    /** Where a directory of companies listens. */
    readonly annuaire?: string;
    readonly oidc?: ReglagesOidc;
    /** Takes something away from the routes, to see what holds without it. */
    readonly changerRoutes?: (routes: readonly DeclaredRoute[]) => readonly DeclaredRoute[];
    /** The product's own limits by address; else none that a test would meet. */
    readonly limites?: 'usuelles';
  } = {},
): Promise<Site> => {
  await convertFonts(join(root, 'dist', 'fonts'));
  const db = connectDatabase(base.adresses, 'publique', 5);
  const application = connectDatabase(base.adresses, 'application', 5);
  const acces = connectDatabase(base.adresses, 'acces', 5);
  const changements = await ecouterChangements(base.adresses);
  const limitesPartagees = openPool(base.adresses, 'acces', 4);
  let adresse = '';
  const config: Config = {
    port: 0,
    hote: '127.0.0.1',
    url: undefined,
    dossier: join(tmpdir(), `maillage-essai-${process.pid}`),
    databaseUrl: base.url,
    connexions: undefined,
    demo: false,
    theme: 'leger',
    operateur: 'essai',
    mandataires: 0,
    tuiles: options.tuiles,
    memoire: true,
    courriel: undefined,
    cle: cleDEssai,
    demonstrationOuverte: false,
    oidc: options.oidc,
    fichierMax: 10_485_760,
    fichiersQuota: 104_857_600,
    clamd: undefined,
    s3: undefined,
    contactSecurite: undefined,
    annuaire: options.annuaire,
  };
  const app = creerApplication({
    config,
    adresse: () => adresse,
    db,
    application,
    acces,
    changements,
    migrationsAttendues: (await base.owner.query('select 1 from migration')).rowCount ?? 0,
    routes: (options.changerRoutes ?? ((product) => product))([...routes, ...(options.routes ?? [])]),
    limitesPartagees,
    ...(options.limites ? {} : { limites: sansLimites }),
    santeTaches: async () => ({
      etat: 'bon',
      alertes: [],
      taches: [],
      files: [],
      courriels: { expedition: 'non configurée', en_attente: 0, abandonnes: 0, retard_minutes: 0 },
    }),
  });
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (info: AddressInfo) => {
      adresse = `http://127.0.0.1:${info.port}`;
      resolve(listening);
    });
  });
  const fermer = async (): Promise<void> => {
    await new Promise((resolve) => server.close(resolve));
    await changements.fermer();
    await Promise.all([db.destroy(), application.destroy(), acces.destroy(), limitesPartagees.end()]);
  };
  const requete = (chemin: string): Requete => ({
    chemin,
    parametres: new URLSearchParams(),
    adresse,
    tuiles: config.tuiles,
    appareil: '',
    client: 'interne',
    config,
    depart: undefined,
    phrases,
    demonstration: async () => false,
  });
  return { adresse, app, requete, fermer };
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it stands. Its script is put in past the policy that forbids scripts. */
const verifierAccessibilite = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.enable');
  await session.send('Runtime.evaluate', { expression: axe });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' | '))))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  expect(JSON.parse(String(result.value)), page.url()).toEqual([]);
};

/** Nothing sticks out on the right, so that nobody has to scroll sideways. */
const verifierLargeur = async (page: Page): Promise<void> => {
  const [content, window] = await page.evaluate(
    () => [document.documentElement.scrollWidth, innerWidth] as const,
  );
  expect(content, page.url()).toBeLessThanOrEqual(window);
};

/** Opens a page as a person would, and checks what every page owes: title, heading, language, description, axe. */
export const ouvrir = async (contexte: BrowserContext, adresse: string): Promise<Page> => {
  const page = await contexte.newPage();
  const response = await page.goto(adresse);
  expect(response?.status(), adresse).toBeLessThan(400);
  await verifierPage(page);
  return page;
};

/** What every page owes to whoever reads it. */
export const verifierPage = async (page: Page): Promise<void> => {
  expect(await page.title()).toMatch(/ – /);
  expect(await page.locator('h1').count(), page.url()).toBe(1);
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  expect(await page.locator('meta[name=description]').getAttribute('content')).toBeTruthy();
  await verifierLargeur(page);
  await verifierAccessibilite(page);
};
