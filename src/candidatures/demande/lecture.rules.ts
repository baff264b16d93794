/** What people type for an amount, a day, a count: each gives the value, or nothing where it cannot be one. */

/** « 1 850,50 » or « 1850.5 € » in cents. */
export const lireMontant = (texte: string): number | undefined => {
  const compact = texte.replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.');
  return /^\d{1,9}(\.\d{1,2})?$/.test(compact) ? Math.round(Number(compact) * 100) : undefined;
};

export const lireEntier = (texte: string): number | undefined => {
  const compact = texte.replace(/[\s\u00a0\u202f]/g, '');
  return /^\d{1,9}$/.test(compact) ? Number(compact) : undefined;
};

/** A day as a date field sends it, or as it is written by hand: `31/12/2021`. Gives ISO. */
export const lireJour = (texte: string): string | undefined => {
  const [annee, mois, jour] =
    /^(\d{4})-(\d{2})-(\d{2})$/.exec(texte.trim())?.slice(1) ??
    /^(\d{1,2})[/.\s-](\d{1,2})[/.\s-](\d{4})$/.exec(texte.trim())?.slice(1).toReversed() ??
    [];
  if (annee === undefined || mois === undefined || jour === undefined) return undefined;
  const iso = `${annee}-${mois.padStart(2, '0')}-${jour.padStart(2, '0')}`;
  const lu = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(lu.getTime()) && lu.toISOString().startsWith(iso) && annee >= '1900' ? iso : undefined;
};
