import { arrondir, type Centimes, centimes } from '../../platform/money.ts';
import type { Variante } from '../rules.ts';

/** What an employer plans for one post. */
export type Projet = {
  /** Gross monthly salary, full time, in cents. */
  readonly salaireBrut: Centimes;
  /** The employer's charges over the gross salary, per thousand: an assumption, that differs from one employer to another. */
  readonly chargesPourMille: number;
  /** How long the person is employed, in whole months. */
  readonly mois: number;
};

/** What a régime gives for a project: State and employer share the cost of the salary between them, to the cent. */
export type Prise = {
  readonly mode: Variante['mode'];
  /** Months for which the State pays: those of the régime, or of the contract where it is shorter. */
  readonly moisFinances: number;
  readonly dureeMois: number;
  /** Gross salaries and charges over the whole contract. */
  readonly cout: Centimes;
  readonly etat: Centimes;
  readonly employeur: Centimes;
  /** Training, which the State pays in full, apart from the salary. */
  readonly formation: Centimes;
  /** The whole subsidy of the régime is reached, or all that is paid is paid by the State. */
  readonly limite: 'plafond' | 'cout' | null;
};

/**
 * What the State pays of a project under a variant.
 *
 * `forfait`: cap × months financed / months of the régime. `taux`: rate × salary it is taken on × months financed, never
 * above the cap where there is one. Neither is ever more than what is paid: a subsidy goes to the salary alone (rules.md,
 * S1). An estimate by whole months; what is earned is counted by days (`subventionAcquise`), and is the same over the
 * whole régime.
 */
export const priseEnCharge = (variante: Variante, projet: Projet): Prise => {
  const { dureeMois, plafond, tauxPourMille } = variante;
  const charge = BigInt(projet.salaireBrut) * (1000n + BigInt(projet.chargesPourMille));
  const cout = arrondir(charge * BigInt(projet.mois), 1000n);
  const moisFinances = Math.min(projet.mois, dureeMois);
  const auPlafond =
    plafond === null ? null : arrondir(BigInt(plafond) * BigInt(moisFinances), BigInt(dureeMois));
  const base = variante.baseSalaire === 'charge' ? charge : BigInt(projet.salaireBrut) * 1000n;
  const part =
    tauxPourMille === null
      ? (auPlafond ?? cout)
      : arrondir(base * BigInt(tauxPourMille) * BigInt(moisFinances), 1_000_000n);
  const permis = auPlafond === null ? part : centimes(Math.min(part, auPlafond));
  const etat = centimes(Math.min(permis, cout));
  return {
    mode: variante.mode,
    moisFinances,
    dureeMois,
    cout,
    etat,
    employeur: centimes(cout - etat),
    formation: variante.formation,
    limite: etat === cout ? 'cout' : auPlafond !== null && etat === auPlafond ? 'plafond' : null,
  };
};

/** Which of two régimes leaves least to the employer, and by how much; `null` where they leave the same. */
export const plusFavorable = (
  prises: readonly Prise[],
): { readonly mode: Variante['mode']; readonly ecart: Centimes } | null => {
  const [premiere, seconde] = prises.toSorted((left, right) => left.employeur - right.employeur);
  if (premiere === undefined || seconde === undefined || premiere.employeur === seconde.employeur)
    return null;
  return { mode: premiere.mode, ecart: centimes(seconde.employeur - premiere.employeur) };
};
