import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lireIdentifiant } from '../../structures/index.ts';
import { etapes, type SaisieCandidature } from './champ.ts';
import { champsDe } from './champs.ts';
import { saisieComplete } from './demande.fixtures.ts';
import { lireEntier, lireJour, lireMontant } from './lecture.rules.ts';
import { fusionner, lireEnvoi, partie, sectionsDe } from './saisie.rules.ts';
import { lireDemande, verifier } from './verification.ts';

const vague = {
  regimes: ['forfait'],
  coordinateurs: true,
  priorites: ['Tiers-lieux'],
  objectif: 40,
  premierJour: '2021-01-01',
  dernierJour: '2021-05-15',
  questions: [
    {
      id: '00000000-0000-7000-8000-000000000001',
      libelle: 'Combien d’habitants ?',
      aide: null,
      genre: 'nombre',
      choix: [],
      obligatoire: true,
    },
  ],
} as const;
const champs = champsDe(vague);
const connu = {
  communes: new Map([
    ['02340', 'Gauchy (02340)'],
    ['02408', 'Laon (02408)'],
  ]),
  pieces: new Map(),
};
const question = 'question_00000000-0000-7000-8000-000000000001';

const noms = [
  ...champs.map(({ nom }) => nom),
  'lieux-0-nom',
  'lieux-0-commune',
  'lieux-0-lieu_id',
  'lieux-7-adresse',
  'commune_choix',
];
const envoi = fc.dictionary(
  fc.constantFrom(...noms),
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.string(), fc.array(fc.string(), { maxLength: 3 })),
);

describe('what is typed', () => {
  it('never faults, whatever it is, and is read back as it was typed', () => {
    fc.assert(
      fc.property(envoi, (brut) => {
        const saisie = lireEnvoi(champs, brut);
        verifier(champs, saisie, connu);
        sectionsDe(champs, etapes, saisie, connu);
        for (const { nom, controle } of champs) {
          const tape = brut[nom];
          if (
            typeof tape !== 'string' ||
            !['texte', 'texte_long', 'entier', 'decimal', 'date'].includes(controle.type)
          )
            continue;
          expect(saisie[nom]).toBe(tape.replaceAll('\r\n', '\n'));
        }
      }),
    );
  });

  it('is never lost by a merge: each field is mine, theirs, or told as both', () => {
    const partielle = fc.dictionary(fc.constantFrom('postes', 'motivation', 'nature'), fc.string());
    fc.assert(
      fc.property(partielle, partielle, partielle, (avant, leur, mien) => {
        const { saisie, conflits } = fusionner(leur, avant, mien);
        for (const [nom, valeur] of Object.entries(mien)) {
          const [base, actuelle] = [avant[nom] ?? '', leur[nom] ?? ''];
          if (conflits.includes(nom)) expect([saisie[nom] ?? '', valeur === base]).toEqual([actuelle, false]);
          else expect([valeur, actuelle]).toContain(saisie[nom] ?? '');
          if (valeur !== base && actuelle === base) expect(saisie[nom] ?? '').toBe(valeur);
          if (valeur === base) expect(saisie[nom] ?? '').toBe(actuelle);
        }
        for (const nom of Object.keys(leur)) if (!(nom in mien)) expect(saisie[nom]).toBe(leur[nom]);
      }),
    );
  });

  it('sent again as it was drawn changes nothing', () => {
    const tapee = partie(saisieComplete, champs);
    expect(fusionner(saisieComplete, tapee, tapee)).toEqual({
      saisie: saisieComplete,
      conflits: [],
      change: false,
    });
  });

  it('whose place was read back with its parts in another order is still what was drawn', () => {
    const lieu = { nom: 'Mairie', adresse: '', commune: '02340', itinerant: '' };
    const rendue = { lieux: [{ ...lieu, lieu_id: 'a' }] };
    const avant = { lieux: [{ lieu_id: 'a', ...lieu }] };
    const tapee = { lieux: [{ lieu_id: 'a', ...lieu, adresse: '1 rue Haute' }] };
    expect(fusionner(rendue, avant, avant)).toMatchObject({ conflits: [], change: false });
    expect(fusionner(rendue, avant, tapee)).toEqual({ saisie: tapee, conflits: [], change: true });
  });

  it('is complete, or says in each field what is missing', () => {
    const complete: SaisieCandidature = {
      ...saisieComplete,
      identifiant: '21020408900010',
      [question]: '12,5',
    };
    expect(verifier(champs, complete, connu)).toEqual({});
    expect(lireDemande(complete)).toMatchObject({
      postes: 2,
      coordinateurs: 0,
      salaire: 185_050,
      debut: '2021-09-01',
    });
    const vides = verifier(champs, {}, connu);
    expect(Object.keys(vides)).toEqual(champs.filter(({ obligatoire }) => obligatoire).map(({ nom }) => nom));
    expect(Object.keys(verifier(champs, { ...complete, coordinateurs: '3' }, connu))).toEqual([
      'coordinateurs',
    ]);
    expect(Object.keys(verifier(champs, { ...complete, regime: 'taux' }, connu))).toEqual(['regime']);
    const refusee = (tapee: SaisieCandidature) =>
      Object.keys(verifier(champs, { ...complete, ...tapee }, connu));
    // The wave gives 40 posts, opens on January 1st and closes on May 15th.
    expect(refusee({ postes: '40' })).toEqual([]);
    expect(refusee({ postes: '41' })).toEqual(['postes']);
    expect(refusee({ debut: '2020-12-31' })).toEqual(['debut']);
    expect(refusee({ debut: '2021-01-01' })).toEqual([]);
    expect(refusee({ debut: '2023-05-15' })).toEqual([]);
    expect(refusee({ debut: '9999-01-01' })).toEqual(['debut']);
    const inconnue = { ...complete, lieux: [{ nom: 'A', adresse: 'B', commune: '99999', itinerant: '' }] };
    expect(Object.keys(verifier(champs, inconnue, connu))).toEqual(['lieux-0-commune']);
  });
});

describe('reading', () => {
  it.each([
    ['1 850,50 €', 185_050],
    ['1850.5', 185_050],
    ['mille', undefined],
    ['-3', undefined],
  ])('an amount: %s', (texte, lu) => expect(lireMontant(texte)).toBe(lu));

  it.each([
    ['1/9/2021', '2021-09-01'],
    ['2021-09-01', '2021-09-01'],
    ['31/02/2021', undefined],
    ['demain', undefined],
  ])('a day: %s', (texte, lu) => expect(lireJour(texte)).toBe(lu));

  it.each([
    ['12', 12],
    ['1 200', 1200],
    ['deux', undefined],
  ])('a count: %s', (texte, lu) => expect(lireEntier(texte)).toBe(lu));

  it.each([
    ['210 204 089 00010', 'siret'],
    ['0 123 456 789', 'ridet'],
    ['A12345', 'tahiti'],
    ['356 000 000 00048', 'siret'],
  ])('an identifier: %s', (texte, genre) => {
    const lu = lireIdentifiant(texte);
    expect(lu.ok && lu.valeur.genre).toBe(genre);
  });

  it.each([
    ['', 'absent'],
    ['21020408900019', 'cle'],
    ['356 000 000', 'siren'],
    ['12', 'malforme'],
  ])('no identifier: %s', (texte, refus) =>
    expect(lireIdentifiant(texte)).toMatchObject({ ok: false, refus }),
  );
});
