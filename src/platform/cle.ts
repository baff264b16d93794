import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';

/** Characters below which a key is refused. */
const longueurMin = 32;

const lire = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Written whole under another name, then given its own: no other start reads half a key. */
const creer = (dossier: string, file: string): void => {
  const neuve = join(dossier, `cle-${randomUUID()}`);
  mkdirSync(dossier, { recursive: true });
  try {
    writeFileSync(neuve, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true });
    linkSync(neuve, file);
  } catch (error) {
    // Made by another start meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(neuve, { force: true });
  }
};

/** The key that encrypts what must be read back: the configuration's, or one made once and kept beside the data. */
export const cleDe = ({ cle, dossier }: Pick<Config, 'cle' | 'dossier'>): string => {
  if (cle !== undefined) return cle;
  const file = join(dossier, 'cle');
  if (lire(file) === undefined) creer(dossier, file);
  const kept = lire(file) ?? '';
  if (kept.length < longueurMin)
    throw new Error(`${file} holds fewer than ${longueurMin} characters: it is no key`);
  return kept;
};

/** What to say at start of a key that other hosts would not have; undefined when there is nothing to say. */
export const avertirDeLaCle = ({
  cle,
  databaseUrl,
}: Pick<Config, 'cle' | 'databaseUrl'>): string | undefined =>
  cle === undefined && databaseUrl !== undefined
    ? 'MAILLAGE_CLE n’est pas définie : la clé de chiffrement est gardée sur cette machine. Si Maillage tourne sur plusieurs machines, donnez-leur la même clé.'
    : undefined;
