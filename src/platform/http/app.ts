import { createHash, randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { secureHeaders } from 'hono/secure-headers';
import { trimTrailingSlash } from 'hono/trailing-slash';
import { sql } from 'kysely';
import type { VNode } from 'preact';
import type { Database } from '../database/index.ts';
import { Introuvable, Panne, Refus } from '../views/erreurs.tsx';
import { rendre } from '../views/rendre.ts';
import { type Assets, dsfrFile } from './assets.ts';
import type { DeclaredRoute, Page, Reponse } from './route.ts';

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
  /** Puts the layout of the site around a page. */
  readonly miseEnPage: (page: Page, chemin: string) => Promise<VNode>;
  readonly sante: () => Promise<EtatSante>;
  readonly journaliserPanne: (incident: string, error: unknown, chemin: string) => void;
};

const erreur = (statut: 400 | 404, titre: string, contenu: VNode): Page => ({
  type: 'page',
  titre,
  description: titre,
  contenu,
  fil: [],
  statut,
  prive: true,
});

const pageIntrouvable = (): Page => erreur(404, 'Page introuvable', Introuvable({}));

const linkDigest = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Content disposition of a download; the name is plain ASCII made by the product. */
const attachment = (name: string): string =>
  `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, '-')}"`;

/** Builds the web application from the declared routes: headers, files, health, pages of error. */
export const buildApp = (options: AppOptions): Hono => {
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        scriptSrc: ["'none'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: 'DENY',
      referrerPolicy: 'same-origin',
      // Set by the proxy that ends TLS, the only one that knows it.
      strictTransportSecurity: false,
    }),
  );
  app.use(compress({ threshold: 1024 }));
  app.use(etag());
  app.use(trimTrailingSlash());

  const answerPage = async (
    context: Context,
    page: Page,
    status: 200 | 400 | 404 | 410 | 500,
  ): Promise<Response> => {
    const document = rendre(await options.miseEnPage(page, context.req.path));
    context.header('Cache-Control', page.prive ? 'private, no-store' : 'no-cache');
    if (page.prive) context.header('Referrer-Policy', 'no-referrer');
    return context.html(document, status);
  };

  const answer = async (context: Context, reponse: Reponse, prive: boolean): Promise<Response> => {
    switch (reponse.type) {
      case 'page':
        return answerPage(context, prive ? { ...reponse, prive: true } : reponse, reponse.statut ?? 200);
      case 'redirection':
        return context.redirect(reponse.vers, 302);
      case 'absent':
        return answerPage(context, pageIntrouvable(), 404);
      case 'fichier': {
        context.header('Content-Type', reponse.mime);
        context.header('Cache-Control', prive ? 'private, no-store' : 'no-cache');
        if (reponse.nom) context.header('Content-Disposition', attachment(reponse.nom));
        const corps = typeof reponse.corps === 'string' ? reponse.corps : new Uint8Array(reponse.corps);
        return context.body(corps, 200);
      }
    }
  };

  const handle = async (route: DeclaredRoute, raw: Readonly<Record<string, string>>) => {
    const { access } = route;
    if (access.type === 'public') return route.handle(raw, options.db);
    const digest = linkDigest(raw[access.parametre] ?? '');
    return options.db.transaction().execute(async (transaction) => {
      await sql`select set_config('maillage.lien', ${digest}, true)`.execute(transaction);
      return route.handle(raw, transaction);
    });
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
    app.get(route.path, async (context) => {
      const result = await handle(route, { ...context.req.query(), ...context.req.param() });
      if (result.type === 'invalide') {
        const message = `L’adresse demandée n’est pas comprise. ${result.raisons.join(' ; ')}.`;
        return answerPage(
          context,
          erreur(400, 'Adresse incorrecte', Refus({ statut: 400, titre: 'Adresse incorrecte', message })),
          400,
        );
      }
      return answer(context, result, route.access.type !== 'public');
    });
  }

  app.notFound((context) => answerPage(context, pageIntrouvable(), 404));
  app.onError(async (error, context) => {
    const incident = randomUUID().slice(0, 8);
    options.journaliserPanne(incident, error, context.req.path);
    const page: Page = { ...erreur(400, 'Une erreur est survenue', Panne({ incident })), prive: true };
    return answerPage(context, page, 500);
  });
  return app;
};

const serveFile = (
  context: Context,
  asset: { readonly corps: Buffer; readonly brotli: Buffer | undefined; readonly mime: string } | undefined,
  maxAge: number,
): Response | Promise<Response> => {
  if (!asset) return context.notFound();
  context.header('Content-Type', asset.mime);
  context.header('Cache-Control', `public, max-age=${maxAge}${maxAge > 86_400 ? ', immutable' : ''}`);
  context.header('Vary', 'Accept-Encoding');
  if (asset.brotli && context.req.header('Accept-Encoding')?.includes('br')) {
    context.header('Content-Encoding', 'br');
    return context.body(new Uint8Array(asset.brotli));
  }
  return context.body(new Uint8Array(asset.corps));
};
