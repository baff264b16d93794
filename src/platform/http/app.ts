import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { trimTrailingSlash } from 'hono/trailing-slash';
import type { StatusCode } from 'hono/utils/http-status';
import type { VNode } from 'preact';
import type { Config } from '../config.ts';
import type { Changements } from '../database/changements.ts';
import type { Database } from '../database/index.ts';
import { Introuvable, Panne, Refus, SessionTerminee } from '../views/erreurs.tsx';
import { rendre } from '../views/rendre.ts';
import { type Assets, dsfrFile } from './assets.ts';
import { arreter, type Bases, linkDigest, lireSecret, poserSession, traiter } from './entree.ts';
import { attachment, envoyerFlot, serveFile } from './fichiers.ts';
import type { Saisie } from './formulaire.ts';
import type { Identite, Portier } from './identite.ts';
import { adresseDe, creerLimites } from './limites.ts';
import { creerMemoire, type Encodage, encodageDe, type Rendu, rendu } from './memoire.ts';
import type { Brut, DeclaredRoute, Flot, Limite, Page, Raison, Requete } from './route.ts';

export type EtatSante = {
  readonly etat: 'pret' | 'indisponible';
  readonly base: 'joignable' | 'injoignable';
  readonly migrations: { readonly appliquees: number; readonly attendues: number };
};

export type AppOptions = {
  readonly routes: readonly DeclaredRoute[];
  /** Reads as the public role. */
  readonly db: Database;
  /** Acts as the person set in each transaction, and sees nothing without one. */
  readonly application: Database;
  readonly portier: Portier;
  readonly assets: Assets;
  readonly config: Config;
  /** Whether a request with these headers may enter by the doors of the demonstration. */
  readonly demonstration: (entetes: Headers) => Promise<boolean>;
  /** Address under which people reach the site, without a trailing slash. */
  readonly adresse: () => string;
  readonly changements: Changements;
  /** Requests that an address may make in a minute, by family; the usual ones where absent. */
  readonly limites?: Readonly<Record<Limite, number>> | undefined;
  /** Puts the layout of the site around a page, for somebody where the page is theirs alone. */
  readonly miseEnPage: (page: Page, chemin: string, identite: Identite | null) => Promise<VNode>;
  readonly sante: () => Promise<EtatSante>;
  readonly journaliserPanne: (incident: string, error: unknown, chemin: string) => void;
};

const erreur = (statut: NonNullable<Page['statut']>, titre: string, contenu: VNode): Page => ({
  type: 'page',
  titre,
  description: titre,
  contenu,
  fil: [{ texte: 'Accueil', href: '/' }, { texte: titre }],
  statut,
  prive: true,
});

const pageIntrouvable = (): Page => erreur(404, 'Page introuvable', Introuvable({}));

