import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { node } from './prepare.mjs';

/** Runs a program of the build under the pinned Node, hands signals over, and ends as it ended. */
export const run = (file, args) => {
  const child = spawn(node, ['--enable-source-maps', file, ...args], {
    cwd: process.cwd(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm was killed: what it started must not stay behind. Only npm's own scripts watch, never a shell's background job.
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  }
  child.on('error', (error) => {
    process.stderr.write(`Impossible de lancer Node : ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
};
