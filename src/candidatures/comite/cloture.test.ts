import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endosser } from '../../platform/database/acteur.ts';
import { connectDatabase, type Database } from '../../platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { acteurPersonne } from '../../platform/journal.ts';
import { lirePage } from '../../platform/listes/index.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { installerProgramme } from '../../programme/index.ts';
import { annulerVague } from '../../programme/vagues/acts.ts';
import { workflowCandidature } from '../workflow.ts';
import { cloreSeance, rouvrirSeance } from './cloture.acts.ts';
import { compterSuites, listPrefecturesARegler } from './cloture.store.ts';
import {
  creerFileDeNotification,
  ecartsDesCompteurs,
  operateur,
  semerDossiers,
  semerMembre,
  semerSeance,
} from './comite.fixtures.ts';
import { declarerConflit, leverConflit } from './conflits.acts.ts';
import { deliberer } from './deliberation.acts.ts';
import { listeDossiers } from './listes.ts';
import { reouvertureEmpechee } from './rules.ts';
import { noterPresences, ouvrirSeance, supprimerSeance } from './seances.acts.ts';
import { lireJauges } from './seances.store.ts';
import { promouvoir, retirerDecision } from './suites.acts.ts';

let base: TestDatabase;
let application: Database;
beforeAll(async () => {
  base = await withTestDatabase();
  application = connectDatabase(base.adresses, 'application', 5);
  await installerProgramme(base.db, operateur);
  await creerFileDeNotification(base.owner);
});
afterAll(async () => {
  await application.destroy();
  await base.close();
});

let suivant = 0;
const semer = async (nombre: number, objectifPostes?: number) => {
  suivant += 1;
  const vague = await semerDossiers(base.db, nombre, {
    rang: 20 + suivant,
    ...(objectifPostes === undefined ? {} : { objectifPostes }),
  });
  const [president, secretaire, membre] = await Promise.all(
    ['President', 'Secretaire', 'Membre'].map((nom) => semerMembre(base.db, `${nom}${suivant}`)),
  );
  if (!president || !secretaire || !membre) throw new Error('three members');
  const seance = await semerSeance(base.db, vague, {
    numero: suivant,
    date: `2021-06-${String(suivant).padStart(2, '0')}`,
    membres: [
      { personne: president.personne, fonction: 'president' },
      { personne: secretaire.personne, fonction: 'secretaire' },
      { personne: membre.personne, fonction: 'membre' },
    ],
  });
  const dossiers = await base.db
    .selectFrom('candidature')
    .select(['id', 'version'])
    .where('vague_id', '=', vague)
    .orderBy('numero')
    .execute();
  return { vague, seance, dossiers: dossiers.map(({ id }) => id), president, secretaire, membre };
};
type Semee = Awaited<ReturnType<typeof semer>>;

/** Acts as a member does on the site, behind the row wall. */
const comme = <Valeur>(
  { personne, attribution }: { readonly personne: string; readonly attribution: string },
  travail: (db: Database, acteur: ReturnType<typeof acteurPersonne>) => Promise<Valeur>,
): Promise<Valeur> =>
  application.transaction().execute(async (transaction) => {
    await endosser(transaction, personne, attribution);
    return travail(transaction, acteurPersonne(personne, 'membre_comite'));
  });

const versionDe = async (table: 'seance' | 'candidature', id: string): Promise<number> =>
  (await base.db.selectFrom(table).select('version').where('id', '=', id).executeTakeFirstOrThrow()).version;
const statutDe = async (id: string | undefined): Promise<string | undefined> =>
  (
    await base.db
      .selectFrom('candidature')
      .select('statut')
      .where('id', '=', id ?? '')
      .executeTakeFirst()
  )?.statut;
const clore = async ({ seance }: Pick<Semee, 'seance'>) =>
  cloreSeance(base.db, operateur, { seanceId: seance, version: await versionDe('seance', seance) });

