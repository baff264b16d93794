// node bench/recherche.ts DATABASE_URL: time of the search for communes on the server, for what people type.
import { connectDatabase } from '../src/platform/database/index.ts';
import { chercherCommunes } from '../src/territoires/store.ts';
import { adressesDe } from './base.ts';

const url = process.argv[2];
if (!url) throw new Error('usage: node bench/recherche.ts DATABASE_URL');
const db = connectDatabase(await adressesDe(url), 'operateur', 1);
const names = [
  'Château-Thierry',
  'Saint-Quentin',
  'Le Havre',
  'Bohain-en-Vermandois',
  'L’Haÿ-les-Roses',
  '02400',
  '59000',
  'Saint-Étienne',
  'Laon',
  'Paris',
];
const typed = names.flatMap((name) => [...name].map((_, index) => name.slice(0, index + 1)));
const times: number[] = [];
for (let round = 0; round < 20; round += 1) {
  for (const texte of typed) {
    const started = performance.now();
    await chercherCommunes(db, texte);
    if (round > 0) times.push(performance.now() - started);
  }
}
times.sort((a, b) => a - b);
const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
console.log(`${times.length} searches: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`);
await db.destroy();
