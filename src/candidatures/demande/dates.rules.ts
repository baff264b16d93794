import { Temporal } from 'temporal-polyfill';
import { dateLongue } from '../../platform/francais/dates.ts';

/**
 * Days between which an arrival may be wished: from the opening of the wave to two years after its closing, which may
 * be five years after its opening where no day is told.
 */
export const bornesDuDebut = ({
  premierJour,
  dernierJour,
}: {
  readonly premierJour: string | null;
  readonly dernierJour: string | null;
}): { readonly minimum: string; readonly maximum: string } => {
  const apres = (jour: string, years: number): string =>
    Temporal.PlainDate.from(jour).add({ years }).toString();
  const minimum = premierJour ?? '2000-01-01';
  if (dernierJour !== null) return { minimum, maximum: apres(dernierJour, 2) };
  return { minimum, maximum: premierJour === null ? '2099-12-31' : apres(premierJour, 5) };
};

type Borne = { readonly jour: string; readonly heure: string; readonly locale?: boolean };

/** « le 15 mai 2021 à 23 h 59 (heure locale) » */
export const ecrireBorne = ({ jour, heure, locale = false }: Borne): string => {
  const [heures = '0', minutes = '00'] = heure.split(':');
  return `le ${dateLongue(jour)} à ${Number(heures)}\u00a0h\u00a0${minutes}${locale ? ' (heure locale)' : ''}`;
};
