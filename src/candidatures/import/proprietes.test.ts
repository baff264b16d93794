import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { getChiffres, listChiffres } from '../../statistiques/index.ts';
import {
  fichier,
  fichierDEssai,
  garderDeuxDepartements,
  importer,
  ligne,
  tables,
  vider,
} from './import.fixtures.ts';

let base: TestDatabase;
let essai: Awaited<ReturnType<typeof fichierDEssai>>;
beforeAll(async () => {
  base = await withTestDatabase();
  await garderDeuxDepartements(base.owner);
  essai = await fichierDEssai();
});
afterAll(async () => {
  await essai.effacer();
  await base.close();
});

const oneOf = (...values: readonly string[]) => fc.constantFrom(...values);

const row = fc.record({
  id: oneOf('', '1', '2', '3', '4', '5'),
  raison_sociale: oneOf('COMMUNE DE LAON', 'Commune de Laon', 'ASSO', '0', '', 'X Y'),
  siret: oneOf('21020408700014', '21020666000016', '21020666000198', '', 'null', '123', '21020408700015'),
  type: oneOf('publique', 'privée', '', '?'),
  nb_cnfs: oneOf('1', '2', '16', '0', '-1', 'x', '3,0'),
  date_comite: oneOf('2021-03-24', '19/05/2021', '24 mars 2021', 'hier', ''),
  code_postal: oneOf('02000', '2000', '59600', '', 'abc'),
  commune: oneOf('Laon', 'LAON', 'Maubeuge', '0', 'Nulle-Part'),
  code_insee: oneOf('02408', '2408', '59392', '', '99999'),
  qpv: oneOf('oui', 'non', ''),
  latitude: oneOf('49.56', '', '0', 'x'),
  longitude: oneOf('3.62', '', '0', '400'),
});
const rows = fc.array(row, { maxLength: 12, minLength: 1 });

const ecrire = (generated: readonly Partial<Record<string, string>>[]): Promise<string> =>
  essai.ecrire(fichier(...generated.map((values) => ligne(values))));

const postesEcrits = async (): Promise<number> =>
  Number(
    (
      await base.owner.query<{ postes: number }>(
        'select coalesce(sum(postes), 0) as postes from decision_ligne',
      )
    ).rows[0]?.postes,
  );

it('any rows: one fate each, the same totals everywhere, and nothing the second time', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (generated) => {
      await vider(base.owner);
      const chemin = await ecrire(generated);
      const { bilan, lignes } = await importer(base.db, chemin);
      expect(lignes).toHaveLength(generated.length);
      expect(bilan.lignes).toBe(bilan.creees + bilan.rejetees);
      expect(bilan).toMatchObject({ lignes: generated.length, modifiees: 0, inchangees: 0 });
      const chiffres = await getChiffres(base.db);
      expect(chiffres).toMatchObject({
        structures: bilan.structures,
        postes: bilan.postes,
        montant_centimes: bilan.montant_centimes,
      });
      expect(await postesEcrits()).toBe(bilan.postes);
      for (const par of ['categorie', 'departement', 'seance', 'qpv'] as const) {
        const parts = await listChiffres(base.db, par);
        expect(parts.reduce((sum, part) => sum + part.postes, 0)).toBe(chiffres.postes);
        expect(parts.reduce((sum, part) => sum + part.montant_centimes, 0)).toBe(chiffres.montant_centimes);
      }
      const before = await tables(base.owner);
      const again = await importer(base.db, chemin);
      expect(again.bilan).toMatchObject({
        creees: 0,
        modifiees: 0,
        inchangees: bilan.lignes - bilan.rejetees,
      });
      expect(await tables(base.owner)).toEqual(before);
    }),
    { numRuns: 15 },
  );
});

it('any correction: does what its simulation says, loses no line, and adds up with those that are absent', async () => {
  const pairs = fc.tuple(rows, fc.array(fc.tuple(fc.nat(11), row), { maxLength: 4, minLength: 1 }));
  await fc.assert(
    fc.asyncProperty(pairs, async ([generated, edits]) => {
      await vider(base.owner);
      await importer(base.db, await ecrire(generated));
      const before = await tables(base.owner);
      const corrected = [...generated];
      for (const [index, values] of edits) corrected[index % generated.length] = values;
      const chemin = await ecrire(corrected);
      const simulated = await importer(base.db, chemin, true);
      expect(await tables(base.owner)).toEqual(before);
      const { bilan, lignes } = await importer(base.db, chemin);
      expect(lignes).toEqual(simulated.lignes);
      expect(bilan).toEqual(simulated.bilan);
      expect(bilan.lignes).toBe(bilan.creees + bilan.modifiees + bilan.inchangees + bilan.rejetees);
      const after = await tables(base.owner);
      expect(after.decision_ligne).toHaveLength(before.decision_ligne.length + bilan.creees);
      expect(after.engagement).toHaveLength(after.decision_ligne.length);
      // What the file says is there, whatever else is.
      const claimed = bilan.modifiees + bilan.inchangees + bilan.creees;
      expect(await postesEcrits()).toBeGreaterThanOrEqual(bilan.postes);
      if (after.decision_ligne.length === claimed) expect(await postesEcrits()).toBe(bilan.postes);
      expect((await importer(base.db, chemin)).bilan.creees).toBe(0);
    }),
    { numRuns: 15 },
  );
});
