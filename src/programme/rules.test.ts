import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrondir, centimes, repartir, somme } from '../platform/money.ts';
import {
  montantEngage,
  subventionAcquise,
  subventionPeriode,
  territoireDe,
  type Variante,
  varianteApplicable,
} from './rules.ts';

const variante = (values: Partial<Variante> = {}): Variante => ({
  id: 'v',
  mode: 'forfait',
  categorie: 'publique',
  territoire: 'metropole',
  dureeMois: 24,
  plafond: centimes(5_000_000),
  tauxPourMille: null,
  baseSalaire: null,
  formation: centimes(480_500),
  ...values,
});
const auTaux = variante({
  mode: 'taux',
  dureeMois: 36,
  plafond: null,
  tauxPourMille: 700,
  baseSalaire: 'brut',
});

const acquis = (...args: Parameters<typeof subventionAcquise>): number => {
  const result = subventionAcquise(...args);
  if (!result.ok) throw new Error(result.message);
  return result.valeur;
};

const jour = fc
  .date({ min: new Date('2021-01-01'), max: new Date('2024-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const variantes = fc
  .record({
    dureeMois: fc.integer({ min: 1, max: 48 }),
    plafond: fc.integer({ min: 1, max: 10_000_000 }).map(centimes),
    tauxPourMille: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: null }),
  })
  .map((values) => variante(values));
const salaire = fc.integer({ min: 100_000, max: 900_000 }).map(centimes);

describe('what the State pays for a post', () => {
  it('is the whole cap after 24 months, and half of it after half of the days', () => {
    expect(acquis(variante(), { debut: '2021-04-01', fin: '2023-04-01' })).toBe(5_000_000);
    expect(acquis(variante(), { debut: '2021-04-01', fin: '2022-04-01' })).toBe(2_500_000);
    expect(acquis(variante(), { debut: '2021-04-01', fin: '2021-04-02' })).toBe(arrondir(5_000_000n, 730n));
  });

  it('counts 29 February as one more day of the period', () => {
    expect(acquis(variante(), { debut: '2023-04-01', fin: '2024-04-01' })).toBe(
      arrondir(5_000_000n * 366n, 731n),
    );
  });

  it('is 70 % of the salary over 36 months at the rate', () => {
    expect(
      acquis(auTaux, { debut: '2021-04-01', fin: '2024-04-01', salaireMensuel: centimes(200_000) }),
    ).toBe(5_040_000);
  });

  it('refuses the rate without a salary', () => {
    expect(subventionAcquise(auTaux, { debut: '2021-04-01', fin: '2022-04-01' })).toMatchObject({
      ok: false,
      refus: 'salaire',
    });
  });

  it('is never above the cap', () => {
    fc.assert(
      fc.property(variantes, jour, jour, salaire, (v, debut, fin, salaireMensuel) => {
        expect(acquis(v, { debut, fin, salaireMensuel })).toBeLessThanOrEqual(v.plafond ?? 0);
      }),
    );
  });

  it('never falls when more is worked', () => {
    fc.assert(
      fc.property(variantes, jour, jour, jour, salaire, (v, debut, a, b, salaireMensuel) => {
        const [fin, later] = a < b ? [a, b] : [b, a];
        expect(acquis(v, { debut, fin, salaireMensuel })).toBeLessThanOrEqual(
          acquis(v, { debut, fin: later, salaireMensuel }),
        );
      }),
    );
  });

  it('loses no cent when a period is cut in two', () => {
    fc.assert(
      fc.property(
        variantes,
        fc.uniqueArray(jour, { minLength: 3, maxLength: 3 }),
        salaire,
        (v, days, salaireMensuel) => {
          const [debut = '', milieu = '', fin = ''] = [...days].sort();
          const part = (du: string, au: string): number => {
            const result = subventionPeriode(v, { debut, du, au, salaireMensuel });
            return result.ok ? result.valeur : Number.NaN;
          };
          expect(part(debut, milieu) + part(milieu, fin)).toBe(acquis(v, { debut, fin, salaireMensuel }));
        },
      ),
    );
  });
});

describe('what a decision commits', () => {
  it.each([
    ['publique, metropole', variante(), 1, 5_480_500],
    ['publique, metropole, 16 posts', variante(), 16, 87_688_000],
    ['publique, overseas', variante({ plafond: centimes(6_750_000) }), 1, 7_230_500],
    ['privée, everywhere', variante({ plafond: centimes(3_200_000), dureeMois: 18 }), 1, 3_680_500],
  ])('%s', (_, v, postes, montant) => {
    expect(montantEngage(v, postes)).toEqual({ ok: true, valeur: montant });
  });

  it('refuses the rate without a salary, and takes the whole share with one', () => {
    expect(montantEngage(auTaux, 1)).toMatchObject({ ok: false, refus: 'salaire' });
    expect(montantEngage(auTaux, 2, centimes(200_000))).toEqual({
      ok: true,
      valeur: 2 * (5_040_000 + 480_500),
    });
  });
});

describe('a split', () => {
  it('adds up to the cent, each part within a cent of its share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }),
        (montant, poids) => {
          const total = poids.reduce((sum, weight) => sum + weight, 0);
          fc.pre(total > 0);
          const parts = repartir(centimes(montant), poids);
          expect(somme(parts)).toBe(montant);
          for (const [index, part] of parts.entries()) {
            expect(Math.abs(part - (montant * (poids[index] ?? 0)) / total)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('gives nothing without a weight', () => {
    expect(repartir(centimes(100), [0, 0])).toEqual([]);
  });
});

describe('the variant that applies', () => {
  const regimes = [
    { code: 'f', mode: 'forfait', debut: '2020-11-17', fin: '2023-01-01', variantes: [variante()] },
    { code: 'g', mode: 'forfait', debut: '2023-01-01', fin: null, variantes: [variante({ id: 'w' })] },
  ] as const;
  const demande = { mode: 'forfait', categorie: 'publique', territoire: 'metropole' } as const;

  it('is the one in force on the day: first day included, last excluded', () => {
    expect(varianteApplicable(regimes, { ...demande, jour: '2022-12-31' })?.id).toBe('v');
    expect(varianteApplicable(regimes, { ...demande, jour: '2023-01-01' })?.id).toBe('w');
    expect(varianteApplicable(regimes, { ...demande, jour: '2020-11-16' })).toBeUndefined();
    expect(
      varianteApplicable(regimes, { ...demande, jour: '2022-12-31', categorie: 'privee' }),
    ).toBeUndefined();
  });

  it.each([
    ['02', 'metropole'],
    ['2A', 'metropole'],
    ['971', 'outre_mer'],
    ['987', 'outre_mer'],
    [null, 'metropole'],
  ] as const)('takes %s for %s', (code, territoire) => expect(territoireDe(code)).toBe(territoire));
});