/** Retains, refuses, adjourns, puts on the list the first four; the others are left. */
const deciderQuatre = async ({ seance, dossiers }: Semee) => {
  const [a = '', b = '', c = '', d = ''] = dossiers;
  const choix = [
    { candidatureId: a, resultat: 'retenue', postes: 1, mode: 'forfait' },
    { candidatureId: b, resultat: 'refusee', motif: 'Projet trop éloigné des besoins.' },
    { candidatureId: c, resultat: 'ajournee', motif: 'Plan de financement à préciser.' },
    { candidatureId: d, resultat: 'liste_attente' },
  ] as const;
  for (const un of choix)
    expect(await deliberer(base.db, operateur, { seanceId: seance, ...un })).toMatchObject({ ok: true });
  return { a, b, c, d };
};

/** Sent back, corrected and given an opinion again, as if the structure had asked for fewer posts. */
const redeposer = async (id: string, postes: number): Promise<void> => {
  for (const nom of ['demander_correction', 'corriger', 'rendre_avis'] as const) {
    if (nom === 'corriger')
      await sql`update candidature set postes_demandes = ${postes}, deposee_le = clock_timestamp() where id = ${id}`.execute(
        base.db,
      );
    expect(
      await changerStatut(base.db, workflowCandidature, operateur, {
        id,
        nom,
        version: await versionDe('candidature', id),
      }),
    ).toMatchObject({ ok: true });
  }
};

