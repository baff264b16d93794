// node bench/pages.ts ADDRESS [REQUESTS]: server time of the public pages of a running Maillage, one request at a time.
import { performance } from 'node:perf_hooks';

const [adresse = 'http://127.0.0.1:3000', count = '300'] = process.argv.slice(2);
const paths = [
  '/',
  '/departements/02',
  '/departements/59',
  '/communiques/02/2021-03-24',
  '/mentions-legales',
  '/nulle-part',
];

for (const path of paths) {
  const times: number[] = [];
  let bytes = 0;
  for (let index = 0; index < Number(count); index += 1) {
    const started = performance.now();
    const response = await fetch(`${adresse}${path}`, { headers: { 'Accept-Encoding': 'identity' } });
    bytes = (await response.arrayBuffer()).byteLength;
    times.push(performance.now() - started);
  }
  const sorted = times.slice(20).sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  console.log(
    `${path}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ${(bytes / 1024).toFixed(0)} KiB uncompressed`,
  );
}
