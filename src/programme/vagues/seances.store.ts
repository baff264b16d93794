import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { postes } from '../../statistiques/index.ts';

/** Whether a session of the committee is open on a wave. */
export const estEnSeance = async (db: Database, id: string): Promise<boolean> =>
  (await sql`select from seance where vague_id = ${id} and statut = 'ouverte'`.execute(db)).rows.length > 0;

/** A session of the committee on a wave; without a number where it was imported. */
export type SeanceDeVague = {
  readonly id: string;
  readonly numero: number | null;
  readonly date: string;
  readonly statut: 'preparation' | 'ouverte' | 'close';
};

export const listSeancesDeVague = async (db: Database, id: string): Promise<readonly SeanceDeVague[]> =>
  (
    await sql<SeanceDeVague>`
      select id, numero, date, statut from seance where vague_id = ${id} order by date, numero`.execute(db)
  ).rows;

/** Posts retained in a wave, in closed sessions and imported selections. */
export const getPostesRetenus = async (db: Database, id: string): Promise<number> =>
  (
    await sql<{ postes: number }>`
      select ${postes.sql} as postes from ligne_retenue l join seance on seance.id = l.seance_id
      where seance.vague_id = ${id}`.execute(db)
  ).rows[0]?.postes ?? 0;
