import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prevoir } from './rules.ts';

const rien = {
  retenus: 0,
  demandesAvecAvis: 0,
  proposes: 0,
  proposesDecides: 0,
  proposesRetenus: 0,
  proposesEnAttente: 0,
  demandesSansAvis: 0,
};

describe('a forecast', () => {
  it('counts what waits whole as long as nobody has spoken', () => {
    expect(prevoir({ ...rien, demandesSansAvis: 12 })).toEqual({
      postes: 12,
      partProposee: null,
      partRetenue: null,
    });
  });

  it('goes on as préfectures and the committee began', () => {
    // Half of what is asked is proposed, 8 of 10 of that is retained: 8 + 0.8 × (10 + 0.5 × 20).
    expect(
      prevoir({
        retenus: 8,
        demandesAvecAvis: 40,
        proposes: 20,
        proposesDecides: 10,
        proposesRetenus: 8,
        proposesEnAttente: 10,
        demandesSansAvis: 20,
      }),
    ).toEqual({ postes: 24, partProposee: 0.5, partRetenue: 0.8 });
  });

  it('is never less than what is retained, nor more than that and all that waits', () => {
    const n = fc.nat({ max: 10_000 });
    fc.assert(
      fc.property(
        n,
        n,
        n,
        n,
        n,
        n,
        n,
        (retenus, proposes, refuses, proposesRetenus, ecartes, attente, sans) => {
          const { postes } = prevoir({
            retenus,
            demandesAvecAvis: proposes + refuses,
            proposes,
            proposesDecides: proposesRetenus + ecartes,
            proposesRetenus,
            proposesEnAttente: attente,
            demandesSansAvis: sans,
          });
          expect(postes).toBeGreaterThanOrEqual(retenus);
          expect(postes).toBeLessThanOrEqual(retenus + attente + sans);
        },
      ),
    );
  });
});
