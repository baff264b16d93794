import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { type Adresses, connectClient, type Database } from './index.ts';

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

const followed = new WeakMap<Database, Changements>();

/** Tells which changes a database goes through, for those who keep what they read of it. */
export const suivreChangements = (db: Database, changements: Changements): void => {
  followed.set(db, changements);
};

/** How far the changes of a database have gone; null when it is not known, and nothing may be kept. */
export const generationDe = (db: Database): number | null => followed.get(db)?.generation() ?? null;

/** The connection is tried, and the next instant asked for again, at least this often (milliseconds). */
const battement = 60_000;
/** A connection that does not answer in this time is lost (milliseconds). */
const patience = 10_000;

const enMoinsDe = async <Valeur>(promise: Promise<Valeur>): Promise<Valeur> => {
  const late = new AbortController();
  try {
    return await Promise.race([
      promise,
      sleep(patience, undefined, { ref: false, signal: late.signal }).then(() => {
        throw new Error('the database does not answer');
      }),
    ]);
  } finally {
    late.abort();
  }
};

/** Listens on a connection of its own, and again by itself after a loss; ends with `fermer`. */
export const ecouterChangements = async (adresses: Pick<Adresses, 'publique'>): Promise<Changements> => {
  let generation = 0;
  let current: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** Gives a connection up, whatever state it is in; the one that serves is then looked for again. */
  const abandonner = (client: pg.Client): void => {
    client.removeAllListeners();
    client.on('error', () => undefined);
    client.end().catch(() => undefined);
    if (client !== current) return;
    current = undefined;
    generation += 1;
    clearTimeout(timer);
    if (!closed) void reprendre();
  };

  /** Asks when the next announcement is due, and waits for it; the answer proves that the connection lives. */
  const guetter = async (client: pg.Client): Promise<void> => {
    clearTimeout(timer);
    const { rows } = await enMoinsDe(
      client.query<{ secondes: number | null }>('select secondes_avant_annonce() as secondes'),
    );
    const due = rows[0]?.secondes ?? null;
    const wait = due === null ? battement : Math.min(battement, Math.max(0, Math.ceil(due * 1000) + 5));
    timer = setTimeout(() => {
      if (due !== null && due * 1000 <= battement) generation += 1;
      guetter(client).catch(() => abandonner(client));
    }, wait).unref();
  };

  const ouvrir = async (): Promise<void> => {
    const client = await connectClient(adresses, 'publique');
    try {
      client.on('notification', () => {
        generation += 1;
        guetter(client).catch(() => abandonner(client));
      });
      client.on('end', () => abandonner(client));
      await enMoinsDe(client.query(`listen ${canal}`));
      await guetter(client);
    } catch (error) {
      abandonner(client);
      throw error;
    }
    // What changed before this instant was told to nobody here.
    generation += 1;
    current = client;
  };
  const reprendre = async (): Promise<void> => {
    for (let wait = 250; !closed && current === undefined; wait = Math.min(wait * 2, 10_000)) {
      // The database is away: asked again later.
      await ouvrir().catch(() => sleep(wait, undefined, { ref: false }));
    }
  };

  // A server whose listener fails serves all the same: it draws each page, and goes on asking.
  await ouvrir().catch(() => void reprendre());
  return {
    generation: () => (current === undefined ? null : generation),
    fermer: async () => {
      closed = true;
      clearTimeout(timer);
      const client = current;
      current = undefined;
      client?.removeAllListeners();
      client?.on('error', () => undefined);
      await client?.end().catch(() => undefined);
    },
  };
};
