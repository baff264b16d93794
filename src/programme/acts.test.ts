import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../platform/database/testing.ts';
import { lireHistorique } from '../platform/historique.ts';
import { centimes } from '../platform/money.ts';
import { engager, installerProgramme } from './acts.ts';
import { creerEnveloppe, definirEnveloppe } from './enveloppes/acts.ts';
import { phrases } from './phrases.ts';
import { getDisponible, getProgramme, listRegimes } from './store.ts';

const acteur = { identifiant: 'essai', role: 'operateur' } as const;
let base: TestDatabase;
let enveloppeId = '';
beforeAll(async () => {
  base = await withTestDatabase();
  enveloppeId = (await getProgramme(base.db))?.enveloppeId ?? '';
});
afterAll(() => base.close());

const committed = async (): Promise<{ readonly kept: number; readonly sum: number }> =>
  (
    await base.owner.query(
      'select engage_centimes as kept, (select coalesce(sum(montant_centimes), 0)::bigint from engagement) as sum from enveloppe',
    )
  ).rows[0];

describe('the enveloppe', () => {
  it('lets exactly the affordable ones of 100 simultaneous commitments pass', async () => {
    await base.owner.query('update enveloppe set montant_centimes = 37 * 5480500 + 5480499');
    const attempts = await Promise.all(
      Array.from({ length: 100 }, () =>
        engager(base.db, acteur, { enveloppeId, montant: centimes(5_480_500) }),
      ),
    );
    expect(attempts.filter(({ ok }) => ok)).toHaveLength(37);
    for (const attempt of attempts)
      if (!attempt.ok)
        expect(attempt).toMatchObject({
          refus: 'enveloppe',
          message: expect.stringContaining('serait dépassée'),
        });
    expect(await getDisponible(base.db, enveloppeId)).toBe(5_480_499);
    const written = await base.db
      .selectFrom('journal')
      .select('id')
      .where('acte', '=', 'programme.engager')
      .execute();
    expect(written).toHaveLength(37);
  });

  it('follows what is changed and taken back', async () => {
    await base.owner.query('update engagement set montant_centimes = montant_centimes - 500');
    expect(await committed()).toEqual({ kept: 37 * 5_480_000, sum: 37 * 5_480_000 });
    await base.owner.query('delete from engagement where id in (select id from engagement limit 30)');
    expect(await committed()).toEqual({ kept: 7 * 5_480_000, sum: 7 * 5_480_000 });
  });

  it('refuses a change that would exceed it, and follows what passes to another', async () => {
    const before = await committed();
    await expect(
      base.owner.query('update engagement set montant_centimes = montant_centimes * 1000'),
    ).rejects.toThrow(/enveloppe_jamais_depassee/);
    expect(await committed()).toEqual(before);
    const other = await base.owner.query<{ id: string }>(
      `insert into enveloppe (programme_id, code, nom, montant_centimes) select id, 'zz', 'Autre', 5480000 from programme returning id`,
    );
    const pass = (count: number) =>
      base.owner.query(
        `update engagement set enveloppe_id = $1 where id in (select id from engagement where enveloppe_id <> $1 limit ${count})`,
        [other.rows[0]?.id],
      );
    await expect(pass(2)).rejects.toThrow(/enveloppe_jamais_depassee/);
    await pass(1);
    const kept = await base.owner.query('select engage_centimes from enveloppe order by code');
    expect(kept.rows).toEqual([{ engage_centimes: 6 * 5_480_000 }, { engage_centimes: 5_480_000 }]);
    await base.owner.query('delete from engagement where enveloppe_id = $1', [other.rows[0]?.id]);
    await base.owner.query('delete from enveloppe where id = $1', [other.rows[0]?.id]);
  });

  it('cannot be emptied or raised behind its back', async () => {
    await expect(base.owner.query('truncate engagement cascade')).rejects.toThrow(/un par un/);
    await expect(base.db.updateTable('enveloppe').set({ engage_centimes: 0 }).execute()).rejects.toThrow(
      /permission denied/,
    );
  });

  it('is not lowered under what is committed, and changes for a reason only', async () => {
    const lower = await definirEnveloppe(base.db, acteur, { montant: centimes(1), motif: 'essai' });
    expect(lower).toMatchObject({
      ok: false,
      refus: 'montant',
      message: expect.stringMatching(/engagent déjà 328.800.€/),
    });
    expect(
      await definirEnveloppe(base.db, acteur, { montant: centimes(10 ** 12), motif: ' ' }),
    ).toMatchObject({ ok: false, refus: 'motif' });
    expect(
      await definirEnveloppe(base.db, acteur, { montant: centimes(10 ** 12), motif: 'Abondement' }),
    ).toMatchObject({ ok: true });
    // Made from an amount that somebody else changed meanwhile.
    expect(
      await definirEnveloppe(base.db, acteur, { montant: centimes(10 ** 11), vu: 1, motif: 'Abondement' }),
    ).toMatchObject({ ok: false, refus: 'version' });
  });

  it('has a name of its own, adds to the national amount, and leaves the first one where it was', async () => {
    const avant = await getProgramme(base.db);
    const ecrire = (nom: string) => creerEnveloppe(base.db, acteur, { nom, montant: centimes(500) });
    const faites = await Promise.all(Array.from({ length: 5 }, () => ecrire('A – deuxième tranche')));
    expect(faites.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await ecrire('a – DEUXIÈME tranche')).toMatchObject({ ok: false, refus: 'nom' });
    const id = faites.flatMap((faite) => (faite.ok ? [faite.valeur] : []))[0] ?? '';
    const renommer = (nom: string) =>
      definirEnveloppe(base.db, acteur, { id, nom, montant: centimes(700), motif: 'Essai' });
    expect(await renommer(avant?.enveloppeNom ?? '')).toMatchObject({ ok: false, refus: 'nom' });
    expect(await renommer('Deuxième tranche')).toMatchObject({ ok: true });
    expect(await getProgramme(base.db)).toMatchObject({
      enveloppeId: avant?.enveloppeId,
      enveloppeNoms: [avant?.enveloppeNom, 'Deuxième tranche'],
      enveloppeMontant: (avant?.enveloppeMontant ?? 0) + 700,
    });
    expect((await lireHistorique(base.db, phrases, 'enveloppe', id)).map(({ phrase }) => phrase)).toEqual([
      expect.stringMatching(/^Enveloppe portée de 5.€ à 7.€, et renommée «.Deuxième tranche.»$/),
      expect.stringMatching(/^Enveloppe ajoutée.: A – deuxième tranche, 5.€$/),
    ]);
    await base.owner.query('delete from enveloppe where id = $1', [id]);
  });
});

