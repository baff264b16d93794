import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { exiger } from '../../platform/result.ts';
import { getChiffres } from '../../statistiques/index.ts';
import { importerCoselec, type RapportImport } from './acts.ts';
import {
  acteur,
  contenu,
  fichier,
  fichierDEssai,
  importer,
  ligne,
  tables,
  tranche,
  vider,
} from './import.fixtures.ts';
import { rejetsCsv } from './rapport.ts';

let base: TestDatabase;
let essai: Awaited<ReturnType<typeof fichierDEssai>>;
beforeAll(async () => {
  base = await withTestDatabase();
  essai = await fichierDEssai();
});
beforeEach(() => vider(base.owner));
afterAll(async () => {
  await essai.effacer();
  await base.close();
});

const lire = async (lignes: readonly string[], simulation = false) =>
  importer(base.db, await essai.ecrire(fichier(...lignes)), simulation);

describe('a corrected file', () => {
  const first = [
    ligne(),
    ligne({
      id: '2',
      siret: '21020666000016',
      raison_sociale: 'SAINT QUENTIN',
      commune: 'Saint-Quentin',
      code_insee: '02691',
      code_postal: '02100',
    }),
  ];

  it('says what would change and writes nothing, then changes exactly that', async () => {
    await lire(first);
    const before = await tables(base.owner);
    const corrected = [ligne({ nb_cnfs: '2' }), first[1] ?? ''];
    const simulated = await lire(corrected, true);
    expect(simulated).toMatchObject({ id: null, lien: null });
    expect(await tables(base.owner)).toEqual(before);
    expect(await base.db.selectFrom('import').select('id').execute()).toHaveLength(1);
    const done = await lire(corrected);
    expect(done.bilan).toMatchObject({ creees: 0, modifiees: 1, inchangees: 1 });
    expect(done.lignes).toEqual(simulated.lignes);
    expect(done.lignes[0]?.changements).toEqual([
      { champ: 'postes', avant: '1', apres: '2' },
      { champ: 'montant en euros', avant: '54805.00', apres: '109610.00' },
    ]);
    expect(await getChiffres(base.db)).toMatchObject({
      structures: 2,
      postes: 3,
      montant_centimes: 3 * 5_480_500,
    });
  });

  it.each([
    ['the SIRET', { siret: '21020666000198' }],
    ['the name', { raison_sociale: 'VILLE DE LAON' }],
    ['the kind', { type: 'privée' }],
    ['the commune', { commune: 'Soissons', code_insee: '02722', code_postal: '02200' }],
  ])('that corrects %s modifies the line and doubles nothing', async (_, values) => {
    await lire(first);
    const { bilan } = await lire([ligne(values), first[1] ?? '']);
    expect(bilan).toMatchObject({ creees: 0, modifiees: 1, inchangees: 1, postes: 2 });
    expect(await getChiffres(base.db)).toMatchObject({ structures: 2, postes: 2 });
  });

  it('gives a structure its SIRET when it was first known without', async () => {
    await lire([ligne({ siret: '' })]);
    const { bilan } = await lire([ligne()]);
    expect(bilan).toMatchObject({ modifiees: 1, structures: 1 });
    expect(await contenu(base.db)).toMatchObject([{ identifiant: '21020408700014' }]);
  });

  it('that corrects the name of a structure known without SIRET doubles nothing', async () => {
    await lire([ligne({ siret: '' }), first[1] ?? '']);
    const { bilan } = await lire([ligne({ siret: '', raison_sociale: 'VILLE DE LAON' }), first[1] ?? '']);
    expect(bilan).toMatchObject({ creees: 0, modifiees: 1, inchangees: 1, absentes: 0, postes: 2 });
    expect(await getChiffres(base.db)).toMatchObject({ structures: 2, postes: 2 });
  });

  it('with a reference used again for another structure of the commune takes nothing from the first', async () => {
    await lire([ligne({ siret: '' })]);
    const other = ligne({ siret: '', raison_sociale: 'VILLE DE LAON' });
    const { bilan } = await lire([ligne({ siret: '', id: '7' }), other]);
    expect(bilan).toMatchObject({ creees: 1, modifiees: 1 });
    expect(await getChiffres(base.db)).toMatchObject({ structures: 2, postes: 2 });
  });

  it('whose lines share one reference finds each again', async () => {
    const shared = [
      ligne({ nb_cnfs: '1' }),
      ligne({ nb_cnfs: '5' }),
      ligne({ nb_cnfs: '3', type: 'privée' }),
      ligne({ nb_cnfs: '2', qpv: 'oui' }),
      ligne({ nb_cnfs: '2', qpv: 'non' }),
    ];
    await lire(shared);
    for (const lignes of [shared, [...shared].reverse()]) {
      expect((await lire(lignes)).bilan).toMatchObject({ inchangees: 5, absentes: 0 });
    }
  });

  it('whose lines differ by their zoning alone finds each again', async () => {
    const zoned = ['oui', 'non', '', 'oui'].map((qpv) => ligne({ id: '', qpv }));
    await lire(zoned);
    for (const lignes of [zoned, [...zoned].reverse()]) {
      expect((await lire(lignes)).bilan).toMatchObject({ inchangees: 4, absentes: 0 });
    }
  });

  it('in another order changes nothing', async () => {
    const alike = [ligne(), ligne({ id: '2' }), ligne({ id: '3', type: 'privée' })];
    await lire(alike);
    expect((await lire([...alike].reverse())).bilan).toMatchObject({ inchangees: 3 });
  });

  it('whose rows have no reference finds its lines again by kind and number', async () => {
    const nameless = [ligne({ id: '', nb_cnfs: '4' }), ligne({ id: '' }), ligne({ id: '', type: 'privée' })];
    await lire(nameless);
    expect((await lire([...nameless].reverse())).bilan).toMatchObject({ inchangees: 3, creees: 0 });
  });

  it('without a row that was there tells it and deletes nothing', async () => {
    await lire(first);
    const { bilan, absentes } = await lire([first[0] ?? '']);
    expect(bilan.absentes).toBe(1);
    expect(absentes).toMatchObject([{ reference: '2', libelle: 'SAINT QUENTIN', postes: 1 }]);
    expect(await contenu(base.db)).toHaveLength(2);
  });

  it('keeps the public label that somebody wrote', async () => {
    await lire(first);
    await base.owner.query(
      `update structure set libelle_public = 'tiers-lieu de Laon' where identifiant = '21020408700014'`,
    );
    await lire([ligne({ raison_sociale: 'VILLE DE LAON' })]);
    expect(await contenu(base.db)).toContainEqual(
      expect.objectContaining({ libelle_public: 'tiers-lieu de Laon', raison_sociale: 'VILLE DE LAON' }),
    );
  });
});

