import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restaurer, sauvegarder } from './database/backup.ts';
import { connectDatabase, type Database } from './database/index.ts';
import { readMigrations } from './database/migrate.ts';
import { type TestDatabase, withTestDatabase } from './database/testing.ts';
import { journaliser } from './journal.ts';
import { attendreDecidees, scellerTout } from './scellement.fixtures.ts';
import { scellerJournal, verifierJournal } from './scellement.ts';

const acteur = { identifiant: 'essai', role: 'operateur' } as const;
let base: TestDatabase;
beforeEach(async () => {
  base = await withTestDatabase();
  await scellerTout(base.db);
});
afterEach(() => base.close());

const ecrire = (db: Database, objetId = 'a') =>
  journaliser(db, acteur, { acte: 'essai.ecrire', objetType: 'essai', objetId, contenu: { montant: 12.5 } });
const ids = async (): Promise<readonly number[]> =>
  (
    await base.owner.query<{ id: number }>(`select id from journal where acte = 'essai.ecrire' order by id`)
  ).rows.map(({ id }) => id);

/** What the owner alone can do, with the trigger out of the way. */
const forcer = async (statement: string, values: readonly unknown[] = []): Promise<void> => {
  await base.owner.query(
    'alter table journal disable trigger user; alter table journal_sceau disable trigger user',
  );
  await base.owner.query(statement, [...values]);
  await base.owner.query(
    'alter table journal enable trigger user; alter table journal_sceau enable trigger user',
  );
};

/** Three seals of two lines each. */
const scellees = async (): Promise<readonly number[]> => {
  for (const lot of [1, 2, 3]) {
    await ecrire(base.db, `a${lot}`);
    await ecrire(base.db, `b${lot}`);
    await scellerTout(base.db);
  }
  return ids();
};
/** Seals until that many lines are: other tests on the server may hold some back for a moment. */
const scellerJusqua = async (lignes: number): Promise<number> => {
  let total = 0;
  while (total < lignes) total += await scellerJournal(base.db);
  return total;
};
const anomalies = async () => (await verifierJournal(base.db)).anomalies;

