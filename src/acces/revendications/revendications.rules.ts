/** States of a claim, as they are shown: the first and the last follow from its days. */
export const etatsDeRevendication = {
  a_confirmer: 'adresse à confirmer par le demandeur',
  demandee: 'à traiter',
  courrier_edite: 'courrier édité',
  code_verifie: 'code vérifié, à confirmer',
  confirmee: 'confirmée',
  refusee: 'refusée',
  expiree: 'expirée',
} as const;
export type EtatRevendication = keyof typeof etatsDeRevendication;

/** Days that a claim stays open. */
export const joursDeRevendication = 90;
/** Days that the code of a letter serves. */
export const joursDeCode = 30;
/** Times that a code may be tried. */
export const essaisMax = 5;
/** Open claims of one structure, mails to one address in a day: beyond, somebody is not in good faith. */
export const ouvertesMax = 5;
export const envoisParJourMax = 5;

/** Signs that are told apart when read from paper: neither 0 and O, nor 1 and I. 32 of them: 40 bits in eight. */
export const alphabetDeCode = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
export const longueurDeCode = 8;

/** Eight signs from as many bytes. */
export const composerCode = (octets: Uint8Array): string =>
  Array.from(
    octets.subarray(0, longueurDeCode),
    (octet) => alphabetDeCode[octet % alphabetDeCode.length] ?? '',
  ).join('');

/** A code as people type it; undefined when it cannot be one. */
export const lireCode = (texte: string): string | undefined => {
  const code = texte.replace(/[\s-]/g, '').toUpperCase();
  return code.length === longueurDeCode && [...code].every((signe) => alphabetDeCode.includes(signe))
    ? code
    : undefined;
};

/** In two groups, as it is printed: « ABCD-EFGH ». */
export const ecrireCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;
