import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from './database/index.ts';
import { scellerJournal } from './scellement.ts';

/** Waits until every line that is seen is decided: transactions of other tests, on the same server, hold seals back. */
export const attendreDecidees = async (db: Database): Promise<void> => {
  for (;;) {
    const { rows } = await sql<{ attend: boolean }>`
      select exists (select from journal where transaction_id >= pg_snapshot_xmin(pg_current_snapshot())) as attend`.execute(
      db,
    );
    if (!rows[0]?.attend) return;
    await sleep(10);
  }
};

/** Seals everything that is seen. */
export const scellerTout = async (db: Database, options?: { readonly parSceau: number }): Promise<number> => {
  await attendreDecidees(db);
  return scellerJournal(db, options);
};
