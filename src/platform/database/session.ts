import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Config } from '../config.ts';
import { type Refus, type Resultat, refuser, reussi } from '../result.ts';
import { adresseDuGardien } from './connexions.ts';
import { startEmbedded } from './embedded.ts';
import { connectClient } from './index.ts';

/** Held by whoever uses the embedded server; the last to leave stops it. */
const usageLock = 727_002;
/** Held by the one web server of an embedded folder. */
const serviceLock = 727_003;

export type Session = {
  readonly url: string;
  /** Where the database is, in words that hold no secret. */
  readonly ou: string;
  /** Takes the place of the web server of this folder; refuses when another holds it. */
  readonly servir: () => Promise<Resultat<undefined, 'occupe'>>;
  /** Resolves when the database has gone away by itself. */
  readonly perdue: Promise<void>;
  /** Leaves; stops the embedded server when nobody else uses it, or in any case when `force`. */
  readonly fermer: (force?: boolean) => Promise<void>;
};

const withoutSecret = (url: string): string => {
  try {
    const parsed = new URL(url);
    return `${parsed.hostname}:${parsed.port || '5432'}${parsed.pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
};

const external = async (url: string): Promise<Resultat<Session, 'injoignable'>> => {
  const ou = `la base ${withoutSecret(url)}`;
  try {
    const client = await connectClient({ proprietaire: url }, 'proprietaire');
    await client.end();
  } catch (error) {
    const reason =
      error instanceof Error
        ? error.message || ('code' in error ? String(error.code) : 'sans réponse')
        : String(error);
    return refuser(
      'injoignable',
      `Impossible de joindre ${ou} donnée par DATABASE_URL : ${reason.replaceAll(url, '…')}`,
    );
  }
  return reussi({
    url,
    ou,
    // Several instances may serve one external database.
    servir: async () => reussi(undefined),
    perdue: new Promise(() => undefined),
    fermer: async () => undefined,
  });
};

const takeLock = async (client: pg.Client): Promise<boolean> => {
  const result = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
    serviceLock,
  ]);
  return result.rows[0]?.held === true;
};

const embedded = async (dossier: string): Promise<Resultat<Session>> => {
  let last: Refus = refuser('demarrage', `La base embarquée du dossier ${dossier} ne démarre pas.`);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const cluster = await startEmbedded(dossier);
    if (!cluster.ok) return cluster;
    const { url, stop } = cluster.valeur;
    try {
      const client = await connectClient({ gardien: await adresseDuGardien(url) }, 'gardien');
      // Waits while the last user of a moment ago is stopping the server; the connection then breaks, and we start it anew.
      await client.query('select pg_advisory_lock_shared($1)', [usageLock]);
      let leaving = false;
      const perdue = new Promise<void>((resolve) => {
        client.once('end', () => {
          if (!leaving) resolve();
        });
      });
      const servir = async (): Promise<Resultat<undefined, 'occupe'>> => {
        // A server that was just told to end may need a moment.
        for (let wait = 0; wait < 16; wait += 1) {
          if (await takeLock(client)) return reussi(undefined);
          await sleep(250);
        }
        return refuser(
          'occupe',
          `Maillage sert déjà le dossier ${dossier} : arrêtez l’autre serveur, ou choisissez un autre dossier avec MAILLAGE_DATA.`,
        );
      };
      const fermer = async (force = false): Promise<void> => {
        leaving = true;
        try {
          await client.query('select pg_advisory_unlock_shared($1)', [usageLock]);
          const last = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
            usageLock,
          ]);
          if (force || last.rows[0]?.alone) await stop();
        } catch {
          if (force) await stop();
        } finally {
          await client.end().catch(() => undefined);
        }
      };
      return reussi({ url, ou: `le dossier ${dossier}`, servir, perdue, fermer });
    } catch (error) {
      last = refuser(
        'demarrage',
        `La base embarquée du dossier ${dossier} ne répond pas : ${error instanceof Error ? error.message : String(error)}`,
      );
      await sleep(500);
    }
  }
  return last;
};

/** Opens the database of the configuration: the external one, or the embedded one, started where it was not running. */
export const ouvrirSession = (config: Config): Promise<Resultat<Session>> =>
  config.databaseUrl === undefined ? embedded(config.dossier) : external(config.databaseUrl);
