import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import { type Resultat, refuser, reussi } from '../result.ts';
import { databaseError } from './index.ts';
import { appliedMigrations, type Migration, migrate } from './migrate.ts';

const format = 'maillage-sauvegarde';
const enTete = z.object({
  format: z.literal(format),
  version: z.literal(1),
  migration: z.int().min(1),
  faite_le: z.string(),
});
const section = z.object({
  table: z.string().regex(/^[a-z_]+$/),
  colonnes: z.array(z.string().regex(/^[a-z_0-9]+$/)).min(1),
});
const fin = z.object({ fin: z.literal(true), tables: z.int(), lignes: z.int() });

type Table = { readonly nom: string; readonly colonnes: readonly string[]; readonly cle: readonly string[] };

/**
 * The tables in an order that foreign keys accept, with their columns and primary keys; the list of migrations and what
 * PostgreSQL may lose (unlogged counts) aside.
 */
const listTables = async (client: pg.ClientBase): Promise<readonly Table[]> => {
  const tables = await client.query<Table & { depend: string[] }>(`
    select c.relname as nom,
      array(select attname::text from pg_attribute a where a.attrelid = c.oid and attnum > 0 and not attisdropped
        and attgenerated = ''
        -- The number of a transaction means nothing on another server.
        and atttypid <> 'xid8'::regtype order by attnum) as colonnes,
      array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary order by array_position(i.indkey::int2[], a.attnum)) as cle,
      array(select distinct confrelid::regclass::text from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as depend
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and c.relname <> 'migration'
    order by c.relname`);
  const ordered: Table[] = [];
  const pending = [...tables.rows];
  while (pending.length > 0) {
    const index = pending.findIndex(({ depend }) =>
      depend.every((other) => !pending.some(({ nom }) => nom === other)),
    );
    const [next] = pending.splice(index, 1);
    if (index < 0 || !next) throw new Error('foreign keys form a circle');
    ordered.push(next);
  }
  return ordered;
};

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/**
 * Writes everything the database holds to a compressed file, as of one instant, while others go on working. The file
 * takes its name only when whole. Gives the number of tables and rows.
 */
export const sauvegarder = async (
  client: pg.Client,
  chemin: string,
  instant: string,
): Promise<{ readonly tables: number; readonly lignes: number }> => {
  const draft = `${chemin}.partiel`;
  const gzip = createGzip();
  const written = pipeline(gzip, createWriteStream(draft, { mode: 0o600 }));
  // Without a listener a failure to write would be an unhandled rejection before it is awaited below.
  written.catch(() => undefined);
  const write = async (text: string | Buffer): Promise<void> => {
    if (!gzip.write(text)) await Promise.race([once(gzip, 'drain'), written]);
  };
  let lignes = 0;
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const tables = await listTables(client);
    const migration = (await appliedMigrations(client)).at(-1)?.numero ?? 0;
    await write(`${JSON.stringify({ format, version: 1, migration, faite_le: instant })}\n`);
    for (const { nom, colonnes, cle } of tables) {
      await write(`${JSON.stringify({ table: nom, colonnes })}\n`);
      const order = cle.length > 0 ? ` order by ${quoted(cle)}` : '';
      const rows = client.query(copyTo(`copy (select ${quoted(colonnes)} from "${nom}"${order}) to stdout`));
      for await (const chunk of rows as AsyncIterable<Buffer>) await write(chunk);
      lignes += rows.rowCount ?? 0;
      await write('\\.\n');
    }
    await write(`${JSON.stringify({ fin: true, tables: tables.length, lignes })}\n`);
    gzip.end();
    await written;
    await client.query('commit');
    await rename(draft, chemin);
    return { tables: tables.length, lignes };
  } catch (error) {
    gzip.destroy();
    await client.query('rollback').catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
};

/** The lines of a compressed file, split at the newline byte alone: a text may hold other separators. */
async function* readLines(chemin: string): AsyncGenerator<string, undefined> {
  const unzipped = createGunzip();
  const source = createReadStream(chemin).on('error', (error) => unzipped.destroy(error));
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source.pipe(unzipped) as AsyncIterable<Buffer>) {
    let start = 0;
    const data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, start)) {
      yield data.toString('utf8', start, end);
      start = end + 1;
    }
    rest = data.subarray(start);
  }
  if (rest.length > 0) yield rest.toString('utf8');
  return undefined;
}

type RefusRestauration = 'fichier' | 'occupe' | 'migrations' | 'version';

const parseLine = <Value>(schema: z.ZodType<Value>, line: string | undefined): Value | undefined => {
  try {
    return schema.parse(JSON.parse(line ?? ''));
  } catch {
    return undefined;
  }
};

const isEmpty = async (client: pg.ClientBase): Promise<boolean> => {
  const found = await client.query<{ count: number }>(
    `select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'S')`,
  );
  return Number(found.rows[0]?.count) === 0;
};

/**
 * Brings back a backup into an empty database, or in the place of what there is when `remplacer`: all or nothing, in one
 * transaction, then the migrations that came since. Refuses a database that is not empty, a file that is not a whole
 * backup and one made by a newer Maillage.
 */
