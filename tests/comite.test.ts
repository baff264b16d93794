import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  creerFileDeNotification,
  operateur,
  semerDossiers,
  semerMembre,
} from '../src/candidatures/comite/comite.fixtures.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { installerProgramme } from '../src/programme/index.ts';
import { ouvrir, ouvrirNavigateur, type Site, servir } from './navigateur.ts';
import { ouvrirSessionDe } from './permissions.fixtures.ts';

let base: TestDatabase;
let site: Site;
let navigateur: Browser;
let vague: string;
type Qui = { readonly personne: string; readonly attribution: string };
const gens = new Map<string, Qui>();

beforeAll(async () => {
  base = await withTestDatabase();
  await installerProgramme(base.db, operateur);
  await creerFileDeNotification(base.owner);
  vague = await semerDossiers(base.db, 4, { rang: 2, objectifPostes: 5 });
  for (const nom of ['Prune', 'Sacha', 'Malo']) gens.set(nom, await semerMembre(base.db, nom));
  const { rows } = await base.owner.query<Qui>(
    `with p as (insert into personne (courriel, prenom, nom) values ('ada@comite.example', 'Ada', 'Comité') returning id)
     insert into attribution (personne_id, role, niveau, motif) select id, 'administrateur', 'national', 'essai' from p
     returning personne_id as personne, id as attribution`,
  );
  if (rows[0]) gens.set('Ada', rows[0]);
  site = await servir(base);
  navigateur = await ouvrirNavigateur();
});
afterAll(async () => {
  await navigateur.close();
  await site.fermer();
  await base.close();
});

const asseoir = async (nom: string, largeur = 1280): Promise<BrowserContext> => {
  const qui = gens.get(nom);
  if (qui === undefined) throw new Error(`nobody is ${nom}`);
  const contexte = await navigateur.newContext({
    viewport: { width: largeur, height: 900 },
    javaScriptEnabled: false,
  });
  // A step that waits for longer has failed: say which.
  contexte.setDefaultTimeout(10_000);
  await contexte.addCookies([
    { name: 'maillage', value: await ouvrirSessionDe(base.owner, qui), url: site.adresse },
  ]);
  return contexte;
};
const aller = async (contexte: BrowserContext, vers: string): Promise<Page> => {
  const page = await contexte.newPage();
  await page.goto(`${site.adresse}${vers}`);
  return page;
};
/** What every page owes, seen with scripts at the width of a page: axe needs them. */
const verifier = async (page: Page): Promise<void> => {
  const contexte = await navigateur.newContext({ viewport: page.viewportSize() });
  await contexte.addCookies(await page.context().cookies());
  await ouvrir(contexte, page.url());
  await contexte.close();
};
/** Boxes lie under their labels, as people press them. */
const cocher = (page: Page, libelle: string): Promise<void> =>
  page.locator('label', { hasText: libelle }).first().click();
const texteDe = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';

