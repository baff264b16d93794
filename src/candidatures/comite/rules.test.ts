import { describe, expect, it } from 'vitest';
import { etrangetesDeDate, manqueMotif, scoreDe } from './rules.ts';

describe('the date of a session', () => {
  const vague = { vagueOuvre: '2026-11-12', vagueFerme: '2027-01-25' };

  it('is not odd after the wave, on the day', () => {
    expect(etrangetesDeDate({ ...vague, date: '2027-02-09', aujourdhui: '2027-02-09' })).toEqual([]);
    expect(
      etrangetesDeDate({ vagueOuvre: null, vagueFerme: null, date: '2021-03-24', aujourdhui: '2021-03-24' }),
    ).toEqual([]);
  });

  it.each([
    ['2020-11-20', '2020-11-20', ['avant l’ouverture de la vague, le 12 novembre 2026']],
    ['2027-01-25', '2027-01-25', ['ne ferme que le 25 janvier 2027']],
    ['2027-02-09', '2026-11-27', ['Nous sommes le 27 novembre 2026']],
    ['2026-12-01', '2026-11-27', ['ne ferme que', 'porterait la date du 1er décembre 2026']],
  ])('is odd on %s, seen on %s', (date, aujourdhui, mots) => {
    const dites = etrangetesDeDate({ ...vague, date, aujourdhui });
    expect(dites).toHaveLength(mots.length);
    for (const [rang, mot] of mots.entries()) expect(dites[rang]).toContain(mot);
  });
});

it('a reason is asked for where a letter has to justify', () => {
  expect(manqueMotif('refusee', ' ')).toBe(true);
  expect(manqueMotif('ajournee', '')).toBe(true);
  expect(manqueMotif('refusee', 'Hors délai.')).toBe(false);
  expect(manqueMotif('retenue', '')).toBe(false);
});

it('a criterion that nobody marked weighs nothing in a score', () => {
  const note = { membre: 'a', note: 4 };
  expect(
    scoreDe([
      { ...note, critere: 'x', poids: 3 },
      { ...note, critere: 'y', poids: 1, note: 0 },
    ]),
  ).toBe(60);
  expect(scoreDe([{ ...note, critere: 'x', poids: 3 }])).toBe(80);
  expect(scoreDe([])).toBeNull();
});
