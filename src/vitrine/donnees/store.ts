import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';

/** Instant of the last announcement that `db` may see, in ISO; null before the first. */
export const derniereAnnonce = async (db: Database): Promise<string | null> => {
  const { rows } = await sql<{ instant: string | null }>`
    select to_char(max(publiee_le) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as instant
    from decision where publiee_le <= now()`.execute(db);
  return rows[0]?.instant ?? null;
};
