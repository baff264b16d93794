import { sql } from 'kysely';
import type pg from 'pg';
import { fromKysely, getConstructionPlans, getMigrationPlans, PgBoss } from 'pg-boss';
import paquet from 'pg-boss/package.json' with { type: 'json' };
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { type Adresses, clientConfig, connectDatabase, type Database } from './database/index.ts';
import { expurger } from './expurger.ts';

/** What a job is given. */
export type OutilsTache = {
  /** Acts for the whole programme. */
  readonly db: Database;
  /** Reaches the tables of signing in. */
  readonly acces: Database;
  readonly clock: Clock;
  /** Address of the site, for links. */
  readonly adresse: string;
  /**
   * Does the work in a transaction that also writes down that this job did it: a job taken up again, after a crash for
   * instance, does it no second time. False when it was done already.
   */
  readonly uneFois: (effet: (transaction: Database) => Promise<void>) => Promise<boolean>;
  /** Aborted when the process stops or the job has lasted too long. */
  readonly signal: AbortSignal;
};

type Tache<Donnees> = {
  /** Name of its queue. */
  readonly nom: string;
  /** What it does, for administrators. */
  readonly libelle: string;
  /** When it runs by itself: cron, time of Paris. Without it, acts ask for it. */
  readonly planification?: string;
  /** Minutes after its hour from which it is late; 30 where absent. */
  readonly tolerance?: number;
  /** Seconds that it may last; 15 minutes where absent. */
  readonly duree?: number;
  readonly donnees: z.ZodType<Donnees>;
  readonly travail: (outils: OutilsTache, donnees: Donnees) => Promise<void>;
};

/** Data are parsed and worked on in one closure, so that jobs of different data stand in one list. */
export type DeclaredTache<Donnees = never> = Omit<Tache<unknown>, 'donnees' | 'travail' | 'tolerance'> & {
  readonly tolerance: number;
  readonly faire: (outils: OutilsTache, brut: unknown) => Promise<void>;
  /** Writes the data as the queue keeps them. */
  readonly ecrire: (donnees: Donnees) => object;
};

/**
 * Declares a job. Its data name things by their identifiers: the queue holds nothing personal. A job may be taken up
 * several times, and its effect must be applied once: `outils.uneFois`, or a work that can be done again.
 */
export const defineTache = <Donnees extends object>({
  donnees,
  travail,
  tolerance = 30,
  ...reste
}: Tache<Donnees>): DeclaredTache<Donnees> => ({
  ...reste,
  tolerance,
  faire: (outils, brut) => travail(outils, donnees.parse(brut)),
  ecrire: (valeurs) => valeurs,
});

/** Of a job that is told nothing. */
export const sansDonnees: z.ZodType<Readonly<Record<string, never>>> = z.record(z.string(), z.never());

const schema = 'pgboss';
/** Held while the tables of the queue are made, so that several processes starting at once make them one after the other. */
const verrou = 727_010;
const versionAttendue = z.object({ pgboss: z.object({ schema: z.int() }) }).parse(paquet).pgboss.schema;

/**
 * Workers rule the queue. Pages ask for a job, or for one more try of one that failed, and read how jobs go: they change
 * neither queues nor schedules, and delete nothing. Said again where a queue of before let them do everything.
 */
const accorder = async (client: pg.ClientBase, nouvelles: boolean): Promise<void> => {
  const { rows } = await client.query<{ fait: boolean }>(`
    select has_table_privilege('maillage_operateur', '${schema}.job', 'delete')
      and not has_table_privilege('maillage_application', '${schema}.job', 'delete') as fait`);
  if (rows[0]?.fait && !nouvelles) return;
  await client.query(`
    grant usage on schema ${schema} to maillage_operateur, maillage_application;
    grant select, insert, update, delete on all tables in schema ${schema} to maillage_operateur;
    grant usage on all sequences in schema ${schema} to maillage_operateur;
    revoke all on all tables in schema ${schema} from maillage_application;
    revoke all on all sequences in schema ${schema} from maillage_application;
    grant select on all tables in schema ${schema} to maillage_application;
    grant insert, update on ${schema}.job, ${schema}.job_common to maillage_application`);
};

