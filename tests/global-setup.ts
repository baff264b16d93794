import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { preparerBase } from '../src/main/base.ts';
import { cleDEssai } from '../src/platform/database/cle.fixtures.ts';
import { nomsDesConnexions } from '../src/platform/database/connexions.ts';
import { startEmbedded } from '../src/platform/database/embedded.ts';

const startServer = async () => {
  const external = process.env['MAILLAGE_TEST_DATABASE_URL'];
  if (external) return { url: external, stop: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'maillage-tests-'));
  // The server runs as another user when root starts it.
  await import('node:fs/promises').then(({ chmod }) => chmod(folder, 0o755));
  const cluster = await startEmbedded(folder, { ephemeral: true });
  if (!cluster.ok) throw new Error(cluster.message);
  const stop = async (): Promise<void> => {
    await cluster.valeur.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: cluster.valeur.url, stop };
};

/** One PostgreSQL for the run, with a migrated template from which each test file gets its own database. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const { url, stop } = await startServer();
  const modele = `modele_${process.pid}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${modele} template template0`);
  const prepared = await preparerBase(url.replace(/\/[^/?]*(\?|$)/, `/${modele}$1`), {
    cle: cleDEssai,
    dossier: '',
    connexions: undefined,
  });
  if (!prepared.ok) throw new Error(prepared.message);
  project.provide('serveur', { url, modele });
  return async () => {
    await admin.query(`drop database if exists ${modele} with (force)`);
    await admin.query(`drop role if exists ${Object.values(nomsDesConnexions(modele)).join(', ')}`);
    await admin.end();
    await stop();
  };
};
