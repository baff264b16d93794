import { preparerBase } from '../src/main/base.ts';
import { readConfig } from '../src/platform/config.ts';
import type { Adresses } from '../src/platform/database/index.ts';
import { exiger } from '../src/platform/result.ts';

/** The restricted log-ins of the database to measure on; the key is that of the environment, as for the product. */
export const adressesDe = async (url: string): Promise<Adresses> =>
  exiger(await preparerBase(url, exiger(readConfig({ ...process.env, DATABASE_URL: url })))).adresses;
