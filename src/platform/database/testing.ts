import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { connectClient, connectDatabase, type Database } from './index.ts';

export type TestDatabase = {
  readonly url: string;
  /** Acts run as the command line does: for the whole programme. */
  readonly db: Database;
  /** Public pages read as this role, which sees what is published. */
  readonly publique: Database;
  /** The owner, for arranging what the application may not. */
  readonly owner: pg.Client;
  readonly close: () => Promise<void>;
};

/** A database of its own for a test file: migrated, with reference territories; `vide`: with nothing at all. */
export const withTestDatabase = async (kind: 'reference' | 'vide' = 'reference'): Promise<TestDatabase> => {
  const server = inject('serveur');
  const name = `essai_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const template = kind === 'vide' ? 'template0' : server.modele;
  await admin.query(`create database ${name} template ${template}`);
  const url = server.url.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
  const db = connectDatabase(url, 'operateur', 20);
  const publique = connectDatabase(url, 'publique', 5);
  const owner = await connectClient(url, 'proprietaire');
  const close = async (): Promise<void> => {
    await Promise.all([db.destroy(), publique.destroy(), owner.end()]);
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { url, db, publique, owner, close };
};

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of the test run and the name of its migrated template database. */
    serveur: { readonly url: string; readonly modele: string };
  }
}
