import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { restaurer, sauvegarder } from './backup.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';
import { type TestDatabase, withTestDatabase } from './testing.ts';

let folder = '';
let file = '';
let base: TestDatabase;
let migrations: readonly Migration[];
const instant = '2021-04-01T00:00:00Z';
const strange = 'a\u2028b\\c\td\ne « é » 🎉';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maillage-sauvegarde-'));
  file = join(folder, 'base.sauvegarde');
  migrations = await readMigrations();
  base = await withTestDatabase();
  await base.owner.query(
    `insert into journal (acteur, role, acte, objet_type, objet_id, motif) values ('a', 'b', 'c', 'd', 'e', $1)`,
    [strange],
  );
  await base.owner.query(
    `insert into engagement (enveloppe_id, montant_centimes) select id, 123456 from enveloppe`,
  );
  await sauvegarder(base.owner, file, instant);
});
afterAll(async () => {
  await base.close();
  await rm(folder, { recursive: true, force: true });
});

const changed = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  const index = Math.round(bytes.length * at);
  copy.writeUInt8((copy.readUInt8(index) ^ 1) & 255, index);
  return copy;
};
const edited = (bytes: Buffer, from: string | RegExp, to: string): Buffer =>
  gzipSync(gunzipSync(bytes).toString().replace(from, to));

const inEmpty = async (work: (empty: TestDatabase) => Promise<void>): Promise<void> => {
  const empty = await withTestDatabase('vide');
  try {
    await work(empty);
  } finally {
    await empty.close();
  }
};
const count = async (each: TestDatabase): Promise<number> =>
  Number(
    (await each.owner.query(`select count(*) as n from pg_class where relnamespace = 'public'::regnamespace`))
      .rows[0]?.n,
  );

it('brings everything back into an empty database: a second backup is the same to the byte', async () => {
  await inEmpty(async (empty) => {
    const done = await restaurer(empty.owner, file, migrations, { remplacer: false });
    expect(done).toMatchObject({ ok: true });
    const again = join(folder, 'encore.sauvegarde');
    await sauvegarder(empty.owner, again, instant);
    expect(gunzipSync(await readFile(again)).equals(gunzipSync(await readFile(file)))).toBe(true);
    expect((await empty.owner.query('select motif from journal where acte = $1', ['c'])).rows).toEqual([
      { motif: strange },
    ]);
  });
});

it('leaves a database that goes on: numbers follow, the enveloppe keeps its ceiling, roles keep their walls', async () => {
  await inEmpty(async (empty) => {
    await restaurer(empty.owner, file, migrations, { remplacer: false });
    const last = (await empty.owner.query('select max(id) as id from journal')).rows[0]?.id;
    const next = await empty.db
      .insertInto('journal')
      .values({ acteur: 'a', role: 'b', acte: 'c', objet_type: 'd', objet_id: 'e' })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(next.id).toBeGreaterThan(last);
    expect((await empty.owner.query('select engage_centimes from enveloppe')).rows).toEqual([
      { engage_centimes: 123_456 },
    ]);
    await empty.owner.query(
      `insert into engagement (enveloppe_id, montant_centimes) select id, 1 from enveloppe`,
    );
    expect((await empty.owner.query('select engage_centimes from enveloppe')).rows).toEqual([
      { engage_centimes: 123_457 },
    ]);
    await expect(empty.owner.query('update journal set acte = acte')).rejects.toThrow(/ne se modifie pas/);
    await expect(empty.publique.selectFrom('journal').selectAll().execute()).rejects.toThrow(
      /permission denied/,
    );
  });
});

it('refuses a database that is not empty, unless told to replace it', async () => {
  const other = await withTestDatabase();
  await other.owner.query(
    `insert into journal (acteur, role, acte, objet_type, objet_id) values ('autre', 'b', 'autre', 'd', 'e')`,
  );
  expect(await restaurer(other.owner, file, migrations, { remplacer: false })).toMatchObject({
    ok: false,
    refus: 'occupe',
  });
  expect(await restaurer(other.owner, file, migrations, { remplacer: true })).toMatchObject({ ok: true });
  expect((await other.owner.query(`select id from journal where acte = 'autre'`)).rows).toEqual([]);
  await other.close();
});

