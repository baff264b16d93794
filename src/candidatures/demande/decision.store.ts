import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';

/** Why the last decision on an application was what it was, or was withdrawn. */
export const findMotif = async (db: Database, candidatureId: string): Promise<string | null> => {
  const { rows } = await sql<{ motif: string | null }>`
    select case when retiree_le is null then motif else retrait_motif end as motif from decision where candidature_id = ${candidatureId} order by id desc limit 1`.execute(
    db,
  );
  return rows[0]?.motif ?? null;
};
