import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { semerCandidatures, semerVague } from '../src/candidatures/candidatures.fixtures.ts';
import { workflowCandidature } from '../src/candidatures/workflow.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { lireHistorique } from '../src/platform/historique.ts';
import { lireListe } from '../src/platform/listes/index.ts';
import { changerStatut } from '../src/platform/workflow.ts';
import { definirVague } from '../src/programme/acts.ts';
import { phrases } from '../src/programme/phrases.ts';
import {
  annulerVague,
  creerVague,
  modifierVague,
  prolongerVague,
  publierVague,
  supprimerVague,
} from '../src/programme/vagues/acts.ts';
import { listeVagues } from '../src/programme/vagues/liste.ts';
import type { ContenuVague, Section } from '../src/programme/vagues/rules.ts';
import { lireVague, type VagueLue } from '../src/programme/vagues/store.ts';

const acteur = { identifiant: 'essai', role: 'operateur' } as const;
let base: TestDatabase;
beforeAll(async () => {
  base = await withTestDatabase();
  // Régimes in force whenever the test runs.
  await base.owner.query(`update regime set en_vigueur = daterange('2020-11-17', null)`);
});
afterAll(() => base.close());

const lire = async (id: string): Promise<VagueLue> => {
  const vague = await lireVague(base.db, id);
  if (vague === undefined) throw new Error('no wave');
  return vague;
};
const modifier = async (id: string, section: Section, valeurs: Partial<ContenuVague>, version?: number) =>
  modifierVague(base.db, acteur, { id, section, valeurs, version: version ?? (await lire(id)).version });
const creer = async (nom: string): Promise<string> => {
  const done = await creerVague(base.db, acteur, { nom });
  if (!done.ok) throw new Error(done.message);
  return done.valeur;
};
const besoin = { id: null, libelle: 'Besoin du territoire', aide: null, poids: 60 };
const projet = { id: null, libelle: 'Qualité du projet', aide: null, poids: 40 };
const question = {
  id: null,
  libelle: 'Où en est votre territoire ?',
  aide: null,
  genre: 'texte_long',
  choix: [],
  obligatoire: true,
} as const;

