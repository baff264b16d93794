import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../platform/database/testing.ts';
import { exiger } from '../platform/result.ts';
import { chercherStructures } from './recherche.store.ts';
import { retenirStructure } from './structures.fixtures.ts';

let base: TestDatabase;

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  await retenirStructure(base, {
    raisonSociale: 'FABRIQUE CACHEE DE LAON',
    libellePublic: 'fabrique cachée de Laon',
    identifiant: '12345678900018',
    commune: '02408',
    annoncee: false,
  });
  await retenirStructure(base, {
    raisonSociale: 'MEDIATHEQUE MONTREUIL 100% _NUMERIQUE_ \\',
    libellePublic: 'médiathèque « L’Œuvre » d’été',
    identifiant: '98765432100017',
    commune: '02408',
    postes: 3,
  });
});
afterAll(() => base.close());

describe('structures are found', () => {
  it.each([
    'gauchy tiers-lieu',
    'TIERS LIEU DE GAUCHY',
    'commune gauchy',
    '21020321200092',
    '210 203 212 00092',
    '210203212',
    'lieu gauch',
  ])('by « %s »', async (texte) => {
    const { structures } = await chercherStructures(base.publique, texte, { debut: 0, limite: 20 });
    expect(structures.map(({ communeNom }) => communeNom)).toContain('Gauchy');
  });

  it.each(['oeuvre', 'ŒUVRE', 'mediatheque ete', 'été médiathèque', 'médiathèque laon', '100 numerique'])(
    'whatever the accents, and by the commune that the name does not tell: « %s »',
    async (texte) => {
      const { structures } = await chercherStructures(base.publique, texte, { debut: 0, limite: 20 });
      expect(structures.map(({ libellePublic }) => libellePublic)).toContain('médiathèque « L’Œuvre » d’été');
    },
  );

  it.each(['st quentin', 'saint quentin', 'Saint-Quentin'])('« saint » in either form: %s', async (texte) => {
    const { structures } = await chercherStructures(base.publique, texte, { debut: 0, limite: 20 });
    expect(structures.map(({ communeNom }) => communeNom)).toContain('Saint-Quentin');
  });

  it('never before they are announced, by the public', async () => {
    for (const texte of ['fabrique cachée', 'FABRIQUE', '12345678900018', '123456789', 'cachee laon']) {
      expect(await chercherStructures(base.publique, texte, { debut: 0, limite: 20 })).toEqual({
        total: 0,
        structures: [],
      });
    }
  });

  it('not by wildcards of SQL', async () => {
    for (const texte of ['%', '_', '\\', '%%', '_______', '.*']) {
      expect((await chercherStructures(base.publique, texte, { debut: 0, limite: 20 })).total).toBe(0);
    }
  });
});
