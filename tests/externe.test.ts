import { afterAll, beforeAll, expect, it } from 'vitest';
import { variableDe } from '../src/platform/config.ts';
import { nomsDesConnexions } from '../src/platform/database/connexions.ts';
import { type Adresses, rolesRestreints } from '../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { demarrer, lancer } from './processus.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await withTestDatabase('vide');
});
afterAll(() => base.close());

it('serves an existing PostgreSQL, two instances at once, and leaves it running', async () => {
  const env = { DATABASE_URL: base.url };
  const servers = await Promise.all([demarrer(env), demarrer(env)]);
  for (const { adresse } of servers) expect((await fetch(`${adresse}/`)).status).toBe(200);
  // The owner has prepared the database and left; what PostgreSQL does there by itself has no name.
  const { rows } = await base.owner.query<{ nom: string }>(
    `select distinct usename::text as nom from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' order by 1`,
  );
  const noms = Object.values(nomsDesConnexions(new URL(base.url).pathname.slice(1)));
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.map(({ nom }) => nom).filter((nom) => !noms.includes(nom))).toEqual([]);
  const command = lancer('maillage', ['indicateurs', '--json'], env);
  expect(await command.ended, command.error()).toBe(0);
  expect(JSON.parse(command.output())).toMatchObject({ structures: 0 });
  for (const server of servers) {
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  }
  expect((await base.owner.query('select 1 as un')).rows).toEqual([{ un: 1 }]);
});

it('serves with the log-ins that the operator made, and says which one does not serve', async () => {
  const variables = (adresses: Adresses) =>
    Object.fromEntries(rolesRestreints.map((role) => [variableDe(role), adresses[role]]));
  const env = { DATABASE_URL: base.url, MAILLAGE_CLE: 'une clé qui n’est pas celle des mots de passe' };
  const served = lancer('maillage', ['indicateurs', '--json'], { ...env, ...variables(base.adresses) });
  expect(await served.ended, served.error()).toBe(0);
  const refused = lancer('maillage', ['indicateurs'], {
    ...env,
    ...variables({ ...base.adresses, acces: base.url }),
  });
  expect(await refused.ended).toBe(1);
  expect(refused.error()).toContain('MAILLAGE_DATABASE_URL_ACCES ne convient pas');
});
