import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';

/** Instant of the last announcement that `db` may see, in ISO; null before the first. */
export const derniereAnnonce = async (db: Database): Promise<string | null> => {
  const { rows } = await sql<{ instant: string | null }>`
    select ${enInstant(sql`max(publiee_le)`)} as instant
    from decision where publiee_le <= now()`.execute(db);
  return rows[0]?.instant ?? null;
};

/** The instant of the database; in a transaction, of its beginning. In ISO, to the microsecond. */
export const lireInstant = async (db: Database): Promise<string> => {
  const { rows } = await sql<{ instant: string }>`
    select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as instant`.execute(db);
  return rows[0]?.instant ?? '';
};

/**
 * Digest of which decisions and communiqués announced until an instant (in ISO) `db` may see now: another one than at
 * that instant says that some were withdrawn, or that this is another database. What is announced later changes nothing.
 */
export const lireEmpreinte = async (db: Database, instant: string): Promise<string> => {
  const { rows } = await sql<{ empreinte: string }>`
    select md5(string_agg(cle, ',' order by cle)) as empreinte from (
      select ligne_id::text as cle from ligne_retenue where publiee_le <= ${instant}::timestamptz
      union all
      select id::text from communique where statut = 'publie' and publie_le <= ${instant}::timestamptz
    ) annonce`.execute(db);
  return rows[0]?.empreinte ?? '';
};
