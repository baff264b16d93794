// The selection of the seed, from opening to announcement, by those who do it: the first phase of the Aisne, then the
// second wave opens.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deliberer } from '../src/candidatures/comite/deliberation.acts.ts';
import { preparerSeance } from '../src/candidatures/comite/seances.acts.ts';
import { commencer, enregistrer } from '../src/candidatures/demande/brouillon.acts.ts';
import { saisieComplete } from '../src/candidatures/demande/demande.fixtures.ts';
import { deposer } from '../src/candidatures/demande/depot.acts.ts';
import { findCandidature } from '../src/candidatures/demande/store.ts';
import { rendreAvis } from '../src/candidatures/instruction/avis.acts.ts';
import { creerTacheNotifier } from '../src/candidatures/notification/index.ts';
import { publierCommunique } from '../src/communication/acts.ts';
import { reunirFaits } from '../src/communication/faits.store.ts';
import { LAUREATS_AISNE } from '../src/communication/fixtures.ts';
import { lirePdf } from '../src/communication/formats/pdf.fixtures.ts';
import { commencerCommuniques, lireExpediteur } from '../src/communication/index.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { taches } from '../src/main/rooms.ts';
import { systemClock } from '../src/platform/clock.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { ouvrirDepot } from '../src/platform/fichiers/index.ts';
import { fontsFolder } from '../src/platform/fonts.ts';
import type { Acteur } from '../src/platform/journal.ts';
import { exiger } from '../src/platform/result.ts';
import { type Ouvriers, ouvrirOuvriers } from '../src/platform/taches.ts';
import { remplirCandidature } from './candidatures/remplir.ts';
import { ouvrirNavigateur, type Site, servir, verifierPage } from './navigateur.ts';
import { ouvrirSessionDe } from './permissions.fixtures.ts';

const operateur: Acteur = { identifiant: 'operateur:essai', role: 'operateur' };
const jour = '2021-03-24';
let base: TestDatabase;
let site: Site;
let navigateur: Browser;
let ouvriers: Ouvriers;

/** Keeps its documents where the site of the tests reads them. */
const notifier = creerTacheNotifier({
  expediteur: lireExpediteur,
  commencerCommuniques,
  fontsFolder,
  ouvrirDepot: () =>
    ouvrirDepot({
      dossier: join(tmpdir(), `maillage-essai-${process.pid}`),
      s3: undefined,
      clamd: undefined,
      fichierMax: 1024 ** 2,
      fichiersQuota: 1024 ** 2,
    }),
});

type Structure = {
  readonly id: string;
  readonly siret: string;
  readonly nom: string;
  readonly commune: string;
};
let structures: readonly Structure[] = [];
let premiere = '';
let deuxieme = '';
/** The structure of Gauchy, which applies by hand. */
const gauchy = '21020321200092';
const postesDe = (siret: string): number =>
  LAUREATS_AISNE.find((laureat) => laureat.siret === siret)?.postes ?? 0;

const lire = async <Ligne extends object>(requete: string, valeurs: readonly unknown[] = []) =>
  (await base.owner.query<Ligne>(requete, [...valeurs])).rows;

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, operateur));
  // The day before: the structures, the people, the plan and the waves are there, nothing is decided.
  for (const table of ['communique', 'decision_ligne', 'decision', 'engagement', 'seance'])
    await base.owner.query(`delete from ${table}`);
  await base.owner.query('update structure set a_verifier = false');
  structures = await lire<Structure>(
    `select id, identifiant as siret, raison_sociale as nom, commune_code as commune from structure order by identifiant`,
  );
  const vagues = await lire<{ id: string }>('select id from vague order by rang');
  premiere = vagues[0]?.id ?? '';
  deuxieme = vagues[1]?.id ?? '';
  [site, navigateur, ouvriers] = await Promise.all([
    servir(base),
    ouvrirNavigateur(),
    ouvrirOuvriers({
      adresses: base.adresses,
      taches: taches.map((tache) => (tache.nom === notifier.nom ? notifier : tache)),
      clock: systemClock,
      adresse: 'https://maillage.example.fr',
      signalerPanne: (error) => {
        throw error;
      },
    }),
  ]);
});
afterAll(async () => {
  await ouvriers.fermer();
  await navigateur.close();
  await site.fermer();
  await base.close();
});

