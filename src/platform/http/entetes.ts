import type { Context, MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Config } from '../config.ts';

const origine = (adresse: string): string => new URL(adresse.replace(/[{}]/g, '')).origin;

/** What every answer says to the browser: our own files only, no frame around us, no address given away. */
export const entetesDeSecurite = ({ tuiles }: Pick<Config, 'tuiles'>): MiddlewareHandler => {
  const originesDesTuiles = tuiles ? [origine(tuiles.adresse)] : [];
  const duSite = secureHeaders({
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
      // What leads elsewhere after a form goes by a page of ours (see `reponses.ts`).
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    crossOriginResourcePolicy: false,
    // Set by the proxy that ends TLS, the only one that knows it.
    strictTransportSecurity: false,
  });
  return async (context, next) => {
    await duSite(context, next);
    // After those of the site, which would stand in their place.
    const propres: Readonly<Record<string, string>> = context.get('entetes') ?? {};
    for (const [nom, valeur] of Object.entries(propres)) context.res.headers.set(nom, valeur);
  };
};

/** What is for every site to read says so. */
export const ouvrirAuxAutresSites = async (
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

/**
 * Leads from an address that ends with a slash to the one without, where there is nothing else. By its path alone: the
 * name of the host is what the request claims, and an answer that is kept would send others there.
 */
export const sansBarreFinale: MiddlewareHandler = async (context, next) => {
  await next();
  const { method } = context.req;
  if (context.res.status !== 404 || (method !== 'GET' && method !== 'HEAD')) return;
  const { pathname, search } = new URL(context.req.url);
  // Two slashes or a backslash at the beginning would name a host.
  if (!/^\/[^/\\].*\/$/.test(pathname)) return;
  // Without what the page of error said of itself: its length, above all, which a browser would wait for.
  context.res = context.redirect(`${pathname.slice(0, -1)}${search}`, 301);
  for (const nom of ['Content-Length', 'Content-Encoding', 'ETag']) context.res.headers.delete(nom);
};