/** Makes or migrates the tables of the queue, as their owner, and lets workers and application use them. */
export const installerFile = async (client: pg.ClientBase): Promise<void> => {
  await client.query('select pg_advisory_lock($1)', [verrou]);
  try {
    const { rows } = await client.query<{ table: string | null }>(
      `select to_regclass('${schema}.version')::text as table`,
    );
    const version =
      rows[0]?.table == null
        ? null
        : (await client.query<{ version: number }>(`select version from ${schema}.version`)).rows[0]?.version;
    const nouvelles = version == null || version < versionAttendue;
    if (nouvelles)
      await client.query(version == null ? getConstructionPlans(schema) : getMigrationPlans(schema, version));
    await accorder(client, nouvelles);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [verrou]);
  }
};

/** Reaches the queue in the transaction of an act. */
const avecFile = async <Valeur>(
  transaction: Database,
  travail: (boss: PgBoss) => Promise<Valeur>,
): Promise<Valeur> => {
  const boss = new PgBoss({
    db: fromKysely(transaction),
    schema,
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: false,
    registerInstance: false,
  });
  await boss.start();
  try {
    return await travail(boss);
  } finally {
    await boss.stop({ graceful: false, close: false });
  }
};

/** Asks for a job in the transaction of the act: it is queued if the act ends well. Gives its identifier. */
export const demanderTache = <Donnees>(
  transaction: Database,
  tache: Pick<DeclaredTache<Donnees>, 'nom' | 'ecrire'>,
  donnees: Donnees,
): Promise<string> =>
  avecFile(transaction, async (boss) => {
    const id = await boss.send(tache.nom, tache.ecrire(donnees));
    if (id === null) throw new Error(`job ${tache.nom} was not queued`);
    return id;
  });

/** Runs a scheduled job without waiting for its hour; false when one waits to run already. */
export const avancerTache = (transaction: Database, nom: string): Promise<boolean> =>
  avecFile(transaction, async (boss) => (await boss.send(nom, {})) !== null);

/** Gives a job that failed for good one more try; false when it has not failed. */
export const reprendreTache = async (transaction: Database, nom: string, id: string): Promise<boolean> => {
  const { rows } = await sql`
    select from pgboss.job where name = ${nom} and id = ${id}::uuid and state = 'failed' for update`.execute(
    transaction,
  );
  if (rows.length === 0) return false;
  await avecFile(transaction, (boss) => boss.retry(nom, id));
  return true;
};

/** Applies an effect once for a job, with the proof of it in the same transaction. False when it was there already. */
export const appliquerUneFois = (
  db: Database,
  tache: { readonly id: string; readonly nom: string },
  effet: (transaction: Database) => Promise<void>,
): Promise<boolean> =>
  db.transaction().execute(async (transaction) => {
    // Of two at once, the second waits here for the first, and finds its line if it ended well.
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('tache_faite')
      .values({ id: tache.id, tache: tache.nom })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 1n) return false;
    await effet(transaction);
    return true;
  });

/** Forgets the proofs of jobs that the queue itself has long forgotten. */
export const oublierTachesFaites = async (db: Database): Promise<void> => {
  await sql`delete from tache_faite where faite_le < now() - interval '90 days'`.execute(db);
};

/** Reads the calendar of a schedule; asks nothing of a database. */
const calendrier = new PgBoss({ db: { executeSql: async () => ({ rows: [] }) }, schema });

/** When a schedule is first due after an instant. */
export const prochaineEcheance = (planification: string, depuis: Date): Date | undefined =>
  calendrier.previewSchedule(planification, { tz: 'Europe/Paris', from: depuis, count: 1 })[0];

export type Ouvriers = { readonly fermer: () => Promise<void> };

type Options = {
  readonly adresses: Pick<Adresses, 'operateur' | 'acces'>;
  readonly taches: readonly DeclaredTache[];
  readonly clock: Clock;
  readonly adresse: string;
  readonly signalerPanne: (error: unknown) => void;
};

const noterReussite = (db: Database, nom: string) =>
  sql`
    insert into tache (nom, reussie_le) values (${nom}, now())
    on conflict (nom) do update set reussie_le = excluded.reussie_le`.execute(db);

