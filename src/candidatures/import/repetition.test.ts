import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { getChiffres } from '../../statistiques/index.ts';
import { annoncerSeance } from '../acts.ts';
import {
  acteur,
  contenu,
  fichier,
  fichierDEssai,
  garderDeuxDepartements,
  importer,
  ligne,
  vider,
} from './import.fixtures.ts';

let base: TestDatabase;
let essai: Awaited<ReturnType<typeof fichierDEssai>>;
beforeAll(async () => {
  base = await withTestDatabase();
  await garderDeuxDepartements(base.owner);
  essai = await fichierDEssai();
});
beforeEach(() => vider(base.owner));
afterAll(async () => {
  await essai.effacer();
  await base.close();
});

const ecrire = (lignes: readonly string[]) => essai.ecrire(fichier(...lignes));
const lire = async (lignes: readonly string[]) => importer(base.db, await ecrire(lignes));

const oneOf = (...values: readonly string[]) => fc.constantFrom(...values);

/** Few values, so that references, SIRETs and names meet in every way. */
const rows = fc.array(
  fc
    .record({
      id: oneOf('', '1', '2', '3'),
      raison_sociale: oneOf('COMMUNE DE LAON', 'ASSO', '0'),
      siret: oneOf('21020408700014', '21020666000016', '', '21020408700015'),
      type: oneOf('publique', 'privée'),
      nb_cnfs: oneOf('1', '2', '16'),
      date_comite: oneOf('2021-03-24', '19/05/2021'),
      code_postal: oneOf('02000', '59600'),
      commune: oneOf('Laon', 'Maubeuge', '0'),
      code_insee: oneOf('02408', '59392', ''),
      zrr: oneOf('oui', 'non', ''),
      qpv: oneOf('oui', ''),
    })
    .map((values) => ligne(values)),
  { minLength: 1, maxLength: 8 },
);

const engagements = async (): Promise<{
  readonly tenu: number;
  readonly somme: number;
  readonly lignes: number;
}> =>
  (
    await base.owner.query(`select engage_centimes as tenu,
      (select coalesce(sum(montant_centimes), 0)::bigint from engagement) as somme,
      (select coalesce(sum(e.montant_centimes), 0)::bigint from decision_ligne dl join engagement e on e.id = dl.engagement_id)
        as lignes from enveloppe`)
  ).rows[0];

it('any file over any other: the simulation tells what is done, no commitment is lost, and again changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(rows, rows, async (first, second) => {
      await vider(base.owner);
      await lire(first);
      const before = await contenu(base.db);
      const chemin = await ecrire(second);
      const simulated = await importer(base.db, chemin, true);
      expect(await contenu(base.db)).toEqual(before);
      const done = await importer(base.db, chemin);
      expect(done.lignes).toEqual(simulated.lignes);
      const after = await contenu(base.db);
      expect(after).toHaveLength(before.length + done.bilan.creees);
      const { tenu, somme, lignes } = await engagements();
      expect([tenu, somme]).toEqual([somme, lignes]);
      expect((await importer(base.db, chemin)).bilan).toMatchObject({ creees: 0, modifiees: 0 });
      expect(await contenu(base.db)).toEqual(after);
    }),
    // Time enough to shrink a failure, and to end before the tests that follow use the database.
    { numRuns: 8, interruptAfterTimeLimit: 40_000 },
  );
});

describe('one reference for several lines', () => {
  const same = [
    ligne({ type: 'publique' }),
    ligne({ type: 'privée' }),
    ligne({ type: 'privée', nb_cnfs: '3', zrr: 'oui' }),
    ligne({ type: 'privée', nb_cnfs: '3', zrr: 'non' }),
  ];

  it('finds each again in a file that says the same', async () => {
    await lire(same);
    const before = await contenu(base.db);
    for (const again of [same, [...same].reverse()])
      expect((await lire(again)).bilan).toMatchObject({ creees: 0, modifiees: 0, inchangees: 4 });
    expect(await contenu(base.db)).toEqual(before);
  });

  it('finds again the line that knows more than its row', async () => {
    await lire([ligne({ nb_cnfs: '16' }), ligne({ nb_cnfs: '2', zrr: 'oui' })]);
    expect((await lire([ligne({ zrr: '' })])).bilan).toMatchObject({ modifiees: 1, absentes: 1 });
    expect((await lire([ligne({ zrr: '' })])).bilan).toMatchObject({ modifiees: 0, inchangees: 1 });
    expect(await getChiffres(base.db)).toMatchObject({ postes: 3 });
  });

  it('moves all of them when the SIRET is corrected, and doubles no post', async () => {
    await lire(same);
    const moved = same.map((row) => row.replace('21020408700014', '21020666000198'));
    expect((await lire(moved)).bilan).toMatchObject({ creees: 0, modifiees: 4, absentes: 0 });
    expect(await getChiffres(base.db)).toMatchObject({ structures: 1, postes: 8 });
  });
});

it('a line that leaves for its right structure makes room for another of the same session', async () => {
  await lire([ligne()]);
  const { bilan } = await lire([ligne({ siret: '21020666000198' }), ligne({ id: '2', nb_cnfs: '2' })]);
  expect(bilan).toMatchObject({ creees: 1, modifiees: 1, absentes: 0 });
  expect(await getChiffres(base.db)).toMatchObject({ structures: 2, postes: 3 });
});

describe('a SIRET corrected after the announcement', () => {
  const announced = async () => {
    await lire([ligne(), ligne({ id: '2', siret: '21020666000016', raison_sociale: 'SAINT QUENTIN' })]);
    await base.owner.query(
      `update structure set libelle_public = 'mairie de Laon', libelle_relu = true where identifiant = '21020408700014'`,
    );
    await annoncerSeance(base.db, acteur, { seance: '2021-03-24', instant: '2021-03-18T00:00:00Z' });
  };

  it('takes nothing back from the public, label included', async () => {
    await announced();
    await lire([ligne({ siret: '21020666000198' })]);
    expect(await getChiffres(base.publique)).toMatchObject({ structures: 2, postes: 2 });
    expect(await contenu(base.db)).toContainEqual(
      expect.objectContaining({ identifiant: '21020666000198', libelle_public: 'mairie de Laon' }),
    );
  });

  it('announces nothing that was not', async () => {
    await announced();
    await base.owner.query(`update decision set publiee_le = null`);
    await lire([ligne({ siret: '21020666000198' })]);
    expect((await getChiffres(base.publique)).postes).toBe(0);
  });
});

it('two SIRETs of one SIREN stay two structures, whatever their names', async () => {
  const { bilan } = await lire([ligne(), ligne({ id: '2', siret: '21020408700022' })]);
  expect(bilan).toMatchObject({ creees: 2, structures: 2 });
  expect((await contenu(base.db)).map((row) => Reflect.get(Object(row), 'identifiant')).sort()).toEqual([
    '21020408700014',
    '21020408700022',
  ]);
});
