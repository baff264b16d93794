import { afterAll, beforeAll, expect, it } from 'vitest';
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
  const command = lancer('maillage', ['indicateurs', '--json'], env);
  expect(await command.ended, command.error()).toBe(0);
  expect(JSON.parse(command.output())).toMatchObject({ structures: 0 });
  for (const server of servers) {
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  }
  expect((await base.owner.query('select 1 as un')).rows).toEqual([{ un: 1 }]);
});
