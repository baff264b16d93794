// node bench/demonstration.ts ADDRESS [REQUESTS] [PAGES]: time of every page that each person of the demonstration reaches
// by links from their own, two of each kind, one request at a time, on a running Maillage. Says the slowest PAGES.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const [adresse = 'http://127.0.0.1:3000', count = '20', shown = '25'] = process.argv.slice(2);

const envoi = { Origin: adresse };
const demander = async (path: string, cookie: string, init: RequestInit = {}): Promise<Response> => {
  const response = await fetch(`${adresse}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { ...envoi, Cookie: cookie },
  });
  if (response.status !== 429) return response;
  // So many pages in a minute, for an address as for an account.
  await response.arrayBuffer();
  await sleep(Number(response.headers.get('retry-after') ?? 60) * 1000);
  return demander(path, cookie, init);
};

const portes = await (await demander('/demonstration', '')).text();
const personnes = [...new Set([...portes.matchAll(/name="personne" value="([^"]+)"/g)].map(([, id]) => id))];

/** Two of each kind are as good as all; files to take away and the public site are measured elsewhere. */
const formeDe = (path: string): string =>
  path.replace(/\?.*/, '?').replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, ':');
const ailleurs = /\.\w+(\?|$)|:format|^\/(deconnexion|demonstration|fichiers|donnees|api|documents)/;

const mesures: { readonly path: string; readonly p50: number; readonly p95: number }[] = [];
const deja = new Map<string, number>();
for (const personne of personnes) {
  const entered = await demander('/demonstration/entrer', '', {
    method: 'POST',
    body: new URLSearchParams({ personne: personne ?? '' }),
  });
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const file = ['/espace'];
  const vues = new Set(file);
  for (let path = file.shift(); path !== undefined; path = file.shift()) {
    const forme = formeDe(path);
    const times: number[] = [];
    let html = '';
    for (let index = 0; index < Number(count) + 3; index += 1) {
      const started = performance.now();
      const response = await demander(path, cookie);
      html = await response.text();
      if (response.status !== 200 || !response.headers.get('content-type')?.includes('html')) break;
      if (index >= 3) times.push(performance.now() - started);
    }
    if (times.length < Number(count)) continue;
    times.sort((left, right) => left - right);
    const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
    mesures.push({ path, p50: at(0.5), p95: at(0.95) });
    deja.set(forme, (deja.get(forme) ?? 0) + 1);
    for (const [, href = ''] of html.matchAll(/href="(\/[^"#]*)/g)) {
      const suite = href.replaceAll('&amp;', '&');
      const cle = formeDe(suite);
      // Each person measures their own page; the rest once or twice in all.
      if (vues.has(suite) || ailleurs.test(suite) || (deja.get(cle) ?? 0) >= 2) continue;
      if ([...vues].filter((vue) => formeDe(vue) === cle).length >= 2) continue;
      vues.add(suite);
      file.push(suite);
    }
  }
}
mesures.sort((left, right) => right.p95 - left.p95);
for (const { path, p50, p95 } of mesures.slice(0, Number(shown)))
  console.log(`p50 ${p50.toFixed(1).padStart(6)} ms, p95 ${p95.toFixed(1).padStart(6)} ms: ${path}`);
const above = mesures.filter(({ p95 }) => p95 >= 30).length;
console.log(
  `${mesures.length} pages as ${personnes.length} people, ${above} with a p95 of 30 ms or more; slowest p50 ${Math.max(...mesures.map(({ p50 }) => p50)).toFixed(1)} ms`,
);
