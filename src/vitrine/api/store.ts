import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';

/** Whether a code is one of a territory: figures of a place that is not would be zeros that mean nothing. */
export const territoireExiste = async (
  db: Database,
  niveau: 'region' | 'departement' | 'epci' | 'commune',
  code: string,
): Promise<boolean> =>
  (await sql`select from ${sql.table(niveau)} where code = ${code}`.execute(db)).rows.length === 1;
