import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { acrSuffit, aSecondFacteur } from './oidc.rules.ts';
import { attente, ecrireCode, enGroupes, lirePreuve } from './second-facteur.rules.ts';
import { adresseTotp, dessinerQr, nouveauSecretTotp, pasDuCode } from './totp.ts';

describe('a code of an application', () => {
  // RFC 6238, appendix B (SHA-1): the last six digits of each.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is that of the standard at %i s, and of its period alone', (seconds, code) => {
    const pas = Math.floor(seconds / 30);
    const at = (periodes: number) => pasDuCode(secret, code, (seconds + periodes * 30) * 1000);
    expect([at(-2), at(-1), at(0), at(1), at(2)]).toEqual([undefined, pas, pas, pas, undefined]);
  });

  it('is made by whoever reads the address', () => {
    const made = nouveauSecretTotp();
    expect(made).toMatch(/^[A-Z2-7]{32}$/);
    const address = new URL(adresseTotp(made, 'prenom.nom@exemple.fr'));
    expect(address.protocol).toBe('otpauth:');
    expect(decodeURIComponent(address.pathname)).toBe('/Maillage:prenom.nom@exemple.fr');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      secret: made,
      issuer: 'Maillage',
      digits: '6',
    });
    const { cote, chemin } = dessinerQr(address.href);
    // The corner mark, behind a margin of four modules.
    expect(chemin.startsWith('M4 4h1v1h-1zM5 4h1v1h-1z')).toBe(true);
    expect((cote - 8 - 17) % 4).toBe(0);
    expect(enGroupes('ABCDEFGH')).toBe('ABCD EFGH');
  });
});

describe('a recovery code', () => {
  it('is read however it is typed', () => {
    for (let n = 0; n < 200; n += 1) {
      const code = ecrireCode(randomBytes(12));
      const bare = code.replaceAll('-', '');
      expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}$/);
      for (const typed of [
        code,
        code.toUpperCase(),
        ` ${bare} `,
        code.replaceAll('-', ' – '),
        bare.replace(/0/g, 'O'),
      ])
        expect(lirePreuve(typed)).toEqual({ type: 'secours', code: bare });
    }
    expect(lirePreuve('123 456')).toEqual({ type: 'totp', code: '123456' });
    for (const other of ['', '12345', '1234567', 'abcd-efgh', 'abcd-efgh-jkm!'])
      expect(lirePreuve(other)).toBeUndefined();
  });
});

it('an account waits longer after each wrong code, from the fifth on, an hour at most', () => {
  expect([1, 4, 5, 6, 8, 10, 11, 12, 50].map(attente)).toEqual([0, 0, 1, 2, 8, 32, 60, 60, 60]);
});

describe('a level of assurance', () => {
  it.each([
    [undefined, undefined, true],
    ['eidas1', undefined, false],
    ['eidas1', 'eidas1', true],
    ['eidas1', 'eidas3', true],
    ['eidas2', 'eidas1', false],
    ['eidas1', 'https://proconnect.gouv.fr/assurance/self-asserted', false],
    ['eidas1 urn:autre', 'urn:autre', true],
    ['eidas1', 'eidas', false],
    ['eidas1', 'eidas1 eidas2', false],
  ])('asked %s, given %s: %s', (demandes, obtenu, suffit) => {
    expect(acrSuffit(demandes, obtenu)).toBe(suffit);
  });

  it('tells a second proof', () => {
    const of = (acr: string | undefined, ...amr: string[]) => aSecondFacteur({ acr, amr });
    expect([of('eidas1', 'pwd'), of(undefined), of('eidas1', 'mail', 'otp')]).toEqual([false, false, false]);
    expect([of('eidas1', 'pwd', 'mfa'), of('eidas2'), of('eidas3')]).toEqual([true, true, true]);
    expect(of('https://proconnect.gouv.fr/assurance/consistency-checked-2fa')).toBe(true);
  });
});
