import { Temporal } from 'temporal-polyfill';
import { ESPACE_INSECABLE, nombre } from './nombres.ts';

const MOIS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];

function nomDuMois(mois: number): string {
  return MOIS[mois - 1] ?? '';
}

/** ISO `yyyy-mm-dd` to « 18 mars 2021 », « 1er avril 2021 ». Throws on a date that does not exist. */
export function dateLongue(iso: string): string {
  const jour = Temporal.PlainDate.from(iso, { overflow: 'reject' });
  return `${jour.day === 1 ? '1er' : jour.day} ${nomDuMois(jour.month)} ${jour.year}`;
}

/** ISO `yyyy-mm` to « avril 2021 ». */
export function moisLong(iso: string): string {
  const mois = Temporal.PlainYearMonth.from(iso, { overflow: 'reject' });
  return `${nomDuMois(mois.month)} ${mois.year}`;
}

/** « en avril 2021 », « le 6 avril 2021 »: the complement of time for a month or a day. */
export function quand(iso: string): string {
  return iso.length === 7 ? `en ${moisLong(iso)}` : `le ${dateLongue(iso)}`;
}

/** An ISO instant to « 18 mars 2021 à 11 h 30 (heure de Paris) ». */
export function instantLong(iso: string): string {
  const instant = Temporal.Instant.from(iso).toZonedDateTimeISO('Europe/Paris');
  const minutes = instant.minute === 0 ? '' : `${ESPACE_INSECABLE}${String(instant.minute).padStart(2, '0')}`;
  const heure = `${instant.hour}${ESPACE_INSECABLE}h${minutes}`;
  return `${dateLongue(instant.toPlainDate().toString())} à ${heure} (heure de Paris)`;
}

/** Months to « 18 mois », « 2 ans »: whole years are said in years, from one year on. */
export function duree(mois: number): string {
  if (mois >= 12 && mois % 12 === 0)
    return `${nombre(mois / 12)}${ESPACE_INSECABLE}${mois === 12 ? 'an' : 'ans'}`;
  return `${nombre(mois)}${ESPACE_INSECABLE}mois`;
}