describe('closing a session', () => {
  it('does not apply what was decided before a file was submitted again', async () => {
    const semee = await semer(2, 10);
    const [a = '', b = ''] = semee.dossiers;
    await sql`update candidature set postes_demandes = 5 where vague_id = ${semee.vague}`.execute(base.db);
    for (const candidatureId of [a, b])
      expect(
        await deliberer(base.db, operateur, {
          seanceId: semee.seance,
          candidatureId,
          resultat: 'retenue',
          postes: 5,
        }),
      ).toMatchObject({ ok: true });
    await redeposer(a, 2);
    const lue = await lirePage(
      base.db,
      listeDossiers,
      { filtres: { decision: 'a_decider' }, tri: listeDossiers.tri, page: 1, colonnes: undefined },
      { seance: semee.seance },
    );
    expect(lue?.lignes.map(({ id, decision }) => [id, decision])).toEqual([[a, 'À décider de nouveau']]);
    expect(await clore(semee)).toMatchObject({ ok: true, valeur: { decisions: 1 } });
    expect(await Promise.all([a, b].map(statutDe))).toEqual(['instruite', 'retenue']);
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
  });

  it('writes to whom the submission names, not to whom is being typed', async () => {
    const semee = await semer(4);
    const { a } = await deciderQuatre(semee);
    await sql`insert into candidature_version (candidature_id, numero, contenu)
      values (${a}, 1, ${JSON.stringify({ saisie: { representant_nom: 'Deposee', contact_courriel: 'vraie@exemple.fr' } })})`.execute(
      base.db,
    );
    await sql`update candidature set saisie = '{"representant_nom": "Tapee", "contact_courriel": "fausse@"}'
      where id = ${a}`.execute(base.db);
    expect(await clore(semee)).toMatchObject({ ok: true });
    const { rows } = await sql`select contenu -> 'destinataire' as qui from acte_de_seance
      where candidature_id = ${a}`.execute(base.db);
    expect(rows).toEqual([
      { qui: expect.objectContaining({ nom: 'Deposee', courriel: 'vraie@exemple.fr' }) },
    ]);
  });

  it('leaves a late quota with what is held, promoted posts included, and follows what is withdrawn', async () => {
    const semee = await semer(4, 10);
    const { a, d } = await deciderQuatre(semee);
    expect(await clore(semee)).toMatchObject({ ok: true });
    const decisionDe = async (candidature: string) =>
      (
        await base.db
          .selectFrom('decision')
          .select('id')
          .where('candidature_id', '=', candidature)
          .executeTakeFirstOrThrow()
      ).id;
    const suite = async (candidature: string) => ({
      decisionId: await decisionDe(candidature),
      version: await versionDe('candidature', candidature),
      motif: 'Essai.',
      fondement: 'illegalite' as const,
    });
    expect(await promouvoir(base.db, operateur, { ...(await suite(d)), postes: 1 })).toMatchObject({
      ok: true,
    });
    await sql`insert into vague_quota (vague_id, departement_code, maximum) values (${semee.vague}, '02', 2)`.execute(
      base.db,
    );
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
    // What was promoted can be withdrawn: the quota follows.
    expect(await retirerDecision(base.db, operateur, await suite(a))).toMatchObject({ ok: true });
    expect(await retirerDecision(base.db, operateur, await suite(d))).toMatchObject({ ok: true });
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
  });

  it('gives no hold on a file that an adjourned decision does not retain', async () => {
    const semee = await semer(4);
    const { c } = await deciderQuatre(semee);
    expect(await clore(semee)).toMatchObject({ ok: true });
    const { id } = await base.db
      .selectFrom('decision')
      .select('id')
      .where('candidature_id', '=', c)
      .executeTakeFirstOrThrow();
    // Retained since by another session.
    await sql`update candidature set statut = 'retenue' where id = ${c}`.execute(base.db);
    const suite = {
      decisionId: id,
      version: await versionDe('candidature', c),
      motif: 'Essai.',
      fondement: 'illegalite' as const,
    };
    expect(await retirerDecision(base.db, operateur, suite)).toMatchObject({ refus: 'absent' });
    expect(await promouvoir(base.db, operateur, { ...suite, postes: 1 })).toMatchObject({ refus: 'absent' });
  });

  it('decides each file, writes each letter and the minutes once, and leaves the rest to the next one', async () => {
    const semee = await semer(6);
    const { a, b, c, d } = await deciderQuatre(semee);
    // The structure takes a file back between the decision and the closing.
    const retiree = semee.dossiers[4] ?? '';
    await deliberer(base.db, operateur, {
      seanceId: semee.seance,
      candidatureId: retiree,
      resultat: 'retenue',
      postes: 1,
    });
    await changerStatut(base.db, workflowCandidature, operateur, {
      id: retiree,
      nom: 'retirer',
      version: await versionDe('candidature', retiree),
      motif: 'Plus besoin.',
    });
    expect(await clore(semee)).toMatchObject({ ok: true, valeur: { decisions: 4, cloture: 1 } });
    expect(await Promise.all([a, b, c, d, retiree, semee.dossiers[5]].map(statutDe))).toEqual([
      'retenue',
      'refusee',
      'ajournee',
      'liste_attente',
      'retiree',
      'instruite',
    ]);
    const decisions = await base.db
      .selectFrom('decision')
      .leftJoin('decision_ligne', 'decision_ligne.decision_id', 'decision.id')
      .select(['resultat', 'decision_ligne.postes', 'publiee_le as publiee'])
      .where('seance_id', '=', semee.seance)
      .orderBy('resultat')
      .execute();
    expect(decisions).toEqual([
      { resultat: 'ajournee', postes: null, publiee: null },
      { resultat: 'liste_attente', postes: null, publiee: null },
      { resultat: 'refusee', postes: null, publiee: null },
      { resultat: 'retenue', postes: 1, publiee: null },
    ]);
    const actes = await base.db
      .selectFrom('acte_de_seance')
      .select(['genre', 'contenu'])
      .where('seance_id', '=', semee.seance)
      .execute();
    expect(actes.map(({ genre }) => genre).toSorted()).toEqual([
      'lettre',
      'lettre',
      'lettre',
      'lettre',
      'proces_verbal',
    ]);
    const pv = actes.find(({ genre }) => genre === 'proces_verbal')?.contenu;
    expect(pv).toMatchObject({
      decisions: { length: 4 },
      nonDecidees: { length: 1 },
      membres: { length: 3 },
    });
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
    const { rows } = await base.owner.query(`select data from pgboss.job where name = 'notifier-decisions'`);
    expect(rows).toContainEqual({ data: { seanceId: semee.seance, cloture: 1 } });
    // Closed: nothing more is decided, and it is closed once.
    expect(await clore(semee)).toMatchObject({ refus: 'etat' });
    expect(
      await deliberer(base.db, operateur, {
        seanceId: semee.seance,
        candidatureId: semee.dossiers[5] ?? '',
        resultat: 'liste_attente',
      }),
    ).toMatchObject({ refus: 'seance' });
  });

  it('is all or nothing', async () => {
    const semee = await semer(5);
    const { b } = await deciderQuatre(semee);
    await sql`update structure set a_verifier = true where id = (select structure_id from candidature where id = ${b})`.execute(
      base.db,
    );
    expect(await clore(semee)).toMatchObject({
      refus: 'garde',
      message: expect.stringContaining('Candidature n°'),
    });
    expect(await Promise.all(semee.dossiers.map(statutDe))).toEqual(Array(5).fill('instruite'));
    expect(
      await base.db.selectFrom('decision').where('seance_id', '=', semee.seance).selectAll().execute(),
    ).toEqual([]);
  });

  it('says whose letters would lack an address or a signatory, to who keeps it and to nobody else', async () => {
    const semee = await semer(4);
    await deciderQuatre(semee);
    const lire = (membre: Parameters<typeof comme>[0]) =>
      comme(membre, (db) => listPrefecturesARegler(db, semee.seance));
    const rien = { code: '02', nom: 'Aisne', sansAdresse: true, sansSignataire: true };
    expect(await lire(semee.president)).toEqual([rien]);
    expect(await lire((await semer(1)).president)).toEqual([]);
    await sql`insert into signataire (departement_code, nom, fonction, debut, fin)
      values ('02', 'Parti', 'Préfet', '2020-01-01', '2020-12-31')`.execute(base.db);
    expect(await lire(semee.president)).toEqual([rien]);
    await sql`insert into signataire (departement_code, nom, fonction, debut)
      values ('02', 'Dominique Martin', 'Préfet', '2021-01-01')`.execute(base.db);
    expect(await lire(semee.president)).toEqual([{ ...rien, sansSignataire: false }]);
    await sql`insert into en_tete (departement_code, service, adresse, lieu, sources)
      values ('02', '{Préfecture}', '{2 rue Paul-Doumer}', 'Laon', '{saisie}')`.execute(base.db);
    expect(await lire(semee.president)).toEqual([]);
  });

  it('takes a few seconds for 1 450 files', async () => {
    const semee = await semer(1450);
    await sql`
      with variante as (
        select regime_variante.id from regime_variante join regime on regime.id = regime_id
        where mode = 'forfait' and categorie = 'publique' and territoire = 'metropole' limit 1
      ), engage as (
        insert into engagement (id, enveloppe_id, montant_centimes)
        select candidature.id, (select id from enveloppe limit 1), 1000 from candidature where vague_id = ${semee.vague}
        returning id
      )
      insert into deliberation (seance_id, candidature_id, resultat, postes, regime_variante_id, engagement_id)
      select ${semee.seance}, engage.id, 'retenue', 1, variante.id, engage.id from engage, variante`.execute(
      base.db,
    );
    const debut = performance.now();
    expect(await clore(semee)).toMatchObject({ ok: true, valeur: { decisions: 1450 } });
    const duree = performance.now() - debut;
    console.log(`closing 1 450 files: ${Math.round(duree)} ms`);
    expect(duree).toBeLessThan(15_000);
  });

  it('is for who keeps the session and sees all that it decided', async () => {
    const semee = await semer(4);
    const { a } = await deciderQuatre(semee);
    const version = await versionDe('seance', semee.seance);
    const demande = { seanceId: semee.seance, version };
    expect(await comme(semee.membre, (db, acteur) => cloreSeance(db, acteur, demande))).toMatchObject({
      refus: 'droits',
    });
    await comme(semee.secretaire, (db, acteur) =>
      declarerConflit(db, acteur, { candidatureId: a, motif: 'Mon employeur.' }),
    );
    expect(await comme(semee.secretaire, (db, acteur) => cloreSeance(db, acteur, demande))).toMatchObject({
      refus: 'conflit',
    });
    expect(await comme(semee.president, (db, acteur) => cloreSeance(db, acteur, demande))).toMatchObject({
      ok: true,
      valeur: { decisions: 4 },
    });
  });
});

