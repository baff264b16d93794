import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { cleDEssai } from './cle.fixtures.ts';
import { adressesDesConnexions, creerConnexions, nomsDesConnexions } from './connexions.ts';
import { type Adresses, connectClient, connectDatabase, type Database } from './index.ts';

export type TestDatabase = {
  /** The owner's. */
  readonly url: string;
  readonly adresses: Adresses;
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
  const owner = await connectClient({ proprietaire: url }, 'proprietaire');
  await creerConnexions(owner, name, cleDEssai);
  const adresses = adressesDesConnexions(url, name, cleDEssai);
  const db = connectDatabase(adresses, 'operateur', 20);
  const publique = connectDatabase(adresses, 'publique', 5);
  const close = async (): Promise<void> => {
    await Promise.all([db.destroy(), publique.destroy(), owner.end()]);
    await admin.query(`drop database ${name} with (force)`);
    await admin.query(`drop role if exists ${Object.values(nomsDesConnexions(name)).join(', ')}`);
    await admin.end();
  };
  return { url, adresses, db, publique, owner, close };
};

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of the test run and the name of its migrated template database. */
    serveur: { readonly url: string; readonly modele: string };
  }
}
