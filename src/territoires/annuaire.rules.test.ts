import { describe, expect, it } from 'vitest';
import { commencerAnnuaire, resoudreCommune } from './annuaire.rules.ts';
import { normaliserNom } from './rules.ts';

const commune = (code: string, nom: string, departementCode: string) => ({
  code,
  nom,
  nomRecherche: normaliserNom(nom),
  departementCode,
  latitude: 49,
  longitude: 3,
});
const ancienne = (code: string, nom: string, communeCode: string) => ({
  code,
  nomRecherche: normaliserNom(nom),
  communeCode,
});

// Saint-Aubin is in the Aisne and in the Nord; 99800 serves two communes called Jumelle, one on each side of a border.
const { annuaire, ajouter } = commencerAnnuaire();
ajouter({
  communes: [
    commune('02408', 'Laon', '02'),
    commune('02671', 'Saint-Aubin', '02'),
    commune('59529', 'Saint-Aubin', '59'),
    commune('02900', 'Jumelle', '02'),
    commune('59900', 'Jumelle', '59'),
    commune('02901', 'Sosie', '02'),
    commune('02902', 'Sosie', '02'),
    commune('02564', 'Bernoy-le-Château', '02'),
    commune('75056', 'Paris', '75'),
  ],
  anciennes: [
    ancienne('02077', 'Berzy-le-Sec', '02564'),
    ancienne('02408', 'Laon-Leuilly', '02408'),
    ancienne('59077', 'Sosie', '59529'),
    ancienne('75112', 'Paris 12e Arrondissement', '75056'),
  ],
  codesPostaux: [
    { communeCode: '02408', codePostal: '02000' },
    { communeCode: '02671', codePostal: '02300' },
    { communeCode: '59529', codePostal: '59440' },
    { communeCode: '02900', codePostal: '02800' },
    { communeCode: '59900', codePostal: '02800' },
    { communeCode: '02901', codePostal: '02700' },
    { communeCode: '02902', codePostal: '02700' },
    { communeCode: '02564', codePostal: '02200' },
    { communeCode: '75056', codePostal: '75012' },
  ],
});

type Demande = readonly [
  nom: string | null,
  codePostal: string | null,
  code?: string | undefined,
  departement?: string | undefined,
];
const ask = ([nom, codePostal, code, departement]: Demande): readonly (string | undefined)[] => {
  const found = resoudreCommune(annuaire, {
    nom,
    codePostal,
    code: code ?? null,
    departement: departement ?? null,
  });
  return [found.commune?.code, ...found.ecarts];
};

describe('a commune is found', () => {
  it.each<readonly [string, Demande, readonly string[]]>([
    ['by name, postal code and code that agree', ['LAON', '02000', '02408'], ['02408']],
    ['by name and postal code, without a code', ['laon', '02000'], ['02408']],
    ['by code and postal code, without a name', [null, '02000', '02408'], ['02408']],
    ['by code alone', [null, null, '02408'], ['02408']],
    ['by name and département', ['Laon', null, undefined, '02'], ['02408']],
    ['by the arrondissement of a large city', ['PARIS 12', '75012'], ['75056']],
  ])('%s', (_, demande, expected) => expect(ask(demande)).toEqual(expected));
});

describe('between what disagrees', () => {
  it.each<readonly [string, Demande, readonly string[]]>([
    ['name and postal code beat the code', ['Laon', '02000', '59529'], ['02408', 'code_contredit']],
    ['a code that nothing bears is told', ['Laon', '02000', '02999'], ['02408', 'code_contredit']],
    [
      'a code that nothing bears is told with a name of the département too',
      ['Laon', null, '02999', '02'],
      ['02408', 'code_contredit'],
    ],
    ['code and name beat the postal code', ['Laon', '59440', '02408'], ['02408', 'code_postal_contredit']],
    ['the code beats a name that nobody bears', ['Inconnue', '02000', '02408'], ['02408', 'code_contredit']],
    [
      'the code alone is believed, and both contradictions told',
      ['Inconnue', '59440', '02408'],
      ['02408', 'code_contredit', 'code_postal_contredit'],
    ],
    ['a CEDEX leaves name and département', ['LAON CEDEX', '02018'], ['02408', 'code_postal_contredit']],
  ])('%s', (_, demande, expected) => expect(ask(demande)).toEqual(expected));
});

describe('a former commune', () => {
  it.each<readonly [string, Demande, readonly string[]]>([
    ['leads by its name to the one that absorbed it', ['Berzy-le-Sec', '02200'], ['02564', 'fusionnee']],
    ['leads by its code', [null, null, '02077'], ['02564', 'fusionnee']],
    ['leads by both', ['Berzy le Sec', '02200', '02077'], ['02564', 'fusionnee']],
    [
      'leads by the old code with the new name',
      ['Bernoy-le-Château', '02200', '02077'],
      ['02564', 'fusionnee'],
    ],
    ['leads by the old name with the new code', ['Berzy-le-Sec', '02200', '02564'], ['02564', 'fusionnee']],
    [
      'leads by the old name and the département',
      ['Berzy-le-Sec', null, undefined, '02'],
      ['02564', 'fusionnee'],
    ],
    [
      'leads by its name against a wrong code',
      ['Berzy-le-Sec', '02200', '02408'],
      ['02564', 'fusionnee', 'code_contredit'],
    ],
    ['does not hide the commune of today that bears its code', [null, null, '02408'], ['02408']],
  ])('%s', (_, demande, expected) => expect(ask(demande)).toEqual(expected));
});

describe('homonyms', () => {
  it.each<readonly [string, Demande, readonly string[]]>([
    ['are told apart by the postal code', ['Saint-Aubin', '59440'], ['59529']],
    ['are told apart by the département', ['ST AUBIN', null, undefined, '02'], ['02671']],
    [
      'are told apart by the département that the postal code suggests',
      ['St-Aubin', '59000'],
      ['59529', 'code_postal_contredit'],
    ],
    ['of one postal code are told apart by the code', ['Sosie', '02700', '02902'], ['02902']],
    [
      'of one postal code on two sides of a border are told apart by the département',
      ['Jumelle', '02800', undefined, '59'],
      ['59900'],
    ],
    ['of one postal code and one département are nobody', ['Sosie', '02700'], ['inconnue']],
    ['without anything else are nobody', ['Saint-Aubin', null], ['inconnue']],
  ])('%s', (_, demande, expected) =>
    expect(ask(demande).filter((value) => value !== undefined)).toEqual(expected),
  );
});

it.each<readonly [string, Demande]>([
  ['a name that nobody bears', ['Nulle-Part', '02000']],
  ['a name alone', ['Laon', null]],
  ['a postal code alone', [null, '02000']],
  ['a code that nothing bears', [null, null, '02999']],
  ['a département alone', [null, null, undefined, '02']],
  ['nothing', [null, null]],
])('finds no commune for %s', (_, demande) => expect(ask(demande)).toEqual([undefined, 'inconnue']));
