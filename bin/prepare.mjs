// Runs under whatever Node the machine has: installs what is missing, builds what is stale, and finds the pinned
// Node 24. Written in plain JavaScript for that reason.
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

const fail = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

/** Whether every package of the lockfile that this machine needs is there in its pinned version. */
const installed = (withDev) => {
  const kept = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(kept) || !existsSync(node)) return false;
  const present = readJson(kept).packages;
  return Object.entries(readJson(join(root, 'package-lock.json')).packages).every(
    ([path, wanted]) =>
      path === '' ||
      wanted.optional ||
      wanted.devOptional ||
      (wanted.dev && !withDev) ||
      present[path]?.version === wanted.version,
  );
};

const install = (withDev) => {
  process.stderr.write('Installation des dépendances…\n');
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--no-save',
    '--loglevel=error',
    ...(withDev ? [] : ['--omit=dev']),
  ];
  // What runs Maillage may say NODE_ENV=production: that must not leave the test tools out.
  const env = { ...process.env, NODE_ENV: '' };
  const result = spawnSync('npm', args, {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0)
    fail('L’installation des dépendances a échoué : voyez le message de npm ci-dessus.');
};

const listFiles = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => listFiles(join(path, name)))
    : [path];

/** Digest of what the build is made from. */
const sourcesDigest = () => {
  const digest = createHash('sha256');
  for (const entry of ['src', 'bin', 'islands', 'scripts', 'vite.config.ts', 'package-lock.json']) {
    for (const file of listFiles(join(root, entry)))
      digest.update(file.slice(root.length)).update(readFileSync(file));
  }
  return digest.digest('hex');
};

const build = () => {
  const stamp = join(root, 'dist', 'empreinte');
  const digest = sourcesDigest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  process.stderr.write('Construction…\n');
  // In a folder of its own, put in place when whole: a server or a command that runs meanwhile is not disturbed.
  const draft = join(root, `dist.${process.pid}.${randomBytes(3).toString('hex')}`);
  const result = spawnSync(node, [join(root, 'scripts', 'build.ts'), draft], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    fail('La construction a échoué : voyez le message ci-dessus.');
  }
  writeFileSync(join(draft, 'empreinte'), digest);
  const old = `${draft}.ancien`;
  if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
  renameSync(draft, join(root, 'dist'));
  rmSync(old, { recursive: true, force: true });
};

/** Installs and builds what is missing or stale; says so on standard error only. */
export const prepare = ({ withDev = false } = {}) => {
  if (!installed(withDev)) install(withDev);
  build();
};