/** How many wait for a row that somebody holds; seen anew, though who looks is in a transaction. */
const enAttente = async (): Promise<number> => {
  await base.owner.query('select pg_stat_clear_snapshot()');
  const { rowCount } = await base.owner.query(
    `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
  );
  return rowCount ?? 0;
};

/** A complete draft, then published. */
const publier = async (nom: string): Promise<string> => {
  const id = await creer(nom);
  await modifier(id, 'identite', { objectifPostes: 100, presentation: 'Venez.' });
  await modifier(id, 'calendrier', { ouvreLe: '2021-01-01', fermeLe: '2090-06-30', fermeHeure: '18:00' });
  await modifier(id, 'criteres', { criteres: [besoin, projet] });
  const done = await publierVague(base.db, acteur, { id, version: (await lire(id)).version });
  if (!done.ok) throw new Error(done.message);
  return id;
};

describe('a draft of a wave', () => {
  it('is seen by no public page until it is published', async () => {
    const id = await creer('Cachée');
    const vus = () => base.publique.selectFrom('vague').select('id').where('id', '=', id).execute();
    expect(await vus()).toEqual([]);
    await modifier(id, 'criteres', { criteres: [besoin] });
    expect(
      await base.publique.selectFrom('vague_critere').select('id').where('vague_id', '=', id).execute(),
    ).toEqual([]);
    await base.owner.query(`update vague set statut = 'publiee' where id = $1`, [id]);
    expect(await vus()).toHaveLength(1);
    await expect(base.publique.selectFrom('vague').selectAll().execute()).rejects.toThrow(/permission/);
  });

  it('is refused publication with everything that is missing, and published once it is there', async () => {
    const id = await creer('Incomplète');
    const refusee = await publierVague(base.db, acteur, { id, version: 1 });
    expect(refusee).toMatchObject({
      ok: false,
      refus: 'garde',
      message:
        'Complétez la vague avant de la publier\u00a0: il manque le nombre de postes visé, le texte qui présente la vague aux candidats, le jour d’ouverture, le jour de clôture et au moins un critère.',
    });
    expect((await lire(id)).statut).toBe('preparation');
    const publiee = await publier('Complète');
    const historique = await lireHistorique(base.db, phrases, 'vague', publiee);
    expect(historique.map(({ phrase }) => phrase)).toEqual([
      'Vague publiée',
      'Vague modifiée\u00a0: critères',
      'Vague modifiée\u00a0: ouverture et clôture',
      'Vague modifiée\u00a0: nom, moyens et régimes',
      'Vague préparée\u00a0: Complète',
    ]);
  });

  it('keeps the identifier of what stays when a list is written again, in another order', async () => {
    const id = await creer('Réordonnée');
    await modifier(id, 'criteres', { criteres: [besoin, projet] });
    await modifier(id, 'questions', { questions: [question] });
    const { criteres: avant, questions } = await lire(id);
    const [premier, second] = avant;
    if (!premier || !second) throw new Error('no criteria');
    // The two exchange their names, and one is added.
    await modifier(id, 'criteres', {
      criteres: [
        { ...second, libelle: premier.libelle },
        { ...premier, libelle: second.libelle },
        { ...besoin, libelle: 'Partenaires' },
      ],
    });
    const { criteres: apres } = await lire(id);
    expect(apres.map(({ id: critere, libelle }) => [critere, libelle])).toEqual([
      [second.id, premier.libelle],
      [premier.id, second.libelle],
      [expect.any(String), 'Partenaires'],
    ]);
    await modifier(id, 'criteres', { criteres: apres.slice(1) });
    expect((await lire(id)).criteres.map(({ libelle }) => libelle)).toEqual([second.libelle, 'Partenaires']);
    expect((await lire(id)).questions).toEqual(questions);
    expect(await modifier(id, 'criteres', { criteres: [besoin, besoin] })).toMatchObject({
      refus: 'criteres',
    });
  });

  it('is changed by one of two who had read the same', async () => {
    const id = await creer('Disputée');
    // Both have read it before either writes: the row is held meanwhile.
    await base.owner.query('begin');
    await base.owner.query('select from vague where id = $1 for update', [id]);
    const attempts = [
      modifier(id, 'identite', { nom: 'Un' }, 1),
      modifier(id, 'identite', { nom: 'Deux' }, 1),
    ];
    await expect.poll(enAttente, { timeout: 10_000 }).toBe(2);
    await base.owner.query('rollback');
    const done = await Promise.all(attempts);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect(done.find(({ ok }) => !ok)).toMatchObject({ refus: 'version' });
    expect(await modifier(id, 'identite', { nom: 'Trois' }, 1)).toMatchObject({ refus: 'version' });
  });

  it('has a rank of its own', async () => {
    const [un, deux] = [await creer('Rang un'), await creer('Rang deux')];
    expect((await lire(deux)).rang).toBe((await lire(un)).rang + 1);
    expect(await modifier(deux, 'identite', { rang: (await lire(un)).rang })).toMatchObject({
      refus: 'rang',
    });
  });
});

describe('a wave begun by mistake', () => {
  const supprimer = async (id: string, version?: number) =>
    supprimerVague(base.db, acteur, { id, version: version ?? (await lire(id)).version });

  it('goes without trace but in the journal, and leaves its rank', async () => {
    const id = await creer('Par erreur');
    const { rang } = await lire(id);
    await modifier(id, 'criteres', { criteres: [besoin] });
    await modifier(id, 'questions', { questions: [question] });
    expect(await supprimer(id, 1)).toMatchObject({ refus: 'version' });
    const deux = await Promise.all([supprimer(id, 3), supprimer(id, 3)]);
    expect(deux.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await lireVague(base.db, id)).toBeUndefined();
    const [derniere] = await lireHistorique(base.db, phrases, 'vague', id);
    expect(derniere?.phrase).toBe('Vague en préparation supprimée\u00a0: Par erreur');
    expect((await lire(await creer('Par erreur'))).rang).toBe(rang);
  });

  it('stays once it is published, whatever became of it, or a session is prepared on it', async () => {
    const publiee = await publier('Publiée par erreur');
    expect(await supprimer(publiee)).toMatchObject({ refus: 'etat' });
    await base.owner.query(`update vague set statut = 'annulee' where id = $1`, [publiee]);
    expect(await supprimer(publiee)).toMatchObject({ refus: 'etat' });
    const tenue = await creer('Tenue');
    await base.owner.query(
      `insert into seance (programme_id, date, numero, statut, vague_id)
       select id, '2021-06-05', 61, 'preparation', $1 from programme`,
      [tenue],
    );
    expect(await supprimer(tenue)).toMatchObject({
      refus: 'seance',
      message: expect.stringContaining('Une séance du comité est préparée'),
    });
    expect((await lire(tenue)).nom).toBe('Tenue');
  });
});

describe('what cannot be true of a wave', () => {
  it('is the name of another that stands, however many are begun at once', async () => {
    const crees = await Promise.all(
      Array.from({ length: 5 }, () => creerVague(base.db, acteur, { nom: 'Unique' })),
    );
    expect(crees.filter(({ ok }) => ok)).toHaveLength(1);
    expect(crees.find(({ ok }) => !ok)).toMatchObject({
      refus: 'nom',
      message: 'Une autre vague porte déjà ce nom\u00a0: choisissez-en un autre.',
    });
    const autre = await creer('Seconde');
    expect(await modifier(autre, 'identite', { nom: 'UNIQUE' })).toMatchObject({ refus: 'nom' });
    // Its own, and that of one that was cancelled, are free.
    expect(await modifier(autre, 'identite', { nom: 'SECONDE' })).toMatchObject({ ok: true });
    await base.owner.query(`update vague set statut = 'annulee' where nom = 'Unique'`);
    expect(await modifier(autre, 'identite', { nom: 'Unique' })).toMatchObject({ ok: true });
  });

  it('is minimums that ask for more than the objective, where the one or the other is written', async () => {
    const id = await creer('Contradictoire');
    const quotas = [{ id: null, departement: '02', region: null, minimum: 60, maximum: null }];
    expect(await modifier(id, 'quotas', { quotas })).toMatchObject({ ok: true });
    expect(await modifier(id, 'identite', { objectifPostes: 59 })).toMatchObject({
      refus: 'objectifPostes',
      message: expect.stringContaining('font ensemble 60 postes'),
    });
    expect(await modifier(id, 'identite', { objectifPostes: 60 })).toMatchObject({ ok: true });
    const [garde] = (await lire(id)).quotas;
    if (garde === undefined) throw new Error('no quota');
    expect(await modifier(id, 'quotas', { quotas: [{ ...garde, minimum: 61 }] })).toMatchObject({
      refus: 'quotas',
    });
    expect(await modifier(id, 'territoires', { minimumDepartement: 1 })).toMatchObject({
      refus: 'minimumDepartement',
      message: expect.stringMatching(/dans \d+ départements font/),
    });
    expect(await modifier(id, 'territoires', { minimumDepartement: 1, departements: ['02'] })).toMatchObject({
      ok: true,
    });
    expect(await modifier(id, 'territoires', { departements: [] })).toMatchObject({
      refus: 'minimumDepartement',
    });
    expect((await lire(id)).departements).toEqual(['02']);
  });
});

describe('a published wave', () => {
  it('stays complete', async () => {
    const id = await publier('Gardée');
    expect(await modifier(id, 'identite', { presentation: null })).toMatchObject({
      refus: 'presentation',
      message: expect.stringContaining('doit rester complète'),
    });
    expect(await modifier(id, 'criteres', { criteres: [] })).toMatchObject({ refus: 'criteres' });
    expect((await lire(id)).criteres).toHaveLength(2);
    expect(await modifier(id, 'identite', { presentation: 'Venez nombreux.' })).toMatchObject({ ok: true });
    expect(await modifier(id, 'identite', { rang: 70 })).toMatchObject({ refus: 'rang' });
    expect(await modifier(id, 'calendrier', { fermeLe: '2090-07-30' })).toMatchObject({ refus: 'fermeLe' });
  });

  it('closes later, never earlier, and for a reason', async () => {
    const id = await publier('Prolongée');
    const prolonger = async (fermeLe: string, fermeHeure: string, motif = 'Grève des postes.') =>
      prolongerVague(base.db, acteur, { id, version: (await lire(id)).version, fermeLe, fermeHeure, motif });
    expect(await prolonger('2090-06-30', '18:00')).toMatchObject({ refus: 'ferme_le' });
    expect(await prolonger('2090-06-29', '23:00')).toMatchObject({ refus: 'ferme_le' });
    expect(await prolonger('2090-07-15', '18:00', ' ')).toMatchObject({ refus: 'motif' });
    expect(await prolonger('2090-06-30', '18:01')).toMatchObject({ ok: true });
    expect(await lire(id)).toMatchObject({ fermeLe: '2090-06-30', fermeHeure: '18:01' });
    const [derniere] = await lireHistorique(base.db, phrases, 'vague', id);
    expect(derniere).toMatchObject({ phrase: 'Clôture de la vague reportée', motif: 'Grève des postes.' });
    // Closed for good: a moment that is past already opens nothing.
    await base.owner.query(`update vague set ferme_le = '2021-02-01' where id = $1`, [id]);
    expect(await prolonger('2021-03-01', '18:00')).toMatchObject({
      refus: 'ferme_le',
      message: expect.stringContaining('déjà passé'),
    });
  });

  it('asks for nothing else once an application is submitted', async () => {
    const id = await publier('Demandée');
    await modifier(id, 'questions', { questions: [question] });
    await semerCandidatures(base.db, id, { nombre: 2, departements: ['02'] });
    for (const [section, valeurs] of [
      ['criteres', { criteres: [besoin] }],
      ['questions', { questions: [] }],
      ['priorites', { bonusPriorite: 10 }],
      ['identite', { regimes: ['taux'] }],
      ['territoires', { avisNiveau: 'region' }],
    ] as const)
      expect(await modifier(id, section, valeurs)).toMatchObject({
        ok: false,
        message:
          '2 candidatures ont été déposées\u00a0: ce qui leur a été demandé et la façon de les juger ne changent plus.',
      });
    expect(await modifier(id, 'territoires', { departements: ['59'] })).toMatchObject({
      refus: 'departements',
    });
    expect(await modifier(id, 'identite', { objectifPostes: 120 })).toMatchObject({ ok: true });
    // Whoever writes, and however: the database itself holds it.
    for (const texte of [
      `update vague_critere set poids = 1 where vague_id = $1`,
      `delete from vague_critere where vague_id = $1`,
      `insert into vague_question (vague_id, rang, libelle, genre) values ($1, 9, 'Et aussi', 'texte')`,
    ])
      await expect(base.owner.query(texte, [id])).rejects.toMatchObject({ constraint: 'vague_figee' });
  });

  it('waits for who submits at the same moment, and the other way round', async () => {
    const id = await publier('Simultanée');
    await semerCandidatures(base.db, id, { nombre: 1, departements: ['60'] });
    await base.owner.query(`set maillage.role = 'operateur'`);
    await base.owner.query(`update candidature set statut = 'brouillon' where vague_id = $1`, [id]);
    const version = (await lire(id)).version;
    // The submission holds the wave; the change waits for it, then finds it.
    await base.owner.query('begin');
    await base.owner.query(`update candidature set statut = 'deposee' where vague_id = $1`, [id]);
    const change = modifier(id, 'criteres', { criteres: [besoin] }, version);
    await expect.poll(enAttente, { timeout: 10_000 }).toBeGreaterThan(0);
    await base.owner.query('commit');
    expect(await change).toMatchObject({ ok: false, refus: 'criteres' });
    expect((await lire(id)).criteres).toHaveLength(2);
  });

  it('never aims at less than what is decided', async () => {
    const id = await publier('Décidée');
    await modifier(id, 'quotas', {
      quotas: [{ id: null, departement: '02', region: null, minimum: 0, maximum: 50 }],
    });
    await base.owner.query(`update vague set postes_decides = 40 where id = $1`, [id]);
    await base.owner.query(`update vague_quota set postes_decides = 30 where vague_id = $1`, [id]);
    expect(await modifier(id, 'identite', { objectifPostes: 39 })).toMatchObject({
      refus: 'objectifPostes',
      message: 'Le comité a déjà décidé 40 postes\u00a0: l’objectif ne peut pas être plus bas.',
    });
    expect(await modifier(id, 'identite', { objectifPostes: 40 })).toMatchObject({ ok: true });
    const { quotas } = await lire(id);
    expect(
      await modifier(id, 'quotas', { quotas: quotas.map((quota) => ({ ...quota, maximum: 29 })) }),
    ).toMatchObject({ refus: 'quotas' });
    expect(
      await modifier(id, 'quotas', { quotas: quotas.map((quota) => ({ ...quota, maximum: 30 })) }),
    ).toMatchObject({ ok: true });
    expect(await modifier(id, 'identite', { enveloppeId: null })).toMatchObject({ refus: 'enveloppeId' });
    expect(
      await annulerVague(base.db, acteur, {
        id,
        version: (await lire(id)).version,
        motif: 'Essai',
        adresse: 'http://maillage.test',
      }),
    ).toMatchObject({
      refus: 'garde',
      message: expect.stringContaining('40 postes'),
    });
  });

  it('counts in a quota set late what was decided before', async () => {
    const id = await semerVague(base.db, { rang: 60, objectifPostes: 100 });
    await semerCandidatures(base.db, id, { nombre: 3, departements: ['59'], avis: true });
    await base.owner.query(`
      with seance_ouverte as (
        insert into seance (programme_id, date, statut) select id, '2021-05-05', 'ouverte' from programme returning id
      ), engagee as (
        insert into engagement (enveloppe_id, montant_centimes) select id, 100 from enveloppe returning id
      )
      insert into deliberation (seance_id, candidature_id, resultat, postes, engagement_id, regime_variante_id)
      select seance_ouverte.id, (select id from candidature where vague_id = '${id}' limit 1), 'retenue', 5, engagee.id,
        (select id from regime_variante limit 1) from seance_ouverte, engagee`);
    const quota = { id: null, departement: null, region: '32', minimum: 0 };
    expect(await modifier(id, 'quotas', { quotas: [{ ...quota, maximum: 4 }] })).toMatchObject({
      refus: 'quotas',
    });
    expect(await modifier(id, 'quotas', { quotas: [{ ...quota, maximum: 5 }] })).toMatchObject({ ok: true });
    expect(Object.values((await lire(id)).decidesParQuota)).toEqual([5]);
    await expect(
      base.db.updateTable('vague_quota').set({ postes_decides: 0 }).where('vague_id', '=', id).execute(),
    ).rejects.toThrow(/permission/);
  });

  it('is cancelled for a reason, and changes no more', async () => {
    const id = await publier('Annulée');
    const annuler = async (motif: string) =>
      annulerVague(base.db, acteur, {
        id,
        version: (await lire(id)).version,
        motif,
        adresse: 'http://maillage.test',
      });
    expect(await annuler('')).toMatchObject({ refus: 'motif' });
    expect(await annuler('Budget retiré.')).toMatchObject({ ok: true });
    expect(await modifier(id, 'identite', { nom: 'Autre' })).toMatchObject({ refus: 'nom' });
    expect(await annuler('Encore.')).toMatchObject({ refus: 'etat' });
  });

  it('is not cancelled once posts were retained elsewhere and imported', async () => {
    const id = await publier('Importée');
    await semerCandidatures(base.db, id, { nombre: 1, departements: ['62'] });
    await base.owner.query(
      `with s as (
         insert into seance (programme_id, date, vague_id) select id, '2021-07-07', $1 from programme returning id
       ), d as (
         insert into decision (structure_id, seance_id, resultat)
         select (select structure_id from candidature where vague_id = $1), id, 'retenue' from s returning id
       ), e as (
         insert into engagement (enveloppe_id, montant_centimes) select id, 100 from enveloppe order by id limit 1 returning id
       )
       insert into decision_ligne (decision_id, categorie, postes, engagement_id, regime_variante_id)
       select d.id, 'publique', 7, e.id, (select id from regime_variante limit 1) from d, e`,
      [id],
    );
    expect(
      await annulerVague(base.db, acteur, {
        id,
        version: (await lire(id)).version,
        motif: 'Essai',
        adresse: 'http://maillage.test',
      }),
    ).toMatchObject({ refus: 'garde', message: expect.stringContaining('a retenu 7 postes') });
    const { lignes } = await lireListe(base.db, listeVagues, {
      filtres: {},
      tri: listeVagues.tri,
      debut: 0,
      limite: 99,
    });
    expect(lignes.find((ligne) => ligne.id === id)?.retenus).toBe(7);
  });

  it('cancelled, tells each applicant’s managers once, and takes no submission for that reason', async () => {
    const id = await semerVague(base.db, { rang: 77 });
    await semerCandidatures(base.db, id, { nombre: 3, departements: ['80'] });
    const { rows: candidatures } = await base.owner.query<{ id: string; structure_id: string }>(
      'select id, structure_id from candidature where vague_id = $1 order by numero',
      [id],
    );
    const [deposee, brouillon, abandonnee] = candidatures;
    if (!deposee || !brouillon || !abandonnee) throw new Error('three applications');
    for (const [statut, { id: une }] of [
      ['brouillon', brouillon],
      ['abandonnee', abandonnee],
    ] as const)
      await base.db.updateTable('candidature').set({ statut }).where('id', '=', une).execute();
    for (const [rang, { structure_id: structure }] of [deposee, deposee, brouillon, abandonnee].entries())
      await base.owner.query(
        `with p as (insert into personne (courriel, prenom, nom) values ($1, 'Gestion', 'Essai') returning id)
         insert into attribution (personne_id, role, niveau, structure_id, motif)
         select id, 'gestionnaire', 'structure', $2, 'essai' from p`,
        [`gestion${rang}@structure.example`, structure],
      );
    const version = (await lire(id)).version;
    const annuler = () =>
      annulerVague(base.db, acteur, {
        id,
        version,
        motif: 'Budget retiré.',
        adresse: 'http://maillage.test',
      });
    const [une, autre] = await Promise.all([annuler(), annuler()]);
    expect([une.ok, autre.ok].toSorted()).toEqual([false, true]);
    const { rows: courriels } = await base.owner.query<{ destinataire: string; contenu: unknown }>(
      `select destinataire, contenu from courriel where cle like 'vague annulee %' order by destinataire`,
    );
    expect(courriels.map(({ destinataire }) => destinataire)).toEqual([
      'gestion0@structure.example',
      'gestion1@structure.example',
      'gestion2@structure.example',
    ]);
    expect(JSON.stringify(courriels[0]?.contenu)).toContain('Budget retiré.');
    expect(JSON.stringify(courriels[0]?.contenu)).toContain(`/candidatures/${deposee.id}`);
    expect(
      await changerStatut(base.db, workflowCandidature, acteur, {
        id: brouillon.id,
        version: 1,
        nom: 'deposer',
      }),
    ).toMatchObject({ refus: 'garde', message: expect.stringContaining('La vague est annulée') });
  });

  it('is known to the command line as before', async () => {
    const done = await definirVague(base.db, acteur, {
      rang: 42,
      nom: 'Par la commande',
      ouvreLe: '2021-04-01',
      ouverturePrecision: 'mois',
      priorites: ['les tiers-lieux'],
    });
    if (!done.ok) throw new Error(done.message);
    expect(await lire(done.valeur)).toMatchObject({ statut: 'publiee', ouverturePrecision: 'mois' });
    // Again, until something depends on it.
    const encore = { rang: 42, nom: 'Autrement', ouvreLe: null, ouverturePrecision: 'mois', priorites: [] };
    expect(await definirVague(base.db, acteur, encore)).toMatchObject({ ok: true });
    await base.owner.query(
      `insert into seance (programme_id, date, vague_id) select programme_id, '2030-01-01', id from vague where id = $1`,
      [done.valeur],
    );
    expect(await definirVague(base.db, acteur, encore)).toMatchObject({ refus: 'rang' });
  });
});
