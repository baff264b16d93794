import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleDEssai } from '../src/platform/database/cle.fixtures.ts';
import { root } from '../src/platform/root.ts';

export type Programme = {
  readonly child: ChildProcess;
  /** Everything written so far. */
  readonly output: () => string;
  readonly error: () => string;
  /** Exit code; the signal's name when one ended it. */
  readonly ended: Promise<number | string>;
};

const scripts = {
  start: ['bin', 'start.mjs'],
  maillage: ['bin', 'maillage.mjs'],
  /** The server itself, without the launcher that looks after it: a signal reaches it and nothing else. */
  serveur: ['dist', 'main.js'],
} as const;

/** Runs a script as a newcomer's npm would, under this Node. */
export const lancer = (
  script: keyof typeof scripts,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Programme => {
  const child = spawn(process.execPath, [join(root, ...scripts[script]), ...args], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      MAILLAGE_DEMO: 'non',
      PORT: '0',
      // That of the databases of tests: the processes share their log-ins.
      ...('DATABASE_URL' in env ? { MAILLAGE_CLE: cleDEssai } : {}),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let error = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    error += chunk.toString();
  });
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? -1)),
  );
  return { child, output: () => output, error: () => error, ended };
};

/** Waits until something is so; a fault after the time allowed, with what was last seen. */
export const attendre = async <Value>(
  what: string,
  look: () => Promise<Value | undefined> | Value | undefined,
  seconds = 30,
): Promise<Value> => {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(50);
  }
  throw new Error(`${what}: not within ${seconds} s`);
};

/** Starts the server and waits for its address. */
export const demarrer = async (
  env: Readonly<Record<string, string>>,
  script: 'start' | 'serveur' = 'start',
): Promise<Programme & { readonly adresse: string }> => {
  const programme = lancer(script, [], env);
  const adresse = await attendre(
    'the server is ready',
    () => {
      if (programme.child.exitCode !== null) throw new Error(`ended: ${programme.error()}`);
      return /prêt : (\S+)/.exec(programme.output())?.[1];
    },
    60,
  );
  return { ...programme, adresse };
};

/** A folder for a database, readable by the user the server runs as; removed at the end. */
export const dossierTemporaire = async (): Promise<{
  readonly dossier: string;
  readonly effacer: () => Promise<void>;
}> => {
  const dossier = await mkdtemp(join(tmpdir(), 'maillage-essai-'));
  await chmod(dossier, 0o755);
  return { dossier, effacer: () => rm(dossier, { recursive: true, force: true }) };
};

/** Process number of the PostgreSQL serving a folder, if it lives. */
export const pidPostgres = async (dossier: string): Promise<number | undefined> => {
  const pid = Number(
    (await readFile(join(dossier, 'postgresql', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0],
  );
  try {
    return pid > 0 && process.kill(pid, 0) ? pid : undefined;
  } catch {
    return undefined;
  }
};
