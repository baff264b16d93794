import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { semerCandidatures, semerVague } from '../src/candidatures/candidatures.fixtures.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';
import { type Visite, visiter } from './visite.ts';

let base: TestDatabase;
let site: Site;
let navigateur: Browser;

const claude = 'claude.vasseur@prefecture.example';
const chemin = '/prefecture/candidatures';

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  await semerCandidatures(base.db, await semerVague(base.db), { nombre: 12, departements: ['02'] });
  await base.owner.query(`
    select pgboss.create_queue('candidatures.prevenir', '{"policy": "standard"}')
    where not exists (select from pgboss.queue where name = 'candidatures.prevenir')`);
  site = await servir(base);
  navigateur = await ouvrirNavigateur();
});
afterAll(async () => {
  await navigateur.close();
  await site.fermer();
  await base.close();
});

const entrer = async (courriel: string): Promise<Visite> => {
  const { rows } = await base.owner.query<{ id: string }>('select id from personne where courriel = $1', [
    courriel,
  ]);
  const visite = visiter(site);
  await visite.envoyer('/demonstration/entrer', { personne: rows[0]?.id ?? '' });
  return visite;
};

const asseoir = async (courriel: string, largeur = 1280, script = false): Promise<BrowserContext> => {
  const visite = await entrer(courriel);
  const contexte = await navigateur.newContext({
    viewport: { width: largeur, height: 900 },
    javaScriptEnabled: script,
  });
  await contexte.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
  return contexte;
};

const aller = async (contexte: BrowserContext, vers: string): Promise<Page> => {
  const page = await contexte.newPage();
  await page.goto(`${site.adresse}${vers}`);
  return page;
};

const numero = async (rang: number): Promise<string> =>
  (
    await base.owner.query<{ id: string }>('select id from candidature order by numero offset $1 limit 1', [
      rang,
    ])
  ).rows[0]?.id ?? '';

