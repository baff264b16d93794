// node bench/debit.ts ADDRESS [PATH]: requests answered per second by one server process, ten connections, ten seconds;
// each answer whole, as a browser that has never been there asks for it.
import { Agent, get } from 'node:http';
import { performance } from 'node:perf_hooks';

const [adresse = 'http://127.0.0.1:3000', path = '/departements/02'] = process.argv.slice(2);
const connections = 10;
const seconds = 10;
const agent = new Agent({ keepAlive: true, maxSockets: connections });

const demander = (): Promise<number> =>
  new Promise((resolve, reject) => {
    get(`${adresse}${path}`, { agent, headers: { 'Accept-Encoding': 'br' } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`answered ${response.statusCode}`));
      response.on('data', () => undefined).on('end', () => resolve(performance.now()));
    }).on('error', reject);
  });

const started = performance.now();
const times: number[] = [];
await Promise.all(
  Array.from({ length: connections }, async () => {
    while (performance.now() - started < seconds * 1000) {
      const asked = performance.now();
      times.push((await demander()) - asked);
    }
  }),
);
agent.destroy();
times.sort((a, b) => a - b);
console.log(
  `${path}: ${Math.round(times.length / seconds)} requests/s, p50 ${times[Math.floor(times.length / 2)]?.toFixed(1)} ms, p95 ${times[Math.floor(times.length * 0.95)]?.toFixed(1)} ms`,
);
