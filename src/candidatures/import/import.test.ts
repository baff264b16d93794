import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { getChiffres } from '../../statistiques/index.ts';
import { importerCoselec } from './acts.ts';
import {
  acteur,
  contenu,
  entetes,
  fichier,
  fichierDEssai,
  importer,
  ligne,
  tables,
  tranche,
  vider,
} from './import.fixtures.ts';

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

const lire = async (...lignes: readonly string[]) =>
  importer(base.db, await essai.ecrire(fichier(...lignes)));

describe('the published file', () => {
  it('gives each row one fate, and the totals of the régimes to the cent', async () => {
    const { bilan, lignes } = await importer(base.db, tranche);
    expect(bilan).toMatchObject({
      lignes: 15,
      creees: 12,
      modifiees: 0,
      inchangees: 0,
      rejetees: 3,
      structures: 9,
      postes: 28,
    });
    expect(bilan.creees + bilan.modifiees + bilan.inchangees + bilan.rejetees).toBe(lignes.length);
    expect(await getChiffres(base.db)).toMatchObject({
      structures: 9,
      postes: 28,
      montant_centimes: bilan.montant_centimes,
    });
    expect(bilan.montant_centimes).toBe(23 * 5_480_500 + 5 * 3_680_500);
  });

  it('rejects only what cannot be a decision, with the line in the file', async () => {
    const { lignes } = await importer(base.db, tranche);
    expect(lignes.filter(({ sort }) => sort === 'rejetee').map(({ ligne: line }) => line)).toEqual([
      6, 11, 12,
    ]);
    for (const { motif } of lignes.filter(({ sort }) => sort === 'rejetee'))
      expect(motif).toContain('ni SIRET valide');
  });

  it('adds up the lines of one decision, each with its own kind', async () => {
    await importer(base.db, tranche);
    const maubeuge = (await contenu(base.db)).filter(
      (row) => Reflect.get(Object(row), 'identifiant') === '53176441300047',
    );
    expect(maubeuge).toHaveLength(3);
    expect(new Set(maubeuge.map((row) => Reflect.get(Object(row), 'decision'))).size).toBe(1);
    expect(maubeuge.map((row) => Reflect.get(Object(row), 'montant_centimes')).sort()).toEqual([
      3_680_500, 3_680_500, 5_480_500,
    ]);
  });

  it('says which lines are probably double, and keeps both', async () => {
    const { lignes } = await importer(base.db, tranche);
    const double = lignes.filter(({ anomalies }) =>
      anomalies.some(({ code }) => code === 'doublon_probable'),
    );
    expect(
      double.map(({ anomalies }) => anomalies.find(({ code }) => code === 'doublon_probable')?.valeur),
    ).toEqual(['572', '575']);
  });

  it('lets name and postal code beat a wrong code of commune', async () => {
    const { lignes } = await importer(base.db, tranche);
    const leval = lignes.find(({ libelle }) => libelle === 'COMMUNE DE LEVAL');
    expect(leval?.anomalies.map(({ code }) => code)).toEqual([
      'commune_contredite',
      'position_hors_departement',
    ]);
    expect(await getChiffres(base.db, { territoire: { niveau: 'departement', code: '59' } })).toMatchObject({
      postes: 7,
    });
  });

  it('again changes nothing', async () => {
    await importer(base.db, tranche);
    const before = await tables(base.owner);
    expect(before.decision_ligne).toHaveLength(12);
    const { bilan } = await importer(base.db, tranche);
    expect(bilan).toMatchObject({ creees: 0, modifiees: 0, inchangees: 12, rejetees: 3, absentes: 0 });
    expect(await tables(base.owner)).toEqual(before);
  });

  it('leaves its rejected rows and the journal of what was done', async () => {
    const { id } = await importer(base.db, tranche);
    const kept = await base.db
      .selectFrom('import_ligne')
      .selectAll()
      .where('import_id', '=', id ?? '')
      .where('sort', '=', 'rejetee')
      .execute();
    expect(kept.map(({ contenu: row }) => Array.isArray(row) && row[0])).toEqual(['539', '569', '570']);
    const written = await base.db
      .selectFrom('journal')
      .select(['acteur', 'contenu'])
      .where('objet_id', '=', id ?? '')
      .execute();
    expect(written).toMatchObject([{ acteur: acteur.identifiant, contenu: { creees: 12, rejetees: 3 } }]);
  });
});