describe('a préfecture', () => {
  it('instructs its applications one by one and together, without a script', async () => {
    const contexte = await asseoir(claude);
    const page = await aller(contexte, '/espace');
    await page.getByRole('link', { name: '12 candidatures attendent votre avis' }).click();
    expect(page.url()).toContain('avis=attendu');
    await page
      .getByRole('link', { name: /^Structure / })
      .first()
      .click();
    expect(await page.getByText('1 sur 12').isVisible()).toBe(true);

    // Too many posts: refused, and what was typed stays.
    await page.getByLabel('Favorable', { exact: true }).check();
    await page.getByLabel('Postes proposés').fill('9');
    await page.getByLabel('Pourquoi').fill('Un projet solide.');
    await page.getByRole('button', { name: 'Rendre cet avis' }).click();
    expect(await page.title()).toContain('Erreur');
    expect(await page.getByText('ne peut pas en proposer davantage').first().isVisible()).toBe(true);
    expect(await page.getByLabel('Pourquoi').inputValue()).toBe('Un projet solide.');
    await page.getByLabel('Postes proposés').fill('1');
    await page.getByRole('button', { name: 'Rendre cet avis' }).click();
    expect(await page.getByText('Votre avis est enregistré').isVisible()).toBe(true);

    // A correction: what was ticked stays after a refusal.
    await page.getByRole('link', { name: 'Demander une correction' }).click();
    await page.getByLabel('Salaire mensuel brut prévu').check();
    await page.getByLabel('Ce que vous demandez').fill(' ');
    await page.getByRole('button', { name: 'Demander la correction' }).click();
    expect(await page.getByLabel('Salaire mensuel brut prévu').isChecked()).toBe(true);
    await page.getByLabel('Ce que vous demandez').fill('Le salaire est celui de l’an dernier.');
    await page.getByRole('button', { name: 'Demander la correction' }).click();
    expect(await page.getByText('La correction est demandée').isVisible()).toBe(true);
    await page.getByRole('link', { name: 'Messages avec la structure' }).click();
    await page.getByLabel('Votre message').fill('Bonjour, merci de votre envoi.');
    await page.getByRole('button', { name: 'Envoyer le message' }).click();
    expect(await page.getByText('Votre message est envoyé').isVisible()).toBe(true);

    // Together: the one whose correction is awaited is refused, the others are done.
    await page.goto(`${site.adresse}${chemin}`);
    for (const box of await page.getByRole('checkbox', { name: /^Choisir Structure/ }).all())
      await box.check();
    await page.getByRole('button', { name: 'Traiter les candidatures cochées' }).click();
    await page.getByLabel('Rendre un avis favorable').check();
    await page.getByRole('button', { name: 'Traiter ces candidatures' }).click();
    expect(await page.title()).toContain('Erreur');
    await page.getByLabel('Pourquoi').fill('Avis du service.');
    await page.getByRole('button', { name: 'Traiter ces candidatures' }).click();
    expect(await page.getByText('11 candidatures traitées, 1 refusée').isVisible()).toBe(true);
    expect(await page.getByText('son état est « à corriger »').isVisible()).toBe(true);
    // Sent again, it says no opinion over another.
    const rapport = page.url();
    await page.goto(`${site.adresse}${chemin}`);
    await page
      .getByRole('checkbox', { name: /^Choisir Structure/ })
      .last()
      .check();
    await page.getByRole('button', { name: 'Traiter les candidatures cochées' }).click();
    await page.getByLabel('Rendre un avis favorable').check();
    await page.getByRole('button', { name: 'Traiter ces candidatures' }).click();
    await page.getByLabel('Pourquoi').fill('Encore.');
    await page.getByRole('button', { name: 'Traiter ces candidatures' }).click();
    expect(page.url()).toBe(rapport);
    expect(await page.getByText('Un avis est déjà rendu').isVisible()).toBe(true);
    const [fichier] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Télécharger ce rapport (CSV)' }).click(),
    ]);
    expect(fichier.suggestedFilename()).toBe('rapport-candidatures.csv');
    const { rows } = await base.owner.query(
      `select statut, count(*)::integer as nombre from candidature group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { statut: 'en_correction', nombre: 1 },
      { statut: 'instruite', nombre: 11 },
    ]);
    await contexte.close();
  }, 120_000);

  it('reads its pages on every screen, without a barrier', async () => {
    const id = await numero(3);
    for (const largeur of [390, 1280]) {
      const contexte = await asseoir(claude, largeur, true);
      for (const vers of [
        chemin,
        `${chemin}/${id}`,
        `${chemin}/${id}/correction`,
        `${chemin}/${id}/messages`,
        `${chemin}/lot?candidature=${id}`,
        `${chemin}/carte`,
      ]) {
        const page = await aller(contexte, vers);
        await verifierPage(page);
        await page.close();
      }
      await contexte.close();
    }
  }, 120_000);

  it('sees the communes that an application brings within reach', async () => {
    const visite = await entrer(claude);
    const html = await (await visite.lire(`${chemin}/carte?km=1`)).text();
    expect(html).toContain('Structure 4 ');
    // Every commune of the département, for whoever asks to read them.
    const communes = async (suite: string) =>
      (await (await visite.lire(`${chemin}/carte${suite}`)).text()).match(/<th role="rowheader"/g)?.length ??
      0;
    expect(await communes('')).toBeLessThan(50);
    expect(await communes('?liste=oui')).toBeGreaterThan(790);
    const refusee = await visite.lire(`${chemin}/carte?km=abc`);
    expect(refusee.status).toBe(400);
    expect(await refusee.text()).toContain('Écrivez un nombre de kilomètres de 1 à 100');
    expect((await visite.lire(`${chemin}/carte?departement=59`)).status).toBe(404);
  });
});

describe('an administrator', () => {
  it('imports the index of communes after a preview of what is wrong', async () => {
    const contexte = await asseoir('camille.duval@maillage.example');
    const page = await aller(contexte, '/administration/fragilite');
    await page.getByLabel('Fichier des indices').setInputFiles({
      name: 'indices.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('code_insee;indice\n02691;5,4\n2408;3\n99999;1\n02691;2\n02722;beaucoup\n'),
    });
    await page.getByLabel('Source').fill('Observatoire, 2021');
    await page.getByRole('button', { name: 'Vérifier le fichier' }).click();
    expect(await page.getByText('5 lignes lues').isVisible()).toBe(true);
    expect(await page.getByText('aucune commune actuelle n’a ce code').isVisible()).toBe(true);
    await verifierPageSansScript(page);
    await page.getByRole('button', { name: 'Importer 2 indices' }).click();
    expect(await page.getByText('Les indices sont importés').isVisible()).toBe(true);
    const { rows } = await base.owner.query(
      'select commune_code, indice, source from fragilite order by commune_code',
    );
    expect(rows).toEqual([
      { commune_code: '02408', indice: 3, source: 'Observatoire, 2021' },
      { commune_code: '02691', indice: 5.4, source: 'Observatoire, 2021' },
    ]);
    await contexte.close();
  });
});

/** Without a script axe cannot run: the outline alone. */
const verifierPageSansScript = async (page: Page): Promise<void> => {
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
};
