import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chiffreSaisi } from './chiffre-saisi.ts';
import { FAITS_AISNE } from './fixtures.ts';
import { remplir, reperes, verifierRedaction } from './gabarits.ts';
import { composerCommunique } from './rules.ts';

const chiffres = {
  conseillers: '32 conseillers numériques',
  structures: '16 structures',
  plafond: '50\u202f000\u00a0€',
};
const genere = '{structures} retenues pour {conseillers}.';
const verifier = (propose: string): string => {
  const resultat = verifierRedaction('chapo', genere, propose, chiffres);
  return resultat.ok ? resultat.valeur : resultat.refus;
};

describe('a reworded paragraph', () => {
  test('keeps its figures and is set in French', () => {
    expect(verifier("L'Aisne : {conseillers}, {structures}  .")).toBe(
      'L’Aisne\u00a0: {conseillers}, {structures}.',
    );
    expect(verifier('{conseillers} ({structures}, {plafond})')).toBe(
      '{conseillers} ({structures}, {plafond})',
    );
  });

  test.each([
    ['', 'redaction_vide'],
    ['{conseillers}{structures}', 'redaction_vide'],
    ['{conseillers} et {structures', 'accolade_isolee'],
    ['{conseillers} et {Structures}', 'accolade_isolee'],
    ['{conseillers}, {structures}, {budget} !', 'chiffre_inconnu'],
    ['{conseillers}, {structures}, {constructor} !', 'chiffre_inconnu'],
    ['Des structures pour {conseillers}.', 'chiffre_manquant'],
  ])('is refused: %s', (propose, refus) => expect(verifier(propose)).toBe(refus));

  test('is refused when it is endless', () => {
    expect(verifier(`{conseillers} {structures} ${'a'.repeat(2000)}`)).toBe('redaction_trop_longue');
  });

  test('says which paragraph and what to do', () => {
    const resultat = verifierRedaction('chapo', genere, '16 structures et {conseillers}', chiffres);
    expect(resultat.ok ? '' : resultat.message).toBe(
      'Dans le chapeau, {structures} (16 structures) a disparu. Remettez {structures} là où le chiffre doit être lu.',
    );
  });
});

describe('numbers typed by hand', () => {
  test.each([
    '40 postes',
    '40 nouveaux postes',
    'quarante postes',
    'deux conseillers',
    'vingt et un conseillers numériques',
    'quatre-vingts structures',
    'une trentaine de conseillers',
    '50 000 €',
    '50\u202f000\u00a0euros',
    '3 millions d’euros',
    '70 %',
    '70 pour cent',
    'soixante-dix pour cent',
    'trois ans',
    '36 mois',
    '1{conseillers}',
    '3 {conseillers}',
    'deux {conseillers}',
    '{plafond}0',
    'DEUX POSTES',
    '٤٠ postes',
    'postes : 40',
    '40 des postes',
    '1,5 million d’euros',
  ])('%s', (saisi) => expect(chiffreSaisi(`Texte ${saisi} ici`)).not.toBeNull());

  test.each([
    'Le 18 mars 2021, les conseillers arrivent',
    'depuis 2021 les structures recrutent',
    'un poste par structure',
    'les deux vagues',
    'au 12 rue des Postes',
    'la deuxième vague de postes',
    'les Français de tous les ans',
    'dixième conseiller',
  ])('but not: %s', (libre) => expect(chiffreSaisi(libre)).toBeNull());
});

describe('whatever is typed', () => {
  const morceau = fc.constantFrom(
    ...[
      '32',
      '7',
      'deux',
      'cent',
      'postes',
      'conseillers',
      'numériques',
      '€',
      '%',
      'ans',
      'mois',
      'le',
      'de',
      'et',
      ',',
    ],
    ...[
      '{conseillers}',
      '{structures}',
      '{plafond}',
      '{faux}',
      '{',
      '}',
      '\u00a0',
      '.',
      '«',
      '-',
      'nouveaux',
      'd’',
    ],
  );
  const propose = fc
    .array(fc.tuple(morceau, fc.constantFrom('', ' ')), { maxLength: 25 })
    .map((m) => m.flat().join(''));

  test('what is accepted shows no other figure than those of the communiqué', () => {
    fc.assert(
      fc.property(propose, (saisi) => {
        const resultat = verifierRedaction(
          'chapo',
          genere,
          `${saisi} {structures} pour {conseillers}`,
          chiffres,
        );
        if (!resultat.ok) return;
        const sansChiffres = resultat.valeur.replace(/\{\w+\}/g, '§');
        expect(sansChiffres).not.toMatch(
          /(\d[\s\u00a0\u202f]*|(?<!\p{L})(deux|cent)([\s\u00a0\u202f]+|(?=[€%§])))(postes|conseillers|€|%|ans|mois|§)(?!\p{L})/u,
        );
        for (const nom of reperes(genere))
          expect(remplir(resultat.valeur, chiffres)).toContain(chiffres[nom as 'plafond']);
      }),
      { numRuns: 2000 },
    );
  });

  test('what was accepted is accepted again, unchanged', () => {
    fc.assert(
      fc.property(propose, (saisi) => {
        const une = verifierRedaction('chapo', genere, `${saisi} {structures} pour {conseillers}`, chiffres);
        if (!une.ok) return;
        expect(verifierRedaction('chapo', genere, une.valeur, chiffres)).toEqual(une);
      }),
    );
  });
});

test('every generated paragraph is itself an acceptable wording', () => {
  const communique = composerCommunique(FAITS_AISNE);
  const { titre, paragraphes, liste, suite } = communique;
  const tous = [titre, ...paragraphes, liste.intertitre, ...(suite === null ? [] : [suite.paragraphe])];
  expect(tous).toHaveLength(9);
  for (const { cle, gabarit } of tous) {
    expect(verifierRedaction(cle, gabarit, gabarit, communique.chiffres)).toEqual({
      ok: true,
      valeur: gabarit,
    });
  }
});
