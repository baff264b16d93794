import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Champ, Colonnes } from './colonnes.rules.ts';
import { extrait, lireDate, lireLigne } from './lignes.rules.ts';

const champs = [
  'reference',
  'nom',
  'siret',
  'categorie',
  'postes',
  'date',
  'montant',
  'adresse',
  'codePostal',
  'commune',
  'codeCommune',
  'departement',
  'zrr',
  'qpv',
  'franceServices',
  'latitude',
  'longitude',
] as const satisfies readonly Champ[];
const colonnes: Colonnes = Object.fromEntries(champs.map((champ, index) => [champ, index]));

/** Reads a row that is right but for the values given. */
const lire = (values: Partial<Record<Champ, string>> = {}) => {
  const right: Partial<Record<Champ, string>> = {
    nom: 'COMMUNE DE LAON',
    siret: '21020408700014',
    categorie: 'publique',
    postes: '1',
    date: '2021-03-24',
  };
  const lecture = lireLigne(
    colonnes,
    champs.map((champ) => values[champ] ?? right[champ] ?? ''),
  );
  return { ...lecture, codes: lecture.anomalies.map(({ code }) => code) };
};

describe('a date', () => {
  it.each([
    ['2021-03-24', '2021-03-24'],
    ['2021/3/4', '2021-03-04'],
    ['2021-03-24T00:00:00Z', '2021-03-24'],
    ['2021-03-24 10:30:00', '2021-03-24'],
    ['24/03/2021', '2021-03-24'],
    ['24-03-2021 00:00', '2021-03-24'],
    ['1.4.2021', '2021-04-01'],
    ['24 mars 2021', '2021-03-24'],
    ['1er août 2021', '2021-08-01'],
    ['3 DÉCEMBRE 2021', '2021-12-03'],
    ['44279', '2021-03-24'],
    ['29/02/2024', '2024-02-29'],
  ])('« %s » is %s', (text, date) => expect(lireDate(text)).toBe(date));

  it.each([
    '',
    '29/02/2021',
    '31/04/2021',
    '2021-13-01',
    '2021-00-10',
    '24 brumaire 2021',
    '42',
    '999999',
    'hier',
    '03/2021',
  ])('« %s » is none', (text) => expect(lireDate(text)).toBeNull());
});

describe('a number of posts', () => {
  it.each([
    ['1', 1],
    ['16', 16],
    ['2,0', 2],
    ['2.00', 2],
    [' 3 ', 3],
    ['1\u00a0000', 1000],
  ])('« %s » is %i', (postes, expected) => expect(lire({ postes }).ligne?.postes).toBe(expected));

  it.each(['', '0', '-1', '1,5', 'deux', '1e3', '99999', '2 postes'])('« %s » rejects the row', (postes) => {
    expect(lire({ postes })).toMatchObject({
      ligne: null,
      rejet: `Ligne rejetée : le nombre de postes « ${postes} » n’est pas un nombre entier de 1 à 9\u202f999.`,
    });
  });

  it('and a date that are both wrong are told together', () => {
    expect(lire({ postes: 'x', date: 'y' }).rejet).toBe(
      'Ligne rejetée : le nombre de postes « x » n’est pas un nombre entier de 1 à 9\u202f999 ; la date du comité « y » n’est pas une date.',
    );
  });
});

describe('the kind', () => {
  it.each([
    ['publique', 'publique'],
    ['Public', 'publique'],
    ['PRIVÉE', 'privee'],
    ['privé', 'privee'],
  ])('written « %s » is %s', (categorie, expected) => {
    const { ligne, codes } = lire({ categorie });
    expect([ligne?.categorie, codes]).toEqual([expected, []]);
  });

  it.each([
    ['22020002600015', 'x', 'publique', 'du SIRET'],
    ['53176441300047', 'MAIRIE DE LAON', 'privee', 'du SIRET'],
    ['', 'MAIRIE DE LAON', 'publique', 'du nom'],
    ['', 'Communauté de communes du Chemin des Dames', 'publique', 'du nom'],
    ['', 'Département de l’Aisne', 'publique', 'du nom'],
    ['', 'ASSOCIATION DES COMMUNES', 'privee', 'du nom'],
  ])('is deduced from SIRET « %s » or name « %s », and said so', (siret, nom, expected, from) => {
    const { ligne, anomalies } = lire({ siret, nom, categorie: '' });
    expect(ligne?.categorie).toBe(expected);
    expect(anomalies.find(({ code }) => code === 'categorie_deduite')?.message).toContain(from);
  });
});

