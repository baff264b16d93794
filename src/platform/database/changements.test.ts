import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Changements, ecouterChangements } from './changements.ts';
import { type TestDatabase, withTestDatabase } from './testing.ts';

let base: TestDatabase;
let changements: Changements;
beforeAll(async () => {
  base = await withTestDatabase();
  changements = await ecouterChangements(base.adresses);
});
afterAll(async () => {
  await changements.fermer();
  await base.close();
});

const listeners = async (): Promise<number> =>
  (
    await base.owner.query(
      `select from pg_stat_activity where datname = current_database() and application_name = 'maillage publique'`,
    )
  ).rowCount ?? 0;

const cut = () =>
  base.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'maillage publique'`,
  );

it('a committed change is told, an undone one is not', async () => {
  const before = changements.generation();
  await base.owner.query(`begin; update region set nom = nom where code = '32'; rollback`);
  await base.owner.query('select 1');
  expect(changements.generation()).toBe(before);
  await base.owner.query(`update region set nom = nom where code = '32'`);
  await expect.poll(() => changements.generation()).toBeGreaterThan(before ?? 0);
});

it('a connection that is lost is replaced by one, and what was kept meanwhile is not trusted', async () => {
  const before = changements.generation() ?? 0;
  await cut();
  await expect.poll(() => changements.generation(), { timeout: 10_000 }).toBeGreaterThan(before);
  for (let times = 0; times < 3; times += 1) {
    await cut();
    await expect.poll(listeners, { timeout: 10_000 }).toBe(1);
  }
  const again = changements.generation() ?? 0;
  await base.owner.query(`update region set nom = nom where code = '32'`);
  await expect.poll(() => changements.generation(), { timeout: 10_000 }).toBeGreaterThan(again);
});

it('a listener that fails when it starts leaves no connection behind, and comes back by itself', async () => {
  await base.owner.query('revoke execute on function secondes_avant_annonce() from maillage_publique');
  const other = await ecouterChangements(base.adresses);
  expect(other.generation()).toBeNull();
  await cut();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await listeners()).toBeLessThanOrEqual(2);
  await base.owner.query('grant execute on function secondes_avant_annonce() to maillage_publique');
  await expect.poll(() => other.generation(), { timeout: 15_000 }).not.toBeNull();
  await other.fermer();
  await expect.poll(() => changements.generation(), { timeout: 15_000 }).not.toBeNull();
});
