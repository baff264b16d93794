import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { type Resultat, refuser, reussi } from '../result.ts';
import { root } from '../root.ts';

/** Held while migrating, so that several processes starting at once migrate one after the other. */
const migrationLock = 727_001;

export type Migration = {
  readonly numero: number;
  readonly nom: string;
  readonly sql: string;
  readonly empreinte: string;
};

/** The migrations of a folder, in order. */
export const readMigrations = async (
  folder = join(root, 'db', 'migrations'),
): Promise<readonly Migration[]> => {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_[a-z0-9_-]+\.sql$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      const empreinte = createHash('sha256').update(sql).digest('hex');
      return { numero: Number(file.slice(0, 4)), nom: file.slice(5, -4), sql, empreinte };
    }),
  );
};

type Applied = { readonly numero: number; readonly nom: string; readonly empreinte: string };

/** The migrations a database has had; none for an empty one. */
export const appliedMigrations = async (client: pg.ClientBase): Promise<readonly Applied[]> => {
  const table = await client.query<{ present: boolean }>(
    `select to_regclass('public.migration') is not null as present`,
  );
  if (!table.rows[0]?.present) return [];
  return (await client.query<Applied>('select numero, nom, empreinte from migration order by numero')).rows;
};

const minimumVersion = 150_000;

/**
 * Brings a database to the last migration (or to `upTo`), each in its own transaction.
 * Refuses a server older than PostgreSQL 15, a database from a newer Maillage, a landed migration that was changed and
 * one that was numbered below those that the database has had.
 */
export const migrate = async (
  client: pg.ClientBase,
  migrations: readonly Migration[],
  upTo = Number.POSITIVE_INFINITY,
): Promise<Resultat<readonly Migration[], 'version' | 'migrations'>> => {
  const server = await client.query<{ server_version_num: string }>('show server_version_num');
  if (Number(server.rows[0]?.server_version_num) < minimumVersion) {
    return refuser(
      'version',
      'Maillage demande PostgreSQL 15 ou plus récent ; cette base est plus ancienne.',
    );
  }
  await client.query('select pg_advisory_lock($1)', [migrationLock]);
  try {
    const applied = await appliedMigrations(client);
    for (const past of applied) {
      const known = migrations.find((migration) => migration.numero === past.numero);
      if (!known) {
        return refuser(
          'migrations',
          `La base a reçu la migration ${past.numero} (${past.nom}), inconnue de cette version : servez-la avec une version de Maillage au moins aussi récente.`,
        );
      }
      if (known.empreinte !== past.empreinte) {
        return refuser(
          'migrations',
          `La migration ${past.numero} (${past.nom}) a changé après avoir été appliquée à cette base.`,
        );
      }
    }
    const last = applied.at(-1)?.numero ?? 0;
    const connues = new Set(applied.map(({ numero }) => numero));
    // Numbered below what the database has had, it would never be applied.
    const sautee = migrations.find(({ numero }) => numero < last && !connues.has(numero));
    if (sautee !== undefined) {
      return refuser(
        'migrations',
        `La base a reçu la migration ${last} sans la ${sautee.numero} (${sautee.nom}), qui vient avant : cette version de Maillage ne peut pas la servir.`,
      );
    }
    const pending = migrations.filter(({ numero }) => numero > last && numero <= upTo);
    for (const migration of pending) {
      await client.query('begin');
      try {
        await client.query(migration.sql);
        await client.query('insert into migration (numero, nom, empreinte) values ($1, $2, $3)', [
          migration.numero,
          migration.nom,
          migration.empreinte,
        ]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw error;
      }
    }
    return reussi(pending);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]);
  }
};