export const restaurer = async (
  client: pg.Client,
  chemin: string,
  migrations: readonly Migration[],
  options: { readonly remplacer: boolean },
): Promise<Resultat<{ readonly tables: number; readonly lignes: number }, RefusRestauration>> => {
  if (!options.remplacer && !(await isEmpty(client))) {
    return refuser(
      'occupe',
      'La base n’est pas vide : rien n’a été restauré. Choisissez une base neuve, ou ajoutez --remplacer pour effacer ce qu’elle contient.',
    );
  }
  const broken = (detail: string) =>
    refuser(
      'fichier',
      `Le fichier ${chemin} n’est pas une sauvegarde complète de Maillage (${detail}) : rien n’a été restauré.`,
    );
  const lines = readLines(chemin);
  // What cannot be read or unpacked ends the file there, as if it were cut.
  let damaged = false;
  const next = async (): Promise<string | undefined> => {
    try {
      return (await lines.next()).value;
    } catch {
      damaged = true;
      return undefined;
    }
  };
  const header = parseLine(enTete, await next());
  if (!header) return broken('son début n’est pas reconnu');
  if (!migrations.some(({ numero }) => numero === header.migration)) {
    return refuser(
      'migrations',
      `Cette sauvegarde vient d’une version plus récente de Maillage (migration ${header.migration}) : restaurez-la avec cette version.`,
    );
  }
  await client.query('begin');
  const undo = async <Refusal>(refusal: Refusal): Promise<Refusal> => {
    await client.query('rollback');
    return refusal;
  };
  try {
    await client.query('drop schema public cascade');
    await client.query('create schema public');
    for (const migration of migrations.filter(({ numero }) => numero <= header.migration)) {
      await client.query(migration.sql);
      await client.query('insert into migration (numero, nom, empreinte) values ($1, $2, $3)', [
        migration.numero,
        migration.nom,
        migration.empreinte,
      ]);
    }
    let tables = 0;
    let lignes = 0;
    for (;;) {
      const line = await next();
      const end = parseLine(fin, line);
      if (end) {
        if (end.tables !== tables || end.lignes !== lignes) return undo(broken('il manque des lignes'));
        // The sum that tells a changed byte comes after the last line.
        if ((await next()) !== undefined || damaged) return undo(broken('il est coupé ou modifié'));
        break;
      }
      const table = parseLine(section, line);
      if (!table) return undo(broken('il est coupé ou modifié'));
      const loaded = await loadTable(client, table, next);
      if (loaded === undefined) return undo(broken('il est coupé ou modifié'));
      tables += 1;
      lignes += loaded;
    }
    await client.query('commit');
    const later = await migrate(client, migrations);
    return later.ok ? reussi({ tables, lignes }) : later;
  } catch (error) {
    // Rows that break a constraint come from a file that was changed.
    const kind = databaseError(error)?.code.slice(0, 2);
    if (kind === '22' || kind === '23') return undo(broken('ses données se contredisent'));
    await client.query('rollback');
    throw error;
  }
};

/**
 * Copies the rows of one section; gives their number, or nothing when the file ends before the section does or names
 * what the database does not have.
 */
const loadTable = async (
  client: pg.Client,
  { table, colonnes }: z.infer<typeof section>,
  next: () => Promise<string | undefined>,
): Promise<number | undefined> => {
  const known = await client.query(
    `select from pg_attribute where attrelid = to_regclass($1) and attname = any ($2::text[]) and attnum > 0`,
    [`public."${table}"`, colonnes],
  );
  if (known.rowCount !== colonnes.length) return undefined;
  // Values that triggers keep are in the backup already.
  await client.query(`alter table "${table}" disable trigger user`);
  const copy = client.query(copyFrom(`copy "${table}" (${quoted(colonnes)}) from stdin`));
  let failed = false;
  const copied = new Promise<void>((resolve, reject) => {
    copy.once('finish', resolve).once('error', (error) => {
      failed = true;
      reject(error);
    });
  });
  copied.catch(() => undefined);
  // One piece at a time: once the server has refused a row, the stream has no connection to write another to.
  const send = async (text: string): Promise<void> => {
    if (failed) return copied;
    await Promise.race([copied, new Promise<void>((resolve) => copy.write(text, () => resolve()))]);
  };
  let count = 0;
  let piece = '';
  for (;;) {
    const line = await next();
    if (line === undefined) {
      if (failed) await copied;
      copy.destroy();
      await copied.catch(() => undefined);
      return undefined;
    }
    if (line === '\\.') break;
    count += 1;
    piece += `${line}\n`;
    if (piece.length < 65_536) continue;
    await send(piece);
    piece = '';
  }
  if (piece !== '') await send(piece);
  if (!failed) copy.end();
  await copied;
  await client.query(`alter table "${table}" enable trigger user`);
  const identity = await client.query<{ attname: string }>(
    `select attname from pg_attribute where attrelid = $1::regclass and attidentity <> ''`,
    [table],
  );
  for (const { attname } of identity.rows) {
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), max("${attname}")) from "${table}" having max("${attname}") is not null`,
      [table, attname],
    );
  }
  return count;
};