describe('codes', () => {
  it.each([
    [{ codePostal: '2000' }, { codePostal: '02000' }],
    [{ codeCommune: '2408' }, { codeCommune: '02408' }],
    [{ codeCommune: '2a004' }, { codeCommune: '2A004' }],
    [{ departement: '2' }, { departement: '02' }],
    [{ siret: '535 013 005 000 1' }, undefined],
  ] as const)('%j are mended to %j, and said so', (values, expected) => {
    const { ligne, codes } = lire(values);
    if (expected === undefined) return expect(codes).toContain('siret_malforme');
    expect(ligne).toMatchObject(expected);
    expect(codes).toEqual(['zero_retabli']);
  });

  it('a SIRET that lost its zero gets it back when its check then passes', () => {
    expect(lire({ siret: '5 650 141 100 013' })).toMatchObject({
      ligne: { siret: '05650141100013' },
      codes: ['zero_retabli'],
    });
  });

  it.each([{ codePostal: 'F-02000' }, { codeCommune: '123' }, { departement: '20' }])(
    '%j are told when they cannot be mended',
    (values) => expect(lire(values).codes).toEqual(['code_incorrect']),
  );

  it.each(['', '0', 'null', 'NaN', 'n/a'])('« %s » in their place is nothing to tell', (written) => {
    const { ligne, codes } = lire({ codePostal: written, codeCommune: written, departement: written });
    expect(ligne).toMatchObject({ codePostal: null, codeCommune: null, departement: null });
    expect(codes).toEqual([]);
  });
});

describe('the other fields', () => {
  it.each([
    ['54805', 5_480_500],
    ['54 805,00 €', 5_480_500],
    ['54\u202f805,5', 5_480_550],
  ])('the amount « %s » is %i cents', (montant, expected) =>
    expect(lire({ montant }).ligne?.montant).toBe(expected),
  );

  it('unknown is not no', () => {
    expect(lire({ zrr: 'non', qpv: '', franceServices: 'OUI' }).ligne).toMatchObject({
      zrr: false,
      qpv: null,
      franceServices: true,
    });
  });

  it.each([
    ['49,5643', '3.621', { latitude: 49.5643, longitude: 3.621 }],
    ['0', '0', null],
    ['', '3', null],
    ['91', '3', null],
    ['x', '3', null],
  ])('the position « %s », « %s » is %j', (latitude, longitude, expected) =>
    expect(lire({ latitude, longitude }).ligne?.position).toEqual(expected),
  );

  it('the lines of an address are joined', () => {
    expect(lire({ adresse: '2 RUE PAUL DOUMER\n02000 LAON' }).ligne?.adresse).toBe(
      '2 RUE PAUL DOUMER, 02000 LAON',
    );
  });

  it.each(['0', 'null', '--', ''])('the name « %s » is none', (nom) => {
    expect(lire({ nom })).toMatchObject({ ligne: { nom: null }, codes: ['nom_absent'] });
  });

  it('a name or reference longer than any is cut or left, and said so', () => {
    const { ligne, codes } = lire({ nom: 'A'.repeat(5000), reference: '9'.repeat(5000) });
    expect(codes).toEqual(['nom_trop_long', 'reference_trop_longue']);
    expect(ligne?.nom).toHaveLength(300);
    expect(ligne?.reference).toBeNull();
  });

  it('a value is quoted without cutting a character in two', () => {
    expect(extrait(`${'x'.repeat(199)}😀`).isWellFormed()).toBe(true);
    expect(extrait('été')).toBe('été');
  });
});

it('any text in any column is read or rejected, never a fault, every anomaly with its sentence', () => {
  const values = fc.array(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('0', '1', 'null')),
    {
      minLength: champs.length - 3,
      maxLength: champs.length + 3,
    },
  );
  fc.assert(
    fc.property(values, (valeurs) => {
      const { ligne, rejet, anomalies } = lireLigne(colonnes, valeurs);
      expect((ligne === null) !== (rejet === null)).toBe(true);
      for (const { message, valeur } of anomalies) {
        expect(message).toMatch(/^[A-ZÀ-Ý].+\.$/s);
        expect(valeur.length).toBeLessThanOrEqual(200);
      }
    }),
    { numRuns: 300 },
  );
});
