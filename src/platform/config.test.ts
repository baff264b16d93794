import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { exiger } from './result.ts';

const lire = (env: Readonly<Record<string, string>>) => exiger(readConfig(env));

describe('the settings of files and security', () => {
  it('have their defaults', () => {
    expect(lire({})).toMatchObject({
      fichierMax: 10_485_760,
      fichiersQuota: 524_288_000,
      clamd: undefined,
      s3: undefined,
      contactSecurite: undefined,
      annuaire: undefined,
    });
  });

  it('are read', () => {
    expect(lire({ MAILLAGE_CLAMD: 'tcp://antivirus:3310' }).clamd).toEqual({ host: 'antivirus', port: 3310 });
    expect(lire({ MAILLAGE_CLAMD: 'unix:/run/clamav/clamd.ctl' }).clamd).toEqual({
      path: '/run/clamav/clamd.ctl',
    });
    expect(lire({ MAILLAGE_FICHIER_MAX: '2', MAILLAGE_FICHIERS_QUOTA: '50' })).toMatchObject({
      fichierMax: 2_097_152,
      fichiersQuota: 52_428_800,
    });
    expect(
      lire({
        MAILLAGE_S3_SEAU: 'fichiers',
        MAILLAGE_S3_CLE: 'a',
        MAILLAGE_S3_SECRET: 'b',
        MAILLAGE_S3_ADRESSE: 'https://s3.example.fr',
      }).s3,
    ).toEqual({
      seau: 'fichiers',
      region: 'us-east-1',
      adresse: 'https://s3.example.fr',
      cle: 'a',
      secret: 'b',
    });
    expect(lire({ MAILLAGE_CONTACT_SECURITE: 'mailto:a@b.fr' }).contactSecurite).toBe('mailto:a@b.fr');
  });

  it.each([
    [{ MAILLAGE_CLAMD: 'localhost' }, /MAILLAGE_CLAMD attend tcp:\/\/hote:port ou unix:/],
    [{ MAILLAGE_CLAMD: 'tcp://antivirus' }, /MAILLAGE_CLAMD attend/],
    [{ MAILLAGE_CLAMD: 'tcp://antivirus:99999' }, /MAILLAGE_CLAMD attend/],
    [{ MAILLAGE_FICHIER_MAX: '0' }, /MAILLAGE_FICHIER_MAX attend 1 Mio ou plus/],
    [{ MAILLAGE_FICHIER_MAX: '500' }, /MAILLAGE_FICHIER_MAX attend 25 Mio au plus/],
    [{ MAILLAGE_FICHIERS_QUOTA: 'beaucoup' }, /MAILLAGE_FICHIERS_QUOTA attend un nombre de mébioctets/],
    [
      { MAILLAGE_S3_SEAU: 'fichiers' },
      /MAILLAGE_S3_SEAU, MAILLAGE_S3_CLE et MAILLAGE_S3_SECRET vont ensemble/,
    ],
    [
      { MAILLAGE_DATABASE_URL_ACCES: 'postgresql://a:b@c/d', DATABASE_URL: 'postgresql://a:b@c/d' },
      /DATABASE_URL et MAILLAGE_DATABASE_URL_APPLICATION, .*_EXPEDITION vont ensemble/,
    ],
    [{ DATABASE_URL: 'postgresql://a:b@c/d?sslmode=require&%6Fptions=-c%20x' }, /DATABASE_URL n’accepte pas/],
    [{ MAILLAGE_S3_ADRESSE: 's3.example.fr' }, /MAILLAGE_S3_ADRESSE attend une adresse complète/],
    [{ MAILLAGE_CONTACT_SECURITE: 'a@b.fr\nPolicy: x' }, /MAILLAGE_CONTACT_SECURITE attend mailto:/],
    [{ MAILLAGE_CONTACT_SECURITE: 'https://a.fr\nPolicy: x' }, /MAILLAGE_CONTACT_SECURITE attend mailto:/],
  ])('are refused in French when they are %j', (env, message) => {
    expect(readConfig(env)).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  });
});

const oidc = {
  MAILLAGE_OIDC_EMETTEUR: 'https://idp.example/api/v2',
  MAILLAGE_OIDC_CLIENT: 'maillage',
  MAILLAGE_OIDC_SECRET: 'secret',
};

describe('the identity provider', () => {
  it('is none unless set, and then whole', () => {
    expect(readConfig({})).toMatchObject({ ok: true, valeur: { oidc: undefined } });
    expect(readConfig({ MAILLAGE_OIDC_EMETTEUR: oidc.MAILLAGE_OIDC_EMETTEUR })).toMatchObject({ ok: false });
  });

  it('has the parameters of ProConnect unless said, and is believed of no address that it does not call verified', () => {
    expect(readConfig(oidc)).toMatchObject({
      ok: true,
      valeur: {
        oidc: {
          nom: 'ProConnect',
          portees: 'openid given_name usual_name email uid siret',
          signature: 'RS256',
          courrielsSurs: false,
        },
      },
    });
    expect(readConfig({ ...oidc, MAILLAGE_OIDC_SIGNATURE: 'aucune' })).toMatchObject({
      valeur: { oidc: { signature: undefined } },
    });
  });

  it.each([
    ['http://idp.example', false],
    ['http://127.0.0.1:8080', true],
    ['http://localhost:8080', true],
    ['http://127.0.0.1.ailleurs.example', false],
    ['idp.example', false],
  ])('is spoken to in the clear on this machine alone: %s', (emetteur, ok) => {
    expect(readConfig({ ...oidc, MAILLAGE_OIDC_EMETTEUR: emetteur }).ok).toBe(ok);
  });
});
