import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../platform/database/testing.ts';
import { root } from '../platform/root.ts';
import { resoudreCommune } from './annuaire.rules.ts';
import { chargerAnnuaire } from './annuaire.store.ts';
import {
  chargerReference,
  chercherCommunes,
  chercherCommunesRessemblantes,
  getDepartement,
  importerContours,
  listCommunesByCode,
  listContours,
  listDepartements,
  trouverCommune,
} from './index.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await withTestDatabase();
});
afterAll(() => base.close());

const counts = async () =>
  (
    await base.owner.query<Record<string, number>>(`select
      (select count(*)::int from region) as regions, (select count(*)::int from departement) as departements,
      (select count(*)::int from arrondissement) as arrondissements, (select count(*)::int from epci) as epci,
      (select count(*)::int from commune) as communes, (select count(*)::int from commune_code_postal) as "codesPostaux",
      (select count(*)::int from commune_ancienne) as "communesAnciennes",
      (select count(*)::int from contour) as contours`)
  ).rows[0];

const reload = async () => {
  await base.owner.query('begin');
  const bilan = await chargerReference(base.owner, join(root, 'reference'));
  await base.owner.query('commit');
  return bilan;
};

describe('chargerReference', () => {
  it('loads everything, and again without changing a row', async () => {
    const before = await counts();
    expect(before).toMatchObject({ departements: 108, regions: 18, contours: 101 });
    expect(await reload()).toEqual(before);
    expect(await counts()).toEqual(before);
    const { rows } = await base.owner.query(
      'select from commune where xmin::text = (txid_current() - 1)::text',
    );
    expect(rows).toHaveLength(0);
  });

  it('brings what changed in the files back to what they say, within 5 seconds', async () => {
    await base.owner.query(`update commune set nom = 'Autre', population = 1 where code = '02408'`);
    await base.owner.query(`delete from commune_code_postal where commune_code = '02408'`);
    await base.owner.query(`insert into commune_code_postal values ('75001', '02408')`);
    const start = performance.now();
    await reload();
    expect(performance.now() - start).toBeLessThan(5000);
    const { rows } = await base.owner.query(
      `select nom, code_postal from commune join commune_code_postal on commune_code = code where code = '02408' order by 2`,
    );
    expect(rows).toEqual([{ nom: 'Laon', code_postal: '02000' }]);
  });

  it('knows the communes of every overseas collectivity but gives them no région', async () => {
    const { rows } = await base.owner.query<{
      departement_code: string;
      n: number;
      region_code: string | null;
    }>(
      `select departement_code, region_code, count(*)::int as n from commune
      join departement on departement.code = departement_code where nature = 'collectivite' group by 1, 2 order by 1`,
    );
    expect(rows.map(({ departement_code, n }) => [departement_code, n])).toEqual([
      ['975', 2],
      ['977', 1],
      ['978', 1],
      ['984', 5],
      ['986', 3],
      ['987', 48],
      ['988', 33],
    ]);
    expect(rows.every(({ region_code }) => region_code === null)).toBe(true);
  });
});

const names = async (texte: string, limite?: number) =>
  (await chercherCommunes(base.db, texte, limite)).map(({ nom }) => nom);

describe('chercherCommunes', () => {
  it.each(['saint-quentin', 'SAINT QUENTIN', 'St Quentin', 'Saînt—Quentin'])(
    'finds Saint-Quentin from « %s »',
    async (texte) => {
      const [first] = await chercherCommunes(base.db, texte);
      expect(first).toMatchObject({
        code: '02691',
        departementCode: '02',
        departementNom: 'Aisne',
        regionCode: '32',
        ancienNom: null,
      });
    },
  );

  it('leaves leading articles aside on both sides', async () => {
    for (const texte of ['Le Mans', 'mans', 'le man']) expect((await names(texte))[0]).toBe('Le Mans');
    expect((await names('l’hay'))[0]).toBe('L’Haÿ-les-Roses');
  });

  it('ranks by population', async () => {
    const found = await chercherCommunes(base.db, 'la', 20);
    expect(found).toHaveLength(20);
    const populations = found.map(({ population }) => population);
    expect(populations).toEqual(populations.toSorted((a, b) => b - a));
  });

  it('puts an exact name before larger communes', async () => {
    expect((await names('Bus'))[0]).toBe('Bus');
    expect((await names('Y'))[0]).toBe('Y');
  });

  it('finds by the beginning of a postal code', async () => {
    expect(await names('02 000')).toContain('Laon');
    expect((await names('971', 1))[0]).toBe('Les Abymes');
    expect(await names('97133')).toEqual(['Saint-Barthélemy']);
    expect(await names('97150')).toEqual(['Saint-Martin']);
  });

  it('leads from a former commune or an arrondissement to the commune that has it', async () => {
    expect(await chercherCommunes(base.db, 'Cherbourg-Octeville')).toMatchObject([
      { code: '50129', nom: 'Cherbourg-en-Cotentin', ancienNom: 'Cherbourg-Octeville' },
    ]);
    expect((await chercherCommunes(base.db, 'Paris 12e'))[0]).toMatchObject({
      code: '75056',
      ancienNom: 'Paris 12e Arrondissement',
    });
  });

  it('finds nothing for nothing', async () => {
    expect(await names('')).toEqual([]);
    expect(await names(' -’ ')).toEqual([]);
    expect(await names('zzzz')).toEqual([]);
    expect(await names('100%_')).toEqual([]);
  });

  it('answers in less than 5 ms for 95 keystrokes in 100', async () => {
    const { rows } = await base.owner.query<{ nom: string }>(
      `select nom from commune order by md5(code) limit 300`,
    );
    const typed = rows.map(({ nom }, index) => nom.slice(0, 1 + (index % 12)));
    const round = async (): Promise<number> => {
      const times: number[] = [];
      for (const text of typed) {
        const start = performance.now();
        await chercherCommunes(base.db, text);
        times.push(performance.now() - start);
      }
      return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.POSITIVE_INFINITY;
    };
    // The best of a few: other tests share the machine.
    const rounds = [await round(), await round(), await round(), await round()];
    expect(Math.min(...rounds)).toBeLessThan(5);
  });
});

