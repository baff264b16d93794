import { Temporal } from 'temporal-polyfill';
import { arrondir, type Centimes, centimes, somme } from '../platform/money.ts';
import { type Resultat, refuser, reussi } from '../platform/result.ts';

export type Categorie = 'publique' | 'privee';
export type Territoire = 'metropole' | 'outre_mer';

/**
 * One set of figures of a régime: for a kind of structure, on a territory.
 * `plafond`: what the State pays at most for a post over `dureeMois`. `tauxPourMille`: its share of the salary.
 */
export type Variante = {
  readonly id: string;
  readonly mode: 'forfait' | 'taux';
  readonly categorie: Categorie;
  readonly territoire: Territoire;
  readonly dureeMois: number;
  readonly plafond: Centimes | null;
  readonly tauxPourMille: number | null;
  /** Which salary the rate is taken on: gross, or with the employer's charges. */
  readonly baseSalaire: 'brut' | 'charge' | null;
  readonly formation: Centimes;
};

/** A régime as dated: in force from `debut` included to `fin` excluded (`null`: no end known). */
export type Regime = {
  readonly code: string;
  readonly mode: 'forfait' | 'taux';
  readonly debut: string;
  readonly fin: string | null;
  readonly variantes: readonly Variante[];
};

/** Overseas: départements and collectivities whose code begins with 97 or 98. */
export const territoireDe = (departementCode: string | null): Territoire =>
  departementCode !== null && /^9[78]/.test(departementCode) ? 'outre_mer' : 'metropole';

/** The variant that applies on a day to a kind of structure on a territory, if a régime of that mode is in force. */
export const varianteApplicable = (
  regimes: readonly Regime[],
  demande: {
    readonly mode: 'forfait' | 'taux';
    readonly jour: string;
    readonly categorie: Categorie;
    readonly territoire: Territoire;
  },
): Variante | undefined =>
  regimes
    .find(
      ({ mode, debut, fin }) =>
        mode === demande.mode && debut <= demande.jour && (fin === null || demande.jour < fin),
    )
    ?.variantes.find(
      ({ categorie, territoire }) => categorie === demande.categorie && territoire === demande.territoire,
    );

/** Days of `[debut, fin)` that fall into the financed period, and the days of the whole period. */
const joursFinances = (
  dureeMois: number,
  debut: string,
  fin: string,
): { readonly jours: bigint; readonly total: bigint } => {
  const start = Temporal.PlainDate.from(debut);
  const total = start.until(start.add({ months: dureeMois })).days;
  const worked = start.until(Temporal.PlainDate.from(fin)).days;
  return { jours: BigInt(Math.max(0, Math.min(worked, total))), total: BigInt(total) };
};

/**
 * The subsidy earned by one post worked from `debut` (included) to `fin` (excluded), in cents.
 *
 * Convention, the only one: the financed period runs from `debut` for `dureeMois` calendar months; each of its calendar
 * days is worth the same, bank holidays and 29 February included. `forfait`: cap × days / days of the period. `taux`:
 * monthly salary × rate × months of the period × days / days of the period, never above the cap where there is one.
 * `salaireMensuel` is the salary that the variant's rate is taken on (`baseSalaire`). Rounded once, to the nearest cent.
 * Refuses `taux` without a salary.
 */
export const subventionAcquise = (
  variante: Variante,
  travail: { readonly debut: string; readonly fin: string; readonly salaireMensuel?: Centimes },
): Resultat<Centimes, 'salaire'> => {
  const { jours, total } = joursFinances(variante.dureeMois, travail.debut, travail.fin);
  if (variante.tauxPourMille === null) return reussi(arrondir(BigInt(variante.plafond ?? 0) * jours, total));
  if (travail.salaireMensuel === undefined) {
    return refuser('salaire', 'Donnez le salaire mensuel : au taux, la subvention en est une part.');
  }
  const share = BigInt(travail.salaireMensuel) * BigInt(variante.tauxPourMille) * BigInt(variante.dureeMois);
  const amount = arrondir(share * jours, 1000n * total);
  return reussi(variante.plafond === null ? amount : centimes(Math.min(amount, variante.plafond)));
};

/** The subsidy earned between two days: the difference of what is earned at each, so that successive periods add up. */
export const subventionPeriode = (
  variante: Variante,
  travail: {
    readonly debut: string;
    readonly du: string;
    readonly au: string;
    readonly salaireMensuel?: Centimes;
  },
): Resultat<Centimes, 'salaire'> => {
  const until = (fin: string) => subventionAcquise(variante, { ...travail, fin });
  const before = until(travail.du);
  const after = until(travail.au);
  if (!before.ok) return before;
  return after.ok ? reussi(centimes(Math.max(0, after.valeur - before.valeur))) : after;
};

/**
 * What a decision commits: posts × (cap + training), in cents. At `taux` without a cap, the whole period's share of the
 * salary stands for the cap; refused when the salary is not known.
 */
export const montantEngage = (
  variante: Variante,
  postes: number,
  salaireMensuel?: Centimes,
): Resultat<Centimes, 'salaire'> => {
  const parPoste = subventionMaximale(variante, salaireMensuel);
  return parPoste.ok ? reussi(centimes(postes * somme([parPoste.valeur, variante.formation]))) : parPoste;
};

const subventionMaximale = (variante: Variante, salaireMensuel?: Centimes): Resultat<Centimes, 'salaire'> => {
  // Any day does as a start: over the whole period the share of days is one.
  const fin = Temporal.PlainDate.from('2021-01-01').add({ months: variante.dureeMois }).toString();
  return subventionAcquise(variante, {
    debut: '2021-01-01',
    fin,
    ...(salaireMensuel === undefined ? {} : { salaireMensuel }),
  });
};
