import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../platform/database/testing.ts';
import { getChiffres, listChiffres } from '../statistiques/index.ts';
import { annoncerSeance } from './acts.ts';
import { acteur, importer, tranche } from './import/import.fixtures.ts';
import { listStructuresRetenues } from './store.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await withTestDatabase();
  await importer(base.db, tranche);
});
afterAll(() => base.close());

const walled = [
  'structure',
  'seance',
  'decision',
  'decision_ligne',
  'engagement',
  'ligne_retenue',
  'communique',
  'import',
  'import_ligne',
  'lieu',
  'equipe',
  'en_tete',
];
const seen = async (table: string): Promise<number> =>
  (await sql<{ total: number }>`select count(*) as total from ${sql.table(table)}`.execute(base.publique))
    .rows[0]?.total ?? -1;
const passe = '2021-03-18T09:00:00Z';

describe('what the public sees', () => {
  it('is nothing of a session before its announcement, in any table or figure', async () => {
    for (const table of walled) expect([table, await seen(table)]).toEqual([table, 0]);
    expect(await getChiffres(base.publique)).toEqual({
      structures: 0,
      postes: 0,
      montant_centimes: 0,
      part_objectif: 0,
      part_enveloppe: 0,
    });
    expect(await listStructuresRetenues(base.publique, { departement: '02' })).toEqual([]);
    expect((await getChiffres(base.db)).postes).toBe(28);
  });

  it('is nothing more when the announcement is still to come', async () => {
    const demain = new Date(Date.now() + 86_400_000).toISOString();
    expect(await annoncerSeance(base.db, acteur, { seance: '2021-03-24', instant: demain })).toMatchObject({
      ok: true,
      valeur: { annoncees: 3, total: 3 },
    });
    expect(await seen('structure')).toBe(0);
    expect((await getChiffres(base.publique)).postes).toBe(0);
  });

  it('is what its département announced, and no other', async () => {
    expect(
      await annoncerSeance(base.db, acteur, { seance: '2021-05-19', departement: '59', instant: passe }),
    ).toMatchObject({ ok: true });
    const parDepartement = await listChiffres(base.publique, 'departement');
    expect(parDepartement.map(({ cle, postes }) => [cle, postes])).toEqual([['59', 7]]);
    expect(await seen('seance')).toBe(1);
    expect(await seen('structure')).toBe(await seen('decision'));
  });

  it('stays announced when announced again', async () => {
    const before = await base.db
      .selectFrom('decision')
      .select(['id', 'publiee_le'])
      .where('publiee_le', '<', new Date())
      .orderBy('id')
      .execute();
    const again = await annoncerSeance(base.db, acteur, {
      seance: '2021-05-19',
      departement: '59',
      instant: new Date().toISOString(),
    });
    expect(again).toMatchObject({ ok: true, valeur: { annoncees: 0 } });
    expect(
      await base.db
        .selectFrom('decision')
        .select(['id', 'publiee_le'])
        .where('publiee_le', '<', new Date())
        .orderBy('id')
        .execute(),
    ).toEqual(before);
  });

  it('never holds what the enveloppe has committed', async () => {
    await expect(sql`select engage_centimes from enveloppe`.execute(base.publique)).rejects.toThrow(
      /permission denied/,
    );
    await expect(sql`select * from journal`.execute(base.publique)).rejects.toThrow(/permission denied/);
  });

  it('can be changed by nobody of the public', async () => {
    const tables = await base.owner.query<{ nom: string }>(
      `select relname as nom from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    expect(tables.rows.length).toBeGreaterThan(20);
    for (const { nom } of tables.rows) {
      const column = await base.owner.query<{ nom: string }>(
        `select attname as nom from pg_attribute where attrelid = $1::regclass and attnum > 0 and attidentity = '' limit 1`,
        [nom],
      );
      const name = sql.ref(column.rows[0]?.nom ?? '');
      await expect(
        sql`update ${sql.table(nom)} set ${name} = ${name}`.execute(base.publique),
        nom,
      ).rejects.toThrow(/permission denied/);
      await expect(sql`truncate ${sql.table(nom)}`.execute(base.publique), nom).rejects.toThrow(
        /permission denied/,
      );
      await expect(sql`delete from ${sql.table(nom)}`.execute(base.publique), nom).rejects.toThrow(
        /permission denied/,
      );
      await expect(
        sql`insert into ${sql.table(nom)} default values`.execute(base.publique),
        nom,
      ).rejects.toThrow(/permission denied/);
    }
  });

  it('is refused for a session that is not known or retained nobody there', async () => {
    expect(await annoncerSeance(base.db, acteur, { seance: '2020-01-01', instant: passe })).toMatchObject({
      ok: false,
      refus: 'seance',
    });
    expect(
      await annoncerSeance(base.db, acteur, { seance: '2021-03-24', departement: '75', instant: passe }),
    ).toMatchObject({ ok: false, refus: 'vide' });
  });
});

describe('indicators', () => {
  it.each([
    ['France', {}, 9, 28],
    ['région', { territoire: { niveau: 'region', code: '32' } }, 9, 28],
    ['département', { territoire: { niveau: 'departement', code: '02' } }, 4, 20],
    ['EPCI', { territoire: { niveau: 'epci', code: '200043495' } }, 2, 17],
    ['commune', { territoire: { niveau: 'commune', code: '59392' } }, 1, 3],
    ['session', { seance: '2021-03-24' }, 3, 19],
    ['kind', { categorie: 'privee' }, 3, 5],
    ['ZRR', { zrr: true }, 2, 3],
    ['QPV', { qpv: true }, 4, 22],
    ['no QPV, which the file never says', { qpv: false }, 0, 0],
    ['France Services', { franceServices: true }, 3, 4],
  ] as const)('by %s', async (_, filtre, structures, postes) => {
    expect(await getChiffres(base.db, filtre)).toMatchObject({ structures, postes });
  });

  it('count a structure of two kinds of lines once, and once in the total', async () => {
    const parts = await listChiffres(base.db, 'categorie', {
      territoire: { niveau: 'commune', code: '59392' },
    });
    expect(parts.map(({ cle, structures, postes }) => [cle, structures, postes])).toEqual([
      ['privee', 1, 2],
      ['publique', 1, 1],
    ]);
  });

  it('share the objective and the enveloppe', async () => {
    const chiffres = await getChiffres(base.db);
    expect(chiffres.part_objectif).toBeCloseTo(28 / 4000, 10);
    expect(chiffres.part_enveloppe).toBeCloseTo(chiffres.montant_centimes / 25_000_000_000, 10);
  });
});

describe('the journal', () => {
  it('only grows, whoever asks', async () => {
    await expect(base.db.updateTable('journal').set({ acte: 'x' }).execute()).rejects.toThrow(
      /permission denied/,
    );
    await expect(base.db.deleteFrom('journal').execute()).rejects.toThrow(/permission denied/);
    await expect(base.owner.query('update journal set acte = acte')).rejects.toThrow(/ne se modifie pas/);
    await expect(base.owner.query('delete from journal')).rejects.toThrow(/ne se modifie pas/);
    await expect(base.owner.query('truncate journal cascade')).rejects.toThrow(/ne se modifie pas/);
  });
});

describe('the link of a report', () => {
  it('opens its import alone, until it expires', async () => {
    const [first] = await base.db.selectFrom('import').select(['id', 'lien_empreinte']).execute();
    const openWith = (digest: string) =>
      base.publique.transaction().execute(async (transaction) => {
        await sql`select set_config('maillage.lien', ${digest}, true)`.execute(transaction);
        const found = await transaction.selectFrom('import').select('id').execute();
        const rows = await transaction.selectFrom('import_ligne').select('numero').execute();
        return [found.length, rows.length];
      });
    expect(await openWith(first?.lien_empreinte ?? '')).toEqual([1, 15]);
    expect(await openWith('autre')).toEqual([0, 0]);
    expect(await seen('import')).toBe(0);
    await base.owner.query(`update import set lien_expire_le = now() - interval '1 second'`);
    expect(await openWith(first?.lien_empreinte ?? '')).toEqual([0, 0]);
  });
});
