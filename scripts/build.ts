// node scripts/build.ts FOLDER: the two bundles, the browser programs, and the fonts that documents need.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../src/platform/root.ts';
import { convertFonts } from './fonts.ts';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node scripts/build.ts FOLDER');

const ilots = Object.fromEntries(
  readdirSync(join(root, 'islands'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, join(root, 'islands', name, 'index.ts')]),
);

await build({ logLevel: 'warn', build: { outDir: folder, emptyOutDir: false } });
await build({
  configFile: false,
  root,
  logLevel: 'error',
  // Where the server serves them from: files that one program loads are asked for there.
  base: '/assets/ilots/',
  publicDir: false,
  build: {
    outDir: join(folder, 'ilots'),
    target: 'es2022',
    manifest: 'manifest.json',
    modulePreload: false,
    // A worker or a sheet is a file of our own: the policy of the pages forbids data addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ilots,
      output: {
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
});
await convertFonts(join(folder, 'fonts'));
