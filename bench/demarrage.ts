// node bench/demarrage.ts: seconds from a clean clone to the first page, then from `npm start` to the first page again.
import { execFileSync, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../src/platform/root.ts';

const folder = await mkdtemp(join(tmpdir(), 'maillage-bench-'));
await chmod(folder, 0o755);
const clone = join(folder, 'maillage');

/** Starts, waits for the first page, stops; gives the seconds to the page. */
const timed = async (): Promise<number> => {
  const started = performance.now();
  const env = { ...process.env, PORT: '0', MAILLAGE_DATA: join(folder, 'data'), NODE_OPTIONS: '' };
  const npm = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  npm.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = new Promise((resolve) => npm.once('exit', resolve));
  for (;;) {
    const adresse = /prêt : (\S+)/.exec(output)?.[1];
    if (adresse && (await fetch(`${adresse}/`)).ok) break;
    if (npm.exitCode !== null) throw new Error('npm start ended');
    await sleep(20);
  }
  const seconds = (performance.now() - started) / 1000;
  npm.kill('SIGTERM');
  await ended;
  return seconds;
};

try {
  execFileSync('git', ['clone', '--quiet', root, clone]);
  console.log(`clean clone to first page: ${(await timed()).toFixed(1)} s`);
  const warm = [await timed(), await timed(), await timed()].sort((a, b) => a - b);
  console.log(`warm start to first page: ${warm[1]?.toFixed(1)} s (median of 3)`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