it.each([
  ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ['not compressed', (bytes: Buffer) => gunzipSync(bytes)],
  ['of something else', () => Buffer.from('bonjour')],
  ['empty', () => Buffer.alloc(0)],
  [
    // Of a table that nothing refers to: only the count of rows tells.
    'with a row less',
    (bytes: Buffer) =>
      gzipSync(
        gunzipSync(bytes)
          .toString()
          .replace(/("table":"contour"[^\n]*\n)[^\n]+\n/, '$1'),
      ),
  ],
  ['with a byte changed at a third', (bytes: Buffer) => changed(bytes, 1 / 3)],
  ['with a byte changed at two thirds', (bytes: Buffer) => changed(bytes, 2 / 3)],
  ['without the sum that ends it', (bytes: Buffer) => bytes.subarray(0, bytes.length - 8)],
  ['with a wrong sum', (bytes: Buffer) => changed(bytes, (bytes.length - 6) / bytes.length)],
  ['of another version', (bytes: Buffer) => edited(bytes, '"version":1', '"version":2')],
  [
    'followed by more',
    (bytes: Buffer) => gzipSync(Buffer.concat([gunzipSync(bytes), Buffer.from('encore')])),
  ],
  [
    'of a table that is not known',
    (bytes: Buffer) => edited(bytes, '{"table":"contour"', '{"table":"kontour"'),
  ],
  ['of a column that is not known', (bytes: Buffer) => edited(bytes, '"niveau"', '"nivo"')],
  // The server refuses the first row while thousands are still to be sent.
  [
    'with a row that is refused',
    (bytes: Buffer) => edited(bytes, /("table":"commune",[^\n]*\n)[^\t]+/, '$1x'),
  ],
  [
    'with a section broken',
    (bytes: Buffer) =>
      gzipSync(gunzipSync(bytes).toString().replace('{"table":"programme"', '{"tableau":"programme"')),
  ],
])('refuses a file that is %s, and changes nothing', async (_, spoil) => {
  const spoiled = join(folder, 'abime');
  await writeFile(spoiled, spoil(await readFile(file)));
  await inEmpty(async (empty) => {
    const before = await count(empty);
    expect(await restaurer(empty.owner, spoiled, migrations, { remplacer: false })).toMatchObject({
      ok: false,
      refus: 'fichier',
    });
    expect(await count(empty)).toBe(before);
  });
});

it('refuses a missing file and a backup of a newer version', async () => {
  await inEmpty(async (empty) => {
    expect(
      await restaurer(empty.owner, join(folder, 'absent'), migrations, { remplacer: false }),
    ).toMatchObject({ ok: false, refus: 'fichier' });
    expect(await restaurer(empty.owner, file, migrations.slice(0, -1), { remplacer: false })).toMatchObject({
      ok: false,
      refus: 'migrations',
    });
  });
});

it('applies the migrations that came since the backup', async () => {
  const later: Migration = {
    numero: 9000,
    nom: 'suite',
    sql: 'create table suite (id integer primary key)',
    empreinte: 'x',
  };
  await inEmpty(async (empty) => {
    expect(await restaurer(empty.owner, file, [...migrations, later], { remplacer: false })).toMatchObject({
      ok: true,
    });
    expect((await empty.owner.query('select count(*) as n from suite')).rows).toEqual([{ n: 0 }]);
  });
});

it('migrates from nothing, once; refuses a changed migration, one slipped in before, and a newer database', async () => {
  await inEmpty(async (empty) => {
    expect(await migrate(empty.owner, migrations)).toMatchObject({
      ok: true,
      valeur: { length: migrations.length },
    });
    expect(await migrate(empty.owner, migrations)).toMatchObject({ ok: true, valeur: { length: 0 } });
    const changed = migrations.map((migration, index) =>
      index === 2 ? { ...migration, empreinte: 'autre' } : migration,
    );
    expect(await migrate(empty.owner, changed)).toMatchObject({
      ok: false,
      refus: 'migrations',
      message: expect.stringContaining('a changé'),
    });
    expect(await migrate(empty.owner, migrations.slice(0, -1))).toMatchObject({
      ok: false,
      refus: 'migrations',
      message: expect.stringContaining('inconnue'),
    });
    const glissee: Migration = { numero: 0, nom: 'glissee', sql: 'select 1', empreinte: 'x' };
    expect(await migrate(empty.owner, [glissee, ...migrations])).toMatchObject({
      ok: false,
      refus: 'migrations',
      message: expect.stringContaining('qui vient avant'),
    });
    const broken: Migration = {
      numero: 9001,
      nom: 'cassee',
      sql: 'create table demi (id integer); select 1/0',
      empreinte: 'x',
    };
    await expect(migrate(empty.owner, [...migrations, broken])).rejects.toThrow(/division by zero/);
    expect((await empty.owner.query(`select to_regclass('public.demi') as t`)).rows).toEqual([{ t: null }]);
  });
});

it('gives identifiers of version 7, in the order of time', async () => {
  const { rows } = await base.owner.query<{ id: string }>(
    'select uuid_v7() as id, pg_sleep(0.002) from generate_series(1, 20)',
  );
  const ids = rows.map(({ id }) => id);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...ids].sort()).toEqual(ids);
});