describe('rejected rows', () => {
  it('come back as a CSV that can be corrected and imported, safe in a spreadsheet', async () => {
    const { id } = await lire([ligne({ nb_cnfs: 'deux', raison_sociale: '=1+1' }), ligne({ id: '2' })]);
    const kept = await base.db
      .selectFrom('import_ligne')
      .select(['ligne', 'motif', 'contenu'])
      .where('import_id', '=', id ?? '')
      .where('sort', '=', 'rejetee')
      .executeTakeFirstOrThrow();
    const header = (
      await base.db
        .selectFrom('import')
        .select('entetes')
        .where('id', '=', id ?? '')
        .executeTakeFirstOrThrow()
    ).entetes;
    if (!Array.isArray(kept.contenu)) throw new Error('a rejected row is kept as it came');
    const csv = rejetsCsv(header, [
      { ligne: kept.ligne, motif: kept.motif ?? '', contenu: kept.contenu.map(String) },
    ]);
    expect(csv).toContain("'=1+1");
    expect(csv).toContain('« deux »');
    const corrected = await essai.ecrire(csv.replace(';deux;', ';2;').replace("'=1+1", 'COMMUNE DE LAON'));
    expect((await importer(base.db, corrected)).bilan).toMatchObject({ lignes: 1, creees: 1, rejetees: 0 });
    expect(await getChiffres(base.db)).toMatchObject({ structures: 1, postes: 3 });
  });
});

/** Imports rows, and gives the rejected ones as they are given back. */
const lireRejets = async (lignes: readonly string[]): Promise<string> => {
  let csv = '';
  const chemin = await essai.ecrire(fichier(...lignes));
  const onRapport = async (rapport: RapportImport): Promise<void> => {
    csv = rejetsCsv(rapport.entetes, await rapport.rejets());
  };
  exiger(await importerCoselec(base.db, acteur, { chemin, simulation: false, onRapport }));
  return csv;
};

