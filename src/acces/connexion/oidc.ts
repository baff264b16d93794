import { setTimeout as sleep } from 'node:timers/promises';
import * as client from 'openid-client';
import { z } from 'zod';
import { estLocale, type ReglagesOidc } from '../../platform/config.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { acrSuffit, aSecondFacteur } from './oidc.rules.ts';

/** Seconds that the provider has for each answer. */
const patience = 5;

/** Milliseconds during which what a provider says of itself is believed without asking again. */
const fraicheur = 3_600_000;

type Decouverte = { readonly config: client.Configuration; readonly lue: number };

const connus = new Map<string, Decouverte>();
const enCours = new Map<string, Promise<client.Configuration>>();

const decouvrir = (reglages: ReglagesOidc): Promise<client.Configuration> =>
  client.discovery(
    new URL(reglages.emetteur),
    reglages.client,
    {
      [client.clockTolerance]: 30,
      ...(reglages.signature === undefined ? {} : { userinfo_signed_response_alg: reglages.signature }),
    },
    client.ClientSecretPost(reglages.secret),
    {
      timeout: patience,
      execute: [
        // Signatures are checked against the provider's keys, and not left to TLS alone.
        client.enableNonRepudiationChecks,
        ...(reglages.emetteur.startsWith('http:') && estLocale(reglages.emetteur)
          ? [client.allowInsecureRequests]
          : []),
      ],
    },
  );

const decouvrirAvecReprise = async (reglages: ReglagesOidc): Promise<client.Configuration> => {
  try {
    return await decouvrir(reglages);
  } catch {
    await sleep(200);
    return decouvrir(reglages);
  }
};

/** What the provider says of itself: asked once an hour, once for all who wait; the last answer serves while it is away. */
const fournisseur = async (reglages: ReglagesOidc): Promise<client.Configuration> => {
  const cle = JSON.stringify(reglages);
  const known = connus.get(cle);
  if (known && Date.now() - known.lue < fraicheur) return known.config;
  const asked = enCours.get(cle) ?? decouvrirAvecReprise(reglages);
  enCours.set(cle, asked);
  try {
    const config = await asked;
    connus.set(cle, { config, lue: Date.now() });
    return config;
  } catch (error) {
    if (known) return known.config;
    throw error;
  } finally {
    enCours.delete(cle);
  }
};

export type RefusOidc = 'injoignable' | 'renonce' | 'erreur' | 'invalide' | 'acr' | 'courriel';

/** What the provider says of whoever comes back. */
export type IdentiteOidc = {
  readonly emetteur: string;
  readonly sujet: string;
  /** Verified; undefined when it is not, or not given. */
  readonly courriel: string | undefined;
  readonly secondFacteur: boolean;
  readonly jetonIdentite: string;
};

export type RefusDetaille = {
  readonly ok: false;
  readonly refus: RefusOidc;
  readonly message: string;
  /** For whoever runs the service: what exactly went wrong. */
  readonly cause: string;
};

const refuserPour = (refus: RefusOidc, message: string, cause: string): RefusDetaille => ({
  ...refuser(refus, message),
  refus,
  cause,
});

const codeDe = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What went wrong with the provider, in words for whoever tries to come in. A fault of ours goes on. */
const expliquer = (error: unknown, nom: string): RefusDetaille => {
  if (error instanceof client.AuthorizationResponseError) {
    if (error.error === 'access_denied')
      return refuserPour('renonce', `Vous avez renoncé à vous connecter avec ${nom}.`, error.error);
    if (error.error === 'temporarily_unavailable' || error.error === 'server_error')
      return refuserPour('injoignable', `${nom} ne répond pas comme prévu.`, error.error);
    return refuserPour('erreur', `${nom} a refusé la connexion.`, error.error);
  }
  if (error instanceof client.ResponseBodyError)
    return refuserPour('erreur', `${nom} a refusé la connexion.`, error.error);
  if (error instanceof client.ClientError || error instanceof client.WWWAuthenticateChallengeError) {
    // Neither an answer that can be read, nor one that says no.
    if (
      ['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_TIMEOUT'].includes(codeDe(error))
    )
      return refuserPour('injoignable', `${nom} ne répond pas comme prévu.`, codeDe(error));
    return refuserPour(
      'invalide',
      `La réponse de ${nom} ne peut pas être vérifiée.`,
      codeDe(error) || error.name,
    );
  }
  // What `fetch` throws when nobody answers, or stops in the middle.
  if (error instanceof TypeError && ['fetch failed', 'terminated'].includes(error.message))
    return refuserPour('injoignable', `${nom} ne répond pas.`, error.message);
  throw error;
};

