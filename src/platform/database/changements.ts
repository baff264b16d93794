import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { connectClient } from './index.ts';

/** Channel on which the triggers of migration 0008 tell that something public may have changed. */
const canal = 'maillage_changement';

/** Follows the committed changes of what the public may see. */
export type Changements = {
  /** Grows at each change; null while nobody listens: what was kept may then be out of date. */
  readonly generation: () => number | null;
  readonly fermer: () => Promise<void>;
};

/** Nothing is known of changes: nothing may be kept. */
export const sansChangements: Changements = { generation: () => null, fermer: async () => undefined };

/** Listens on a connection of its own, and again by itself after a loss; ends with `fermer`. */
export const ecouterChangements = async (url: string): Promise<Changements> => {
  let generation = 0;
  let client: pg.Client | undefined;
  let closed = false;

  const listen = async (): Promise<void> => {
    const opened = await connectClient(url, 'publique');
    opened.on('notification', () => {
      generation += 1;
    });
    opened.on('end', () => {
      client = undefined;
      generation += 1;
      if (!closed) void again();
    });
    await opened.query(`listen ${canal}`);
    // What changed before this instant was told to nobody here.
    generation += 1;
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
      await client?.end().catch(() => undefined);
    },
  };
};
