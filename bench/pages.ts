// node bench/pages.ts ADDRESS [REQUESTS]: server time of every kind of public page of a running Maillage, one request
// at a time. Started with MAILLAGE_MEMOIRE=non, it draws every page again; with the memory, only the first time.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const [adresse = 'http://127.0.0.1:3000', count = '100'] = process.argv.slice(2);

const json = async <Answer>(path: string): Promise<Answer> =>
  (await (await fetch(`${adresse}${path}`)).json()) as Answer;
const [structure] = (
  await json<{ donnees: readonly { id: string; epci_code: string }[] }>(
    '/api/v1/structures?departement=02&limite=1',
  )
).donnees;

const paths = [
  '/',
  '/france',
  '/structures',
  '/structures?departement=59&tri=-postes',
  '/regions/32',
  '/departements/02',
  '/departements/59',
  `/epci/${structure?.epci_code}`,
  '/communes/02408',
  '/communes/59350',
  '/seances',
  '/seances/2021-03-24',
  `/structures/${structure?.id}`,
  '/recherche',
  '/recherche?q=02000',
  '/recherche?q=saint-quentin',
  '/recherche/suggestions?q=laon',
  '/carte',
  '/communiques',
  '/communiques/02/2021-03-24',
  '/dates-cles',
  '/donnees',
  '/api',
  '/api/v1/structures',
  '/api/v1/proximite?commune=02408',
  '/api/v1/indicateurs?par=departement',
  '/accessibilite',
  '/donnees-personnelles',
  '/mentions-legales',
  '/plan-du-site',
  '/composants',
  '/nulle-part',
];

const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1).padStart(6);
for (const path of paths) {
  const times: number[] = [];
  let bytes = 0;
  for (let index = 0; index < Number(count); index += 1) {
    const started = performance.now();
    const response = await fetch(`${adresse}${path}`, { headers: { 'Accept-Encoding': 'br' } });
    await response.arrayBuffer();
    if (response.status === 429) {
      // An address may have so many pages drawn in a minute.
      await sleep(Number(response.headers.get('retry-after') ?? 60) * 1000);
      index -= 1;
      continue;
    }
    bytes = Number(response.headers.get('content-length') ?? 0);
    times.push(performance.now() - started);
  }
  // The first ones warm the program up.
  const sorted = times.slice(Math.min(10, times.length - 1)).sort((a, b) => a - b);
  console.log(
    `p50 ${at(sorted, 0.5)} ms, p95 ${at(sorted, 0.95)} ms, ${(bytes / 1024).toFixed(0).padStart(4)} KiB sent: ${path}`,
  );
}