export type Depart = { readonly etat: string; readonly nonce: string; readonly verificateur: string };

/** The address at which the provider asks who it is. `autre`: it asks even whoever it knows already. */
export const adresseDeDepart = async (
  reglages: ReglagesOidc,
  depart: Depart,
  { retour, autre }: { readonly retour: string; readonly autre: boolean },
): Promise<Resultat<string, RefusOidc>> => {
  try {
    const config = await fournisseur(reglages);
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: retour,
      scope: reglages.portees,
      state: depart.etat,
      nonce: depart.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(depart.verificateur),
      code_challenge_method: 'S256',
      ...(reglages.acr === undefined ? {} : { acr_values: reglages.acr }),
      // ProConnect says how somebody proved who they are when it is asked to.
      ...(config.serverMetadata().claims_parameter_supported
        ? { claims: JSON.stringify({ id_token: { amr: null } }) }
        : {}),
      ...(autre ? { prompt: 'login' } : {}),
    });
    return reussi(address.href);
  } catch (error) {
    return expliquer(error, reglages.nom);
  }
};

const textes = z.array(z.string()).catch([]);
const texte = z.string().optional().catch(undefined);
const audience = z.union([z.string(), z.array(z.string())]);

/** Signed words of the provider say who signs and for whom: those meant for another service are not ours. */
const estPourNous = (dit: client.UserInfoResponse, config: client.Configuration): boolean => {
  const pour = audience.safeParse(dit['aud']);
  return (
    dit['iss'] === config.serverMetadata().issuer &&
    pour.success &&
    [pour.data].flat().includes(config.clientMetadata().client_id)
  );
};

/** Exchanges what the browser brought back for what the provider says of the person, and checks all of it. */
export const echanger = async (
  reglages: ReglagesOidc,
  depart: Depart,
  adresse: URL,
): Promise<{ readonly ok: true; readonly valeur: IdentiteOidc } | RefusDetaille> => {
  const { nom } = reglages;
  try {
    const config = await fournisseur(reglages);
    const jetons = await client.authorizationCodeGrant(config, adresse, {
      expectedState: depart.etat,
      expectedNonce: depart.nonce,
      pkceCodeVerifier: depart.verificateur,
      idTokenExpected: true,
    });
    const dit = jetons.claims();
    if (dit === undefined || jetons.id_token === undefined) throw new Error('an ID token was expected');
    const acr = texte.parse(dit['acr']);
    if (!acrSuffit(reglages.acr, acr))
      return refuserPour(
        'acr',
        `${nom} ne garantit pas assez qui vous êtes (niveau demandé : ${reglages.acr}).`,
        acr ?? 'sans acr',
      );
    const personne = await client.fetchUserInfo(config, jetons.access_token, dit.sub);
    if (reglages.signature !== undefined && !estPourNous(personne, config))
      return refuserPour('invalide', `La réponse de ${nom} ne peut pas être vérifiée.`, 'userinfo iss aud');
    const verifie = personne.email_verified ?? reglages.courrielsSurs;
    return reussi({
      emetteur: dit.iss,
      sujet: dit.sub,
      courriel: verifie === true ? texte.parse(personne.email) : undefined,
      secondFacteur: aSecondFacteur({ acr, amr: textes.parse(dit['amr']) }),
      jetonIdentite: jetons.id_token,
    });
  } catch (error) {
    return expliquer(error, nom);
  }
};

/** The address at which the provider ends its own session; undefined where it has none, or does not answer. */
export const adresseDeFin = async (
  reglages: ReglagesOidc,
  fin: { readonly jetonIdentite: string; readonly retour: string; readonly etat: string },
): Promise<string | undefined> => {
  try {
    const config = await fournisseur(reglages);
    if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
    return client.buildEndSessionUrl(config, {
      id_token_hint: fin.jetonIdentite,
      post_logout_redirect_uri: fin.retour,
      state: fin.etat,
    }).href;
  } catch (error) {
    expliquer(error, reglages.nom);
    return undefined;
  }
};