describe('the programme', () => {
  it('is set up once', async () => {
    expect(await installerProgramme(base.db, acteur)).toBe(false);
  });

  it('has the régimes of 2021 with their variants', async () => {
    const programme = await getProgramme(base.db);
    const regimes = await listRegimes(base.db, programme?.id ?? '');
    expect(regimes.map(({ code, debut, fin, variantes }) => [code, debut, fin, variantes.length])).toEqual([
      ['forfait-2021', '2020-11-17', '2023-01-01', 4],
      ['taux-2021', '2020-11-17', '2023-01-01', 4],
    ]);
    const caps = regimes[0]?.variantes.map(
      ({ categorie, territoire, plafond, dureeMois }) => `${categorie} ${territoire} ${plafond} ${dureeMois}`,
    );
    expect(caps?.sort()).toEqual([
      'privee metropole 3200000 18',
      'privee outre_mer 3200000 18',
      'publique metropole 5000000 24',
      'publique outre_mer 6750000 24',
    ]);
  });

  it('has one set of rules of a mode on a given day', async () => {
    const overlap = `insert into regime (programme_id, code, libelle, mode, en_vigueur)
      select id, 'autre', 'Autre', 'forfait', daterange('2022-12-31', null) from programme`;
    await expect(base.owner.query(overlap)).rejects.toThrow(/regime_un_seul_en_vigueur/);
    await base.owner.query(overlap.replace('2022-12-31', '2023-01-01'));
  });
});