describe('anomalies', () => {
  it.each([
    ['siret_absent', { siret: '' }],
    ['siret_malforme', { siret: '2102040870001X' }],
    ['siret_cle', { siret: '21020408700015' }],
    ['nom_absent', { raison_sociale: '0' }],
    ['commune_inconnue', { commune: 'Nulle-Part', code_insee: '', code_postal: '' }],
    ['commune_fusionnee', { commune: 'Berzy-le-Sec', code_insee: '02077', code_postal: '02200' }],
    ['commune_contredite', { code_insee: '59350' }],
    ['code_postal_contredit', { code_postal: '59000', commune: '' }],
    ['position_absente', { latitude: '', longitude: '' }],
    ['position_hors_departement', { latitude: '43.3', longitude: '5.4' }],
    ['montant_different', { montant: '50000' }],
    ['montant_illisible', { montant: 'beaucoup' }],
    ['zero_retabli', { code_postal: '2000' }],
    ['zero_retabli', { code_insee: '2408' }],
    ['commune_contredite', { code_insee: '02999' }],
    ['code_incorrect', { code_postal: 'F-02000' }],
    ['nom_trop_long', { raison_sociale: randomBytes(20_000).toString('hex') }],
    ['reference_trop_longue', { id: randomBytes(20_000).toString('hex') }],
    ['siret_malforme', { siret: `${'x'.repeat(199)}😀` }],
    ['categorie_deduite', { type: 'inconnu' }],
  ] as const)('%s is told, and the row kept', async (code, values) => {
    const { bilan, codes, lignes } = await lire(ligne(values));
    expect(bilan.creees).toBe(1);
    expect(codes(1)).toContain(code);
    expect(lignes[0]?.anomalies.every(({ message }) => /[.]$/.test(message))).toBe(true);
  });

  it('a SIRET carried by two names is told', async () => {
    const { codes, bilan } = await lire(ligne(), ligne({ id: '2', raison_sociale: 'VILLE DE LAON' }));
    expect(codes(1)).not.toContain('siret_deux_noms');
    expect(codes(2)).toContain('siret_deux_noms');
    expect(bilan.structures).toBe(1);
  });

  it('a clean row has none', async () => {
    const { codes } = await lire(ligne());
    expect(codes(1)).toEqual([]);
  });
});

describe('rows that cannot be decisions', () => {
  it.each([
    ['no posts', { nb_cnfs: '' }],
    ['zero posts', { nb_cnfs: '0' }],
    ['half a post', { nb_cnfs: '1,5' }],
    ['no date', { date_comite: '' }],
    ['a date that is none', { date_comite: '31/02/2021' }],
    ['a date without a régime', { date_comite: '2019-01-01' }],
    ['neither SIRET nor name', { siret: 'null', raison_sociale: '0' }],
    ['neither SIRET nor commune', { siret: '', commune: '0', code_insee: '', code_postal: '' }],
  ])('%s', async (_, values) => {
    const { bilan, lignes } = await lire(ligne(values), ligne({ id: '2', nb_cnfs: '3' }));
    expect(bilan).toMatchObject({ creees: 1, rejetees: 1, postes: 3 });
    expect(lignes[0]?.motif).toMatch(/^Ligne rejetée : .+\.$/);
  });

  it('a valid SIRET alone is enough', async () => {
    const { bilan } = await lire(ligne({ raison_sociale: '', commune: '', code_insee: '', code_postal: '' }));
    expect(bilan).toMatchObject({ creees: 1, rejetees: 0 });
  });
});

describe('structures', () => {
  it('decided in two sessions are one structure with two decisions', async () => {
    const { bilan } = await lire(ligne(), ligne({ id: '2', date_comite: '19/05/2021' }));
    expect(bilan).toMatchObject({ structures: 1, postes: 2 });
    expect(new Set((await contenu(base.db)).map((row) => Reflect.get(Object(row), 'decision'))).size).toBe(2);
  });

  it('with two SIRETs of one SIREN stay two', async () => {
    const { bilan } = await lire(
      ligne({ siret: '21020666000016' }),
      ligne({ id: '2', siret: '21020666000198', raison_sociale: 'AUTRE' }),
    );
    expect(bilan.structures).toBe(2);
  });

  it('without a SIRET are known by name and commune', async () => {
    const { bilan } = await lire(
      ligne({ siret: '' }),
      ligne({ id: '2', siret: '', raison_sociale: 'Commune de Laon' }),
    );
    expect(bilan.structures).toBe(1);
  });

  it('without a SIRET join the one of that name and commune that has it', async () => {
    const { bilan } = await lire(ligne({ siret: '' }), ligne({ id: '2' }));
    expect(bilan.structures).toBe(1);
    expect(await contenu(base.db)).toMatchObject([
      { identifiant: '21020408700014' },
      { identifiant: '21020408700014' },
    ]);
  });
});

