import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../platform/database/testing.ts';
import { getChiffres, listChiffres } from '../statistiques/index.ts';
import { annoncerSeance } from './acts.ts';
import { acteur, fichier, fichierDEssai, importer, ligne } from './import/import.fixtures.ts';

let base: TestDatabase;
let essai: Awaited<ReturnType<typeof fichierDEssai>>;
beforeAll(async () => {
  base = await withTestDatabase();
  essai = await fichierDEssai();
  const saintDenis = { commune: 'Saint-Denis', code_insee: '97411', code_postal: '97400' };
  await importer(
    base.db,
    await essai.ecrire(
      fichier(
        // Laon in two sessions, Saint-Denis de La Réunion, a SIRET without a commune.
        ligne({ id: '1', qpv: 'oui' }),
        ligne({ id: '2', date_comite: '2021-05-19', nb_cnfs: '2', qpv: 'non', zrr: 'oui' }),
        ligne({ id: '3', siret: '21974011300013', nb_cnfs: '3', latitude: '', longitude: '', ...saintDenis }),
        ligne({ id: '4', siret: '21020666000016', commune: '', code_insee: '', code_postal: '', zrr: '' }),
      ),
    ),
  );
});
afterAll(async () => {
  await essai.effacer();
  await base.close();
});

const dimensions = [
  'seance',
  'categorie',
  'zrr',
  'qpv',
  'france_services',
  'region',
  'departement',
  'epci',
  'commune',
] as const;

describe('figures', () => {
  it.each(dimensions)('by %s add up to the whole in posts and cents', async (par) => {
    const whole = await getChiffres(base.db);
    const parts = await listChiffres(base.db, par);
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.reduce((sum, { postes }) => sum + postes, 0)).toBe(whole.postes);
    expect(parts.reduce((sum, part) => sum + part.montant_centimes, 0)).toBe(whole.montant_centimes);
  });

  it('count a structure of two sessions once, and once in each', async () => {
    expect(await getChiffres(base.db, { territoire: { niveau: 'commune', code: '02408' } })).toMatchObject({
      structures: 1,
      postes: 3,
    });
    const parts = await listChiffres(base.db, 'seance', { territoire: { niveau: 'commune', code: '02408' } });
    expect(parts.map(({ cle, structures, postes }) => [cle, structures, postes])).toEqual([
      ['2021-03-24', 1, 1],
      ['2021-05-19', 1, 2],
    ]);
  });

  it('keep what is not known apart from yes and no', async () => {
    const by = async (par: 'qpv' | 'zrr' | 'departement') =>
      (await listChiffres(base.db, par)).map(({ cle, postes }) => [cle, postes]);
    expect(await by('qpv')).toEqual([
      ['non', 2],
      ['oui', 1],
      [null, 4],
    ]);
    expect(await by('zrr')).toEqual([
      ['non', 4],
      ['oui', 2],
      [null, 1],
    ]);
    expect(await by('departement')).toEqual([
      ['02', 3],
      ['974', 3],
      [null, 1],
    ]);
    const [oui, non] = [
      await getChiffres(base.db, { qpv: true }),
      await getChiffres(base.db, { qpv: false }),
    ];
    expect([oui.postes, non.postes]).toEqual([1, 2]);
  });

  it('count overseas by its own régime and its own region', async () => {
    expect(await getChiffres(base.db, { territoire: { niveau: 'region', code: '04' } })).toMatchObject({
      structures: 1,
      postes: 3,
      montant_centimes: 3 * 7_230_500,
    });
  });

  it('filter by several things at once', async () => {
    const filtre = {
      territoire: { niveau: 'departement', code: '02' },
      seance: '2021-05-19',
      categorie: 'publique',
      zrr: true,
      qpv: false,
      franceServices: true,
    } as const;
    expect(await getChiffres(base.db, filtre)).toMatchObject({ structures: 1, postes: 2 });
    expect(await getChiffres(base.db, { ...filtre, categorie: 'privee' })).toMatchObject({ structures: 0 });
  });

  it('are for the public those of the session announced, in the département announced', async () => {
    await annoncerSeance(base.db, acteur, {
      seance: '2021-03-24',
      departement: '974',
      instant: '2021-03-18T09:00:00Z',
    });
    expect(await getChiffres(base.publique)).toMatchObject({ structures: 1, postes: 3 });
    await annoncerSeance(base.db, acteur, { seance: '2021-05-19', instant: '2021-05-20T09:00:00Z' });
    expect((await listChiffres(base.publique, 'seance')).map(({ cle, postes }) => [cle, postes])).toEqual([
      ['2021-03-24', 3],
      ['2021-05-19', 2],
    ]);
  });
});

it('an announcement that cannot be written in the journal is not made', async () => {
  const before = await base.owner.query('select id, publiee_le from decision order by id');
  const demande = { seance: '2021-03-24', instant: '2021-03-18T09:00:00Z' };
  await expect(annoncerSeance(base.db, { ...acteur, identifiant: '' }, demande)).rejects.toThrow(/journal/);
  expect((await base.owner.query('select id, publiee_le from decision order by id')).rows).toEqual(
    before.rows,
  );
});
