import { describe, expect, it } from 'vitest';
import { lireSection } from './formulaires.ts';

const refus = (section: Parameters<typeof lireSection>[0], tapee: Readonly<Record<string, string>>) => {
  const lue = lireSection(
    section,
    Object.fromEntries(Object.entries(tapee).map(([nom, valeur]) => [nom, [valeur]])),
    [],
  );
  return lue.ok ? {} : lue.erreurs;
};

describe('a line of a list of a wave', () => {
  it('that nobody filled is none', () => {
    expect(refus('criteres', { libelle_0: '', aide_0: '', poids_0: '' })).toEqual({});
    expect(refus('quotas', { territoire_0: '', minimum_0: '', maximum_0: '' })).toEqual({});
  });

  it('that was begun anywhere is read, and refused where something is missing', () => {
    expect(Object.keys(refus('criteres', { libelle_0: '', poids_0: '10' }))).toEqual(['libelle_0']);
    expect(Object.keys(refus('questions', { libelle_0: '', genre_0: 'texte' }))).toEqual(['libelle_0']);
    expect(Object.keys(refus('quotas', { territoire_0: '', maximum_0: '4' }))).toEqual(['territoire_0']);
  });

  it('of a quota says a minimum or a maximum', () => {
    const territoire_0 = 'departement 02';
    expect(Object.keys(refus('quotas', { territoire_0 }))).toEqual(['minimum_0']);
    expect(refus('quotas', { territoire_0, minimum_0: '1' })).toEqual({});
    expect(refus('quotas', { territoire_0, maximum_0: '0' })).toEqual({});
  });
});

it('a bonus without a priority would serve nobody', () => {
  expect(Object.keys(refus('priorites', { bonusPriorite: '10' }))).toEqual(['bonusPriorite']);
  expect(refus('priorites', { bonusPriorite: '10', connues: 'les tiers-lieux' })).toEqual({});
  expect(refus('priorites', { bonusPriorite: '0' })).toEqual({});
});
