import { cleDe } from '../src/platform/cle.ts';
import { readConfig } from '../src/platform/config.ts';
import { etablirConnexions } from '../src/platform/database/connexions.ts';
import { type Adresses, connectClient } from '../src/platform/database/index.ts';
import { exiger } from '../src/platform/result.ts';

/** The restricted log-ins of the database to measure on; the key is that of the environment, as for the product. */
export const adressesDe = async (url: string): Promise<Adresses> => {
  const config = exiger(readConfig({ ...process.env, DATABASE_URL: url }));
  const client = await connectClient({ proprietaire: url }, 'proprietaire');
  try {
    const { connexions: donnees } = config;
    return exiger(await etablirConnexions(client, url, { secret: () => cleDe(config), donnees }));
  } finally {
    await client.end();
  }
};