describe('a sealed journal', () => {
  it('is whole, says what waits, and is sealed once', async () => {
    await scellees();
    await ecrire(base.db);
    const avant = await verifierJournal(base.db);
    expect(avant).toMatchObject({ enAttente: 1, anomalies: [] });
    expect(await scellerTout(base.db)).toBe(1);
    expect(await scellerTout(base.db)).toBe(0);
    const apres = await verifierJournal(base.db, avant.dernier?.empreinte);
    expect(apres).toMatchObject({ sceaux: avant.sceaux + 1, enAttente: 0, anomalies: [] });
  });

  it('is cut in seals of a size', async () => {
    const avant = (await verifierJournal(base.db)).sceaux;
    for (let each = 0; each < 7; each += 1) await ecrire(base.db);
    expect(await scellerTout(base.db, { parSceau: 3 })).toBe(7);
    expect(await verifierJournal(base.db)).toMatchObject({ sceaux: avant + 3, enAttente: 0, anomalies: [] });
    await ecrire(base.db);
    expect(await scellerTout(base.db)).toBe(1);
    expect(await anomalies()).toEqual([]);
  });

  it.each([
    ['changed', `update journal set motif = 'autre' where id = $1`, 'modifiée'],
    [
      'changed to the millionth of a second',
      `update journal set instant = instant + interval '1 microsecond' where id = $1`,
      'modifiée',
    ],
    ['given to somebody else', `update journal set acteur = 'autre' where id = $1`, 'modifiée'],
    ['deleted', 'delete from journal where id = $1', 'effacée'],
  ])('tells a line that was %s, and its seal', async (_, statement, fait) => {
    const [, , troisieme = 0] = await scellees();
    await forcer(statement, [troisieme]);
    expect(await anomalies()).toEqual([
      expect.stringMatching(new RegExp(`^Sceau n° \\d+ .* : ligne ${troisieme} ${fait}\\.$`)),
    ]);
  });

  it.each([
    ['with a new transaction', ''],
    ['with an old transaction', `, '3'`],
  ])('tells a line added among sealed ones %s, and never seals it', async (_, transaction) => {
    // A transaction undone leaves a number free.
    await base.db
      .transaction()
      .execute(async (undone) => {
        await ecrire(undone);
        throw new Error('voulue');
      })
      .catch(() => undefined);
    const [premiere = 0] = await scellees();
    await forcer(
      `insert into journal (id, acteur, role, acte, objet_type, objet_id${transaction && ', transaction_id'}) overriding system value
       values ($1, 'essai', 'operateur', 'faux', 'a', 'b'${transaction})`,
      [premiere - 1],
    );
    const ajoutee = [
      expect.stringContaining(`ligne ${premiere - 1} ajoutée après coup`.replace('ligne', 'igne')),
    ];
    expect(await anomalies()).toEqual(ajoutee);
    expect(await scellerTout(base.db)).toBe(0);
    await ecrire(base.db);
    expect(await scellerTout(base.db)).toBe(1);
    expect(await anomalies()).toEqual(ajoutee);
  });

  it('tells a seal that was changed, taken away, or made again without what was noted of it', async () => {
    await scellees();
    const { dernier } = await verifierJournal(base.db);
    await forcer(`update journal_sceau set instant = instant - interval '1 day' where numero = 2`);
    expect(await anomalies()).toEqual([expect.stringContaining('le sceau lui-même a été modifié')]);
    await forcer('delete from journal_sceau where numero = 2');
    expect(await anomalies()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Sceau n° 3 .* le sceau n° 2 manque/)]),
    );
    await forcer('delete from journal_sceau');
    await scellerTout(base.db);
    expect(await anomalies()).toEqual([]);
    expect((await verifierJournal(base.db, dernier?.empreinte)).anomalies).toEqual([
      expect.stringContaining('le journal a été réécrit'),
    ]);
  });

  it('stays whole when personal values are erased', async () => {
    const { rows } = await base.owner.query<{ id: string }>(
      `insert into personne (courriel, prenom, nom) values ('a@exemple.fr', 'A', 'B') returning id`,
    );
    const personne = rows[0]?.id ?? '';
    await journaliser(base.db, acteur, {
      acte: 'essai.ecrire',
      objetType: 'personne',
      objetId: personne,
      personnel: [{ personne, valeurs: { avant: 'a@exemple.fr', apres: 'b@exemple.fr' } }],
    });
    const kept = await base.db.selectFrom('journal_personnel').selectAll().execute();
    expect(kept).toEqual([
      {
        journal_id: (await ids())[0],
        personne_id: personne,
        invitation_id: null,
        revendication_id: null,
        valeurs: { avant: 'a@exemple.fr', apres: 'b@exemple.fr' },
      },
    ]);
    await scellerTout(base.db);
    await base.db.deleteFrom('journal_personnel').execute();
    expect(await anomalies()).toEqual([]);
  });

  it('leaves out what is not decided: a line committed late is sealed later, and nothing is broken', async () => {
    let finir = (): void => undefined;
    const fini = new Promise<void>((resolve) => {
      finir = resolve;
    });
    let commence = (): void => undefined;
    const ecrite = new Promise<void>((resolve) => {
      commence = resolve;
    });
    const lente = base.db.transaction().execute(async (transaction) => {
      await ecrire(transaction, 'lente');
      commence();
      await fini;
    });
    await ecrite;
    await ecrire(base.db, 'rapide');
    expect(await scellerJournal(base.db)).toBe(0);
    expect(await anomalies()).toEqual([]);
    finir();
    await lente;
    expect(await scellerTout(base.db)).toBe(2);
    expect(await anomalies()).toEqual([]);
  });

  it('seals the lines of those who began before, and the late number after', async () => {
    // The elder takes its transaction first, its line last: its number is above that of the one still running.
    const attendre = () => {
      let resoudre = (): void => undefined;
      const promise = new Promise<void>((resolve) => {
        resoudre = resolve;
      });
      return { promise, resoudre };
    };
    const [ainee, cadette, suite, fin] = [attendre(), attendre(), attendre(), attendre()] as const;
    const premier = base.db.transaction().execute(async (transaction) => {
      await sql`select pg_current_xact_id()`.execute(transaction);
      ainee.resoudre();
      await suite.promise;
      await ecrire(transaction, 'ainee');
    });
    await ainee.promise;
    const second = base.db.transaction().execute(async (transaction) => {
      await ecrire(transaction, 'cadette');
      cadette.resoudre();
      await fin.promise;
    });
    await cadette.promise;
    suite.resoudre();
    await premier;
    expect(await scellerTout(base.db)).toBe(1);
    expect(await anomalies()).toEqual([]);
    fin.resoudre();
    await second;
    expect(await anomalies()).toEqual([]);
    expect(await scellerTout(base.db)).toBe(1);
    expect(await verifierJournal(base.db)).toMatchObject({ enAttente: 0, anomalies: [] });
  });

  it('is whole whatever is written while it is sealed, by whoever seals', async () => {
    const avant = (await verifierJournal(base.db)).scellees;
    let ecrit = true;
    const writers = Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let each = 0; each < 15; each += 1) {
          await base.db
            .transaction()
            .execute(async (transaction) => {
              await ecrire(transaction, `${writer}`);
              await sql`select pg_sleep(${Math.random() * 0.005})`.execute(transaction);
              await ecrire(transaction, `${writer}`);
              if (each % 5 === 0) throw new Error('voulue');
            })
            .catch(() => undefined);
        }
      }),
    ).finally(() => {
      ecrit = false;
    });
    const sealer = async (): Promise<void> => {
      while (ecrit) await scellerJournal(base.db, { parSceau: 5 });
    };
    await Promise.all([writers, sealer(), sealer()]);
    await scellerTout(base.db);
    expect(await verifierJournal(base.db)).toMatchObject({
      enAttente: 0,
      scellees: avant + 8 * 12 * 2,
      anomalies: [],
    });
  }, 30_000);

  it('copied to another server by other means, numbers of transactions and all, is whole and goes on', async () => {
    await scellees();
    await ecrire(base.db);
    await attendreDecidees(base.db);
    for (const [table, colonne] of [
      ['journal', 'transaction_id'],
      ['journal_sceau', 'transaction_id'],
      ['journal_sceau', 'horizon'],
    ])
      await forcer(`update ${table} set ${colonne} = (${colonne}::text::numeric + 1000000000)::text::xid8`);
    expect(await verifierJournal(base.db)).toMatchObject({ enAttente: 1, anomalies: [] });
    await ecrire(base.db);
    expect(await scellerJusqua(2)).toBe(2);
    expect(await verifierJournal(base.db)).toMatchObject({ enAttente: 0, anomalies: [] });
  });

  it('stays verifiable in a restored database, which goes on sealing', async () => {
    const lignes = await scellees();
    await ecrire(base.db, 'en attente');
    const { dernier } = await verifierJournal(base.db);
    const folder = await mkdtemp(join(tmpdir(), 'maillage-sceaux-'));
    const other = await withTestDatabase('vide');
    try {
      await sauvegarder(base.owner, join(folder, 'base'), '2021-04-01T00:00:00Z');
      expect(gunzipSync(await readFile(join(folder, 'base'))).toString()).not.toMatch(
        /transaction_id|horizon/,
      );
      const done = await restaurer(other.owner, join(folder, 'base'), await readMigrations(), {
        remplacer: false,
      });
      expect(done).toMatchObject({ ok: true });
      expect(await verifierJournal(other.db, dernier?.empreinte)).toMatchObject({
        enAttente: 1,
        anomalies: [],
      });
      await ecrire(other.db);
      expect(await scellerTout(other.db)).toBe(2);
      expect(await verifierJournal(other.db)).toMatchObject({ enAttente: 0, anomalies: [] });
      await other.owner.query('alter table journal disable trigger user');
      await other.owner.query(`update journal set motif = 'autre' where id = $1`, [lignes[3]]);
      expect((await verifierJournal(other.db)).anomalies).toEqual([
        expect.stringContaining(`ligne ${lignes[3]} modifiée`),
      ]);
    } finally {
      await other.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

it('is not sealed by a person', async () => {
  const application = connectDatabase(base.adresses, 'application', 1);
  await expect(
    application
      .insertInto('journal_sceau')
      .values({
        numero: 999,
        instant: '2021-01-01',
        lignes: [1],
        empreintes: Buffer.alloc(32),
        empreinte: Buffer.alloc(32),
        precedente: Buffer.alloc(32),
      })
      .execute(),
  ).rejects.toThrow(/row-level security/);
  await application.destroy();
});
