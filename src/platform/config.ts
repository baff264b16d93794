import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Adresses, type RoleRestreint, rolesRestreints } from './database/index.ts';
import { type Resultat, refuser, reussi } from './result.ts';
import { root } from './root.ts';

/** On this machine: nobody stands between. */
export const estLocale = (adresse: string): boolean =>
  URL.canParse(adresse) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(adresse).hostname);

const ouiNon = z.enum(['oui', 'non'], { error: 'attend « oui » ou « non »' });

const mio = 1024 * 1024;
const enMio = z.coerce
  .number({ error: 'attend un nombre de mébioctets (Mio)' })
  .int('attend un nombre entier de mébioctets (Mio)')
  .min(1, 'attend 1 Mio ou plus')
  .max(1_048_576, 'attend 1 048 576 Mio au plus');

/** Where the antivirus listens: `tcp://hote:port`, or the path of a socket of the machine. */
const clamd = z
  .string()
  .regex(
    /^(tcp:\/\/[^/:@?#\s]+:[0-9]{1,5}|unix:\/.+)$/,
    'attend tcp://hote:port ou unix:/chemin/de/la/socket, par exemple unix:/run/clamav/clamd.ctl',
  )
  .transform((adresse) => {
    if (adresse.startsWith('unix:')) return { path: adresse.slice('unix:'.length) };
    const [host = '', port] = adresse.slice('tcp://'.length).split(':');
    return { host, port: Number(port) };
  })
  .refine((adresse) => 'path' in adresse || (adresse.port > 0 && adresse.port <= 65_535), {
    error: 'attend un port entre 1 et 65535',
  });

const adressePostgresql = z
  .string()
  .regex(
    /^postgres(ql)?:\/\//,
    'attend une adresse de la forme postgresql://utilisateur:motdepasse@hote/base',
  )
  // They would take the place of ours: time-outs, and who the operator is.
  .refine(
    (adresse) => !new URLSearchParams(adresse.split('?').slice(1).join('?')).has('options'),
    'n’accepte pas le paramètre « options » : réglez-le sur le rôle PostgreSQL (ALTER ROLE … SET)',
  );

const environnement = z.object({
  PORT: z.coerce
    .number({ error: 'attend un numéro de port' })
    .int('attend un numéro de port entier')
    .min(0, 'attend un port entre 0 et 65535')
    .max(65_535, 'attend un port entre 0 et 65535')
    .default(3000),
  MAILLAGE_HOTE: z.string().min(1).default('127.0.0.1'),
  MAILLAGE_URL: z
    .url({ error: 'attend une adresse complète, par exemple https://maillage.example.fr' })
    .optional(),
  MAILLAGE_DATA: z.string().min(1).optional(),
  DATABASE_URL: adressePostgresql.optional(),
  MAILLAGE_DATABASE_URL_APPLICATION: adressePostgresql.optional(),
  MAILLAGE_DATABASE_URL_OPERATEUR: adressePostgresql.optional(),
  MAILLAGE_DATABASE_URL_PUBLIQUE: adressePostgresql.optional(),
  MAILLAGE_DATABASE_URL_ACCES: adressePostgresql.optional(),
  MAILLAGE_DATABASE_URL_EXPEDITION: adressePostgresql.optional(),
  MAILLAGE_DEMO: ouiNon.default('oui'),
  MAILLAGE_THEME: z.enum(['leger', 'dsfr'], { error: 'attend « leger » ou « dsfr »' }).default('leger'),
  MAILLAGE_OPERATEUR: z.string().min(1).optional(),
  MAILLAGE_MANDATAIRES: z.coerce
    .number({ error: 'attend un nombre de mandataires (proxys) placés devant le serveur' })
    .int('attend un nombre entier')
    .min(0, 'attend 0 ou plus')
    .max(10, 'attend 10 au plus')
    .default(0),
  MAILLAGE_TUILES: z
    .string()
    .regex(
      /^https?:\/\/[^/{}]+\/.*\{z\}.*\{x\}.*\{y\}/,
      'attend une adresse de tuiles, par exemple https://tuiles.example.fr/{z}/{x}/{y}.png',
    )
    .optional(),
  MAILLAGE_TUILES_SOURCE: z.string().min(1).optional(),
  MAILLAGE_MEMOIRE: ouiNon.default('oui'),
  MAILLAGE_SMTP: z
    .url({
      protocol: /^smtps?$/,
      error:
        'attend une adresse de la forme smtp://utilisateur:motdepasse@hote:587 ou smtps://utilisateur:motdepasse@hote',
    })
    .optional(),
  MAILLAGE_COURRIEL: z
    .email({ error: 'attend une adresse de courriel, par exemple ne-pas-repondre@maillage.example.fr' })
    .optional(),
  MAILLAGE_CLE: z.string().min(32, 'attend une clé secrète d’au moins 32 caractères').optional(),
  MAILLAGE_DEMONSTRATION_OUVERTE: ouiNon.default('non'),
  MAILLAGE_OIDC_EMETTEUR: z
    .url({ error: 'attend l’adresse du fournisseur d’identité' })
    .refine((adresse) => /^https:/.test(adresse) || estLocale(adresse), 'attend une adresse en https')
    .optional(),
  MAILLAGE_OIDC_CLIENT: z.string().min(1).optional(),
  MAILLAGE_OIDC_SECRET: z.string().min(1).optional(),
  MAILLAGE_OIDC_NOM: z.string().min(1).default('ProConnect'),
  MAILLAGE_OIDC_ACR: z.string().min(1).optional(),
  MAILLAGE_FICHIER_MAX: enMio.max(25, 'attend 25 Mio au plus').default(10),
  MAILLAGE_FICHIERS_QUOTA: enMio.default(500),
  MAILLAGE_CLAMD: clamd.optional(),
  MAILLAGE_S3_SEAU: z.string().min(1).optional(),
  MAILLAGE_S3_REGION: z.string().min(1).default('us-east-1'),
  MAILLAGE_S3_ADRESSE: z
    .url({ protocol: /^https?$/, error: 'attend une adresse complète, par exemple https://s3.example.fr' })
    .optional(),
  MAILLAGE_S3_CLE: z.string().min(1).optional(),
  MAILLAGE_S3_SECRET: z.string().min(1).optional(),
  MAILLAGE_CONTACT_SECURITE: z
    .string()
    .regex(
      /^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+|tel:\+[0-9-]+)$/,
      'attend mailto:adresse@example.fr, https://… ou tel:+33…',
    )
    .optional(),
  MAILLAGE_ANNUAIRE: z
    .url({
      protocol: /^https?$/,
      error: 'attend l’adresse d’un annuaire, par exemple https://recherche-entreprises.api.gouv.fr',
    })
    .optional(),
  MAILLAGE_OIDC_PORTEES: z
    .string()
    .regex(/(^| )openid( |$)/, 'attend des portées, dont openid')
    .default('openid given_name usual_name email uid siret'),
  MAILLAGE_OIDC_SIGNATURE: z
    .enum(['RS256', 'ES256', 'PS256', 'aucune'], {
      error: 'attend « RS256 », « ES256 », « PS256 » ou « aucune »',
    })
    .default('RS256'),
  MAILLAGE_OIDC_COURRIELS_SURS: ouiNon.default('non'),
});

export type Config = {
  readonly port: number;
  readonly hote: string;
  /** Address under which the public reaches the site, without a trailing slash; unset: the listening address. */
  readonly url: string | undefined;
  readonly dossier: string;
  /** An existing PostgreSQL; unset: the embedded one, in `dossier`. */
  readonly databaseUrl: string | undefined;
  /** The restricted log-ins of that PostgreSQL; unset: its owner makes them. */
  readonly connexions: Adresses | undefined;
  readonly demo: boolean;
  readonly theme: 'leger' | 'dsfr';
  /** Who acts through the command line, as written in the journal. */
  readonly operateur: string;
  /** Proxies of the operator before the server, whose `X-Forwarded-For` is believed. */
  readonly mandataires: number;
  /** Where the map takes its background, and whom it thanks; unset: our own outlines. */
  readonly tuiles: { readonly adresse: string; readonly source: string } | undefined;
  /** Whether drawn pages are kept until what they show changes. */
  readonly memoire: boolean;
  /** The server that mail leaves by, and whom it comes from; unset: mail waits in the outbox. */
  readonly courriel: { readonly smtp: string; readonly expediteur: string } | undefined;
  /** Encrypts what must be read back of the sign-in, the same for all instances; unset: one kept in `dossier`. */
  readonly cle: string | undefined;
  /** Lets the doors of the demonstration open beyond this machine. */
  readonly demonstrationOuverte: boolean;
  /** The identity provider (ProConnect, or another that speaks OpenID Connect); unset: links by mail alone. */
  readonly oidc: ReglagesOidc | undefined;
  /** Bytes of one file handed in, and of all the files of one structure. */
  readonly fichierMax: number;
  readonly fichiersQuota: number;
  /** Where the antivirus listens; unset: files are not examined. */
  readonly clamd: { readonly host: string; readonly port: number } | { readonly path: string } | undefined;
  /** A bucket for the files; unset: a folder of `dossier`. */
  readonly s3: ReglagesS3 | undefined;
  /** Whom to tell of a weakness, as an address with its scheme. */
  readonly contactSecurite: string | undefined;
  /** The public directory of companies, without a trailing slash; unset: it is not asked. */
  readonly annuaire: string | undefined;
};

export type ReglagesS3 = {
  readonly seau: string;
  readonly region: string;
  /** Of a service other than Amazon's. */
  readonly adresse: string | undefined;
  readonly cle: string;
  readonly secret: string;
};

export type ReglagesOidc = {
  readonly emetteur: string;
  readonly client: string;
  readonly secret: string;
  /** Its name on the button. */
  readonly nom: string;
  /** Levels of assurance asked for (`acr_values`), separated by spaces. */
  readonly acr: string | undefined;
  /** Scopes, separated by spaces. */
  readonly portees: string;
  /** How it signs what it says of a person (`userinfo`), as registered with it; undefined: it does not. */
  readonly signature: string | undefined;
  /** It gives verified addresses only, without saying so of each (`email_verified`). */
  readonly courrielsSurs: boolean;
};

/** The variable that names a restricted log-in made by the operator. */
export const variableDe = (role: RoleRestreint): string => `MAILLAGE_DATABASE_URL_${role.toUpperCase()}`;

const systemUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'inconnu';
  }
};

