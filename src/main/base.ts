import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { cleDe } from '../platform/cle.ts';
import type { Config } from '../platform/config.ts';
import { etablirConnexions } from '../platform/database/connexions.ts';
import { type Adresses, connectClient, connectDatabase } from '../platform/database/index.ts';
import { type Migration, migrate, readMigrations } from '../platform/database/migrate.ts';
import type { Acteur } from '../platform/journal.ts';
import { type Resultat, reussi } from '../platform/result.ts';
import { root } from '../platform/root.ts';
import { installerFile } from '../platform/taches.ts';
import { installerProgramme } from '../programme/index.ts';
import { chargerReference } from '../territoires/index.ts';

/** Who acts when the product sets itself up. */
export const systeme: Acteur = { identifiant: 'maillage', role: 'operateur' };

const folder = join(root, 'reference');

const referenceDigest = async (): Promise<string> => {
  const digest = createHash('sha256');
  for (const file of (await readdir(folder)).sort())
    digest.update(file).update(await readFile(join(folder, file)));
  return digest.digest('hex');
};

/** Loads the reference files when the database does not hold this version of them. */
const loadReference = async (client: pg.Client): Promise<void> => {
  const digest = await referenceDigest();
  const known = `select from reference_chargee where nom = 'territoires' and empreinte = $1`;
  if ((await client.query(known, [digest])).rowCount === 1) return;
  await client.query('begin');
  try {
    // Of two first starts at once, the second waits, however long, and finds the work done.
    await client.query('set local lock_timeout = 0');
    await client.query('lock table reference_chargee in share row exclusive mode');
    if ((await client.query(known, [digest])).rowCount === 0) {
      await chargerReference(client, folder);
      await client.query(
        `insert into reference_chargee (nom, empreinte) values ('territoires', $1)
        on conflict (nom) do update set empreinte = excluded.empreinte, chargee_le = now()`,
        [digest],
      );
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
};

type Prete = { readonly migrations: readonly Migration[]; readonly adresses: Adresses };

/**
 * Makes a database ready to serve, as its owner: migrations, queue of jobs, reference territories, restricted log-ins;
 * then, as the operator, the national programme. Gives where the log-ins are: the owner is needed no more.
 */
export const preparerBase = async (
  url: string,
  config: Pick<Config, 'cle' | 'dossier' | 'connexions'>,
): Promise<Resultat<Prete>> => {
  const migrations = await readMigrations();
  const client = await connectClient({ proprietaire: url }, 'proprietaire');
  let adresses: Adresses;
  try {
    const migrated = await migrate(client, migrations);
    if (!migrated.ok) return migrated;
    await installerFile(client);
    await loadReference(client);
    const etablies = await etablirConnexions(client, url, {
      secret: () => cleDe(config),
      donnees: config.connexions,
    });
    if (!etablies.ok) return etablies;
    adresses = etablies.valeur;
  } finally {
    await client.end();
  }
  const db = connectDatabase(adresses, 'operateur', 1);
  try {
    await installerProgramme(db, systeme);
  } finally {
    await db.destroy();
  }
  return reussi({ migrations, adresses });
};
