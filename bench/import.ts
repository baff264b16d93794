// node --expose-gc bench/import.ts DATABASE_URL ROWS: time and memory of an import of generated rows, as a simulation
// (everything is computed and written, then undone).
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ecrireFichier } from '../src/candidatures/import/fichier.fixtures.ts';
import { connectDatabase } from '../src/platform/database/index.ts';
import { ouvrirModules } from '../src/platform/modules.fixtures.ts';
import { adressesDe } from './base.ts';

type Import = typeof import('../src/candidatures/import/acts.ts');

const [url, rows = '1450'] = process.argv.slice(2);
if (!url) throw new Error('usage: node --expose-gc bench/import.ts DATABASE_URL ROWS');
const { lire, fermer } = await ouvrirModules();
const { importerCoselec } = await lire<Import>('/src/candidatures/import/acts.ts');
const folder = await mkdtemp(join(tmpdir(), 'maillage-bench-'));
const chemin = join(folder, 'fichier.csv');
await ecrireFichier(chemin, Number(rows));
const db = connectDatabase(await adressesDe(url), 'operateur', 2);
const started = performance.now();
const before = process.memoryUsage().heapUsed;
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().heapUsed);
}, 20);
const result = await importerCoselec(
  db,
  { identifiant: 'bench', role: 'operateur' },
  { chemin, simulation: true },
);
clearInterval(watch);
if (!result.ok) throw new Error(result.message);
const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
const { lignes, creees, rejetees } = result.valeur.bilan;
console.log(
  `${lignes} rows (${creees} created, ${rejetees} rejected): ${((performance.now() - started) / 1000).toFixed(2)} s, heap at most ${mib(peak)} MiB (${mib(peak - before)} more than before), resident at most ${mib(process.resourceUsage().maxRSS * 1024)} MiB`,
);
await db.destroy();
await fermer();
await rm(folder, { recursive: true, force: true });
