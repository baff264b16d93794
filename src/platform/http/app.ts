import { createHash, randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { trimTrailingSlash } from 'hono/trailing-slash';
import type { StatusCode } from 'hono/utils/http-status';
import { sql } from 'kysely';
import type { VNode } from 'preact';
import type { Changements } from '../database/changements.ts';
import type { Database } from '../database/index.ts';
import { Introuvable, Panne, Refus } from '../views/erreurs.tsx';
import { rendre } from '../views/rendre.ts';
import { type Assets, dsfrFile } from './assets.ts';
import { attachment, envoyerFlot, serveFile } from './fichiers.ts';
import { adresseDe, creerLimites } from './limites.ts';
import { creerMemoire, type Encodage, encodageDe, type Rendu, rendu } from './memoire.ts';
import type { Brut, DeclaredRoute, Flot, Limite, Page, Raison, Requete, Tuiles } from './route.ts';

export type EtatSante = {
  readonly etat: 'pret' | 'indisponible';
  readonly base: 'joignable' | 'injoignable';
  readonly migrations: { readonly appliquees: number; readonly attendues: number };
};

export type AppOptions = {
  readonly routes: readonly DeclaredRoute[];
  /** Reads as the public role. */
  readonly db: Database;
  readonly assets: Assets;
  /** Address under which people reach the site, without a trailing slash. */
  readonly adresse: () => string;
  readonly changements: Changements;
  /** Proxies of our own before the server. */
  readonly mandataires: number;
  /** Where maps take their background, if not from our own outlines. */
  readonly tuiles: Tuiles | undefined;
  /** Requests that an address may make in a minute, by family; the usual ones where absent. */
  readonly limites?: Readonly<Record<Limite, number>> | undefined;
  /** Puts the layout of the site around a page. */
  readonly miseEnPage: (page: Page, chemin: string) => Promise<VNode>;
  readonly sante: () => Promise<EtatSante>;
  readonly journaliserPanne: (incident: string, error: unknown, chemin: string) => void;
};

const erreur = (statut: 400 | 404 | 429, titre: string, contenu: VNode): Page => ({
  type: 'page',
  titre,
  description: titre,
  contenu,
  fil: [{ texte: 'Accueil', href: '/' }, { texte: titre }],
  statut,
  prive: true,
});

const pageIntrouvable = (): Page => erreur(404, 'Page introuvable', Introuvable({}));

const linkDigest = (secret: string): string => createHash('sha256').update(secret).digest('hex');

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

/** Builds the web application from the declared routes: headers, files, health, pages of error. */
export const buildApp = (options: AppOptions): Hono => {
  const app = new Hono();
  const memoire = creerMemoire(options.changements);
  const compter = creerLimites(options.limites);
  const { tuiles } = options;
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

  const dessiner = async (page: Page, chemin: string, statut: StatusCode): Promise<Rendu> =>
    rendu(
      statut,
      {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': page.prive ? 'private, no-store' : 'no-cache',
        ...(page.prive ? { 'Referrer-Policy': 'no-referrer' } : {}),
      },
      rendre(await options.miseEnPage(page, chemin)),
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
  ): Promise<Rendu> => {
    const prive = route.access.type !== 'public';
    switch (reponse.type) {
      case 'page':
        return dessiner(prive ? { ...reponse, prive } : reponse, chemin, reponse.statut ?? 200);
      case 'redirection':
        return rendu(302, { Location: reponse.vers, 'Cache-Control': 'no-cache' }, '');
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

  const handle = async (route: DeclaredRoute, raw: Brut, requete: Requete) => {
    const { access } = route;
    if (access.type === 'public') return route.handle(raw, options.db, requete);
    const secret = raw[access.parametre];
    const digest = linkDigest(typeof secret === 'string' ? secret : '');
    return options.db.transaction().execute(async (transaction) => {
      await sql`select set_config('maillage.lien', ${digest}, true)`.execute(transaction);
      return route.handle(raw, transaction, requete);
    });
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
  const limiter = async (context: Context, famille: Limite, api: boolean): Promise<Response | null> => {
    const { permis, reste, secondes, maximum } = await compter(
      famille,
      adresseDe(context, options.mandataires),
    );
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

  for (const route of options.routes) {
    // What the API gives is for every site to read.
    if (route.api || route.ouvert) app.use(route.path, ouvrirAuxAutresSites);
    app.get(route.path, async (context) => {
      const url = new URL(context.req.url);
      if (url.pathname.length + url.search.length > longueurMax)
        return context.text('Adresse trop longue.', 414);
      const api = route.api !== undefined;
      const limited = route.limite ? await limiter(context, route.limite, api) : null;
      if (limited) return limited;

      const chemin = context.req.path;
      const parametres = lus(url.searchParams, route);
      const requete: Requete = { chemin, parametres, adresse: options.adresse(), tuiles };
      const raw = brut(context);
      if (route.access.type !== 'public' || route.sansMemoire) {
        const result = await handle(route, raw, requete);
        return result.type === 'flot'
          ? envoyerFlot(context, result, (error) =>
              options.journaliserPanne(randomUUID().slice(0, 8), error, chemin),
            )
          : envoyerSeul(context, await rendreReponse(result, route, chemin));
      }
      // An API refuses what it does not know: there the whole address makes the answer.
      const cle = `${chemin}?${api ? url.search : parametres}`;
      const held = memoire.lire(cle);
      const refused = held ? null : await limiter(context, 'page', api);
      if (refused) return refused;
      // From the first query on: what changes after it is not in this answer.
      const kept =
        held ??
        (await memoire.produire(cle, async () => {
          const result = await handle(route, raw, requete);
          if (result.type === 'flot') throw new Error(`${route.path} streams: it cannot be kept`);
          return rendreReponse(result, route, chemin);
        }));
      return envoyer(context, kept.rendu, (encodage) => memoire.forme(kept, encodage));
    });
  }

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
