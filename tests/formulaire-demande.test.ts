import { expect, it } from 'vitest';
import { etapes, noyau } from '../src/candidatures/index.ts';
import { etapesDuNoyau, formulaireDe } from '../src/programme/vagues/formulaire.rules.ts';
import type { Question } from '../src/programme/vagues/rules.ts';

const tout = { priorites: ['les tiers-lieux'], coordinateurs: true, regimes: ['forfait', 'taux'] };
const question = (id: string, genre: Question['genre']): Question => ({
  id,
  libelle: id,
  aide: null,
  genre,
  choix: [],
  obligatoire: false,
});
const lus = (vague: typeof tout, questions: readonly Question[] = []) => {
  const demandees = formulaireDe(etapesDuNoyau(etapes, noyau), vague, questions);
  const champs = demandees.flatMap((etape) => etape.champs.map((champ) => ({ ...champ, etape: etape.cle })));
  return (cle: string) => champs.find((champ) => champ.cle === cle);
};

it('what a candidate will be asked lists the boxes that there are to tick', () => {
  const demande = lus(tout);
  expect(demande('priorites')).toMatchObject({ cases: true, choix: [{ libelle: 'les tiers-lieux' }] });
  expect(demande('engagements')?.choix).toHaveLength(5);
  expect(demande('regime')?.reponse).toBe(
    'une réponse parmi\u00a0: «\u00a0Forfait\u00a0» ou «\u00a0Taux\u00a0»',
  );
});

it('what a candidate will be asked leaves out what the wave does not ask', () => {
  const demande = lus({ priorites: [], coordinateurs: false, regimes: ['taux'] });
  expect(demande('priorites')).toBeUndefined();
  expect(demande('coordinateurs')).toBeUndefined();
  expect(demande('regime')?.reponse).toBe('une réponse parmi\u00a0: «\u00a0Taux\u00a0»');
});

it('what a wave adds is asked where the form asks it: files with files', () => {
  const demande = lus(tout, [question('a', 'texte'), question('b', 'pieces')]);
  expect(demande('a')?.etape).toBe('questions');
  expect(demande('b')?.etape).toBe('pieces');
  expect(lus(tout)('a')).toBeUndefined();
});
