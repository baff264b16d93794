import { dateLongue } from '../../platform/francais/dates.ts';

type Borne = { readonly jour: string; readonly heure: string; readonly locale?: boolean };

/** « le 15 mai 2021 à 23 h 59 (heure locale) » */
export const ecrireBorne = ({ jour, heure, locale = false }: Borne): string => {
  const [heures = '0', minutes = '00'] = heure.split(':');
  return `le ${dateLongue(jour)} à ${Number(heures)}\u00a0h\u00a0${minutes}${locale ? ' (heure locale)' : ''}`;
};
