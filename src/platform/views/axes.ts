import { scaleUtc } from 'd3-scale';
import { dateLongue } from '../francais/index.ts';

/** A mark on the axis of dates. */
export type Graduation = { readonly date: Date; readonly texte: string };

const MOIS_COURTS = [
  'janv.',
  'févr.',
  'mars',
  'avr.',
  'mai',
  'juin',
  'juil.',
  'août',
  'sept.',
  'oct.',
  'nov.',
  'déc.',
];

const JOUR = 86_400_000;

/** Midnight (UTC) of an ISO day: on an axis, days have no hour and no zone. */
export const jour = (iso: string): Date => new Date(`${iso}T00:00:00Z`);

const isoDe = (date: Date): string => date.toISOString().slice(0, 10);

/**
 * Marks of an axis between two days: years, months or days according to its length, `maximum` at most, each written
 * so that it is understood alone (« 2022 », « avr. 2021 », « 18 mars 2021 »).
 */
export function graduerDates(debut: Date, fin: Date, maximum = 6): readonly Graduation[] {
  if (fin <= debut) return [{ date: debut, texte: dateLongue(isoDe(debut)) }];
  const echelle = scaleUtc([debut, fin], [0, 1]);
  const essais = Array.from({ length: maximum }, (_, rang) =>
    echelle.ticks(maximum - rang).filter(estMinuit),
  );
  const dates = essais.find((essai) => essai.length > 0 && essai.length <= maximum) ?? [debut, fin];
  const parAn = dates.every((date) => date.getUTCMonth() === 0 && date.getUTCDate() === 1);
  const parMois = dates.every((date) => date.getUTCDate() === 1);
  return dates.map((date) => ({ date, texte: ecrire(date, parAn && dates.length > 1, parMois) }));
}

const estMinuit = (date: Date): boolean => date.getTime() % JOUR === 0;

const ecrire = (date: Date, parAn: boolean, parMois: boolean): string => {
  const annee = date.getUTCFullYear();
  if (parAn) return String(annee);
  const mois = MOIS_COURTS[date.getUTCMonth()] ?? '';
  if (parMois) return `${mois}\u00a0${annee}`;
  const quantieme = date.getUTCDate() === 1 ? '1er' : date.getUTCDate();
  return `${quantieme}\u00a0${mois}\u00a0${annee}`;
};

/**
 * Moves labels apart, as little as needed and in their order, so that two are never nearer than `ecart`; all stay
 * between `minimum` and `maximum` as long as there is room. Positions and result in the same unit.
 */
export function ecarter(
  positions: readonly number[],
  ecart: number,
  minimum: number,
  maximum: number,
): readonly number[] {
  const rangs = positions
    .map((position, rang) => ({ position, rang }))
    .toSorted((a, b) => a.position - b.position);
  let plancher = minimum;
  const montees = rangs.map(({ position, rang }) => {
    const placee = Math.max(position, plancher);
    plancher = placee + ecart;
    return { placee, rang };
  });
  let plafond = maximum;
  const placees = montees.toReversed().map(({ placee, rang }) => {
    const descendue = Math.min(placee, plafond);
    plafond = descendue - ecart;
    return { placee: descendue, rang };
  });
  return placees.toSorted((a, b) => a.rang - b.rang).map(({ placee }) => placee);
}
