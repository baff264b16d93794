import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../platform/database/index.ts';
import { enInstant } from '../platform/database/instants.ts';
import { expurger } from '../platform/expurger.ts';
import { champ, defineListe, filtreChoix, filtreCode, filtreDate } from '../platform/listes/index.ts';
import { debutDuJour } from './instants.ts';

/** States of a job in the queue, in words. */
export const etats = {
  created: 'En attente',
  retry: 'À refaire',
  active: 'En cours',
  completed: 'Faite',
  cancelled: 'Annulée',
  failed: 'En échec',
} as const satisfies Readonly<Record<string, string>>;
export type EtatExecution = keyof typeof etats;

/** What the queue remembers of the jobs it ran: some days. */
export const listeExecutions = defineListe({
  code: 'executions',
  titre: 'Exécutions des tâches',
  description: 'Les tâches demandées, en cours, faites ou en échec, que la file garde quelques jours.',
  nom: ['exécution', 'exécutions'],
  // Names that begin so are the queue's own.
  relation: sql`(select * from pgboss.job where not starts_with(name, '__')) job`,
  cle: {
    sql: sql`job.id`,
    schema: z.uuid('attend un numéro d’exécution'),
    condition: (cle) => sql`job.id = ${cle}::uuid`,
    exemple: '0197a0c0-0000-7000-8000-000000000000',
  },
  champs: {
    tache: champ('texte', 'Tâche', 'Nom de la tâche.', sql`job.name`),
    id: champ('texte', 'Numéro', 'Numéro de l’exécution.', sql`job.id::text`, { discret: true, tri: null }),
    etat: champ('texte', 'État', 'État de l’exécution.', sql`job.state::text`, {
      insecable: true,
      mots: etats,
    }),
    demandee: champ('texte', 'Demandée', 'Quand elle a été demandée.', enInstant('job.created_on')),
    attendue: champ('texte', 'Attendue', 'Quand elle peut se faire.', enInstant('job.start_after'), {
      discret: true,
    }),
    debut: champ('texte', 'Début', 'Début du dernier essai.', enInstant('job.started_on'), { discret: true }),
    fin: champ('texte', 'Fin', 'Fin du dernier essai.', enInstant('job.completed_on')),
    essais: champ('entier', 'Essais refaits', 'Nombre d’essais après le premier.', sql`job.retry_count`),
    erreur: champ(
      'texte',
      'Erreur',
      'Ce qui a échoué, sans donnée personnelle.',
      sql`case when job.state in ('failed', 'retry') then job.output ->> 'message' end`,
      { tri: null, lire: (brut) => (typeof brut === 'string' ? expurger(brut) : null) },
    ),
  },
  filtres: {
    tache: filtreCode('Tâche', 'Nom de tâche', /^[a-z][a-z_-]{0,60}$/, 'sceller', sql`job.name`),
    etat: filtreChoix(
      'État',
      'État de l’exécution',
      ['created', 'retry', 'active', 'completed', 'cancelled', 'failed'],
      (valeur) => sql`job.state::text = ${valeur}`,
    ),
    du: filtreDate(
      'Demandée à partir du',
      'Premier jour',
      '2026-03-01',
      (valeur) => sql`job.created_on >= ${debutDuJour(valeur)}`,
    ),
    au: filtreDate(
      'Demandée jusqu’au',
      'Dernier jour',
      '2026-03-31',
      (valeur) => sql`job.created_on < ${debutDuJour(valeur, 1)}`,
    ),
  },
  tri: { champ: 'demandee', sens: 'desc' },
});

export type EtatTache = {
  readonly nom: string;
  readonly echoueeLe: string | null;
  readonly derniereErreur: string | null;
};

/** How each job last failed, if it did. */
export const listEchecs = async (db: Database): Promise<readonly EtatTache[]> => {
  const { rows } = await sql<EtatTache>`
    select nom, ${enInstant('echouee_le')} as "echoueeLe", derniere_erreur as "derniereErreur" from tache`.execute(
    db,
  );
  return rows.map((row) => ({
    ...row,
    derniereErreur: row.derniereErreur === null ? null : expurger(row.derniereErreur),
  }));
};
