import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';

/** Whether what the reader sees comes from the demonstration, and must say so. */
export const montreLaDemonstration = async (db: Database): Promise<boolean> => {
  const result = await sql<{
    demo: boolean;
  }>`select exists (select from decision where 'demo' = any (sources)) as demo`.execute(db);
  return result.rows[0]?.demo ?? false;
};
