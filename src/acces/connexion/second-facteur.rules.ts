/** Recovery codes that are given at once. */
export const nombreDeCodes = 10;

/** From so few left on, somebody is told to make others. */
export const peuDeCodes = 3;

/** Wrong codes in a row before the account waits. */
const echecsPermis = 5;

/** Minutes that an account waits after so many wrong codes in a row: doubled each time, an hour at most. */
export const attente = (echecs: number): number =>
  echecs < echecsPermis ? 0 : Math.min(2 ** (echecs - echecsPermis), 60);

/** Letters and digits that nobody takes for one another (Crockford): no i, l, o, u. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const longueur = 12;

/** A recovery code from random bytes, in groups of four: 60 bits. */
export const ecrireCode = (octets: Uint8Array): string =>
  [...octets.subarray(0, longueur)]
    .map((octet) => alphabet[octet % 32] ?? '')
    .join('')
    .replace(/.{4}(?=.)/g, '$&-');

export type Preuve =
  | { readonly type: 'totp'; readonly code: string }
  | { readonly type: 'secours'; readonly code: string };

/** What was typed as a proof: six digits, or a recovery code, whatever its spaces, dashes and case; else undefined. */
export const lirePreuve = (saisie: string): Preuve | undefined => {
  const bare = saisie.toLowerCase().replace(/[\s\p{Pd}\u2212._]/gu, '');
  if (/^\d{6}$/.test(bare)) return { type: 'totp', code: bare };
  const code = bare.replaceAll('o', '0').replace(/[il]/g, '1');
  return code.length === longueur && [...code].every((lettre) => alphabet.includes(lettre))
    ? { type: 'secours', code }
    : undefined;
};

/** A secret in groups of four, to be typed or listened to. */
export const enGroupes = (secret: string): string => secret.replace(/.{4}(?=.)/g, '$& ');
