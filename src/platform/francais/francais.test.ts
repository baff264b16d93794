import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  a,
  accord,
  avecArticle,
  capitale,
  dateLongue,
  de,
  duree,
  enLettres,
  euros,
  eurosEnLettres,
  instantLong,
  liste,
  moisLong,
  nombre,
  nomLisible,
  ordinalFeminin,
  pluriel,
  poids,
  pourcentage,
  quand,
  que,
  titreDepuisMajuscules,
  typographier,
} from './index.ts';

const F = '\u202f';
const I = '\u00a0';

describe('nombres', () => {
  test('thousands are held by narrow no-break spaces', () => {
    expect(nombre(999)).toBe('999');
    expect(nombre(4000)).toBe(`4${F}000`);
    expect(nombre(1_234_567)).toBe(`1${F}234${F}567`);
    expect(nombre(12.5, 2)).toBe('12,5');
    expect(nombre(-1500)).toBe(`\u22121${F}500`);
    expect(nombre(-0.001, 2)).toBe('0');
  });

  test('amounts are exact to the cent', () => {
    expect(euros(5_000_000)).toBe(`50${F}000${I}€`);
    expect(euros(123_450)).toBe(`1${F}234,50${I}€`);
    expect(euros(5)).toBe(`0,05${I}€`);
    expect(euros(-123_405)).toBe(`\u22121${F}234,05${I}€`);
    expect(() => euros(0.5)).toThrow();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e13 }), (centimes) => {
        const lu = euros(centimes)
          .replace(/[\u202f\u00a0€]/g, '')
          .replace(',', '.');
        expect(Math.round(Number(lu) * 100)).toBe(centimes);
      }),
    );
  });

  test('large amounts are said in millions only where that is exact', () => {
    expect(eurosEnLettres(25_000_000_000)).toBe(`250${I}millions d’euros`);
    expect(eurosEnLettres(150_000_000)).toBe(`1,5${I}million d’euros`);
    expect(eurosEnLettres(250_000_000_000)).toBe(`2,5${I}milliards d’euros`);
    expect(eurosEnLettres(175_376_000)).toBe(`1${F}753${F}760${I}€`);
  });

  test('percentages', () => {
    expect([0, 1, 99_999, 1_600_000, 10_485_760].map(poids)).toEqual(
      ['0', '1', '97'].map((ko) => `${ko}${I}ko`).concat(`1,5${I}Mo`, `10${I}Mo`),
    );
    expect(pourcentage(70)).toBe(`70${I}%`);
    expect(pourcentage(33.3)).toBe(`33,3${I}%`);
  });

  test.each([
    [0, 'zéro'],
    [1, 'un'],
    [17, 'dix-sept'],
    [21, 'vingt et un'],
    [70, 'soixante-dix'],
    [71, 'soixante et onze'],
    [80, 'quatre-vingts'],
    [81, 'quatre-vingt-un'],
    [91, 'quatre-vingt-onze'],
    [99, 'quatre-vingt-dix-neuf'],
    [200, 'deux cents'],
    [203, 'deux cent trois'],
    [1000, 'mille'],
    [2180, 'deux mille cent quatre-vingts'],
  ])('%i in words', (valeur, mots) => expect(enLettres(valeur)).toBe(mots));

  test('feminine and out of range', () => {
    expect(enLettres(1, 'f')).toBe('une');
    expect(enLettres(31, 'f')).toBe('trente et une');
    expect(enLettres(81, 'f')).toBe('quatre-vingt-une');
    expect(enLettres(10_000)).toBe(`10${F}000`);
    expect(ordinalFeminin(1)).toBe('première');
    expect(ordinalFeminin(12)).toBe('12e');
  });

  test('two numbers never have the same words', () => {
    expect(new Set(Array.from({ length: 10_000 }, (_, rang) => enLettres(rang))).size).toBe(10_000);
  });
});

describe('dates', () => {
  test('long form, first of the month, months', () => {
    expect(dateLongue('2021-03-18')).toBe('18 mars 2021');
    expect(dateLongue('2021-04-01')).toBe('1er avril 2021');
    expect(() => dateLongue('2021-02-29')).toThrow();
    expect(moisLong('2021-08')).toBe('août 2021');
    expect(quand('2021-04')).toBe('en avril 2021');
    expect(quand('2021-04-06')).toBe('le 6 avril 2021');
  });

  test('instants are told in Paris time, summer and winter', () => {
    expect(instantLong('2021-03-18T10:30:00Z')).toBe(`18 mars 2021 à 11${I}h${I}30 (heure de Paris)`);
    expect(instantLong('2021-07-31T22:00:00Z')).toBe(`1er août 2021 à 0${I}h (heure de Paris)`);
  });

  test('durations', () => {
    expect([1, 12, 18, 24, 36].map(duree)).toEqual([
      `1${I}mois`,
      `1${I}an`,
      `18${I}mois`,
      `2${I}ans`,
      `3${I}ans`,
    ]);
  });
});

