import { isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limite } from './route.ts';

/** Requests that one address may make in a minute. */
const parMinute: Readonly<Record<Limite, number>> = {
  recherche: 300,
  api: 300,
  export: 60,
  page: 600,
  formulaire: 120,
  connexion: 10,
  compte: 5,
};

export type Compteur = { readonly reste: number; readonly secondes: number; readonly permis: boolean };

/** Counts the requests of each address by family; of this process alone. */
export const creerLimites = (
  maxima: Readonly<Record<Limite, number>> = parMinute,
): ((famille: Limite, adresse: string) => Promise<Compteur & { readonly maximum: number }>) => {
  const limiter = (famille: Limite): RateLimiterMemory =>
    new RateLimiterMemory({ keyPrefix: famille, points: maxima[famille], duration: 60 });
  const limiters = {
    recherche: limiter('recherche'),
    api: limiter('api'),
    export: limiter('export'),
    page: limiter('page'),
    formulaire: limiter('formulaire'),
    connexion: limiter('connexion'),
    compte: limiter('compte'),
  };
  return async (famille, adresse) => {
    const maximum = maxima[famille];
    const lire = (result: RateLimiterRes, permis: boolean) => ({
      reste: result.remainingPoints,
      secondes: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
      permis,
      maximum,
    });
    try {
      return lire(await limiters[famille].consume(adresse), true);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return lire(refused, false);
      throw refused;
    }
  };
};

/** An IPv6 network of 64 bits is one household or one machine: its addresses count as one. */
const reseau = (adresse: string): string => {
  if (!isIPv6(adresse) || adresse.includes('.')) return adresse;
  const [before = '', after] = adresse.toLowerCase().split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
};

/**
 * The address that asks. Behind proxies of our own (`mandataires` of them), the one that the outermost of them saw;
 * what a client writes in the header itself is never believed.
 */
export const adresseDe = (context: Context, mandataires: number): string => {
  if (mandataires > 0) {
    const chain = (context.req.header('X-Forwarded-For') ?? '').split(',').map((part) => part.trim());
    const seen = chain.at(-mandataires);
    if (seen) return reseau(seen);
  }
  try {
    return reseau(getConnInfo(context).remote.address ?? 'inconnue');
  } catch {
    // A request made in the process, without a socket.
    return 'interne';
  }
};
