// node scripts/build.ts FOLDER: the two bundles and the fonts that documents need.
import { join } from 'node:path';
import { build } from 'vite';
import { convertFonts } from './fonts.ts';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node scripts/build.ts FOLDER');
await build({ logLevel: 'warn', build: { outDir: folder, emptyOutDir: false } });
await convertFonts(join(folder, 'fonts'));
