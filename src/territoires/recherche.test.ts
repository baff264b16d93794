import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../platform/database/testing.ts';
import { getEpci, listCommunesDeEpci } from './intercommunalites.store.ts';
import { chercherTerritoires, listCodesPostaux } from './recherche.store.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await withTestDatabase();
});
afterAll(() => base.close());

describe('territories are found', () => {
  it.each([
    ['aisne', 'departement', '02'],
    ['l’Oise', 'departement', '60'],
    ['hauts de france', 'region', '32'],
    ['ILE-DE-FRANCE', 'region', '11'],
    ['2', 'departement', '02'],
    ['02', 'departement', '02'],
    ['2a', 'departement', '2A'],
    ['84', 'departement', '84'],
    ['200071892', 'epci', '200071892'],
    ['200 071 892', 'epci', '200071892'],
    ['Saint-Quentinois', 'epci', '200071892'],
    ['st quentinois', 'epci', '200071892'],
    ['Communauté de communes du Pays de la Serre', 'epci', '240200469'],
    ['cc serre pays', 'epci', '240200469'],
    ['cœur de flandre', 'epci', '200040947'],
    ['pontchateau saint gildas', 'epci', '200000438'],
    ['metropole nice', 'epci', '200030195'],
    ['Saint-Martin', 'departement', '978'],
  ])('by « %s »', async (texte, type, code) => {
    const { territoires } = await chercherTerritoires(base.publique, texte, 1);
    expect(territoires).toMatchObject([{ type, code }]);
  });

  it('with where they are and how many there are', async () => {
    const found = await chercherTerritoires(base.publique, 'metropole aix marseille');
    expect(found).toMatchObject({
      total: 1,
      territoires: [{ nature: 'métropole', situation: ['Bouches-du-Rhône', 'Var', 'Vaucluse'] }],
    });
    const many = await chercherTerritoires(base.publique, 'pays', 5);
    expect(many.territoires).toHaveLength(5);
    expect(many.total).toBeGreaterThan(100);
  });

  it.each(['', ' ', '%', '_', '\\', '🙂', 'xyzxyz', "'; drop table epci; --"])(
    'not by « %s »',
    async (texte) => {
      expect(await chercherTerritoires(base.publique, texte)).toEqual({ total: 0, territoires: [] });
    },
  );
});

it('an EPCI gives its communes by name, over the départements in which it lies', async () => {
  expect(await getEpci(base.publique, '240200469')).toEqual({
    code: '240200469',
    nom: 'CC du Pays de la Serre',
    nature: 'communauté de communes',
  });
  expect(await getEpci(base.publique, '000000000')).toBeUndefined();
  const communes = await listCommunesDeEpci(base.publique, '200054807');
  expect(communes).toHaveLength(92);
  expect(communes[0]).toMatchObject({ nom: 'Aix-en-Provence', regionCode: '93' });
  expect(new Set(communes.map(({ departementCode }) => departementCode))).toEqual(
    new Set(['13', '83', '84']),
  );
});

it('postal codes are given commune by commune', async () => {
  const codes = await listCodesPostaux(base.publique, ['02408', '75056', '99999']);
  expect(codes.get('02408')).toEqual(['02000']);
  expect(codes.get('75056')?.length).toBeGreaterThan(19);
  expect(codes.has('99999')).toBe(false);
});
