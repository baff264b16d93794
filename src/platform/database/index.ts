import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.ts';

/** The typed database: a pool, or the transaction that an act was given. */
export type Database = Kysely<DB>;

/**
 * Whom a connection acts as. The owner migrates and restores, and nothing else. Acts run as `application`, which owns
 * nothing and sees what the person set in the transaction may see: nothing, when nobody is set (row-level security).
 * `operateur` is for the command line and the jobs, which act for the whole programme. Public pages read as `publique`,
 * which sees published rows only; `acces` reaches the tables of signing in, and those alone; `expedition` the outbox of
 * mail; `gardien` holds the locks of the embedded server and reaches no table.
 */
export type RoleSql = 'proprietaire' | 'gardien' | RoleRestreint;

/** Those who have a log-in of their own in each database. */
export const rolesRestreints = ['application', 'operateur', 'publique', 'acces', 'expedition'] as const;
export type RoleRestreint = (typeof rolesRestreints)[number];

/** Where each of them logs in, with their password. */
export type Adresses = Readonly<Record<RoleRestreint, string>>;

// Amounts in cents and counts stay far below 2^53; domain dates stay plain `yyyy-mm-dd` text.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** How a role connects; the address is its own. */
export const clientConfig = (url: string, role: RoleSql): pg.ClientConfig => ({
  connectionString: url,
  types,
  application_name: `maillage ${role}`,
  connectionTimeoutMillis: 5000,
  options: [
    '-c lock_timeout=10s',
    '-c idle_in_transaction_session_timeout=120s',
    '-c timezone=UTC',
    // Where the server compiles queries, it spends longer on compiling one of ours than on answering it.
    '-c jit=off',
    // Asked here, allowed by the log-in alone: `endosser` takes it away for a transaction.
    ...(role === 'operateur' ? ['-c maillage.role=operateur'] : []),
    `-c statement_timeout=${role === 'publique' || role === 'acces' ? '5s' : '300s'}`,
  ].join(' '),
});

/** One dedicated connection, to be ended by the caller. */
export const connectClient = async <Role extends RoleSql>(
  adresses: Readonly<Record<Role, string>>,
  role: Role,
): Promise<pg.Client> => {
  const client = new pg.Client(clientConfig(adresses[role], role));
  // An error on an idle connection shows at the next query; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

const marque = '/* plan gardé */';

/**
 * Begins a statement that is asked at every visit in the same words: its connection keeps the plan. Behind the row wall a
 * query takes longer to plan than to run. Never before words that vary without end: nothing forgets them.
 */
export const planGarde = sql.raw(marque);

/** Names the statements that bear the mark: the database plans those of one name once a connection. */
const garderLesPlans = (client: pg.PoolClient): void => {
  const { query } = client;
  Object.assign(client, {
    query: (...demande: readonly unknown[]): unknown => {
      const [text, values] = demande;
      const gardee = typeof text === 'string' && text.startsWith(marque);
      const name = gardee ? createHash('sha256').update(text).digest('hex').slice(0, 32) : undefined;
      return Reflect.apply(query, client, gardee ? [{ name, text, values }] : demande);
    },
  });
};

/** A pool of connections in a role, for a library that writes its own SQL; `end()` ends it. */
export const openPool = <Role extends RoleSql>(
  adresses: Readonly<Record<Role, string>>,
  role: Role,
  max = 10,
): pg.Pool => {
  const pool = new pg.Pool({ ...clientConfig(adresses[role], role), max, idleTimeoutMillis: 30_000 });
  pool.on('error', () => undefined);
  // A connection lost in the middle of a transaction says so at its next query too; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

/** Opens the typed database in a role, with its own pool; `destroy()` ends the pool. */
export const connectDatabase = <Role extends RoleSql>(
  adresses: Readonly<Record<Role, string>>,
  role: Role,
  max?: number,
): Database => {
  const pool = openPool(adresses, role, max);
  pool.on('connect', garderLesPlans);
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
};

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