const asseoir = async (courriel: string, largeur = 1280): Promise<BrowserContext> => {
  const [qui] = await lire<{ personne: string; attribution: string }>(
    `select personne.id as personne, attribution.id as attribution
     from personne join attribution on attribution.personne_id = personne.id
     where courriel = $1 order by attribution.id limit 1`,
    [courriel],
  );
  if (qui === undefined) throw new Error(`nobody is ${courriel}`);
  const contexte = await navigateur.newContext({ viewport: { width: largeur, height: 900 } });
  contexte.setDefaultTimeout(15_000);
  await contexte.addCookies([
    { name: 'maillage', value: await ouvrirSessionDe(base.owner, qui), url: site.adresse },
  ]);
  return contexte;
};
const aller = async (contexte: BrowserContext, vers: string): Promise<Page> => {
  const page = await contexte.newPage();
  await page.goto(`${site.adresse}${vers}`);
  await verifierPage(page);
  return page;
};
const texteDe = async (page: Page): Promise<string> =>
  ((await page.locator('main').textContent()) ?? '').replace(/[\u00a0\u202f]/g, ' ').replace(/\s+/g, ' ');
const cocher = (page: Page, libelle: string): Promise<void> =>
  page.locator('label', { hasText: libelle }).first().click();

const ouvrirLaVague = async (page: Page, vague: string, ouverture: string): Promise<void> => {
  await page.goto(`${site.adresse}/administration/vagues/${vague}/identite`);
  await page.getByLabel('Enveloppe qui paie les postes').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await page.goto(`${site.adresse}/administration/vagues/${vague}/calendrier`);
  await page.getByLabel('Jour d’ouverture').fill(ouverture);
  await page.getByLabel('Jour de clôture').fill('2090-06-30');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  expect(await page.title()).not.toMatch(/^Erreur/);
};

