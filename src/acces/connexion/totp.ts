import { Secret, TOTP } from 'otpauth';
import { encode } from 'uqr';

const periode = 30;

/** A new secret, in base 32 (160 bits, as RFC 4226 asks). */
export const nouveauSecretTotp = (): string => new Secret({ size: 20 }).base32;

const totp = (secret: string, compte = ''): TOTP =>
  new TOTP({ issuer: 'Maillage', label: compte, algorithm: 'SHA1', digits: 6, period: periode, secret });

/** The period for which a code was made, one before and one after this instant included; undefined for a wrong code. */
export const pasDuCode = (secret: string, code: string, instant = Date.now()): number | undefined => {
  const delta = totp(secret).validate({ token: code, timestamp: instant, window: 1 });
  return delta === null ? undefined : Math.floor(instant / 1000 / periode) + delta;
};

/** What an application reads to make the codes of an account. */
export const adresseTotp = (secret: string, compte: string): string => totp(secret, compte).toString();

/** A QR code as the path of a drawing, one unit a module, with the margin that readers need. */
export const dessinerQr = (texte: string): { readonly cote: number; readonly chemin: string } => {
  const { data, size } = encode(texte, { ecc: 'M', border: 4 });
  const chemin = data
    .flatMap((ligne, y) => ligne.map((noir, x) => (noir ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { cote: size, chemin };
};
