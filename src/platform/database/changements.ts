import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { connectClient } from './index.ts';

/** Channel on which the triggers of migration 0008 tell that something public may have changed. */
const canal = 'maillage_changement';

/** Follows what the public may see: committed changes, and announcements whose instant comes. */
export type Changements = {
  /** Grows at each change; null while nobody listens: what was kept may then be out of date. */
  readonly generation: () => number | null;
  readonly fermer: () => Promise<void>;
};

/** Nothing is known of changes: nothing may be kept. */
export const sansChangements: Changements = { generation: () => null, fermer: async () => undefined };

/** The next instant is asked for again after this time, though nothing changed. */
const heure = 3_600_000;

/** Listens on a connection of its own, and again by itself after a loss; ends with `fermer`. */
export const ecouterChangements = async (url: string): Promise<Changements> => {
  let generation = 0;
  let client: pg.Client | undefined;
  let echeance: NodeJS.Timeout | undefined;
  let closed = false;

  /** Waits for the next announcement. What came due while it was being asked for is a change as well. */
  const guetter = async (opened: pg.Client): Promise<void> => {
    const { rows } = await opened.query<{ secondes: number | null }>(
      'select secondes_avant_annonce() as secondes',
    );
    generation += 1;
    clearTimeout(echeance);
    const wait = Math.min(heure, Math.ceil((rows[0]?.secondes ?? heure) * 1000) + 5);
    echeance = setTimeout(() => {
      generation += 1;
      guetter(opened).catch(() => undefined);
    }, wait).unref();
  };

  const listen = async (): Promise<void> => {
    const opened = await connectClient(url, 'publique');
    opened.on('notification', () => {
      generation += 1;
      guetter(opened).catch(() => undefined);
    });
    opened.on('end', () => {
      client = undefined;
      generation += 1;
      clearTimeout(echeance);
      if (!closed) void again();
    });
    await opened.query(`listen ${canal}`);
    // What changed before this instant was told to nobody here.
    await guetter(opened);
    client = opened;
  };
  const again = async (): Promise<void> => {
    for (let wait = 250; !closed; wait = Math.min(wait * 2, 10_000)) {
      await sleep(wait, undefined, { ref: false });
      if (closed) return;
      try {
        return await listen();
      } catch {
        // The database is away: asked again later.
      }
    }
  };

  await listen();
  return {
    generation: () => (client === undefined ? null : generation),
    fermer: async () => {
      closed = true;
      clearTimeout(echeance);
      await client?.end().catch(() => undefined);
    },
  };
};
