/** A line of the file that was not taken, and why. */
export type LigneFragilite = { readonly ligne: number; readonly texte: string; readonly motif: string };

export type IndiceLu = { readonly code: string; readonly indice: number };

/** Reads `code_insee;indice`; gives why a line cannot be. A code that lost its leading zero in a spreadsheet has it again. */
export const lireIndice = ([brut = '', valeur = '']: readonly string[]): IndiceLu | string => {
  const code = /^\d{4}$/.test(brut) ? `0${brut}` : brut.toUpperCase();
  if (!/^(\d{5}|2[AB]\d{3})$/.test(code))
    return 'le code INSEE de la commune a cinq signes, par exemple 02691';
  if (!/^\d{1,9}([.,]\d{1,9})?$/.test(valeur)) return 'l’indice est un nombre positif, par exemple 5,4';
  return { code, indice: Number(valeur.replace(',', '.')) };
};
