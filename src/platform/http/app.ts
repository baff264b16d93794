import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import type pg from 'pg';
import type { Config } from '../config.ts';
import type { Changements } from '../database/changements.ts';
import type { Database } from '../database/index.ts';
import { pluriel } from '../francais/index.ts';
import type { Phrases } from '../historique.ts';
import type { SanteTaches } from '../taches-sante.ts';
import { Panne, Refus, SessionTerminee } from '../views/erreurs.tsx';
import { type Assets, dsfrFile } from './assets.ts';
import { entetesDeSecurite, ouvrirAuxAutresSites, sansBarreFinale } from './entetes.ts';
import { arreter, type Bases, lireDepart, lireSecret, poserTemoins, traiter } from './entree.ts';
import { envoyerFlot, serveFile } from './fichiers.ts';
import type { Saisie } from './formulaire.ts';
import type { Identite, Portier } from './identite.ts';
import { adresseDe, creerLimites } from './limites.ts';
import { creerMemoire, type Rendu, rendu } from './memoire.ts';
import { creerReponses, erreur, type MiseEnPage, pageIntrouvable, probleme } from './reponses.ts';
import { brut, formesDeCorps, lireCorps, longueurMax, lus, poidsMax, poidsMaxFichiers } from './requetes.ts';
import type { DeclaredRoute, Limite, Page, Requete } from './route.ts';
import { monterSanteTaches } from './sante-taches.ts';

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
  /** The sentence of every act, for histories. */
  readonly phrases: Phrases;
  /** Whether a request with these headers may enter by the doors of the demonstration. */
  readonly demonstration: (entetes: Headers) => Promise<boolean>;
  /** Address under which people reach the site, without a trailing slash. */
  readonly adresse: () => string;
  readonly changements: Changements;
  /** The key under which digests are made. */
  readonly cle: string;
  /** What an address or an account may ask, by family; the usual numbers where absent. */
  readonly limites?: Readonly<Partial<Record<Limite, number>>> | undefined;
  /** Where processes share their counts (role `acces`); absent: each counts alone. */
  readonly limitesPartagees?: pg.Pool | undefined;
  readonly miseEnPage: MiseEnPage;
  readonly sante: () => Promise<EtatSante>;
  readonly santeTaches?: (() => Promise<SanteTaches>) | undefined;
  readonly journaliserPanne: (incident: string, error: unknown, chemin: string) => void;
};

/** Builds the web application from the declared routes: headers, files, health, pages of error. */
export const buildApp = (options: AppOptions): Hono => {
  const app = new Hono();
  const memoire = creerMemoire(options.changements);
  const { dessiner, envoyer, envoyerSeul, rendreReponse } = creerReponses(memoire, options.miseEnPage);
  const compter = creerLimites(options.cle, options.limites, options.limitesPartagees);
  const { tuiles, mandataires } = options.config;
  app.use(entetesDeSecurite(options.config));
  app.use(sansBarreFinale);

  const bases: Bases = {
    publique: options.db,
    application: options.application,
    portier: options.portier,
  };

  /** Says why somebody is not let in, and what to do about it. */
  const refuserEntree = async (
    context: Context,
    { access }: DeclaredRoute,
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
    }.${access.type === 'role' && access.refus !== undefined ? ` ${access.refus}` : ''}`;
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
    if (arret !== null) return refuserEntree(context, route, arret, identite, saisie);
    const insistent =
      route.methode === 'POST' && identite !== null
        ? await limiter(context, 'personne', false, identite.personne.id)
        : null;
    if (insistent) return insistent;
    const result = await traiter(route, bases, { raw: brut(context), saisie, requete, identite });
    if (result.type === 'reprise') {
      const now = await options.portier.identifier(lireSecret(context, options.adresse()));
      return refuserEntree(context, route, arreter(route, now) ?? 'role', now, saisie);
    }
    if (result.type === 'flot')
      return envoyerFlot(context, result, type !== 'public', (error) =>
        options.journaliserPanne(randomUUID().slice(0, 8), error, chemin),
      );
    if (result.type === 'redirection' || result.type === 'page')
      poserTemoins(context, options.adresse(), result);
    return envoyerSeul(context, await rendreReponse(result, route, chemin, identite));
  };

  /** Drawn once: whoever asks too much must not have a page drawn each time. */
  const trop =
    'Trop de demandes en peu de temps. Réessayez dans une minute, ou dans un quart d’heure pour vous connecter.';
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
    if (context.req.method === 'POST') {
      const message = `Trop d’envois en peu de temps. Attendez ${pluriel(Math.ceil(secondes / 60), 'minute', 'minutes')}, puis revenez à la page précédente : ce que vous avez écrit y est encore.`;
      const page = erreur(429, 'Trop d’envois', Refus({ statut: 429, titre: 'Trop d’envois', message }));
      return envoyerSeul(context, await dessiner(page, context.req.path, 429));
    }
    tropDrawn ??= dessiner(pageTrop, '/', 429);
    return envoyerSeul(context, await tropDrawn);
  };

  app.get('/sante', async (context) => {
    const sante = await options.sante();
    context.header('Cache-Control', 'no-store');
    return context.json(sante, sante.etat === 'pret' ? 200 : 503);
  });

  if (options.santeTaches)
    monterSanteTaches(app, options.santeTaches, (context) => limiter(context, 'page', true));

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
      depart: lireDepart(context, options.adresse()),
      phrases: options.phrases,
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
          if (result.type === 'reprise') throw new Error(`${route.path} asks who acts: it cannot be kept`);
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
        const insistent = compte === undefined ? null : await limiter(context, 'compte', false, compte);
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
