import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../platform/config.ts';

/** The key that encrypts what must be read back: the configuration's, or one made once and kept beside the data. */
export const cleDe = ({ cle, dossier }: Pick<Config, 'cle' | 'dossier'>): string => {
  if (cle !== undefined) return cle;
  const file = join(dossier, 'cle');
  try {
    mkdirSync(dossier, { recursive: true });
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch {
    // Made by another start already.
  }
  return readFileSync(file, 'utf8').trim();
};