describe('chercherCommunesRessemblantes', () => {
  const proposer = async (texte: string) =>
    (await chercherCommunesRessemblantes(base.publique, texte, { ressemblance: 0.4, limite: 5 })).map(
      ({ nom }) => nom,
    );

  it.each([
    ['soisons', 'Soissons'],
    ['Saint Qentin', 'Saint-Quentin'],
    ['Chatau Thierry', 'Château-Thierry'],
    ['marseile', 'Marseille'],
    ['Vervin', 'Vervins'],
  ])('a mistyped « %s » is like %s', async (texte, nom) => {
    expect(await proposer(texte)).toContain(nom);
  });

  it.each(['', 'xyzxyz', '%', '02', '🙂', 'l', "'; drop table commune; --"])(
    '« %s » is like nothing',
    async (texte) => {
      expect(await proposer(texte)).toEqual([]);
    },
  );

  it('answers in less than 15 ms', async () => {
    for (const texte of ['saint qentin', 'sainte mari', 'villeneuv', 'chatau thierry', 'soisons']) {
      const times: number[] = [];
      for (let run = 0; run < 8; run += 1) {
        const start = performance.now();
        await proposer(texte);
        times.push(performance.now() - start);
      }
      // The best of a few: other tests share the machine.
      expect([texte, Math.min(...times) < 15]).toEqual([texte, true]);
    }
  });
});

describe('trouverCommune', () => {
  it.each([
    ['02408', '02408', null],
    ['2408', '02408', null],
    ['2a004', '2A004', null],
    ['20004', '2A004', 'Ajaccio'],
    ['97123', '97701', 'Saint-Barthélemy'],
    ['50173', '50129', 'Équeurdreville-Hainneville'],
    ['69383', '69123', 'Lyon 3e Arrondissement'],
  ])('code %s leads to %s', async (code, expected, ancienNom) => {
    expect(await trouverCommune(base.db, code)).toMatchObject({ code: expected, ancienNom });
  });

  it('finds nothing for what is no code, and keeps the others of a batch', async () => {
    expect(await trouverCommune(base.db, 'Laon')).toBeUndefined();
    expect(await trouverCommune(base.db, '02999')).toBeUndefined();
    expect([...(await listCommunesByCode(base.db, ['2408', '?', '02999', '02691'])).keys()]).toEqual([
      '2408',
      '02691',
    ]);
  });
});

describe('resoudreCommune, over the whole directory', () => {
  const ask = async (
    nom: string | null,
    codePostal: string | null,
    code: string | null = null,
    departement: string | null = null,
  ) => {
    const { commune, ecarts } = resoudreCommune(await chargerAnnuaire(base.db), {
      nom,
      codePostal,
      code,
      departement,
    });
    return [commune?.code, ...ecarts];
  };

  it('finds by name and postal code, however the name is written', async () => {
    expect(await ask('SAINT QUENTIN', '02100')).toEqual(['02691']);
    expect(await ask('Paris 12e arrondissement', '75012')).toEqual(['75056']);
    expect(await ask('LYON 03', '69003')).toEqual(['69123']);
    expect(await ask('Saint-Barthélemy', '97133')).toEqual(['97701']);
  });

  it('lets name and postal code beat a wrong code', async () => {
    expect(await ask('LEVAL', '59620', '90066')).toEqual(['59344', 'code_contredit']);
  });

  it('believes the code where nothing agrees, and says what contradicts it', async () => {
    expect(await ask('Laon', '59000', '02408')).toEqual(['02408', 'code_postal_contredit']);
    expect(await ask('Inconnue', '59000', '02408')).toEqual([
      '02408',
      'code_contredit',
      'code_postal_contredit',
    ]);
  });

  it('falls back on the département when the postal code is a CEDEX or missing', async () => {
    expect(await ask('LAON CEDEX', '02018')).toEqual(['02408', 'code_postal_contredit']);
    expect(await ask('Laon', null, null, '02')).toEqual(['02408']);
  });

  it('leads from a former name or code to the commune of today', async () => {
    expect(await ask('Cherbourg-Octeville', '50100')).toEqual(['50129', 'fusionnee']);
    expect(await ask('Berzy-le-Sec', '02200', '02077')).toEqual(['02564', 'fusionnee']);
  });

  it('chooses none between homonyms, and none for a name that nobody bears', async () => {
    expect(await ask('Saint-Martin', null)).toEqual([undefined, 'inconnue']);
    expect(await ask('Nulle-Part', '02000')).toEqual([undefined, 'inconnue']);
    expect(await ask(null, null)).toEqual([undefined, 'inconnue']);
  });
});