/** A problem of the API, as RFC 9457 writes it. */
const probleme = (
  statut: 400 | 404 | 429 | 500,
  titre: string,
  detail: string,
  raisons: readonly Raison[] = [],
): Rendu =>
  rendu(
    statut,
    { 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store' },
    JSON.stringify({
      type: 'about:blank',
      title: titre,
      status: statut,
      detail,
      ...(raisons.length > 0 ? { erreurs: raisons } : {}),
    }),
  );

/**
 * One value is a text, several a list: `?colonnes=a&colonnes=b`. A field that a form left empty asks for nothing: without
 * a script, a browser sends it all the same.
 */
const brut = (context: Context): Brut => ({
  ...Object.fromEntries(
    Object.entries(context.req.queries()).flatMap(([name, values]) => {
      const given = values.filter((value) => value !== '');
      return given.length === 0 ? [] : [[name, given.length === 1 ? (given[0] ?? '') : given] as const];
    }),
  ),
  ...context.req.param(),
});

/** What the route reads of an address, in one order: what is added to it draws no other page. */
const lus = (parametres: URLSearchParams, { parametres: connus }: DeclaredRoute): URLSearchParams => {
  const read = new URLSearchParams([...parametres].filter(([nom]) => connus.has(nom)));
  read.sort();
  return read;
};

/** Characters of an address, its parameters included: beyond, no page of ours leads there. */
const longueurMax = 4000;

/** Bytes of a form, and of one that brings files. */
const poidsMax = 1_048_576;
const poidsMaxFichiers = 31_457_280;
const champsMax = 2000;
const formesDeCorps = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** The fields of a form; null when the body is not what it says, or has fields without end. */
const lireCorps = async (context: Context): Promise<Saisie | null> => {
  try {
    const body = await context.req.parseBody({ all: true });
    return Object.keys(body).length > champsMax ? null : body;
  } catch {
    return null;
  }
};

/** Builds the web application from the declared routes: headers, files, health, pages of error. */
export const buildApp = (options: AppOptions): Hono => {
  const app = new Hono();
  const memoire = creerMemoire(options.changements);
  const compter = creerLimites(options.limites);
  const { tuiles, mandataires } = options.config;
  const originesDesTuiles = tuiles ? [new URL(tuiles.adresse.replace(/[{}]/g, '')).origin] : [];
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        // Our own files only: no inline script or style, so that a page may be kept (ADR 0006).
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...originesDesTuiles],
        connectSrc: ["'self'", ...originesDesTuiles],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: 'DENY',
      referrerPolicy: 'same-origin',
      crossOriginResourcePolicy: false,
      // Set by the proxy that ends TLS, the only one that knows it.
      strictTransportSecurity: false,
    }),
  );
  app.use(trimTrailingSlash());

  const bases: Bases = {
    publique: options.db,
    application: options.application,
    portier: options.portier,
  };

  const dessiner = async (
    page: Page,
    chemin: string,
    statut: StatusCode,
    identite: Identite | null = null,
  ): Promise<Rendu> =>
    rendu(
      statut,
      {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': page.prive ? 'private, no-store' : 'no-cache',
        ...(page.prive ? { 'Referrer-Policy': 'no-referrer' } : {}),
      },
      rendre(await options.miseEnPage(page, chemin, identite)),
    );

  /** Sends what was drawn: not again to who has it already, compressed for who can read it. */
  const envoyer = async (
    context: Context,
    { statut, entetes, corps, etag }: Rendu,
    compresser: (encodage: Encodage) => Promise<Uint8Array<ArrayBuffer>>,
  ): Promise<Response> => {
    const headers = new Headers({ ...entetes, ETag: etag, Vary: 'Accept-Encoding' });
    if (statut === 200 && context.req.header('If-None-Match')?.includes(etag.slice(2)))
      return context.newResponse(null, { status: 304, headers });
    const encodage = encodageDe(
      context.req.header('Accept-Encoding'),
      entetes['Content-Type'] ?? '',
      corps.byteLength,
    );
    if (encodage !== 'identity') headers.set('Content-Encoding', encodage);
    const envoye = await compresser(encodage);
    headers.set('Content-Length', String(envoye.byteLength));
    // With what was set before on the answer: limits, other sites.
    return context.newResponse(context.req.method === 'HEAD' ? null : envoye, { status: statut, headers });
  };

  const envoyerSeul = (context: Context, seul: Rendu): Promise<Response> => {
    const passing = { rendu: seul, generation: -1, formes: new Map() };
    return envoyer(context, seul, (encodage) => memoire.forme(passing, encodage));
  };

  const incomprise = async (route: DeclaredRoute, chemin: string, raisons: readonly Raison[]) => {
    const phrases = raisons.map(({ parametre, message }) => `${parametre} : ${message}`).join(' ; ');
    const message = `L’adresse demandée n’est pas comprise. ${phrases}.`;
    if (route.api) return probleme(400, 'Paramètre incorrect', message, raisons);
    const contenu = Refus({ statut: 400, titre: 'Adresse incorrecte', message });
    return dessiner(erreur(400, 'Adresse incorrecte', contenu), chemin, 400);
  };

  const rendreReponse = async (
    reponse: Exclude<Awaited<ReturnType<DeclaredRoute['handle']>>, Flot>,
    route: DeclaredRoute,
    chemin: string,
    identite: Identite | null = null,
  ): Promise<Rendu> => {
    const prive = route.access.type !== 'public';
    switch (reponse.type) {
      case 'page':
        return dessiner(prive ? { ...reponse, prive } : reponse, chemin, reponse.statut ?? 200, identite);
      case 'redirection':
        // After a form the browser asks for the next page anew.
        return rendu(
          route.methode === 'POST' ? 303 : 302,
          { Location: reponse.vers, 'Cache-Control': prive ? 'private, no-store' : 'no-cache' },
          '',
        );
      case 'invalide':
        return incomprise(route, chemin, reponse.raisons);
      case 'absent':
        return route.api
          ? probleme(404, 'Introuvable', 'Rien n’existe à cette adresse.')
          : dessiner(pageIntrouvable(), chemin, 404);
      case 'json':
        return rendu(
          reponse.statut ?? 200,
          {
            'Content-Type': `${reponse.mime ?? 'application/json'}; charset=utf-8`,
            'Cache-Control': 'no-cache',
          },
          JSON.stringify(reponse.corps),
        );
      case 'fichier':
        return rendu(
          200,
          {
            'Content-Type': reponse.mime,
            'Cache-Control': prive || reponse.prive ? 'private, no-store' : 'no-cache',
            ...(reponse.nom ? { 'Content-Disposition': attachment(reponse.nom) } : {}),
          },
          reponse.corps,
        );
    }
  };

  /** Says why somebody is not let in, and what to do about it. */
  const refuserEntree = async (
    context: Context,
    arret: NonNullable<ReturnType<typeof arreter>>,
    identite: Identite | null,
    saisie: Saisie,
  ): Promise<Response> => {
    const { pathname, search } = new URL(context.req.url);
    const retour = encodeURIComponent(pathname + search);
    if (context.req.method !== 'POST') {
      const porte = arret === 'inconnu' ? '/connexion' : '/connexion/second-facteur';
      if (arret !== 'role')
        return envoyerSeul(
          context,
          rendu(302, { Location: `${porte}?retour=${retour}`, 'Cache-Control': 'private, no-store' }, ''),
        );
    } else if (arret !== 'role') {
      // What was typed is given back: a session may end while somebody writes.
      return envoyerSeul(
        context,
        await dessiner(erreur(401, 'Session terminée', SessionTerminee({ saisie })), pathname, 401),
      );
    }
    const message = `Cette page n’est pas ouverte à votre rôle actuel${
      identite?.habilitation ? ` (${identite.habilitation.libelle})` : ''
    }.`;
    const liens = [{ texte: 'Mon espace', href: '/espace' }];
    return envoyerSeul(
      context,
      await dessiner(
        erreur(403, 'Accès refusé', Refus({ statut: 403, titre: 'Accès refusé', message, liens })),
        pathname,
        403,
        identite,
      ),
    );
  };

  /** Answers a route that is not for everybody: who asks, whether they may, and what they see. */
  const repondre = async (
    context: Context,
    route: DeclaredRoute,
    requete: Requete,
    saisie: Saisie = {},
  ): Promise<Response> => {
    const chemin = context.req.path;
    const { type } = route.access;
    const asked = type !== 'public' && type !== 'lien';
    const identite = asked ? await options.portier.identifier(lireSecret(context, options.adresse())) : null;
    const arret = arreter(route, identite);
    if (arret !== null) return refuserEntree(context, arret, identite, saisie);
    const result = await traiter(route, bases, { raw: brut(context), saisie, requete, identite });
    if (result.type === 'flot')
      return envoyerFlot(context, result, (error) =>
        options.journaliserPanne(randomUUID().slice(0, 8), error, chemin),
      );
    if (result.type === 'redirection' && result.session !== undefined)
      poserSession(context, options.adresse(), result.session);
    return envoyerSeul(context, await rendreReponse(result, route, chemin, identite));
  };

  /** Drawn once: whoever asks too much must not have a page drawn each time. */
  const trop = 'Trop de demandes depuis votre adresse. Réessayez dans une minute.';
  const pageTrop = erreur(
    429,
    'Trop de demandes',
    Refus({ statut: 429, titre: 'Trop de demandes', message: trop }),
  );
  let tropDrawn: Promise<Rendu> | undefined;

  /** Null when the address may go on; else the refusal. */
  const limiter = async (
    context: Context,
    famille: Limite,
    api: boolean,
    cle = adresseDe(context, mandataires),
  ): Promise<Response | null> => {
    const { permis, reste, secondes, maximum } = await compter(famille, cle);
    if (famille !== 'page') {
      context.header('RateLimit-Limit', String(maximum));
      context.header('RateLimit-Remaining', String(reste));
      context.header('RateLimit-Reset', String(secondes));
    }
    if (permis) return null;
    context.header('Retry-After', String(secondes));
    if (api) {
      const detail = `Trop de demandes depuis votre adresse. Réessayez dans ${secondes} secondes.`;
      return envoyerSeul(context, probleme(429, 'Trop de demandes', detail));
    }
    tropDrawn ??= dessiner(pageTrop, '/', 429);
    return envoyerSeul(context, await tropDrawn);
  };

  app.get('/sante', async (context) => {
    const sante = await options.sante();
    context.header('Cache-Control', 'no-store');
    return context.json(sante, sante.etat === 'pret' ? 200 : 503);
  });

  app.get('/assets/*', (context) =>
    serveFile(context, options.assets.files.get(context.req.path), 31_536_000),
  );
  app.get('/favicon.ico', (context) => serveFile(context, options.assets.files.get('/favicon.ico'), 86_400));
  if (options.assets.css.some((path) => path.startsWith('/dsfr/'))) {
    app.get('/dsfr/*', (context) => serveFile(context, dsfrFile(context.req.path), 86_400));
  }

  const memeOrigine = csrf({
    origin: (origin, context) => {
      if (origin === new URL(options.adresse()).origin) return true;
      return URL.canParse(origin) && new URL(origin).host === context.req.header('Host');
    },
  });
  const tropLourd = async (context: Context): Promise<Response> => {
    const message =
      'Ce que vous envoyez est trop lourd. Réduisez le texte ou les fichiers, puis recommencez.';
    const page = erreur(413, 'Envoi trop lourd', Refus({ statut: 413, titre: 'Envoi trop lourd', message }));
    return envoyerSeul(context, await dessiner(page, context.req.path, 413));
  };
  const requeteDe = (context: Context, route: DeclaredRoute): Requete | null => {
    const { pathname, search, searchParams } = new URL(context.req.url);
    if (pathname.length + search.length > longueurMax) return null;
    return {
      chemin: context.req.path,
      parametres: lus(searchParams, route),
      adresse: options.adresse(),
      tuiles,
      appareil: context.req.header('User-Agent') ?? '',
      client: adresseDe(context, mandataires),
      config: options.config,
      demonstration: () => options.demonstration(context.req.raw.headers),
    };
  };

  const montrer = (route: DeclaredRoute): void => {
    // What the API gives is for every site to read.
    if (route.api || route.ouvert) app.use(route.path, ouvrirAuxAutresSites);
    app.get(route.path, async (context) => {
      const requete = requeteDe(context, route);
      if (requete === null) return context.text('Adresse trop longue.', 414);
      const api = route.api !== undefined;
      const limited = route.limite ? await limiter(context, route.limite, api) : null;
      if (limited) return limited;
      if (route.access.type !== 'public' || route.sansMemoire) return repondre(context, route, requete);

      const chemin = context.req.path;
      // An API refuses what it does not know: there the whole address makes the answer.
      const cle = `${chemin}?${api ? new URL(context.req.url).search : requete.parametres}`;
      const held = memoire.lire(cle);
      const refused = held ? null : await limiter(context, 'page', api);
      if (refused) return refused;
      const raw = brut(context);
      // From the first query on: what changes after it is not in this answer.
      const kept =
        held ??
        (await memoire.produire(cle, async () => {
          const result = await traiter(route, bases, { raw, saisie: {}, requete, identite: null });
          if (result.type === 'flot') throw new Error(`${route.path} streams: it cannot be kept`);
          return rendreReponse(result, route, chemin);
        }));
      return envoyer(context, kept.rendu, (encodage) => memoire.forme(kept, encodage));
    });
  };

  const recevoir = (route: DeclaredRoute): void => {
    app.post(
      route.path,
      memeOrigine,
      bodyLimit({ maxSize: route.fichiers ? poidsMaxFichiers : poidsMax, onError: tropLourd }),
      async (context) => {
        const requete = requeteDe(context, route);
        if (requete === null) return context.text('Adresse trop longue.', 414);
        const limited = await limiter(context, route.limite ?? 'formulaire', false);
        if (limited) return limited;
        if (!formesDeCorps.test(context.req.header('Content-Type') ?? ''))
          return context.text('Ce service attend un formulaire.', 415);
        const saisie = await lireCorps(context);
        if (saisie === null) return context.text('Ce formulaire ne peut pas être lu.', 400);
        const compte = route.compte?.(saisie);
        const insistent =
          compte === undefined ? null : await limiter(context, 'compte', false, linkDigest(compte));
        if (insistent) return insistent;
        return repondre(context, route, requete, saisie);
      },
    );
  };

  for (const route of options.routes) (route.methode === 'POST' ? recevoir : montrer)(route);

  app.all('/api/v1/*', ouvrirAuxAutresSites, (context) =>
    envoyerSeul(
      context,
      probleme(404, 'Introuvable', 'Cette ressource n’existe pas : voyez /api/v1/openapi.json.'),
    ),
  );
  app.notFound(async (context) =>
    envoyerSeul(context, await dessiner(pageIntrouvable(), context.req.path, 404)),
  );
  app.onError(async (error, context) => {
    if (error instanceof HTTPException && error.status === 403) {
      const message =
        'Ce formulaire ne vient pas de ce site. Revenez à la page du formulaire, rechargez-la, puis recommencez.';
      const page = erreur(403, 'Envoi refusé', Refus({ statut: 403, titre: 'Envoi refusé', message }));
      return envoyerSeul(context, await dessiner(page, context.req.path, 403));
    }
    const incident = randomUUID().slice(0, 8);
    options.journaliserPanne(incident, error, context.req.path);
    if (context.req.path.startsWith('/api/v1/')) {
      const detail = `Le service ne répond pas comme prévu. Numéro d’incident : ${incident}.`;
      return envoyerSeul(context, probleme(500, 'Erreur inattendue', detail));
    }
    const page: Page = { ...erreur(400, 'Une erreur est survenue', Panne({ incident })), prive: true };
    return envoyerSeul(context, await dessiner(page, context.req.path, 500));
  });
  return app;
};

const ouvrirAuxAutresSites = async (
  context: Context,
  next: () => Promise<void>,
): Promise<Response | undefined> => {
  context.header('Access-Control-Allow-Origin', '*');
  context.header(
    'Access-Control-Expose-Headers',
    'ETag, Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset',
  );
  if (context.req.method === 'OPTIONS') {
    context.header('Access-Control-Allow-Methods', 'GET, HEAD');
    context.header('Access-Control-Allow-Headers', 'If-None-Match');
    context.header('Access-Control-Max-Age', '86400');
    return context.body(null, 204);
  }
  await next();
  return undefined;
};
