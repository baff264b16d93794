import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../src/platform/root.ts';
import { attendre, demarrer, dossierTemporaire, lancer, pidPostgres } from './processus.ts';

const sante = async (adresse: string) => {
  const response = await fetch(`${adresse}/sante`);
  return { status: response.status, body: await response.json() };
};

/** The process under the launcher: the server itself. */
const childOf = (pid: number | undefined): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

const gone = (pid: number) =>
  attendre(
    `process ${pid} is gone`,
    () => {
      try {
        process.kill(pid, 0);
        return undefined;
      } catch {
        return true;
      }
    },
    15,
  );

describe('the life of an embedded server', () => {
  let dossier = '';
  let effacer = async (): Promise<void> => undefined;
  beforeAll(async () => {
    ({ dossier, effacer } = await dossierTemporaire());
  });
  afterAll(async () => {
    const left = await pidPostgres(dossier);
    if (left !== undefined) process.kill(left, 'SIGINT');
    await effacer();
  });

  it('starts on an empty folder, says where, is healthy, and ends everything at SIGTERM', async () => {
    const server = await demarrer({ MAILLAGE_DATA: dossier });
    expect(await sante(server.adresse)).toEqual({
      status: 200,
      body: {
        etat: 'pret',
        base: 'joignable',
        migrations: { appliquees: expect.any(Number), attendues: expect.any(Number) },
      },
    });
    const postgres = await pidPostgres(dossier);
    const asked = Date.now();
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    await gone(postgres ?? -1);
  });

  it('refuses a second server on the folder in one sentence, while the first goes on', async () => {
    const first = await demarrer({ MAILLAGE_DATA: dossier });
    const second = lancer('start', [], { MAILLAGE_DATA: dossier });
    expect(await second.ended).toBe(1);
    expect(second.error()).toBe(
      `Maillage sert déjà le dossier ${dossier} : arrêtez l’autre serveur, ou choisissez un autre dossier avec MAILLAGE_DATA.\n`,
    );
    expect((await sante(first.adresse)).status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it.each([
    [
      'the server',
      async (server: Awaited<ReturnType<typeof demarrer>>) =>
        process.kill(childOf(server.child.pid), 'SIGKILL'),
    ],
    [
      'the launcher',
      async (server: Awaited<ReturnType<typeof demarrer>>) => process.kill(server.child.pid ?? -1, 'SIGKILL'),
    ],
    ['PostgreSQL', async () => process.kill((await pidPostgres(dossier)) ?? -1, 'SIGKILL')],
  ])('starts again on the folder after a kill -9 of %s', async (_, kill) => {
    const killed = await demarrer({ MAILLAGE_DATA: dossier });
    const server = childOf(killed.child.pid);
    await kill(killed);
    await killed.ended;
    const again = await demarrer({ MAILLAGE_DATA: dossier });
    expect((await sante(again.adresse)).status).toBe(200);
    await gone(server);
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
    expect(await pidPostgres(dossier)).toBeUndefined();
  });

  it('does not outlive npm: after a kill -9 of it the folder is free again', async () => {
    const env = { ...process.env, MAILLAGE_DATA: dossier, MAILLAGE_DEMO: 'non', PORT: '0' };
    const npm = spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    npm.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const adresse = await attendre('npm start is ready', () => /prêt : (\S+)/.exec(output)?.[1], 60);
    npm.kill('SIGKILL');
    await attendre(
      'the server is gone',
      () =>
        fetch(`${adresse}/sante`).then(
          () => undefined,
          () => true,
        ),
      15,
    );
    await attendre(
      'the database is gone',
      async () => ((await pidPostgres(dossier)) === undefined ? true : undefined),
      15,
    );
  });

  it('answers commands beside the server, and without it', async () => {
    const run = async () => {
      const command = lancer('maillage', ['indicateurs', '--json'], { MAILLAGE_DATA: dossier });
      expect(await command.ended, command.error()).toBe(0);
      return JSON.parse(command.output());
    };
    const server = await demarrer({ MAILLAGE_DATA: dossier });
    expect(await run()).toMatchObject({ structures: 0, postes: 0, montant_centimes: 0 });
    expect((await sante(server.adresse)).status).toBe(200);
    server.child.kill('SIGTERM');
    await server.ended;
    const both = await Promise.all([run(), run()]);
    expect(both).toHaveLength(2);
    await attendre('the last command stops the database', async () =>
      (await pidPostgres(dossier)) === undefined ? true : undefined,
    );
  });
});

describe('a start that cannot be', () => {
  let dossier = '';
  let effacer = async (): Promise<void> => undefined;
  beforeAll(async () => {
    ({ dossier, effacer } = await dossierTemporaire());
  });
  afterAll(() => effacer());

  const refused = async (env: Readonly<Record<string, string>>): Promise<string> => {
    const server = lancer('start', [], { MAILLAGE_DATA: dossier, ...env });
    expect(await server.ended).toBe(1);
    expect(server.output()).toBe('');
    expect(server.error().trim().split('\n')).toHaveLength(1);
    return server.error();
  };

  it('on a busy port says so', async () => {
    const busy = createServer();
    const port = await new Promise<number>((resolve) => {
      busy.listen(0, '127.0.0.1', () => {
        const address = busy.address();
        resolve(address !== null && typeof address === 'object' ? address.port : 0);
      });
    });
    expect(await refused({ PORT: String(port) })).toContain(
      `Le port ${port} ne peut pas être ouvert : il est déjà utilisé.`,
    );
    busy.close();
  });

  it.each([
    ['at the top of the folder', ''],
    ['where ours would be', 'postgresql'],
  ])('on a database of another major version, %s, says so', async (_, inside) => {
    const folder = join(dossier, `version${inside}`);
    await mkdir(join(folder, inside), { recursive: true });
    await writeFile(join(folder, inside, 'PG_VERSION'), '15\n');
    expect(await refused({ MAILLAGE_DATA: folder })).toMatch(/PostgreSQL 15|version 15 de PostgreSQL/);
  });

  it('with an unreachable DATABASE_URL says so, without its password', async () => {
    const message = await refused({ DATABASE_URL: 'postgresql://moi:tres-secret@127.0.0.1:1/base' });
    expect(message).toContain('Impossible de joindre la base 127.0.0.1:1/base donnée par DATABASE_URL');
    expect(message).not.toContain('tres-secret');
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ MAILLAGE_DEMO: 'peut-être' }, 'MAILLAGE_DEMO'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
  ])('with %j names the variable', async (env, name) => {
    expect(await refused(env)).toContain(`Configuration refusée : ${name}`);
  });

  it('in the official skin without its package says so', async () => {
    expect(await refused({ MAILLAGE_THEME: 'dsfr' })).toContain(
      'MAILLAGE_THEME=dsfr demande le paquet @gouvfr/dsfr',
    );
  });

  it('on a folder that is a file says so', async () => {
    const file = join(dossier, 'fichier');
    await writeFile(file, '');
    expect(await refused({ MAILLAGE_DATA: file })).toContain(
      `Le dossier de la base ${file} ne peut pas être utilisé`,
    );
  });
});