describe('grammaire', () => {
  test('zero and one are singular', () => {
    expect(pluriel(0, 'poste', 'postes')).toBe('0 poste');
    expect(pluriel(1, 'poste', 'postes')).toBe('1 poste');
    expect(pluriel(2, 'poste', 'postes')).toBe('2 postes');
    expect(accord(1.5, 'million', 'millions')).toBe('million');
  });

  test('articles contract and elide', () => {
    expect(de('le Nord')).toBe('du Nord');
    expect(de('les Landes')).toBe('des Landes');
    expect(de('l’Aisne')).toBe('de l’Aisne');
    expect(de('La Réunion')).toBe('de La Réunion');
    expect(de('Albi')).toBe('d’Albi');
    expect(de('Yvetot')).toBe('d’Yvetot');
    expect(de('Honfleur')).toBe('de Honfleur');
    expect(a('le Conseil départemental')).toBe('au Conseil départemental');
    expect(a('les tiers-lieux')).toBe('aux tiers-lieux');
    expect(a('la Collectivité')).toBe('à la Collectivité');
    expect(avecArticle('Hérault', 'm')).toBe('l’Hérault');
    expect(avecArticle('Haut-Rhin', 'm')).toBe('le Haut-Rhin');
    expect(avecArticle('Yonne', 'f')).toBe('l’Yonne');
    expect(que('il')).toBe('qu’il');
    expect(que('onze')).toBe('que onze');
    expect(capitale('à Paris')).toBe('À Paris');
    expect(capitale('œuvre')).toBe('Œuvre');
  });

  test('lists', () => {
    expect(liste([])).toBe('');
    expect(liste(['a'])).toBe('a');
    expect(liste(['a', 'b', 'c'])).toBe('a, b et c');
  });
});

describe('typographie', () => {
  test('what a keyboard types is set in French', () => {
    expect(typographier(`L'État dit "oui" : 70 % ,  c'est  tout !`)).toBe(
      `L’État dit «${I}oui${I}»${I}: 70${I}%, c’est tout${F}!`,
    );
    expect(typographier("Val de L'Oise")).toBe('Val de L’Oise');
    expect(typographier('voir https://exemple.fr/a?b=1')).toBe('voir https://exemple.fr/a?b=1');
  });

  test('doing it twice changes nothing', () => {
    const phrase = fc
      .array(
        fc.constantFrom(
          'L',
          "'",
          '"',
          ' ',
          ':',
          ';',
          '!',
          '?',
          ',',
          '.',
          '«',
          '»',
          '%',
          '€',
          '7',
          'é',
          '\u202f',
          '\u00a0',
        ),
      )
      .map((signes) => signes.join(''));
    fc.assert(
      fc.property(phrase, (texte) => {
        const une = typographier(texte);
        expect(typographier(une)).toBe(une);
        expect(une).not.toMatch(/ {2}|'| ,/);
      }),
    );
  });
});

describe('names in capital letters', () => {
  test.each([
    [
      'COMMUNE DE BOHAIN EN VERMANDOIS',
      { commune: 'Bohain-en-Vermandois' },
      'commune de Bohain-en-Vermandois',
    ],
    ['COMMUNE D HAZEBROUCK', { commune: 'Hazebrouck' }, 'commune d’Hazebrouck'],
    ['COMMUNE DE LE CATEAU', { commune: 'Le Cateau-Cambrésis' }, 'commune du Cateau-Cambrésis'],
    ['COMMUNE DE LA BASSEE', { commune: 'La Bassée' }, 'commune de La Bassée'],
    ['COMMUNE DES ABYMES', { commune: 'Les Abymes' }, 'commune des Abymes'],
    ['MAIRIE', { commune: 'Arras' }, 'mairie d’Arras'],
    ['MAIRIE DE PONT-A-MARCQ', { commune: 'Pont-à-Marcq' }, 'mairie de Pont-à-Marcq'],
    [
      'CA CHAUNY TERGNIER LA FERE',
      { commune: 'Chauny', epci: 'CA Chauny-Tergnier-La Fère' },
      'communauté d’agglomération Chauny-Tergnier-La Fère',
    ],
    [
      'COMMUNAUTE COMMUNES DU CHEMIN DES DAMES',
      { epci: 'CC du Chemin des Dames' },
      'communauté de communes du Chemin des Dames',
    ],
    ['DEPARTEMENT DE L AISNE', { departementGenitif: 'de l’Aisne' }, 'Département de l’Aisne'],
    ['DEPARTEMENT DE L AISNE', {}, 'Département de l’Aisne'],
    ['CTRE COM ACTION SOCIALE DE BERGUES', { commune: 'Bergues' }, 'CCAS de Bergues'],
    ['CENTRE COMMUNAL D ACTION SOCIALE', { commune: 'Roubaix' }, 'CCAS de Roubaix'],
    ['CCAS DE RONCQ', {}, 'CCAS de Roncq'],
    [
      'ASSOCIATION DES CENTRES SOCIAUX ET SOCIOCULTURELS DE MAUBEUGE',
      { commune: 'Maubeuge' },
      'association des centres sociaux et socioculturels de Maubeuge',
    ],
    ['CENTRE SOCIAL RURAL DE L ABBAYE', {}, 'centre social rural de l’Abbaye'],
    ['GIP REUSSIR EN SAMBRE AVESNOIS', {}, 'GIP Reussir en Sambre Avesnois'],
    ['Emmaüs Connect', {}, 'Emmaüs Connect'],
    ['0', {}, '0'],
  ])('%s', (nom, connus, attendu) => expect(titreDepuisMajuscules(nom, connus)).toBe(attendu));

  test('alone on a page begins with a capital, and stays as somebody wrote it', () => {
    expect(nomLisible('DEPARTEMENT DE L AISNE')).toBe('Département de l’Aisne');
    expect(nomLisible('COMMUNE DE CHAUNY')).toBe('Commune de Chauny');
    expect(nomLisible('asso 3id : "Laon"')).toBe('asso 3id : "Laon"');
  });

  test('no name of the file makes it fail, and nothing but letter case and signs is added', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (nom) => {
        expect(titreDepuisMajuscules(nom)).not.toMatch(/ {2}/);
      }),
    );
  });
});
