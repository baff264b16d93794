import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Provider from 'oidc-provider';
import type { ReglagesOidc } from '../../src/platform/config.ts';
import { visiter } from '../visite.ts';

/** Somebody as the identity provider knows them. */
type Compte = {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly acr?: string;
  readonly amr?: readonly string[];
};

/** What is answered in the place of what the provider says of a person. */
type Alteration = { readonly type: string; readonly corps: string };

export type Fournisseur = {
  readonly reglages: ReglagesOidc;
  /** Knows the site, at its address. */
  readonly brancher: (adresse: string) => void;
  readonly alterer: (alteration: Alteration | undefined) => void;
  /** A signed text with these claims, by its own key or by another. */
  readonly signer: (claims: Readonly<Record<string, unknown>>, par?: 'autre') => string;
  /** Keeps the requests for a path waiting, until they are let go. */
  readonly retenir: (chemin: string) => {
    readonly arrivees: (nombre: number) => Promise<void>;
    readonly lacher: () => void;
  };
  readonly fermer: () => Promise<void>;
};

const scopes = 'openid given_name usual_name email uid siret';

/** A real identity provider on this machine, with the parameters of ProConnect: signed answers, PKCE, end of session. */
export const ouvrirFournisseur = async (comptes: Readonly<Record<string, Compte>>): Promise<Fournisseur> => {
  let repondre: (request: IncomingMessage, response: ServerResponse) => unknown;
  let alteration: Alteration | undefined;
  let retenue:
    | { readonly chemin: string; readonly arriver: () => void; readonly fin: Promise<void> }
    | undefined;
  const server = createServer((request, response) => repondre(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server listens on a port');
  const emetteur = `http://127.0.0.1:${address.port}`;
  const reglages: ReglagesOidc = {
    emetteur,
    client: 'maillage',
    secret: 'un-secret-partage-avec-le-fournisseur-pour-les-essais',
    nom: 'ProConnect',
    acr: 'eidas1',
    portees: scopes,
    signature: 'RS256',
    courrielsSurs: false,
  };
  const cles = {
    sienne: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    autre: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  };
  const signer: Fournisseur['signer'] = (claims, par) => {
    const texte = [{ alg: 'RS256', kid: 'essai' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = createSign('RSA-SHA256')
      .update(texte)
      .sign(cles[par ?? 'sienne'], 'base64url');
    return `${texte}.${signature}`;
  };

  const creer = (adresse: string): void => {
    const provider = new Provider(emetteur, {
      clients: [
        {
          client_id: reglages.client,
          client_secret: reglages.secret,
          redirect_uris: [`${adresse}/connexion/oidc/retour`],
          post_logout_redirect_uris: [`${adresse}/deconnexion/retour`],
          token_endpoint_auth_method: 'client_secret_post',
          id_token_signed_response_alg: 'RS256',
          userinfo_signed_response_alg: 'RS256',
        },
      ],
      jwks: { keys: [{ ...cles.sienne.export({ format: 'jwk' }), kid: 'essai', use: 'sig', alg: 'RS256' }] },
      cookies: { keys: ['essai'] },
      scopes: scopes.split(' '),
      claims: {
        openid: ['sub'],
        acr: null,
        amr: null,
        email: ['email', 'email_verified'],
        given_name: ['given_name'],
        usual_name: ['usual_name'],
        uid: ['uid'],
        siret: ['siret'],
      },
      acrValues: ['eidas0', 'eidas1', 'eidas2', 'eidas3'],
      pkce: { required: () => true },
      features: {
        devInteractions: { enabled: false },
        jwtUserinfo: { enabled: true },
        claimsParameter: { enabled: true },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (context, form) => {
            context.body = `<!doctype html><html lang="fr"><title>Fin</title>${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Terminer</button></html>`;
          },
        },
      },
      ttl: {
        AccessToken: 60,
        AuthorizationCode: 30,
        IdToken: 60,
        Interaction: 600,
        Session: 600,
        Grant: 600,
      },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({
          clientId: reglages.client,
          accountId: oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope(scopes);
        await grant.save();
        return grant;
      },
      findAccount: async (_context, id) => ({
        accountId: id,
        claims: async () => {
          const { email, email_verified } = comptes[id] ?? {};
          return {
            sub: id,
            ...(email === undefined ? {} : { email }),
            ...(email_verified === undefined ? {} : { email_verified }),
            given_name: 'Prénom',
            usual_name: 'Nom',
            uid: id,
            siret: '22020002600015',
          };
        },
      }),
    });
    const suite = provider.callback();
    repondre = async (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', emetteur);
      if (retenue?.chemin === pathname) {
        retenue.arriver();
        await retenue.fin;
      }
      if (pathname === '/me' && alteration !== undefined) {
        response.setHeader('Content-Type', alteration.type);
        response.end(alteration.corps);
        return;
      }
      if (!pathname.startsWith('/interaction/')) {
        void suite(request, response);
        return;
      }
      const choix = searchParams.get('compte');
      if (choix === null) {
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.end(
          `<!doctype html><html lang="fr"><title>Identité</title><form><select name="compte">${Object.keys(
            comptes,
          )
            .map((id) => `<option>${id}</option>`)
            .join('')}<option value="">Renoncer</option></select><button>Entrer</button></form></html>`,
        );
        return;
      }
      const { acr = 'eidas1', amr = ['pwd'] } = comptes[choix] ?? {};
      void provider.interactionFinished(
        request,
        response,
        choix === ''
          ? { error: 'access_denied', error_description: 'renoncé' }
          : { login: { accountId: choix, acr, amr: [...amr] } },
        { mergeWithLastSubmission: false },
      );
    };
  };
  repondre = (_request, response) => response.writeHead(503).end();
  return {
    reglages,
    brancher: creer,
    alterer: (given) => {
      alteration = given;
    },
    signer,
    retenir: (chemin) => {
      let nombre = 0;
      const attentes: { readonly nombre: number; readonly suite: () => void }[] = [];
      const { promise: fin, resolve: lacher } = Promise.withResolvers<void>();
      const arriver = (): void => {
        nombre += 1;
        for (const attente of attentes) if (nombre >= attente.nombre) attente.suite();
      };
      retenue = { chemin, arriver, fin };
      return {
        arrivees: (voulu) =>
          new Promise((suite) => {
            attentes.push({ nombre: voulu, suite });
            if (nombre >= voulu) suite();
          }),
        lacher: () => {
          retenue = undefined;
          lacher();
        },
      };
    },
    fermer: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Says who one is to the provider, as a browser would; gives the address to which it sends back. */
export const sIdentifier = async (
  depart: string,
  compte: string,
  navigateur = visiter({ adresse: new URL(depart).origin }),
): Promise<string> => {
  const { pathname, search, origin } = new URL(depart);
  let next = `${pathname}${search}`;
  for (let steps = 0; steps < 6; steps += 1) {
    const response = await navigateur.lire(
      next.startsWith('/interaction/') ? `${next}?compte=${encodeURIComponent(compte)}` : next,
    );
    const vers = response.headers.get('Location');
    if (vers === null) throw new Error(`${next} answered ${response.status}: ${await response.text()}`);
    const address = new URL(vers, origin);
    if (address.origin !== origin) return address.href;
    next = `${address.pathname}${address.search}`;
  }
  throw new Error('the provider never sent back');
};
