import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { sql } from 'kysely';
import { endosser } from '../database/acteur.ts';
import type { Database } from '../database/index.ts';
import type { Identite, Portier } from './identite.ts';
import type { DeclaredRoute, Entree, Redirection } from './route.ts';

export const linkDigest = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Behind TLS the name itself makes the browser refuse a cookie that another host or an insecure page would set. */
const nomDuCookie = (adresse: string): string =>
  adresse.startsWith('https:') ? '__Host-maillage' : 'maillage';

export const lireSecret = (context: Context, adresse: string): string | undefined =>
  getCookie(context, nomDuCookie(adresse));

/** Gives the browser the secret of a session, or takes it back. */
export const poserSession = (
  context: Context,
  adresse: string,
  session: NonNullable<Redirection['session']> | null,
): void => {
  const secure = adresse.startsWith('https:');
  const options = { path: '/', secure, httpOnly: true, sameSite: 'Lax' } as const;
  if (session === null) deleteCookie(context, nomDuCookie(adresse), options);
  else
    setCookie(context, nomDuCookie(adresse), session.secret, {
      ...options,
      expires: new Date(session.expire),
    });
};

/** Why somebody is not let in, in the order in which it is told. */
export type Arret = 'inconnu' | 'second_facteur' | 'role';

/** Whether a route's access rule lets somebody in; null when it does. */
export const arreter = ({ access }: DeclaredRoute, identite: Identite | null): Arret | null => {
  if (access.type === 'public' || access.type === 'lien' || access.type === 'porte') return null;
  if (identite === null) return 'inconnu';
  if (access.type === 'compte') return null;
  if (identite.secondFacteur === 'a_faire' || identite.secondFacteur === 'a_installer')
    return 'second_facteur';
  if (access.type === 'connecte') return null;
  const acting = identite.habilitation?.role;
  return acting !== undefined && access.roles.includes(acting) ? null : 'role';
};

/** Carries the answer of a refused act out of its transaction, which is undone on the way. */
const undone = Symbol('undone');
type Undone = Error & { readonly [undone]: Resultat };
const isUndone = (error: unknown): error is Undone => error instanceof Error && undone in error;

/** The databases behind the access rules. */
export type Bases = {
  readonly publique: Database;
  readonly application: Database;
  readonly portier: Portier;
};

type Resultat = Awaited<ReturnType<DeclaredRoute['handle']>>;

/** An act that is refused leaves nothing written. */
const estRefusee = (reponse: Resultat): boolean =>
  reponse.type === 'absent' ||
  reponse.type === 'invalide' ||
  (reponse.type === 'page' && (reponse.statut ?? 200) >= 400);

/**
 * Runs a route over what its access rule lets it see: in a transaction with the acting role set, so that the row wall
 * stands behind the route's own.
 */
export const traiter = async (
  route: DeclaredRoute,
  bases: Bases,
  entree: Omit<Entree, 'db'>,
): Promise<Resultat> => {
  const { access } = route;
  const run = async (db: Database, poser: (transaction: Database) => Promise<void>): Promise<Resultat> => {
    try {
      return await db.transaction().execute(async (transaction) => {
        await poser(transaction);
        const reponse = await route.handle({ ...entree, db: transaction });
        if (route.methode === 'POST' && estRefusee(reponse))
          throw Object.assign(new Error('undone'), { [undone]: reponse });
        return reponse;
      });
    } catch (error) {
      if (isUndone(error)) return error[undone];
      throw error;
    }
  };
  switch (access.type) {
    case 'public':
      return route.methode === 'POST'
        ? run(bases.publique, async () => undefined)
        : route.handle({ ...entree, db: bases.publique });
    case 'lien': {
      const secret = entree.raw[access.parametre];
      const digest = linkDigest(typeof secret === 'string' ? secret : '');
      return run(bases.publique, async (transaction) => {
        await sql`select set_config('maillage.lien', ${digest}, true)`.execute(transaction);
      });
    }
    case 'porte':
    case 'compte':
      return run(bases.portier.acces, async () => undefined);
    case 'connecte':
    case 'role': {
      const { identite } = entree;
      if (identite === null) throw new Error(`${route.path}: nobody was let in`);
      return run(bases.application, async (transaction) => {
        if (!(await endosser(transaction, identite.personne.id, identite.habilitation?.id ?? null)))
          throw new Error('the role was taken back while the request came in');
      });
    }
  }
};
