import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selection } from './repartition.fixtures.ts';
import { type Allocation, ecarts, expliquer, faireBilan, type Probleme } from './rules.ts';
import { resoudre } from './solveur.ts';

const base: Probleme = {
  dossiers: [],
  enveloppe: 1_000_000_000,
  objectif: null,
  quotas: [],
  besoins: [],
  poids: { besoin: 0, criteres: 100, priorite: 0 },
};
const dossier = (id: string, autres: Partial<Probleme['dossiers'][number]> = {}) => ({
  id,
  departement: '02',
  region: '32',
  epci: null,
  plafond: 1,
  cout: 5_480_500,
  score: 0.5,
  prioritaire: false,
  ...autres,
});

/** Every allocation of a small problem. */
const toutes = (probleme: Probleme): Allocation[] =>
  probleme.dossiers.reduce<Allocation[]>(
    (debuts, { plafond }) =>
      debuts.flatMap((debut) => Array.from({ length: plafond + 1 }, (_, postes) => [...debut, postes])),
    [[]],
  );

const petit: fc.Arbitrary<Probleme> = fc
  .record({
    dossiers: fc.array(
      fc.record({
        departement: fc.constantFrom('02', '59', '974'),
        epci: fc.constantFrom(null, 'a', 'b'),
        plafond: fc.integer({ min: 0, max: 3 }),
        cout: fc.constantFrom(5_480_500, 3_680_500, 7_230_500),
        score: fc.integer({ min: 0, max: 10 }).map((dixiemes) => dixiemes / 10),
        prioritaire: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    enveloppe: fc.integer({ min: 0, max: 60_000_000 }),
    objectif: fc.option(fc.integer({ min: 0, max: 8 })),
    maximum: fc.option(fc.integer({ min: 0, max: 3 })),
    besoinA: fc.integer({ min: 0, max: 6 }).map((demis) => demis / 2),
    poids: fc.record({
      besoin: fc.integer({ min: 0, max: 100 }),
      criteres: fc.integer({ min: 0, max: 100 }),
      priorite: fc.integer({ min: 0, max: 100 }),
    }),
  })
  .map(({ dossiers, maximum, besoinA, ...reste }) => ({
    ...reste,
    dossiers: dossiers.map((lu, rang) => ({
      ...lu,
      id: `d${rang}`,
      region: lu.departement === '974' ? '04' : '32',
    })),
    quotas: [{ cle: 'D02', minimum: 0, maximum }],
    besoins: [
      { epci: 'a', postes: besoinA },
      { epci: 'b', postes: 1 },
    ],
  }));

describe('the proposal', () => {
  it('prefers the better file when the enveloppe affords one', async () => {
    const probleme = {
      ...base,
      enveloppe: 5_480_500,
      dossiers: [dossier('faible', { score: 0.2 }), dossier('fort', { score: 0.9 })],
    };
    expect((await resoudre(probleme)).postes).toEqual([0, 1]);
  });

  it('serves an uncovered territory before a better file where need weighs more', async () => {
    const probleme = {
      ...base,
      objectif: 2,
      poids: { besoin: 100, criteres: 50, priorite: 0 },
      besoins: [
        { epci: 'a', postes: 1 },
        { epci: 'b', postes: 1 },
      ],
      dossiers: [
        dossier('un', { epci: 'a', score: 0.9, plafond: 2 }),
        dossier('deux', { epci: 'b', score: 0.3 }),
      ],
    };
    expect((await resoudre(probleme)).postes).toEqual([1, 1]);
  });

  it('keeps to quotas, gives each floor what its files can take, and misses what the money cannot pay', async () => {
    const probleme = {
      ...base,
      quotas: [
        { cle: 'D02', minimum: 0, maximum: 1 },
        { cle: 'D59', minimum: 5, maximum: null },
      ],
      dossiers: [
        dossier('a', { plafond: 3 }),
        dossier('b', { departement: '59', plafond: 2, score: 0 }),
        dossier('c', { departement: '59', score: 0 }),
      ],
    };
    const { postes } = await resoudre(probleme);
    expect(postes).toEqual([1, 2, 1]);
    expect([...faireBilan(probleme, postes).manques]).toEqual([['D59', 2]]);
    const pauvre = { ...probleme, enveloppe: 2 * 5_480_500 };
    expect((await resoudre(pauvre)).postes).toEqual([0, expect.any(Number), expect.any(Number)]);
  });

  it('is the best of all allocations, never beyond a limit', async () => {
    await fc.assert(
      fc.asyncProperty(petit, async (probleme) => {
        const { postes } = await resoudre(probleme, { ecart: 0 });
        expect(ecarts(probleme, postes)).toEqual([]);
        const meilleure = Math.max(
          ...toutes(probleme)
            .filter((allocation) => ecarts(probleme, allocation).length === 0)
            .map((allocation) => faireBilan(probleme, allocation).points),
        );
        expect(faireBilan(probleme, postes).points).toBeCloseTo(meilleure, 3);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('proves how far it is from the best, on a selection of the country', async () => {
    const probleme = selection(300);
    const vus: unknown[] = [];
    const { postes, points, borne, ecart } = await resoudre(probleme, { suivre: (vu) => vus.push(vu) });
    expect(ecart).toBeLessThanOrEqual(0.001);
    expect(borne).toBeGreaterThanOrEqual(points - 1e-6 * points);
    // A floor is missed only where its files ask for less.
    for (const [cle, absents] of faireBilan(probleme, postes).manques) {
      const demandes = probleme.dossiers.filter(({ departement }) => `D${departement}` === cle);
      const possibles = demandes.reduce((total, { plafond }) => total + plafond, 0);
      expect(absents).toBe(2 - possibles);
    }
    expect(vus.length).toBeGreaterThan(0);
  });

  it('leaves the thread of the site free while it is calculated', async () => {
    let tours = 0;
    const battement = setInterval(() => {
      tours += 1;
    }, 10);
    const debut = performance.now();
    await resoudre(selection(600));
    clearInterval(battement);
    // On a blocked thread there is none; on a free one, one each 10 ms, or much fewer where the machine is busy.
    expect(tours).toBeGreaterThan((performance.now() - debut) / 200);
  });
});

describe('the explanation', () => {
  it('says exactly what an exchange would earn', () => {
    fc.assert(
      fc.property(petit, fc.infiniteStream(fc.nat(3)), (probleme, tirage) => {
        const allocation: number[] = [];
        for (const { plafond } of probleme.dossiers) {
          const essai = Math.min(plafond, Number(tirage.next().value));
          allocation.push(ecarts(probleme, [...allocation, essai]).length === 0 ? essai : 0);
        }
        const avant = faireBilan(probleme, allocation).points;
        expliquer(probleme, allocation).forEach(({ postes, plafond, valeur, seuil, face }, rang) => {
          if (seuil === null) return;
          const autre = probleme.dossiers.findIndex(({ id }) => id === face);
          const recoit = postes < plafond;
          const apres = allocation.map((recus, index) =>
            index === rang ? recus + (recoit ? 1 : -1) : index === autre ? recus - (recoit ? 1 : -1) : recus,
          );
          expect(ecarts(probleme, apres)).toEqual([]);
          const gagne = faireBilan(probleme, apres).points - avant;
          expect(gagne).toBeCloseTo(recoit ? valeur - seuil : seuil - valeur, 6);
        });
      }),
    );
  });

  it('finds no exchange that would earn anything in the best allocation', async () => {
    await fc.assert(
      fc.asyncProperty(petit, async (probleme) => {
        const { postes } = await resoudre(probleme, { ecart: 0 });
        for (const { postes: recus, plafond, valeur, seuil } of expliquer(probleme, postes))
          if (seuil !== null)
            expect(recus < plafond ? valeur : seuil).toBeLessThanOrEqual(
              (recus < plafond ? seuil : valeur) + 1e-3,
            );
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('names what stands against one more post', () => {
    const probleme = {
      ...base,
      enveloppe: 5_480_500,
      objectif: 1,
      quotas: [{ cle: 'D02', minimum: 0, maximum: 1 }],
      dossiers: [dossier('dedans'), dossier('dehors', { score: 0.1 })],
    };
    const [dedans, dehors] = expliquer(probleme, [1, 0]);
    expect(dedans).toMatchObject({
      contraintes: ['plafond', 'enveloppe', 'objectif', 'D02'],
      face: 'dehors',
    });
    expect(dehors).toMatchObject({
      contraintes: ['enveloppe', 'objectif', 'D02'],
      valeur: 11,
      seuil: 51,
      face: 'dedans',
    });
  });
});