describe('rejected rows given back', () => {
  const accepted = ligne({ id: '', nb_cnfs: '1' });

  it('add to a decision without taking its lines, even without a reference, and once', async () => {
    const csv = await lireRejets([accepted, ligne({ id: '', nb_cnfs: 'trois' })]);
    const corrected = await essai.ecrire(csv.replace(';trois;', ';3;'));
    expect((await importer(base.db, corrected)).bilan).toMatchObject({ creees: 1, modifiees: 0 });
    expect(await getChiffres(base.db)).toMatchObject({ structures: 1, postes: 4 });
    expect((await importer(base.db, corrected)).bilan).toMatchObject({ creees: 0, inchangees: 1 });
    expect(await getChiffres(base.db)).toMatchObject({ postes: 4 });
  });

  it('do not tell as absent those that were accepted', async () => {
    const csv = await lireRejets([accepted, ligne({ id: '2', nb_cnfs: 'x' })]);
    const { bilan, absentes } = await importer(base.db, await essai.ecrire(csv.replace(';x;', ';2;')));
    expect(bilan.absentes).toBe(0);
    expect(absentes).toEqual([]);
  });

  it('keep a text that looks like a formula as it was, through a spreadsheet and back', async () => {
    const csv = await lireRejets([ligne({ nb_cnfs: 'x', raison_sociale: '@LAON', longitude: '-3.6' })]);
    expect(csv).toContain(";'@LAON;");
    expect(csv).toContain(';-3.6;');
    await importer(base.db, await essai.ecrire(csv.replace(';x;', ';2;')));
    expect(await contenu(base.db)).toMatchObject([{ raison_sociale: '@LAON', postes: 2 }]);
  });

  it('rejected again come back with the reason of the last time only', async () => {
    const csv = await lireRejets([ligne({ nb_cnfs: 'x' })]);
    let again = '';
    const onRapport = async (rapport: RapportImport): Promise<void> => {
      again = rejetsCsv(rapport.entetes, await rapport.rejets());
    };
    const chemin = await essai.ecrire(csv.replace(';x;', ';y;'));
    exiger(await importerCoselec(base.db, acteur, { chemin, simulation: true, onRapport }));
    expect(again).toBe(csv.replace(';x;', ';y;').replace('« x »', '« y »'));
  });

  it('have safe headers too', () => {
    expect(rejetsCsv(['=1+1', 'siret'], [])).toContain("'=1+1;siret;maillage_ligne;maillage_motif");
  });
});

describe('all or nothing', () => {
  it('going over the enveloppe stops the whole import with a clear sentence', async () => {
    await base.owner.query('update enveloppe set montant_centimes = 10000000');
    const result = await importerCoselec(base.db, acteur, { chemin: tranche, simulation: false });
    expect(result).toMatchObject({
      ok: false,
      refus: 'enveloppe',
      message: expect.stringMatching(/L’import dépasserait l’enveloppe .+ 100.000.€ : rien n’a été importé/),
    });
    expect(await contenu(base.db)).toEqual([]);
    expect(await base.db.selectFrom('structure').select('id').execute()).toEqual([]);
  });

  it('killed in the middle leaves the database as before', async () => {
    const before = await contenu(base.db);
    const killed = importerCoselec(base.db, acteur, {
      chemin: tranche,
      simulation: false,
      onRapport: async () => {
        await base.owner.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'maillage operateur' and state = 'idle in transaction'`,
        );
      },
    });
    await expect(killed).rejects.toThrow();
    expect(await contenu(base.db)).toEqual(before);
    expect(await base.db.selectFrom('import').select('id').execute()).toEqual([]);
    expect((await importer(base.db, tranche)).bilan.creees).toBe(12);
  });

  it('a report that cannot be written undoes the import', async () => {
    const failed = importerCoselec(base.db, acteur, {
      chemin: tranche,
      simulation: false,
      onRapport: () => writeFile('/nulle/part', ''),
    });
    await expect(failed).rejects.toThrow();
    expect(await contenu(base.db)).toEqual([]);
  });

  it('two imports of one file at once: one writes, the other finds it written', async () => {
    const both = await Promise.all(
      [1, 2].map(async () =>
        exiger(await importerCoselec(base.db, acteur, { chemin: tranche, simulation: false })),
      ),
    );
    expect(both.map(({ bilan }) => bilan.creees).sort()).toEqual([0, 12]);
    expect(await contenu(base.db)).toHaveLength(12);
  });
});
