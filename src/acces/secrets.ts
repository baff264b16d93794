import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** A secret that nobody guesses: 256 bits, safe in an address. */
export const nouveauSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret: enough to know it again, nothing to use. */
export const empreinte = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const cleDe = (phrase: string): Buffer => createHash('sha256').update(`maillage:${phrase}`).digest();

/** Encrypts what must be read back (AES-256-GCM), under the key of the configuration. */
export const chiffrer = (phrase: string, clair: string): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', cleDe(phrase), iv);
  const body = Buffer.concat([cipher.update(clair, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
};

/** What was encrypted; undefined when the key is another, or the text was changed. */
export const dechiffrer = (phrase: string, chiffre: string): string | undefined => {
  const all = Buffer.from(chiffre, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', cleDe(phrase), all.subarray(0, 12));
    decipher.setAuthTag(all.subarray(12, 28));
    return Buffer.concat([decipher.update(all.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};