describe('the row wall of what a session decides', () => {
  it('lets who keeps it change the files of its wave and commit money, no other member and no other wave', async () => {
    const sienne = await semer(1);
    const autre = await semer(1);
    const faire = (qui: Parameters<typeof comme>[0], candidature: string | undefined) =>
      comme(qui, async (db) => {
        const lus = await sql`select 1 from candidature where id = ${candidature}`.execute(db);
        const changes = await sql`update candidature set version = version where id = ${candidature}`.execute(
          db,
        );
        return [lus.rows.length, Number(changes.numAffectedRows)];
      });
    const engager = (qui: Parameters<typeof comme>[0]) =>
      comme(qui, (db) =>
        sql`insert into engagement (enveloppe_id, montant_centimes)
          select id, 0 from enveloppe order by code limit 1`.execute(db),
      );
    for (const qui of [sienne.president, sienne.secretaire]) {
      expect(await faire(qui, sienne.dossiers[0])).toEqual([1, 1]);
      expect(await faire(qui, autre.dossiers[0])).toEqual([1, 0]);
      expect(await engager(qui)).toMatchObject({ numAffectedRows: 1n });
    }
    expect(await faire(sienne.membre, sienne.dossiers[0])).toEqual([1, 0]);
    await expect(engager(sienne.membre)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('a conflict of interest', () => {
  /** All that a member sees of a file, table by table. */
  const vus = (membre: Semee['membre'], candidature: string) =>
    comme(membre, async (db) => {
      const { rows } = await sql<Record<string, number>>`
        select (select count(*) from candidature where id = ${candidature})::integer as candidature,
          (select count(*) from candidature_avis where candidature_id = ${candidature})::integer as avis,
          (select count(*) from notation where candidature_id = ${candidature})::integer as notes,
          (select count(*) from deliberation where candidature_id = ${candidature})::integer as deliberations,
          (select count(*) from decision where candidature_id = ${candidature})::integer as decisions,
          (select count(*) from decision_ligne)::integer as lignes,
          (select count(*) from ligne_retenue)::integer as retenues,
          (select count(*) from engagement)::integer as engagements,
          (select count(*) from acte_de_seance where genre = 'proces_verbal')::integer as proces_verbaux,
          (select count(*) from conflits_de_seance((select seance_id from seance_membre where personne_id = acteur_personne()))
            where candidature_id = ${candidature})::integer as conflits`.execute(db);
      return rows[0];
    });

  it('hides the file, its scores, what is decided of it and the minutes, until it is lifted', async () => {
    const semee = await semer(4);
    const { a } = await deciderQuatre(semee);
    const critere = await base.db
      .selectFrom('vague_critere')
      .select('id')
      .where('vague_id', '=', semee.vague)
      .executeTakeFirstOrThrow();
    await base.db
      .insertInto('notation')
      .values(
        [semee.membre, semee.president].map(({ personne }) => ({
          candidature_id: a,
          critere_id: critere.id,
          personne_id: personne,
          note: 5,
        })),
      )
      .execute();
    expect(
      await comme(semee.membre, (db, acteur) =>
        declarerConflit(db, acteur, { candidatureId: a, motif: 'Mon employeur.' }),
      ),
    ).toMatchObject({ ok: true });
    await clore(semee);
    const sans = await vus(semee.membre, a);
    const avec = await vus(semee.president, a);
    expect(sans).toMatchObject({
      candidature: 0,
      avis: 0,
      notes: 0,
      deliberations: 0,
      decisions: 0,
      conflits: 0,
    });
    // The member's own score went with the declaration.
    expect(avec).toMatchObject({
      candidature: 1,
      avis: 1,
      notes: 1,
      deliberations: 1,
      decisions: 1,
      conflits: 1,
    });
    expect({ ...avec }).toMatchObject({
      lignes: (sans?.['lignes'] ?? 0) + 1,
      retenues: (sans?.['retenues'] ?? 0) + 1,
      engagements: (sans?.['engagements'] ?? 0) + 1,
      proces_verbaux: 1,
    });
    expect(sans?.['proces_verbaux']).toBe(0);
    expect(
      await comme(semee.membre, (db, acteur) =>
        leverConflit(db, acteur, { candidatureId: a, personneId: semee.membre.personne, motif: 'Fini.' }),
      ),
    ).toMatchObject({ refus: 'droits' });
    await leverConflit(base.db, operateur, {
      candidatureId: a,
      personneId: semee.membre.personne,
      motif: 'A quitté.',
    });
    expect(await vus(semee.membre, a)).toMatchObject({ candidature: 1, decisions: 1, proces_verbaux: 1 });
  });
});

describe('after a closing', () => {
  it('a session is reopened for a reason, its decisions undone and its money kept, and closed again', async () => {
    const semee = await semer(4);
    await deciderQuatre(semee);
    await clore(semee);
    const engage = () =>
      base.db.selectFrom('enveloppe').select('engage_centimes').orderBy('code').executeTakeFirst();
    const avant = await engage();
    const rouvrir = async (motif: string) =>
      rouvrirSeance(base.db, operateur, {
        adresse: 'https://maillage.example.fr',
        seanceId: semee.seance,
        version: await versionDe('seance', semee.seance),
        motif,
      });
    expect(await rouvrir(' ')).toMatchObject({ refus: 'motif' });
    expect(await rouvrir('Erreur matérielle au dossier 1.')).toMatchObject({
      ok: true,
      valeur: { decisions: 4 },
    });
    expect(await engage()).toEqual(avant);
    expect(await Promise.all(semee.dossiers.map(statutDe))).toEqual(Array(4).fill('instruite'));
    expect(await clore(semee)).toMatchObject({ ok: true, valeur: { decisions: 4, cloture: 2 } });
    await base.db
      .updateTable('decision')
      .set({ publiee_le: new Date() })
      .where('seance_id', '=', semee.seance)
      .where('resultat', '=', 'retenue')
      .execute();
    expect(await rouvrir('Trop tard.')).toMatchObject({
      refus: 'annoncee',
      message: expect.stringContaining('1 décision est annoncée'),
    });
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
  });

  it('a withdrawn decision gives its posts back, and the waiting list takes them, in its order and no further', async () => {
    const semee = await semer(4, 1);
    const [a = '', b = '', c = ''] = semee.dossiers;
    for (const un of [
      { candidatureId: a, resultat: 'retenue', postes: 1, mode: 'forfait' },
      { candidatureId: b, resultat: 'liste_attente' },
      { candidatureId: c, resultat: 'liste_attente' },
    ] as const)
      await deliberer(base.db, operateur, { seanceId: semee.seance, ...un });
    await clore(semee);
    const suite = async (candidature: string) => {
      const { id } = await base.db
        .selectFrom('decision')
        .select('id')
        .where('candidature_id', '=', candidature)
        .executeTakeFirstOrThrow();
      return {
        decisionId: id,
        version: await versionDe('candidature', candidature),
        motif: 'Des postes sont revenus.',
        fondement: 'illegalite' as const,
      };
    };
    expect(await promouvoir(base.db, operateur, { ...(await suite(b)), postes: 1 })).toMatchObject({
      refus: 'objectif',
      message: expect.stringContaining('il ne reste aucun poste'),
    });
    // Four months after it was taken, only what is not bound by that time withdraws it.
    const prendre = (quand: string) =>
      sql`update seance set close_le = (current_date - ${quand}::interval + interval '12 hours') where id = ${semee.seance}`.execute(
        base.db,
      );
    await prendre('4 months 1 day');
    expect(await retirerDecision(base.db, operateur, await suite(a))).toMatchObject({
      refus: 'fondement',
      message: expect.stringContaining('dans les quatre mois'),
    });
    await prendre('3 months 20 days');
    expect(await retirerDecision(base.db, operateur, await suite(a))).toMatchObject({ ok: true });
    expect(await promouvoir(base.db, operateur, { ...(await suite(c)), postes: 1 })).toMatchObject({
      refus: 'rang',
    });
    expect(await promouvoir(base.db, operateur, { ...(await suite(b)), postes: 1 })).toMatchObject({
      ok: true,
    });
    expect(await Promise.all([a, b, c].map(statutDe))).toEqual(['refusee', 'retenue', 'liste_attente']);
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
    // And a structure that gives up frees its posts at once.
    await changerStatut(base.db, workflowCandidature, operateur, {
      id: b,
      nom: 'se_desister',
      version: await versionDe('candidature', b),
      motif: 'Pas de candidat.',
    });
    expect(await promouvoir(base.db, operateur, { ...(await suite(c)), postes: 1 })).toMatchObject({
      ok: true,
    });
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
    const lettres = await sql<{ type: string }>`
      select contenu ->> 'type' as type from acte_de_seance where seance_id = ${semee.seance} and genre = 'lettre'
      order by cloture`.execute(base.db);
    expect(lettres.rows.map(({ type }) => type)).toEqual([
      'decision',
      'decision',
      'decision',
      'retrait',
      'promotion',
      'promotion',
    ]);
    expect(
      await rouvrirSeance(base.db, operateur, {
        adresse: 'https://maillage.example.fr',
        seanceId: semee.seance,
        version: await versionDe('seance', semee.seance),
        motif: 'Encore.',
      }),
    ).toMatchObject({ refus: 'suites' });
    expect(reouvertureEmpechee(await compterSuites(base.db, semee.seance))?.message).toContain(
      'ne se rouvre plus',
    );
    expect((await lireJauges(base.db, { id: semee.seance, vagueId: semee.vague })).compte).toMatchObject({
      retenue: 1,
      liste_attente: 2,
      retirees: 1,
      rendues: 1,
      promues: 2,
    });
  });

  it('knows no decision that does not exist', async () => {
    expect(
      await retirerDecision(base.db, operateur, {
        decisionId: randomUUID(),
        version: 1,
        motif: 'Non.',
        fondement: 'fraude',
      }),
    ).toMatchObject({ refus: 'absent' });
  });
});

describe('a session prepared by mistake', () => {
  const preparer = async (vague: string) => {
    suivant += 1;
    const membre = await semerMembre(base.db, `Erreur${suivant}`);
    const seance = await semerSeance(base.db, vague, {
      numero: suivant,
      date: `2021-07-${String(suivant).padStart(2, '0')}`,
      statut: 'preparation',
      membres: [{ personne: membre.personne, fonction: 'president' }],
    });
    return { seance, membre, numero: suivant };
  };
  const supprimer = async (id: string) =>
    supprimerSeance(base.db, operateur, { id, version: await versionDe('seance', id) });

  it('is deleted with its members, and gives its number back', async () => {
    const { vague } = await semer(1);
    const { seance, numero } = await preparer(vague);
    expect(await supprimerSeance(base.db, operateur, { id: seance, version: 99 })).toMatchObject({
      refus: 'version',
    });
    expect(await supprimer(seance)).toMatchObject({ ok: true });
    expect(await supprimerSeance(base.db, operateur, { id: seance, version: 1 })).toMatchObject({
      refus: 'absent',
    });
    expect(await semerSeance(base.db, vague, { numero, date: '2021-08-01', statut: 'preparation' })).not.toBe(
      seance,
    );
    const { rows } = await sql`select contenu ->> 'numero' as numero from journal
      where acte = 'seance.supprimer' and objet_id = ${seance}`.execute(base.db);
    expect(rows).toEqual([{ numero: String(numero) }]);
  });

  it('stays once it was opened, or once its files are scored and no other session has them', async () => {
    const semee = await semer(1);
    expect(await supprimer(semee.seance)).toMatchObject({ refus: 'version' });
    const vague = await semerDossiers(base.db, 1, { rang: 90 + suivant });
    const { seance, membre } = await preparer(vague);
    await sql`
      insert into notation (candidature_id, critere_id, personne_id, note)
      select candidature.id, critere.id, ${membre.personne}, 3
      from candidature join vague_critere critere on critere.vague_id = candidature.vague_id
      where candidature.vague_id = ${vague}`.execute(base.db);
    expect(await supprimer(seance)).toMatchObject({ refus: 'etat' });
    const { seance: autre } = await preparer(vague);
    expect(await supprimer(autre)).toMatchObject({ ok: true });
    expect(await supprimer(seance)).toMatchObject({ refus: 'etat' });
  });
});

describe('a session that is open', () => {
  it('keeps its quorum until it closes', async () => {
    const semee = await semer(1);
    const presents = [semee.president.personne, semee.secretaire.personne, semee.membre.personne];
    expect(await noterPresences(base.db, operateur, { seanceId: semee.seance, presents })).toMatchObject({
      ok: true,
    });
    expect(
      await noterPresences(base.db, operateur, { seanceId: semee.seance, presents: presents.slice(1) }),
    ).toMatchObject({ ok: false, refus: 'quorum' });
    const { rows } = await sql`select count(*)::integer as n from seance_membre
      where seance_id = ${semee.seance} and present`.execute(base.db);
    expect(rows).toEqual([{ n: 3 }]);
  });

  it('keeps its wave: it is cancelled neither before nor while the session opens', async () => {
    const semee = await semer(1);
    const version = async () =>
      (
        await base.db
          .selectFrom('vague')
          .select('version')
          .where('id', '=', semee.vague)
          .executeTakeFirstOrThrow()
      ).version;
    const annuler = async () =>
      annulerVague(base.db, operateur, {
        id: semee.vague,
        version: await version(),
        motif: 'Essai.',
        adresse: 'https://maillage.example',
      });
    expect(await annuler()).toMatchObject({
      ok: false,
      message: expect.stringContaining('Une séance du comité est ouverte'),
    });
    // In preparation again: one transaction opens it, the other cancels the wave and waits.
    await base.owner.query(`update seance set statut = 'preparation' where id = $1`, [semee.seance]);
    const transaction = await base.db.startTransaction().execute();
    expect(
      await ouvrirSeance(transaction, operateur, {
        seanceId: semee.seance,
        version: await versionDe('seance', semee.seance),
      }),
    ).toMatchObject({ ok: true });
    const annulation = annuler();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await transaction.commit().execute();
    expect(await annulation).toMatchObject({ ok: false });
    // And a session of a wave that is cancelled does not open, whatever the pages say.
    await base.owner.query(`update seance set statut = 'preparation' where id = $1`, [semee.seance]);
    expect(await annuler()).toMatchObject({ ok: true });
    await expect(
      base.owner.query(`update seance set statut = 'ouverte' where id = $1`, [semee.seance]),
    ).rejects.toMatchObject({ constraint: 'seance_vague_maintenue' });
  });
});
