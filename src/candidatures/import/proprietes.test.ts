import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { getChiffres, listChiffres } from '../../statistiques/index.ts';
import { contenu, fichier, fichierDEssai, importer, ligne, vider } from './import.fixtures.ts';

let base: TestDatabase;
let essai: Awaited<ReturnType<typeof fichierDEssai>>;
beforeAll(async () => {
  base = await withTestDatabase();
  essai = await fichierDEssai();
});
afterAll(async () => {
  await essai.effacer();
  await base.close();
});

const oneOf = (...values: readonly string[]) => fc.constantFrom(...values);

const rows = fc.array(
  fc.record({
    id: oneOf('', '1', '2', '3', '4', '5'),
    raison_sociale: oneOf('COMMUNE DE LAON', 'Commune de Laon', 'ASSO', '0', '', 'X Y'),
    siret: oneOf('21020408700014', '21020666000016', '21020666000198', '', 'null', '123', '21020408700015'),
    type: oneOf('publique', 'privée', '', '?'),
    nb_cnfs: oneOf('1', '2', '16', '0', '-1', 'x', '3,0'),
    date_comite: oneOf('2021-03-24', '19/05/2021', '24 mars 2021', 'hier', ''),
    code_postal: oneOf('02000', '2000', '59600', '', 'abc'),
    commune: oneOf('Laon', 'LAON', 'Maubeuge', '0', 'Nulle-Part'),
    code_insee: oneOf('02408', '2408', '59392', '', '99999'),
    latitude: oneOf('49.56', '', '0', 'x'),
    longitude: oneOf('3.62', '', '0', '400'),
  }),
  { maxLength: 12 },
);

it('any rows: one fate each, the same totals everywhere, and nothing the second time', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (generated) => {
      await vider(base.owner);
      const chemin = await essai.ecrire(fichier(...generated.map((values) => ligne(values))));
      const { bilan, lignes } = await importer(base.db, chemin);
      expect(lignes).toHaveLength(generated.length);
      expect(bilan.lignes).toBe(bilan.creees + bilan.modifiees + bilan.inchangees + bilan.rejetees);
      const chiffres = await getChiffres(base.db);
      expect(chiffres).toMatchObject({
        structures: bilan.structures,
        postes: bilan.postes,
        montant_centimes: bilan.montant_centimes,
      });
      for (const par of ['categorie', 'departement', 'seance', 'qpv'] as const) {
        const parts = await listChiffres(base.db, par);
        expect(parts.reduce((sum, part) => sum + part.postes, 0)).toBe(chiffres.postes);
        expect(parts.reduce((sum, part) => sum + part.montant_centimes, 0)).toBe(chiffres.montant_centimes);
      }
      const before = await contenu(base.db);
      const again = await importer(base.db, chemin);
      expect(again.bilan).toMatchObject({
        creees: 0,
        modifiees: 0,
        inchangees: bilan.lignes - bilan.rejetees,
      });
      expect(await contenu(base.db)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});
