import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const findRoot = (from: string): string => {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json not found above the running code');
  return findRoot(parent);
};

/** Folder of the checkout: the same from the bundle in `dist/` and from the sources under test. */
export const root = findRoot(import.meta.dirname);