describe('the form of files', () => {
  const body = [ligne({ raison_sociale: '"CŒUR\nDE L’ÉTÉ"' }), ligne({ id: '2', siret: '', nb_cnfs: 'x' })];
  const windows = (text: string): Buffer =>
    Buffer.from([...text].map((char) => ({ Œ: 0x8c, '’': 0x92, É: 0xc9 })[char] ?? char.charCodeAt(0)));

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with BOM', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['Windows-1252', windows],
    ['Windows line ends', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
  ])('%s is recognised, and lines counted as an editor counts them', async (_, encode) => {
    const { lignes } = await importer(base.db, await essai.ecrire(encode(fichier(...body))));
    expect(lignes[0]?.libelle).toBe('CŒUR DE L’ÉTÉ');
    expect(lignes.map(({ ligne: line }) => line)).toEqual([2, 4]);
  });

  it('lines are counted past blank ones and line ends in quotes', async () => {
    const { lignes } = await lire(
      '',
      ligne({ raison_sociale: '"\nA\n\nB\n"' }),
      '',
      ' ;;',
      ligne({ id: '2' }),
    );
    expect(lignes.map(({ ligne: line, libelle }) => [line, libelle])).toEqual([
      [3, 'A B'],
      [10, 'COMMUNE DE LAON'],
    ]);
  });

  it('blank lines before the header do not hide the separator', async () => {
    const contents = `\n\n${fichier(ligne()).replaceAll(';', ',')}`;
    const { lignes } = await importer(base.db, await essai.ecrire(contents));
    expect(lignes).toMatchObject([{ ligne: 4, sort: 'creee' }]);
  });

  it.each([',', '\t', '|'])('separator « %s »', async (separator) => {
    const { bilan } = await importer(
      base.db,
      await essai.ecrire(fichier(ligne()).replaceAll(';', separator)),
    );
    expect(bilan.creees).toBe(1);
  });

  it('other headers mean the same', async () => {
    const renamed = fichier(ligne()).replace(
      entetes,
      'N°;Dénomination;SIRET structure;Catégorie;Nombre de postes;Date COSELEC;CP;Ville;Code INSEE;ZRR;QPV;France Services;lat;lon;Montant total',
    );
    const { bilan, codes } = await importer(base.db, await essai.ecrire(renamed));
    expect(bilan.creees).toBe(1);
    expect(codes(1)).toEqual([]);
  });

  it.each([
    ['nothing', '', /est vide/],
    ['blank lines', '\n \n', /est vide/],
    ['binary', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /n’est pas un texte CSV/],
    [
      'a text that turns binary far from its beginning',
      `${entetes}\n${`${ligne()}\n`.repeat(900)}\u0000`,
      /n’est pas un texte CSV/,
    ],
    ['a header without rows', `${entetes}\n\n;;;\n`, /n’a aucune ligne sous ses en-têtes/],
    ['no column that is needed', 'a;b\n1;2\n', /Colonnes introuvables : le nombre de postes/],
    ['a quote that never closes', `${entetes}\n"${ligne()}\n`, /ouvert et jamais fermé/],
    [
      'text after a closing quote',
      `${entetes}\n1;"LE BON" COIN\n`,
      /vers la ligne 2 : du texte y suit un guillemet/,
    ],
  ])('%s is refused in a sentence', async (_, contents, message) => {
    const result = await importerCoselec(base.db, acteur, {
      chemin: await essai.ecrire(contents),
      simulation: false,
    });
    expect(result).toMatchObject({ ok: false, message: expect.stringMatching(message) });
    expect(await base.db.selectFrom('import').select('id').execute()).toEqual([]);
  });

  it('a folder or a missing file is refused', async () => {
    for (const chemin of [essai.folder, `${essai.folder}/absent.csv`]) {
      expect(await importerCoselec(base.db, acteur, { chemin, simulation: false })).toMatchObject({
        ok: false,
        refus: 'absent',
      });
    }
  });
});