describe('listDepartements', () => {
  it('gives the 101 départements and 7 collectivities in the order of their codes', async () => {
    const all = await listDepartements(base.publique);
    expect(all.filter(({ nature }) => nature === 'departement')).toHaveLength(101);
    expect(all).toHaveLength(108);
    expect(all.map(({ code }) => code).slice(18, 22)).toEqual(['19', '21', '22', '23']);
  });

  it('names them as a sentence needs', async () => {
    expect(await getDepartement(base.db, '02')).toMatchObject({
      genitif: 'de l’Aisne',
      locatif: 'dans l’Aisne',
      region: { nom: 'Hauts-de-France' },
      assemblee: {
        nom: 'Conseil départemental de l’Aisne',
        datif: 'au Conseil départemental de l’Aisne',
        genre: 'm',
      },
      assembleeSeconde: null,
      prefecture: { nom: 'Préfecture de l’Aisne', lieu: 'Laon' },
    });
    expect((await getDepartement(base.db, '69'))?.assembleeSeconde?.genitif).toBe('de la Métropole de Lyon');
    expect(await getDepartement(base.db, '984')).toMatchObject({ region: null, assemblee: null });
    expect(await getDepartement(base.db, '20')).toBeUndefined();
  });
});

describe('importerContours', () => {
  const acteur = { identifiant: 'essai', role: 'operateur' } as const;
  const feature = (code: string, nom: string, west: number, south: number) => ({
    type: 'Feature',
    properties: { code, nom },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [west, south + 0.1],
          [west + 0.1, south + 0.1],
          [west + 0.1, south],
          [west, south],
        ],
      ],
    },
  });
  const importer = (...features: readonly ReturnType<typeof feature>[]) =>
    importerContours(base.db, acteur, {
      texte: JSON.stringify({ type: 'FeatureCollection', features }),
      source: 'Contours d’essai',
    });

  it('stores outlines and positions of communes, a former one with the commune of today, and reports it', async () => {
    const report = await importer(
      feature('02408', 'Laon', 3.6, 49.5),
      feature('02361', 'Guny', 3.3, 49.5),
      feature('02314', 'Absorbée', 3.4, 49.5),
      feature('02999', 'Nulle part', 3, 49),
    );
    const former = await trouverCommune(base.db, '02314');
    expect(report).toEqual({
      ok: true,
      valeur: {
        niveau: 'commune',
        lus: 4,
        ecrits: 2,
        positions: 2,
        inconnus: [
          { code: '02314', nom: 'Absorbée', communeCode: former?.code },
          { code: '02999', nom: 'Nulle part', communeCode: null },
        ],
      },
    });
    const stored = await listContours(base.publique, 'commune', '02');
    expect(stored.map(({ code, officiel }) => [code, officiel])).toEqual([
      ['02361', true],
      ['02408', true],
    ]);
    expect(stored.find(({ code }) => code === former?.code)?.geometrie).toMatchObject({
      type: 'MultiPolygon',
    });
    expect(await trouverCommune(base.db, '02408')).toMatchObject({
      precisionPosition: 'officielle',
      longitude: 3.65,
    });
  });

  it('keeps official outlines and positions when the reference is loaded again', async () => {
    expect(await importer(feature('02', 'Aisne', 3, 49))).toMatchObject({
      ok: true,
      valeur: { ecrits: 1, positions: 0 },
    });
    await reload();
    const contours = await listContours(base.db, 'departement');
    expect(contours.filter(({ officiel }) => officiel).map(({ code, nom }) => [code, nom])).toEqual([
      ['02', 'Aisne'],
    ]);
    expect(await trouverCommune(base.db, '02408')).toMatchObject({ precisionPosition: 'officielle' });
  });

  it('refuses the outlines of régions and files without any current commune, writing nothing', async () => {
    const before = await counts();
    expect(await importer(feature('11', 'Île-de-France', 2, 48))).toMatchObject({ ok: false, refus: 'noms' });
    expect(await importer(feature('02999', 'Nulle part', 2, 48))).toMatchObject({
      ok: false,
      refus: 'inconnus',
    });
    expect(await counts()).toEqual(before);
  });
});