describe('a session of the committee, without a script', () => {
  let seance = '';
  let cache = '';

  it('is prepared by the administrator, opened with its quorum, decided and closed', async () => {
    const administration = await asseoir('Ada');
    const prepare = await aller(administration, '/comite');
    await prepare.getByRole('link', { name: 'Préparer une séance' }).click();
    await verifier(prepare);
    // Nothing is chosen yet: the form says what is missing, and keeps what was typed.
    await prepare.getByLabel('Lieu').fill('Laon');
    await prepare.getByRole('button', { name: 'Préparer la séance' }).click();
    expect(await prepare.title()).toMatch(/^Erreur/);
    expect(await texteDe(prepare)).toContain('Choisissez qui préside.');
    expect(await prepare.getByLabel('Lieu').inputValue()).toBe('Laon');
    await prepare.getByLabel('Date de la séance').fill('2021-06-01');
    await prepare.getByLabel('Qui préside').selectOption({ label: 'Prune Comité' });
    await prepare.getByLabel('Qui rédige').selectOption({ label: 'Sacha Comité' });
    await cocher(prepare, 'Malo Comité');
    await prepare.getByLabel('Quorum').fill('3');
    await prepare.getByRole('button', { name: 'Préparer la séance' }).click();
    expect(await texteDe(prepare)).toContain('La séance est préparée.');
    seance = new URL(prepare.url()).pathname;

    // The member is told, scores a file, and declares an interest in another.
    const membre = await asseoir('Malo', 390);
    const espace = await aller(membre, '/espace');
    expect(await texteDe(espace)).toContain('1 séance du comité à venir');
    expect(await texteDe(espace)).toContain('4 dossiers à noter');
    const lu = await aller(membre, `${seance}/decisions`);
    await verifier(lu);
    const liens = await lu
      .locator('tbody a')
      .evaluateAll((found) => found.map((a) => a.getAttribute('href')));
    const dossiers = [...new Set(liens.filter((href) => href?.includes('/dossiers/')))];
    expect(dossiers.length).toBe(4);
    const [premier = '', deuxieme = '', troisieme = ''] = dossiers.map((href) => href ?? '');
    await lu.goto(`${site.adresse}${premier}`);
    await verifier(lu);
    expect(await texteDe(lu)).toContain('Projet utile au territoire.');
    await lu.getByLabel('Besoin du territoire (poids 60)').selectOption('5');
    await lu.getByLabel('Qualité du projet (poids 40)').selectOption('3');
    await lu.getByRole('button', { name: 'Enregistrer vos notes' }).click();
    expect(await texteDe(lu)).toContain('Score du comité\u00a0: 84 sur 100');
    cache = deuxieme;
    await lu.goto(`${site.adresse}${deuxieme}`);
    await lu.getByRole('link', { name: 'Déclarer un conflit d’intérêts' }).click();
    await verifier(lu);
    await lu.getByLabel('Ce qui vous lie à cette structure').fill('J’y travaille.');
    await lu.getByRole('button', { name: 'Déclarer le conflit d’intérêts' }).click();
    expect(await texteDe(lu)).toContain('vous ne voyez plus ce dossier');
    expect((await lu.goto(`${site.adresse}${deuxieme}`))?.status()).toBe(404);

    // Who writes cannot open without the quorum; with it, decides.
    const redaction = await asseoir('Sacha');
    const tient = await aller(redaction, seance);
    await verifier(tient);
    await cocher(tient, 'Prune Comité');
    await cocher(tient, 'Sacha Comité');
    await tient.getByRole('button', { name: 'Noter les présences' }).click();
    await tient.getByRole('button', { name: 'Ouvrir la séance' }).click();
    expect(await texteDe(tient)).toContain('Le quorum n’est pas atteint\u00a0: 2 présents sur 3 demandés.');
    await cocher(tient, 'Malo Comité');
    await tient.getByRole('button', { name: 'Noter les présences' }).click();
    await tient.getByRole('button', { name: 'Ouvrir la séance' }).click();
    expect(await texteDe(tient)).toContain('La séance est ouverte');
    await tient.goto(`${site.adresse}${premier}`);
    await cocher(tient, 'Refusée');
    await tient.getByRole('button', { name: 'Enregistrer la décision' }).click();
    expect(await texteDe(tient)).toContain('Écrivez le motif');
    await cocher(tient, 'Retenue');
    await tient.getByLabel('Postes accordés').fill('1');
    await tient.getByRole('button', { name: 'Enregistrer et passer au suivant' }).click();
    expect(await texteDe(tient)).toContain('La décision est enregistrée.');

    // Two at once: the second is told what was decided.
    const presidence = await asseoir('Prune');
    const vu = await aller(presidence, troisieme);
    await tient.goto(`${site.adresse}${troisieme}`);
    await cocher(tient, 'Ajournée');
    await tient.getByLabel('Motif').fill('Budget à préciser.');
    await tient.getByRole('button', { name: 'Enregistrer la décision' }).click();
    await cocher(vu, 'Retenue');
    await vu.getByRole('button', { name: 'Enregistrer la décision' }).click();
    expect(await texteDe(vu)).toContain('Une autre personne vient de décider\u00a0: candidature ajournée.');

    // The batch: the rest, one of which asks for more than the objective leaves.
    await vu.goto(`${site.adresse}${seance}/decisions?decision=a_decider`);
    await verifier(vu);
    for (const boite of await vu.locator('input[name=dossiers]').all()) await boite.check();
    await cocher(vu, 'Retenir');
    await vu.getByRole('button', { name: 'Enregistrer ces décisions' }).click();
    expect(await texteDe(vu)).toMatch(/décision est enregistrée|Les décisions sont enregistrées/);

    // The member may not close, and sees no more of the file; who presides sees what closing will make.
    await lu.goto(`${site.adresse}${seance}/cloture`);
    expect(await texteDe(lu)).toContain('Vous ne pouvez pas clore cette séance');
    await vu.goto(`${site.adresse}${seance}/cloture`);
    await verifier(vu);
    expect(await texteDe(vu)).toContain('Aisne\u00a0: pas d’adresse, pas de signataire');
    await vu.getByRole('button', { name: 'Clore la séance' }).click();
    expect(await texteDe(vu)).toContain('La séance est close.');
    await vu.goto(`${site.adresse}${seance}/cloture`);
    expect(new URL(vu.url()).pathname, 'done already').toBe(seance);
    await vu.goto(`${site.adresse}${seance}/suites`);
    await verifier(vu);
    await vu.goto(`${site.adresse}${seance}/suites?suite=renoncee`);
    expect(await texteDe(vu)).toContain('Rien ne répond à tous ces filtres.');
    expect((await vu.request.get(`${site.adresse}/comite/suites.csv`)).status()).toBe(200);
    await vu.goto(`${site.adresse}${seance}/notes`);
    await verifier(vu);
  });

  it('is followed by its administrator, who withdraws a decision, lifts the conflict and cannot reopen', async () => {
    const [administration, membre] = [await asseoir('Ada'), await asseoir('Malo', 390)];
    const suites = await aller(administration, `${seance}/suites`);
    await suites.getByRole('link', { name: 'Retirer la décision' }).first().click();
    await verifier(suites);
    await suites.getByLabel('La décision est illégale').check();
    await suites.getByLabel('Motif').fill('Décision illégale : hors délai.');
    await suites.getByRole('button', { name: 'Retirer la décision' }).click();
    expect(await texteDe(suites)).toContain('La décision est retirée.');
    await suites.goto(`${site.adresse}${seance}/conflits`);
    await verifier(suites);
    await suites.getByLabel('Pourquoi lever ce conflit').fill('A quitté cet emploi.');
    await suites.getByRole('button', { name: 'Lever ce conflit' }).click();
    expect(await texteDe(suites)).toContain('Le conflit d’intérêts est levé.');
    const lu = await membre.newPage();
    expect((await lu.goto(`${site.adresse}${cache}`))?.status()).toBe(200);
    await suites.goto(`${site.adresse}/comite`);
    await verifier(suites);

    // And says why the session does not open again.
    await suites.goto(`${site.adresse}${seance}`);
    await verifier(suites);
    expect(await suites.getByRole('button', { name: 'Rouvrir la séance' }).count()).toBe(0);
    expect(await texteDe(suites)).toContain('la séance ne se rouvre plus');
  });

  it('is nobody’s who is not its member', async () => {
    gens.set('Autre', await semerMembre(base.db, 'Autre'));
    const { rows } = await base.owner.query<{ id: string }>('select id from seance where vague_id = $1', [
      vague,
    ]);
    const autre = await asseoir('Autre');
    const page = await autre.newPage();
    expect((await page.goto(`${site.adresse}/comite/${rows[0]?.id}`))?.status()).toBe(404);
    await page.goto(`${site.adresse}/comite`);
    expect(await texteDe(page)).toContain('Vous n’êtes membre d’aucune séance.');
  });
});
