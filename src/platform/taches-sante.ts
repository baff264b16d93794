import { sql } from 'kysely';
import type { Clock } from './clock.ts';
import type { Database } from './database/index.ts';
import { type DeclaredTache, prochaineEcheance } from './taches.ts';

/** How jobs and mail go, in numbers alone: nothing personal. */
export type SanteTaches = {
  readonly etat: 'bon' | 'alerte';
  /** What is wrong, in sentences. */
  readonly alertes: readonly string[];
  readonly taches: readonly {
    readonly nom: string;
    readonly libelle: string;
    readonly planification: string;
    readonly reussie_le: string | null;
    /** When it is, or was, to run next. */
    readonly attendue_le: string | null;
    readonly retard_minutes: number;
  }[];
  readonly files: readonly File[];
  readonly courriels: {
    readonly expedition: 'active' | 'non configurée';
    readonly en_attente: number;
    readonly abandonnes: number;
    /** How long the mail that should have left first has waited since. */
    readonly retard_minutes: number;
  };
};

type File = {
  readonly nom: string;
  readonly en_attente: number;
  readonly en_cours: number;
  readonly echouees: number;
  readonly retard_minutes: number;
};

type Options = {
  readonly taches: readonly DeclaredTache[];
  readonly clock: Clock;
  /** Whether an SMTP server is set. */
  readonly expedition: boolean;
  /** The demonstration may keep its mail to itself. */
  readonly demonstration: boolean;
};

/** A queue is congested beyond so many jobs that could run, or minutes that one of them waits. */
const encombrement = { nombre: 1_000, minutes: 15 } as const;

const lireFiles = async (db: Database, noms: readonly string[]): Promise<readonly File[]> => {
  const { rows } = await sql<File>`
    select nom, count(*) filter (where prete)::int as en_attente, count(*) filter (where state = 'active')::int as en_cours,
      count(*) filter (where state = 'failed')::int as echouees,
      coalesce(floor(extract(epoch from now() - min(start_after) filter (where prete)) / 60), 0)::int as retard_minutes
    from unnest(${[...noms]}::text[]) as nom
    left join (select *, state in ('created', 'retry') and start_after <= now() as prete from pgboss.job) job
      on job.name = nom
    group by nom order by nom`.execute(db);
  return rows;
};

type Courriels = Omit<SanteTaches['courriels'], 'expedition'>;

/** The mails that wait to leave and those that were given up, and by how many minutes the first is late. */
export const compterCourriels = async (db: Database): Promise<Courriels> => {
  const { rows } = await sql<Courriels>`
    select count(*) filter (where statut = 'en_attente')::int as en_attente,
      count(*) filter (where statut = 'abandonne')::int as abandonnes,
      coalesce(floor(extract(epoch from
        now() - min(prochain_essai_le) filter (where statut = 'en_attente' and prochain_essai_le < now())) / 60), 0)::int
        as retard_minutes
    from courriel where statut <> 'envoye'`.execute(db);
  return rows[0] ?? { en_attente: 0, abandonnes: 0, retard_minutes: 0 };
};

/** Says how jobs and mail go, whichever process does them: what is late is read in the database. */
export const lireSanteTaches = async (
  db: Database,
  { taches, clock, expedition, demonstration }: Options,
): Promise<SanteTaches> => {
  const maintenant = clock().epochMilliseconds;
  const etats = await db.selectFrom('tache').select(['nom', 'declaree_le', 'reussie_le']).execute();
  const alertes: string[] = [];
  const suivies = taches.flatMap(({ nom, libelle, planification, tolerance }) => {
    if (planification === undefined) return [];
    const etat = etats.find((ligne) => ligne.nom === nom);
    const depuis = etat === undefined ? new Date(maintenant) : (etat.reussie_le ?? etat.declaree_le);
    const attendue = prochaineEcheance(planification, depuis);
    const retard = Math.max(0, Math.floor((maintenant - (attendue?.getTime() ?? maintenant)) / 60_000));
    if (retard > tolerance)
      alertes.push(`La tâche «\u00a0${libelle}\u00a0» (${nom}) n’est pas passée à son heure.`);
    return [
      {
        nom,
        libelle,
        planification,
        reussie_le: etat?.reussie_le?.toISOString() ?? null,
        attendue_le: attendue?.toISOString() ?? null,
        retard_minutes: retard,
      },
    ];
  });
  const files = await lireFiles(
    db,
    taches.map(({ nom }) => nom),
  );
  for (const { nom, en_attente, retard_minutes } of files)
    if (en_attente > encombrement.nombre || retard_minutes > encombrement.minutes)
      alertes.push(
        `La file de la tâche «\u00a0${taches.find((tache) => tache.nom === nom)?.libelle ?? nom}\u00a0» (${nom}) est encombrée.`,
      );
  const courriels = await compterCourriels(db);
  if (courriels.retard_minutes > encombrement.minutes && (expedition || !demonstration))
    alertes.push(
      expedition
        ? 'Des courriels attendent leur départ.'
        : 'Des courriels attendent : MAILLAGE_SMTP n’est pas réglé.',
    );
  return {
    etat: alertes.length === 0 ? 'bon' : 'alerte',
    alertes,
    taches: suivies,
    files,
    courriels: { expedition: expedition ? 'active' : 'non configurée', ...courriels },
  };
};