/** Reads the configuration from the environment. Refuses a value that cannot be understood, naming its variable. */
export const readConfig = (
  env: Readonly<Record<string, string | undefined>>,
): Resultat<Config, 'configuration'> => {
  const filled = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environnement.safeParse(filled);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    return refuser('configuration', `Configuration refusée : ${reasons.join(' ; ')}.`);
  }
  const values = parsed.data;
  const { MAILLAGE_SMTP: smtp, MAILLAGE_COURRIEL: expediteur } = values;
  if (smtp !== undefined && expediteur === undefined) {
    return refuser(
      'configuration',
      'Configuration refusée : MAILLAGE_SMTP demande aussi MAILLAGE_COURRIEL, l’adresse d’où partent les courriels.',
    );
  }
  const incomplet = [
    ['MAILLAGE_OIDC_EMETTEUR', 'MAILLAGE_OIDC_CLIENT', 'MAILLAGE_OIDC_SECRET'] as const,
    ['MAILLAGE_S3_SEAU', 'MAILLAGE_S3_CLE', 'MAILLAGE_S3_SECRET'] as const,
  ].find((noms) => new Set(noms.map((nom) => values[nom] === undefined)).size > 1);
  if (incomplet) {
    const [premier, second, dernier] = incomplet;
    return refuser(
      'configuration',
      `Configuration refusée : ${premier}, ${second} et ${dernier} vont ensemble.`,
    );
  }
  const {
    MAILLAGE_DATABASE_URL_APPLICATION: application,
    MAILLAGE_DATABASE_URL_OPERATEUR: operateur,
    MAILLAGE_DATABASE_URL_PUBLIQUE: publique,
    MAILLAGE_DATABASE_URL_ACCES: acces,
    MAILLAGE_DATABASE_URL_EXPEDITION: expedition,
  } = values;
  const connexions =
    application && operateur && publique && acces && expedition
      ? { application, operateur, publique, acces, expedition }
      : undefined;
  if (
    connexions === undefined
      ? [application, operateur, publique, acces, expedition].some((adresse) => adresse !== undefined)
      : values.DATABASE_URL === undefined
  ) {
    return refuser(
      'configuration',
      `Configuration refusée : DATABASE_URL et ${rolesRestreints.map(variableDe).join(', ')} vont ensemble.`,
    );
  }
  const dossier = resolve(values.MAILLAGE_DATA ?? join(root, '.maillage'));
  return reussi({
    port: values.PORT,
    hote: values.MAILLAGE_HOTE,
    url: values.MAILLAGE_URL?.replace(/\/+$/, ''),
    dossier,
    databaseUrl: values.DATABASE_URL,
    connexions,
    demo: values.MAILLAGE_DEMO === 'oui',
    theme: values.MAILLAGE_THEME,
    operateur: values.MAILLAGE_OPERATEUR ?? systemUser(),
    mandataires: values.MAILLAGE_MANDATAIRES,
    tuiles:
      values.MAILLAGE_TUILES === undefined
        ? undefined
        : { adresse: values.MAILLAGE_TUILES, source: values.MAILLAGE_TUILES_SOURCE ?? '' },
    memoire: values.MAILLAGE_MEMOIRE === 'oui',
    courriel: smtp === undefined || expediteur === undefined ? undefined : { smtp, expediteur },
    cle: values.MAILLAGE_CLE,
    demonstrationOuverte: values.MAILLAGE_DEMONSTRATION_OUVERTE === 'oui',
    oidc:
      values.MAILLAGE_OIDC_EMETTEUR && values.MAILLAGE_OIDC_CLIENT && values.MAILLAGE_OIDC_SECRET
        ? {
            emetteur: values.MAILLAGE_OIDC_EMETTEUR,
            client: values.MAILLAGE_OIDC_CLIENT,
            secret: values.MAILLAGE_OIDC_SECRET,
            nom: values.MAILLAGE_OIDC_NOM,
            acr: values.MAILLAGE_OIDC_ACR,
            portees: values.MAILLAGE_OIDC_PORTEES,
            signature:
              values.MAILLAGE_OIDC_SIGNATURE === 'aucune' ? undefined : values.MAILLAGE_OIDC_SIGNATURE,
            courrielsSurs: values.MAILLAGE_OIDC_COURRIELS_SURS === 'oui',
          }
        : undefined,
    fichierMax: values.MAILLAGE_FICHIER_MAX * mio,
    fichiersQuota: values.MAILLAGE_FICHIERS_QUOTA * mio,
    clamd: values.MAILLAGE_CLAMD,
    s3:
      values.MAILLAGE_S3_SEAU && values.MAILLAGE_S3_CLE && values.MAILLAGE_S3_SECRET
        ? {
            seau: values.MAILLAGE_S3_SEAU,
            region: values.MAILLAGE_S3_REGION,
            adresse: values.MAILLAGE_S3_ADRESSE,
            cle: values.MAILLAGE_S3_CLE,
            secret: values.MAILLAGE_S3_SECRET,
          }
        : undefined,
    contactSecurite: values.MAILLAGE_CONTACT_SECURITE,
    annuaire: values.MAILLAGE_ANNUAIRE?.replace(/\/+$/, ''),
  });
};
