import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { retenirStructure } from '../src/vitrine/structures.fixtures.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';
import { type Visite, visiter } from './visite.ts';

let base: TestDatabase;
let site: Site;
let navigateur: Browser;
let gauchy = '';
let lille = '';

const chemin = '/prefecture/libelles/02';
const brouillon = '/prefecture/communiques/02/2021-03-24';
const claude = 'claude.vasseur@prefecture.example';
const camille = 'camille.duval@maillage.example';
const region = 'maxime.leroy@prefecture.example';

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  lille = await retenirStructure(base, {
    raisonSociale: 'MAIRIE DE LILLE',
    commune: '59350',
    annoncee: false,
  });
  const { rows } = await base.owner.query<{ id: string }>(
    `select id from structure where identifiant = '21020321200092'`,
  );
  gauchy = rows[0]?.id ?? '';
  site = await servir(base);
  navigateur = await ouvrirNavigateur();
});
afterAll(async () => {
  await navigateur.close();
  await site.fermer();
  await base.close();
});
/** One label of the Aisne to review, as the committee's file gives it. */
beforeEach(async () => {
  await base.owner.query(`
    update communique set statut = 'brouillon', publie_le = null;
    update structure set libelle_relu = true where commune_code like '02%';
    update structure set libelle_relu = false, libelle_public = null, libelle_sources = '{}' where id = '${gauchy}'`);
});

const entrer = async (courriel: string): Promise<Visite> => {
  const { rows } = await base.owner.query<{ id: string }>('select id from personne where courriel = $1', [
    courriel,
  ]);
  const visite = visiter(site);
  await visite.envoyer('/demonstration/entrer', { personne: rows[0]?.id ?? '' });
  return visite;
};
const etat = async (id: string) =>
  (
    await base.owner.query(
      `select libelle_public as libelle, libelle_relu as relu, version::text from structure where id = $1`,
      [id],
    )
  ).rows[0];