const noterEchec = (db: Database, nom: string, error: string) => {
  return sql`
    insert into tache (nom, echouee_le, derniere_erreur) values (${nom}, now(), ${error})
    on conflict (nom) do update set echouee_le = excluded.echouee_le, derniere_erreur = excluded.derniere_erreur`.execute(
    db,
  );
};

/** A worker says at this pace that it lives; silent for so long, its job is taken up by another (seconds). */
const battement = 60;

/**
 * Works at the jobs of the catalogue, beside the workers of other processes: each job is one worker's, each schedule
 * runs once for all. `fermer` lets the jobs under way end, a few seconds at most; what is cut is taken up again.
 */
export const ouvrirOuvriers = async ({
  adresses,
  taches,
  clock,
  adresse,
  signalerPanne,
}: Options): Promise<Ouvriers> => {
  const { connectionString, options } = clientConfig(adresses.operateur, 'operateur');
  const boss = new PgBoss({
    ...(connectionString === undefined ? {} : { connectionString }),
    ...(options === undefined ? {} : { options }),
    application_name: 'maillage taches',
    max: 4,
    schema,
    migrate: false,
    createSchema: false,
    useListenNotify: true,
    registerInstance: false,
    // What only the owner of the tables may do.
    reindex: false,
    monitorVacuum: false,
  });
  boss.on('error', signalerPanne);
  const db = connectDatabase(adresses, 'operateur', 4);
  const acces = connectDatabase(adresses, 'acces', 1);
  const fermer = async (): Promise<void> => {
    await boss.stop({ timeout: 4_000 });
    await Promise.all([db.destroy(), acces.destroy()]);
  };
  try {
    await boss.start();
    await declarer(boss, db, taches);
    for (const tache of taches) {
      await boss.work(tache.nom, { pollingIntervalSeconds: 10 }, async ([job]) => {
        if (job === undefined) return;
        const { id, data, signal } = job;
        const uneFois: OutilsTache['uneFois'] = (effet) =>
          appliquerUneFois(db, { id, nom: tache.nom }, effet);
        try {
          await tache.faire({ db, acces, clock, adresse, uneFois, signal }, data);
        } catch (error) {
          signalerPanne(error);
          // The error itself goes to the operator's log; what the database keeps is read by administrators.
          const cause = expurger(error instanceof Error ? error.message : String(error));
          await noterEchec(db, tache.nom, cause);
          throw new Error(cause);
        }
        await noterReussite(db, tache.nom);
      });
    }
    return { fermer };
  } catch (error) {
    await fermer().catch(() => undefined);
    throw error;
  }
};

/** Brings queues and schedules to what the catalogue says; schedules of jobs that are no more end. */
const declarer = async (boss: PgBoss, db: Database, taches: readonly DeclaredTache[]): Promise<void> => {
  for (const { nom, planification, duree = 900 } of taches) {
    const reglages = {
      notify: true,
      expireInSeconds: duree,
      heartbeatSeconds: battement,
      retryLimit: 5,
      retryDelay: 30,
      retryBackoff: true,
      retryDelayMax: 3_600,
    };
    // Of a schedule, one that waits and one that runs are enough.
    await boss.createQueue(nom, {
      ...reglages,
      policy: planification === undefined ? 'standard' : 'stately',
    });
    const { heartbeatSeconds: _fixed, ...modifiables } = reglages;
    await boss.updateQueue(nom, modifiables);
    if (planification === undefined) continue;
    // After a stop that lasted over its hour, it runs once.
    await boss.schedule(nom, planification, {}, { tz: 'Europe/Paris', missed: 'once' });
    await db
      .insertInto('tache')
      .values({ nom })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const planifiees = taches.filter(({ planification }) => planification !== undefined).map(({ nom }) => nom);
  for (const { name, key } of await boss.getSchedules())
    if (!planifiees.includes(name)) await boss.unschedule(name, key);
};

/** The same without working at them: an act may then ask for a job before any worker has started. */
export const declarerTaches = (db: Database, taches: readonly DeclaredTache[]): Promise<void> =>
  avecFile(db, (boss) => declarer(boss, db, taches));
