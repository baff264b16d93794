import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type pg from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limite } from './route.ts';

const quartDHeure = 900;
/** How many in how many seconds. */
const usuelles: Readonly<Record<Limite, { readonly points: number; readonly duree: number }>> = {
  recherche: { points: 300, duree: 60 },
  api: { points: 300, duree: 60 },
  export: { points: 60, duree: 60 },
  page: { points: 600, duree: 60 },
  // A préfecture may stand behind one address; each account has its own, lower count.
  connexion: { points: 30, duree: quartDHeure },
  compte: { points: 5, duree: quartDHeure },
  formulaire: { points: 120, duree: 60 },
  personne: { points: 120, duree: 60 },
};

export type Compteur = {
  readonly reste: number;
  readonly secondes: number;
  readonly permis: boolean;
  readonly maximum: number;
};

/** Counts one more for this address or this account (an e-mail address, an identifier: kept as a digest). */
export type Compter = (famille: Limite, cle: string) => Promise<Compteur>;

type Maxima = Readonly<Partial<Record<Limite, number>>>;

const creerLimiteur = (
  famille: Limite,
  maximum: number | undefined,
  partage: pg.Pool | undefined,
): { readonly maximum: number; readonly limiteur: RateLimiterMemory | RateLimiterPostgres } => {
  const { points: usuel, duree } = usuelles[famille];
  const points = maximum ?? usuel;
  const regle = { keyPrefix: famille, points, duration: duree };
  const memoire = new RateLimiterMemory(regle);
  // Drawing a page costs less than asking the database whether it may be drawn.
  if (partage === undefined || famille === 'page') return { maximum: points, limiteur: memoire };
  const limiteur = new RateLimiterPostgres({
    ...regle,
    storeClient: partage,
    storeType: 'pool',
    tableName: 'limite',
    tableCreated: true,
    // One of them cleans the table for all.
    clearExpiredByTimeout: famille === 'recherche',
    // Whoever has used up their share is refused without asking the database again.
    inMemoryBlockOnConsumed: points,
    // A database that fails must not open the door: each process then counts alone.
    insuranceLimiter: memoire,
  });
  return { maximum: points, limiteur };
};

/**
 * Counts requests by family, in a table that all processes share (`partage`, in the role `acces`); without it, and for
 * drawn pages always, in this process alone. What is counted is kept as a digest under `cle`, the key of the
 * configuration: addresses are few enough for a bare digest to be tried one by one.
 */
export const creerLimites = (cle: string, maxima: Maxima = {}, partage?: pg.Pool): Compter => {
  const creer = (famille: Limite) => creerLimiteur(famille, maxima[famille], partage);
  const limiteurs: Readonly<Record<Limite, ReturnType<typeof creer>>> = {
    recherche: creer('recherche'),
    api: creer('api'),
    export: creer('export'),
    page: creer('page'),
    connexion: creer('connexion'),
    compte: creer('compte'),
    formulaire: creer('formulaire'),
    personne: creer('personne'),
  };
  return async (famille, compte) => {
    const { maximum, limiteur } = limiteurs[famille];
    const lire = (result: RateLimiterRes, permis: boolean): Compteur => ({
      reste: result.remainingPoints,
      secondes: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
      permis,
      maximum,
    });
    const empreinte = createHmac('sha256', cle)
      .update(`limite:${compte.trim().toLowerCase()}`)
      .digest('base64url');
    try {
      return lire(await limiteur.consume(empreinte), true);
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