describe('the labels of a département', () => {
  it('are reviewed from the draft of a communiqué, or from what waits, without a script and by keyboard', async () => {
    const visite = await entrer(claude);
    for (const largeur of [390, 1280]) {
      const contexte = await navigateur.newContext({
        viewport: { width: largeur, height: 900 },
        javaScriptEnabled: false,
      });
      await contexte.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
      const page = await contexte.newPage();
      await page.goto(`${site.adresse}${chemin}`);
      expect(await page.getByText('COMMUNE DE GAUCHY').count()).toBeGreaterThan(0);
      await contexte.close();
      const outille = await navigateur.newContext({ viewport: { width: largeur, height: 900 } });
      await outille.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
      for (const vers of [chemin, `${chemin}?etat=relus`]) {
        const vue = await outille.newPage();
        await vue.goto(`${site.adresse}${vers}`);
        await verifierPage(vue);
        await vue.close();
      }
      await outille.close();
    }
    const contexte = await navigateur.newContext({ javaScriptEnabled: false });
    await contexte.addCookies([{ name: 'maillage', value: visite.secret() ?? '', url: site.adresse }]);
    const page = await contexte.newPage();
    await page.goto(`${site.adresse}/espace`);
    await page.getByRole('link', { name: '1 libellé de structure à relire' }).click();
    expect(page.url()).toBe(`${site.adresse}${chemin}`);
    await page.goto(`${site.adresse}${brouillon}`);
    expect(await page.locator('main').textContent()).toContain('libellé à relire');
    await page.getByRole('link', { name: 'Relire les libellés publics' }).click();
    const champ = page.getByLabel('Libellé public de');
    // What it was derived from is said.
    expect(await page.getByText('Déduit du nom que donne le fichier').textContent()).toMatch(
      /Gauchy.*21020321200092/,
    );
    await champ.fill('tiers-lieu relu de Gauchy');
    await champ.press('Enter');
    expect(await page.getByText('Le libellé est enregistré, comme relu').isVisible()).toBe(true);
    expect(await page.getByText('sont relus').isVisible()).toBe(true);
    await page.goto(`${site.adresse}${brouillon}`);
    const texte = await page.locator('main').textContent();
    expect(texte).toContain('Tiers-lieu relu de Gauchy');
    expect(texte).not.toContain('libellé à relire');
    await contexte.close();
    const { rows } = await base.owner.query(
      `select role, contenu ->> 'apres' as apres, departement_code from journal where acte = 'structures.definir_libelle' order by id desc limit 1`,
    );
    expect(rows).toEqual([
      { role: 'instructeur', apres: 'tiers-lieu relu de Gauchy', departement_code: '02' },
    ]);
  });

  it('are refused empty, too long or seen before another wrote, and what was typed stays', async () => {
    const visite = await entrer(claude);
    const version = (await etat(gauchy)).version;
    const envoyer = (libelle: string, vue = version) =>
      visite.envoyer(`${chemin}/${gauchy}`, { version: vue, [`libelle_${gauchy}`]: libelle });
    expect((await envoyer('  ')).status).toBe(400);
    const long = 'long '.repeat(60);
    const trop = await envoyer(long);
    expect(trop.status).toBe(400);
    expect(await trop.text()).toContain(long.trim());
    expect((await etat(gauchy)).relu).toBe(false);
    expect((await envoyer('un nom')).status).toBe(303);
    const second = await envoyer('un autre nom');
    expect(second.status).toBe(409);
    // It has left the list meanwhile, and stands there still, with what is wrong leading to its field.
    const html = await second.text();
    expect(html).toContain('value="un autre nom"');
    expect(html).toContain(`href="#champ-libelle_${gauchy}"`);
    expect(html).toContain(`id="champ-libelle_${gauchy}"`);
    expect(await etat(gauchy)).toMatchObject({ libelle: 'un nom', relu: true });
    expect((await envoyer('sans version', '')).status).toBe(409);
    const fausse = await envoyer('version fausse', 'x');
    expect(fausse.status).toBe(400);
    expect(await fausse.text()).toContain('value="version fausse"');
    const loin = await visite.envoyer(`${chemin}/${gauchy}`, {
      version,
      page: '7',
      [`libelle_${gauchy}`]: 'le dernier de sa page',
    });
    expect(loin.status).toBe(409);
    expect(await loin.text()).toContain('value="le dernier de sa page"');
  });

  it('of a communiqué that is published, or will be, are changed by no agent alone', async () => {
    const envoyer = async (qui: string, libelle: string) =>
      (await entrer(qui)).envoyer(`${chemin}/${gauchy}`, {
        version: (await etat(gauchy)).version,
        [`libelle_${gauchy}`]: libelle,
      });
    for (const instant of [`now() - interval '1 day'`, `now() + interval '1 day'`]) {
      await base.owner.query(`update communique set statut = 'publie', publie_le = ${instant}`);
      const refus = await envoyer(claude, 'pris seul');
      expect(refus.status, instant).toBe(400);
      expect(await refus.text()).toContain('Annulez ou retirez d’abord ce communiqué');
      expect(await etat(gauchy)).toMatchObject({ libelle: null, relu: false });
    }
    expect((await envoyer(camille, 'corrigé par le service')).status).toBe(303);
    await base.owner.query(`update communique set statut = 'retire'`);
    expect((await envoyer(claude, 'revu ensuite')).status).toBe(303);
    expect(await etat(gauchy)).toMatchObject({ libelle: 'revu ensuite', relu: true });
  });

  it('to review are one number, on the page, in what waits and in the draft, without the assembly', async () => {
    const conseil = `identifiant = '22020002600015'`;
    const lus = async (siren: string | null, raison: string) => {
      await base.owner.query(`
        update structure set libelle_relu = true where commune_code like '02%';
        update structure set libelle_relu = false where ${conseil} or id = '${gauchy}'`);
      await base.owner.query(`update departement set assemblee_siren = $1 where code = '02'`, [siren]);
      await base.owner.query(
        `update structure set raison_sociale = $1, raison_sociale_recherche = nom_recherche($1) where ${conseil}`,
        [raison],
      );
      const visite = await entrer(claude);
      const pages = await Promise.all(
        [chemin, '/espace', brouillon].map(async (vers) => (await visite.lire(vers)).text()),
      );
      const [page = '', espace = '', redige = ''] = pages;
      return [
        ...[page, espace].map((html) => Number(/(\d+) libellés? (de structures? )?à relire/.exec(html)?.[1])),
        // One mark a line.
        redige.split('libellé à relire').length - 1,
      ];
    };
    const { rows } = await base.owner.query<{ siren: string | null; nom: string; raison: string }>(
      `select assemblee_siren as siren, assemblee as nom, raison_sociale as raison from departement, structure
       where departement.code = '02' and ${conseil}`,
    );
    const { siren = null, nom = '', raison = '' } = rows[0] ?? {};
    try {
      expect(await lus('220200026', 'N’IMPORTE QUOI')).toEqual([1, 1, 1]);
      expect(await lus(null, nom)).toEqual([1, 1, 1]);
      expect(await lus(null, 'DEPARTEMENT DE L’AISNE')).toEqual([1, 1, 1]);
      expect(await lus(null, 'DEPARTEMENTALE DES PIEGES')).toEqual([2, 2, 2]);
    } finally {
      await lus(siren, raison);
    }
  });
  it('are those of one’s own territory', async () => {
    const aisne = await entrer(claude);
    const champs = async (id: string) => ({ version: (await etat(id)).version, [`libelle_${id}`]: 'pris' });
    for (const vers of [
      `/prefecture/libelles/59/${lille}`,
      `${chemin}/${lille}`,
      `${chemin}/pas-une-structure`,
    ])
      expect([400, 404], vers).toContain((await aisne.envoyer(vers, await champs(lille))).status);
    expect((await aisne.lire('/prefecture/libelles/59')).status).toBe(404);
    expect((await etat(lille)).libelle).toBeNull();
    expect((await aisne.lire('/prefecture/libelles')).headers.get('Location')).toBe(chemin);
    for (const [qui, vus] of [
      [region, ['02', '59']],
      [camille, ['02', '59', '75']],
    ] as const) {
      const html = await (await (await entrer(qui)).lire('/prefecture/libelles')).text();
      for (const code of vus) expect(html).toContain(`/prefecture/libelles/${code}"`);
    }
    const visite = await entrer(region);
    expect((await visite.envoyer(`/prefecture/libelles/59/${lille}`, await champs(lille))).status).toBe(303);
    expect(await etat(lille)).toMatchObject({ libelle: 'pris', relu: true });
  });
});
