import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { type Centimes, centimes } from '../../platform/money.ts';
import {
  type Categorie,
  montantEngage,
  type Regime,
  type Territoire,
  type Variante,
  varianteApplicable,
} from '../rules.ts';
import { getProgramme, listRegimes } from '../store.ts';
import { plusFavorable, priseEnCharge } from './simulateur.rules.ts';

let base: TestDatabase;
let regimes: readonly Regime[] = [];
beforeAll(async () => {
  base = await withTestDatabase();
  regimes = await listRegimes(base.db, (await getProgramme(base.db))?.id ?? '');
});
afterAll(() => base.close());

const variante = (
  mode: 'forfait' | 'taux',
  categorie: Categorie = 'publique',
  territoire: Territoire = 'metropole',
): Variante => {
  const found = varianteApplicable(regimes, { mode, jour: '2021-04-01', categorie, territoire });
  if (found === undefined) throw new Error(`no ${mode}`);
  return found;
};
const euros = (montant: number): Centimes => centimes(montant * 100);
const projet = (salaire: number, mois: number, charges = 420) => ({
  salaireBrut: euros(salaire),
  mois,
  chargesPourMille: charges,
});

describe('with the figures of the seed', () => {
  it('pays 50 000 € over 24 months, whatever the salary above', () => {
    expect(priseEnCharge(variante('forfait'), projet(2000, 24))).toEqual({
      mode: 'forfait',
      moisFinances: 24,
      dureeMois: 24,
      cout: euros(68_160),
      etat: euros(50_000),
      employeur: euros(18_160),
      formation: euros(4805),
      limite: 'plafond',
    });
    expect(priseEnCharge(variante('forfait'), projet(2000, 12)).etat).toBe(euros(25_000));
    expect(priseEnCharge(variante('forfait'), projet(2000, 36))).toMatchObject({
      moisFinances: 24,
      cout: euros(102_240),
      etat: euros(50_000),
      employeur: euros(52_240),
    });
  });

  it('pays 70 % of the gross salary over 36 months', () => {
    expect(priseEnCharge(variante('taux'), projet(2000, 36))).toMatchObject({
      moisFinances: 36,
      cout: euros(102_240),
      etat: euros(50_400),
      employeur: euros(51_840),
      limite: null,
    });
    expect(priseEnCharge(variante('taux'), projet(2000, 24)).etat).toBe(euros(33_600));
    expect(priseEnCharge(variante('taux'), projet(2000, 48)).etat).toBe(euros(50_400));
  });

  it.each([
    ['publique', 'outre_mer', 24, 67_500],
    ['privee', 'metropole', 18, 32_000],
    ['privee', 'outre_mer', 18, 32_000],
  ] as const)('forfait, %s, %s: %i months, %i €', (categorie, territoire, mois, montant) => {
    expect(priseEnCharge(variante('forfait', categorie, territoire), projet(3000, mois))).toMatchObject({
      dureeMois: mois,
      etat: euros(montant),
    });
  });

  it('never pays more than what the employer pays', () => {
    const prise = priseEnCharge(variante('forfait'), projet(1400, 24, 200));
    expect(prise).toMatchObject({ cout: euros(40_320), etat: euros(40_320), employeur: 0, limite: 'cout' });
  });

  it('takes the rate on the salary that the variant says', () => {
    const charge = { ...variante('taux'), baseSalaire: 'charge' as const };
    expect(priseEnCharge(charge, projet(2000, 36, 420)).etat).toBe(euros(71_568));
  });

  it('says which leaves least to the employer, and by how much', () => {
    const deux = (salaire: number, mois: number) =>
      [variante('forfait'), variante('taux')].map((each) => priseEnCharge(each, projet(salaire, mois)));
    expect(plusFavorable(deux(2000, 24))).toEqual({ mode: 'forfait', ecart: euros(16_400) });
    expect(plusFavorable(deux(2000, 36))).toEqual({ mode: 'taux', ecart: euros(400) });
    expect(plusFavorable(deux(2000, 36).slice(0, 1))).toBeNull();
  });
});

describe('whatever the project', () => {
  const projets = fc.record({
    salaireBrut: fc.integer({ min: 50_000, max: 2_000_000 }).map(centimes),
    chargesPourMille: fc.integer({ min: 0, max: 1000 }),
    mois: fc.integer({ min: 1, max: 72 }),
  });
  const variantes = fc
    .record({
      dureeMois: fc.integer({ min: 1, max: 48 }),
      plafond: fc.option(fc.integer({ min: 1, max: 20_000_000 }).map(centimes), { nil: null }),
      tauxPourMille: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: null }),
      baseSalaire: fc.constantFrom<'brut' | 'charge'>('brut', 'charge'),
    })
    .filter(({ plafond, tauxPourMille }) => plafond !== null || tauxPourMille !== null)
    .map((values): Variante => ({ ...variante('forfait'), ...values }));

  it('State and employer make the cost to the cent, and the State is never above the cap', () => {
    fc.assert(
      fc.property(variantes, projets, (une, leProjet) => {
        const { etat, employeur, cout } = priseEnCharge(une, leProjet);
        expect(etat + employeur).toBe(cout);
        expect(Math.min(etat, employeur)).toBeGreaterThanOrEqual(0);
        expect(etat).toBeLessThanOrEqual(une.plafond ?? Number.POSITIVE_INFINITY);
      }),
    );
  });

  it('a longer contract never brings less of the State', () => {
    fc.assert(
      fc.property(variantes, projets, fc.integer({ min: 1, max: 24 }), (une, leProjet, plus) => {
        expect(priseEnCharge(une, { ...leProjet, mois: leProjet.mois + plus }).etat).toBeGreaterThanOrEqual(
          priseEnCharge(une, leProjet).etat,
        );
      }),
    );
  });

  it('over the whole régime, is what a decision commits, unless less is paid', () => {
    fc.assert(
      fc.property(variantes, projets, (une, { salaireBrut, chargesPourMille }) => {
        const leProjet = { salaireBrut, chargesPourMille, mois: une.dureeMois };
        const { etat, cout } = priseEnCharge({ ...une, baseSalaire: 'brut' }, leProjet);
        const engage = montantEngage({ ...une, baseSalaire: 'brut' }, 1, salaireBrut);
        if (!engage.ok) throw new Error(engage.message);
        expect(etat).toBe(Math.min(engage.valeur - une.formation, cout));
      }),
    );
  });
});
