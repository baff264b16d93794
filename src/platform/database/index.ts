import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.ts';

/** The typed database: a pool, or the transaction that an act was given. */
export type Database = Kysely<DB>;

/**
 * Whom a connection acts as. The owner migrates and restores, and nothing else. Acts run as `application`, which owns
 * nothing and sees what the person set in the transaction may see: nothing, when nobody is set (row-level security).
 * `operateur` is the same database user for the command line and the jobs, which act for the whole programme. Public
 * pages read as `publique`, which sees published rows only; `acces` reaches the tables of signing in, and those alone;
 * `expedition` the outbox of mail.
 */
export type RoleSql = 'proprietaire' | 'application' | 'operateur' | 'publique' | 'acces' | 'expedition';

const roleNames = {
  application: 'maillage_application',
  operateur: 'maillage_application',
  publique: 'maillage_publique',
  acces: 'maillage_acces',
  expedition: 'maillage_expedition',
} as const;

// Amounts in cents and counts stay far below 2^53; domain dates stay plain `yyyy-mm-dd` text.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** How a role connects. */
export const clientConfig = (url: string, role: RoleSql): pg.ClientConfig => ({
  connectionString: url,
  types,
  application_name: `maillage ${role}`,
  connectionTimeoutMillis: 5000,
  options: [
    '-c lock_timeout=10s',
    '-c idle_in_transaction_session_timeout=120s',
    '-c timezone=UTC',
    // Set at connection: RESET ROLE comes back to it, not to the owner.
    ...(role === 'proprietaire' ? [] : [`-c role=${roleNames[role]}`]),
    ...(role === 'operateur' ? ['-c maillage.role=operateur'] : []),
    `-c statement_timeout=${role === 'publique' || role === 'acces' ? '5s' : '300s'}`,
  ].join(' '),
});

/** One dedicated connection, to be ended by the caller. */
export const connectClient = async (url: string, role: RoleSql): Promise<pg.Client> => {
  const client = new pg.Client(clientConfig(url, role));
  // An error on an idle connection shows at the next query; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/** A pool of connections in a role, for a library that writes its own SQL; `end()` ends it. */
export const openPool = (url: string, role: RoleSql, max = 10): pg.Pool => {
  const pool = new pg.Pool({ ...clientConfig(url, role), max, idleTimeoutMillis: 30_000 });
  pool.on('error', () => undefined);
  // A connection lost in the middle of a transaction says so at its next query too; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

/** Opens the typed database in a role, with its own pool; `destroy()` ends the pool. */
export const connectDatabase = (url: string, role: RoleSql, max?: number): Database =>
  new Kysely<DB>({ dialect: new PostgresDialect({ pool: openPool(url, role, max) }) });

/** SQLSTATE of a database error and the constraint it names, if it is one. */
export const databaseError = (
  error: unknown,
): { readonly code: string; readonly constraint: string | undefined } | undefined =>
  error instanceof pg.DatabaseError && error.code
    ? { code: error.code, constraint: error.constraint }
    : undefined;

/**
 * Runs the work in a transaction of its own, or, where `db` is one already, in a part of it that is undone alone when
 * the work fails: acts call each other's acts.
 */
export const enTransaction = async <Valeur>(
  db: Database,
  travail: (transaction: Database) => Promise<Valeur>,
): Promise<Valeur> => {
  if (!db.isTransaction) return db.transaction().execute(travail);
  await sql`savepoint acte`.execute(db);
  try {
    const done = await travail(db);
    await sql`release savepoint acte`.execute(db);
    return done;
  } catch (error) {
    await sql`rollback to savepoint acte`.execute(db);
    await sql`release savepoint acte`.execute(db);
    throw error;
  }
};