describe('the first phase of the Aisne', () => {
  it('opens, once the administrator has dated it', async () => {
    const page = await aller(await asseoir('camille.duval@maillage.example'), '/administration/vagues');
    await ouvrirLaVague(page, premiere, '2021-01-05');
    await page.goto(`${site.adresse}/candidater`);
    await verifierPage(page);
    expect(await texteDe(page)).toContain('Première phase');
  });

  it('receives one application written by hand and fifteen by the same acts', async () => {
    const contexte = await asseoir('morgan.petit@gauchy.example', 390);
    const page = await aller(contexte, '/candidatures');
    await page.getByRole('link', { name: 'Candidater à « Première phase »' }).click();
    await page.getByRole('button', { name: 'Commencer la candidature' }).click();
    await page.waitForURL(/formulaire\/structure/);
    await remplirCandidature(page, verifierPage);
    // The number of posts of the communiqué, typed over the one of the form’s journey.
    await page.goto(page.url().replace(/recapitulatif.*/, 'formulaire/postes'));
    await page.locator('[name=postes]').fill(String(postesDe(gauchy)));
    await page.getByRole('button', { name: 'Enregistrer et continuer', exact: true }).click();
    await page.waitForURL(/projet/);
    await page.goto(page.url().replace(/formulaire.*/, 'recapitulatif'));
    await page.getByRole('button', { name: 'Déposer la candidature' }).click();
    await page.waitForURL(/fait=deposee/);
    const [alix] = await lire<{ id: string; prenom: string; nom: string; courriel: string }>(
      `select id, prenom, nom, courriel from personne where courriel = 'alix.bernard@departement.example'`,
    );
    if (alix === undefined) throw new Error('nobody');
    for (const { id: structureId, siret, nom, commune } of structures) {
      if (siret === gauchy) continue;
      const id = exiger(
        await commencer(base.db, operateur, { vagueId: premiere, structureId, personne: alix }),
      );
      const avant = (await findCandidature(base.db, id))?.saisie ?? {};
      const tapee = {
        ...saisieComplete,
        identifiant: siret,
        raison_sociale: nom,
        commune,
        lieux: [{ nom: 'Accueil', adresse: 'Place de la Mairie', commune, itinerant: '' }],
        postes: String(postesDe(siret)),
        coordinateurs: '0',
      };
      exiger(await enregistrer(base.db, { id, avant, tapee, choisies: new Set([commune]) }));
      const version = (await findCandidature(base.db, id))?.version ?? 0;
      exiger(await deposer(base.db, operateur, { id, version, personne: alix.id, adresse: site.adresse }));
    }
    expect(await lire('select statut, count(*)::integer as total from candidature group by statut')).toEqual([
      { statut: 'deposee', total: 16 },
    ]);
  });

  it('is instructed: one opinion by hand, the others by the same act', async () => {
    const page = await aller(await asseoir('claude.vasseur@prefecture.example'), '/prefecture/candidatures');
    await page.locator('tbody a').first().click();
    await verifierPage(page);
    const id = /candidatures\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
    const [faite] = await lire<{ postes: number }>(
      'select postes_demandes as postes from candidature where id = $1',
      [id],
    );
    await page.getByLabel('Favorable', { exact: true }).check();
    await page.getByLabel('Postes proposés').fill(String(faite?.postes));
    await page.getByLabel('Pourquoi').fill('Un projet solide.');
    await page.getByRole('button', { name: 'Rendre cet avis' }).click();
    expect(await texteDe(page)).toContain('Votre avis est enregistré');
    const attendent = await lire<{ id: string; version: number; postes: number }>(
      `select id, version, postes_demandes as postes from candidature where statut = 'deposee'`,
    );
    expect(attendent).toHaveLength(15);
    for (const { id: candidatureId, version, postes } of attendent)
      exiger(
        await rendreAvis(base.db, operateur, {
          candidatureId,
          version,
          niveau: 'departement',
          personne: null,
          favorable: true,
          postes,
          commentaire: 'Utile au territoire.',
        }),
      );
  });

  it('is decided in session and closed: letters, minutes and a draft of the communiqué', async () => {
    const [dominique] = await lire<{ id: string }>(
      `select id from personne where courriel = 'dominique.lemaire@maillage.example'`,
    );
    const [sophie] = await lire<{ id: string }>(
      `with p as (insert into personne (courriel, prenom, nom) values ('sophie@comite.example', 'Sophie', 'Renard') returning id)
       insert into attribution (personne_id, role, niveau, motif) select id, 'membre_comite', 'national', 'essai' from p
       returning personne_id as id`,
    );
    const seanceId = exiger(
      await preparerSeance(base.db, operateur, {
        numero: 1,
        date: jour,
        vagueId: premiere,
        lieu: 'Paris',
        ordreDuJour: null,
        quorum: 2,
        president: dominique?.id ?? '',
        secretaire: sophie?.id ?? '',
        membres: [],
      }),
    );
    const page = await aller(await asseoir('dominique.lemaire@maillage.example'), `/comite/${seanceId}`);
    await cocher(page, 'Dominique Lemaire');
    await cocher(page, 'Sophie Renard');
    await page.getByRole('button', { name: 'Noter les présences' }).click();
    await page.getByRole('button', { name: 'Ouvrir la séance' }).click();
    expect(await texteDe(page)).toContain('La séance est ouverte');
    const dossiers = await lire<{ id: string; postes: number; nom: string }>(
      `select candidature.id, postes_demandes as postes, raison_sociale as nom
       from candidature join structure on structure.id = structure_id order by numero`,
    );
    const [aLaMain, ...autres] = dossiers;
    await page.goto(`${site.adresse}/comite/${seanceId}/dossiers/${aLaMain?.id}`);
    await verifierPage(page);
    await cocher(page, 'Retenue');
    await page.getByLabel('Postes accordés').fill(String(aLaMain?.postes));
    await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
    expect(await texteDe(page)).toContain('La décision est enregistrée.');
    for (const { id: candidatureId, postes } of autres)
      exiger(
        await deliberer(base.db, operateur, {
          seanceId,
          candidatureId,
          resultat: 'retenue',
          postes,
          mode: 'forfait',
        }),
      );
    await page.goto(`${site.adresse}/comite/${seanceId}/cloture`);
    await verifierPage(page);
    await page.getByRole('button', { name: 'Clore la séance' }).click();
    expect(await texteDe(page)).toContain('La séance est close.');

    // The job writes each letter once; the structure reads its own.
    await vi.waitFor(
      async () => expect(await lire('select from acte_de_seance where faite_le is null')).toHaveLength(0),
      { timeout: 40_000, interval: 200 },
    );
    const actes = await lire<{ genre: string; total: number }>(
      'select genre, count(*)::integer as total from acte_de_seance group by genre order by genre',
    );
    expect(actes).toEqual([
      { genre: 'lettre', total: 16 },
      { genre: 'proces_verbal', total: 1 },
    ]);
    const proces = await page.request.get(`${site.adresse}/comite/${seanceId}/proces-verbal`);
    const minutes = await lirePdf(new Uint8Array(await proces.body()));
    expect([minutes.marque, minutes.partieUa, minutes.langue]).toEqual([true, '1', 'fr-FR']);
    expect(minutes.texte.replace(/\s+/g, ' ')).toContain('32 postes');
    const [deGauchy] = await lire<{ id: string }>(
      'select candidature.id from candidature join structure on structure.id = structure_id where identifiant = $1',
      [gauchy],
    );
    const structure = await aller(
      await asseoir('morgan.petit@gauchy.example', 390),
      `/candidatures/${deGauchy?.id}`,
    );
    expect(await texteDe(structure)).toContain('retenue');
    const lettre = await structure.request.get(`${site.adresse}/candidatures/${deGauchy?.id}/lettre`);
    const lue = await lirePdf(new Uint8Array(await lettre.body()));
    expect(lue.texte.replace(/\s+/g, ' ')).toContain('recours');
    expect((await lire(`select from communique where statut = 'brouillon'`)).length).toBe(1);
  });

  it('is announced with the facts of the communiqué of 18 March 2021', async () => {
    // Nothing is public before.
    expect(await (await fetch(`${site.adresse}/donnees/decisions.csv`)).text()).not.toContain(gauchy);
    const instant = '2021-03-18T09:00:00Z';
    const demande = {
      departement: '02',
      seance: jour,
      date: '2021-03-18',
      maintenant: '2021-03-18T09:00:00Z',
    };
    exiger(await publierCommunique(base.db, operateur, { ...demande, dateVoulue: demande.date, instant }));
    const { faits } = exiger(await reunirFaits(base.db, { ...demande, maintenant: '2021-04-01T00:00:00Z' }));
    expect(faits).toMatchObject({
      totaux: { structures: 16, postes: 32 },
      signature: { lieu: 'Laon', date: '2021-03-18' },
      programme: { annonceLe: '2020-11-17', enveloppeCentimes: 25_000_000_000, objectifPostes: 4000 },
      vague: { rang: 1, priorites: ['les Espaces France Services', 'les tiers-lieux numériques'] },
      vagueSuivante: { rang: 2, ouverture: '2021-04' },
      financement: { regimes: [{ mode: 'forfait', plafondCentimes: 5_000_000, mois: 24 }, { mode: 'taux' }] },
    });
    expect(faits.assemblees).toMatchObject([{ postes: 16, coordinateur: true }]);
    const liste = (laureats: readonly { siret: string | null; postes: number }[]) =>
      laureats.map(({ siret, postes }) => `${siret} ${postes}`).sort();
    expect(liste(faits.laureats)).toEqual(liste(LAUREATS_AISNE));
    expect(await (await fetch(`${site.adresse}/donnees/decisions.csv`)).text()).toContain(gauchy);
  });

  it('is followed by the second wave, which opens', async () => {
    const page = await aller(await asseoir('camille.duval@maillage.example'), '/administration/vagues');
    await ouvrirLaVague(page, deuxieme, '2021-04-01');
    await page.goto(`${site.adresse}/candidater`);
    expect(await texteDe(page)).toContain('Deuxième vague');
  });
});
