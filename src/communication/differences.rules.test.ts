import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, reconcilier } from './differences.rules.ts';

const texte = fc.array(fc.constantFrom('le', 'la', 'poste', 'Aisne', 'et', '{postes}'), { maxLength: 30 });
const lu = (mots: readonly string[]) => mots.join(' ');
const rejoindre = (parts: ReturnType<typeof differences>, sorts: readonly string[]) =>
  parts
    .filter(({ sort }) => sorts.includes(sort))
    .flatMap(({ texte }) => texte.match(/\S+/g) ?? [])
    .join(' ');

describe('what differs between two texts', () => {
  it('gives each of them back, whatever they are', () => {
    fc.assert(
      fc.property(texte, texte, (avant, apres) => {
        const parts = differences(lu(avant), lu(apres));
        expect(rejoindre(parts, ['commun', 'retire'])).toBe(lu(avant));
        expect(rejoindre(parts, ['commun', 'ajoute'])).toBe(lu(apres));
      }),
    );
  });

  it('keeps what they share', () => {
    expect(differences('16 structures sont retenues.', 'Enfin, 16 structures sont choisies.')).toEqual([
      { sort: 'ajoute', texte: 'Enfin, ' },
      { sort: 'commun', texte: '16 structures sont ' },
      { sort: 'retire', texte: 'retenues.' },
      { sort: 'ajoute', texte: 'choisies.' },
    ]);
  });
});

it.each([
  ['touched by nobody', { montre: 'a', saisi: 'a', enregistre: 'a' }, { valeur: 'a', dispute: false }],
  [
    'changed by the other alone',
    { montre: 'a', saisi: 'a', enregistre: 'b' },
    { valeur: 'b', dispute: false },
  ],
  ['changed by me alone', { montre: 'a', saisi: 'c', enregistre: 'a' }, { valeur: 'c', dispute: false }],
  ['changed alike', { montre: 'a', saisi: 'b', enregistre: 'b' }, { valeur: 'b', dispute: false }],
  ['changed by both', { montre: 'a', saisi: 'c', enregistre: 'b' }, { valeur: 'c', dispute: true }],
])('a field %s', (_, champ, attendu) => {
  expect(reconcilier(champ)).toEqual(attendu);
});
