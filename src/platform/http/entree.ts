import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { sql } from 'kysely';
import { endosser } from '../database/acteur.ts';
import type { Database } from '../database/index.ts';
import type { Identite, Portier } from './identite.ts';
import type { DeclaredRoute, Entree, Flot, Redirection } from './route.ts';

const linkDigest = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Behind TLS the name itself makes the browser refuse a cookie that another host or an insecure page would set. */
const nomDuCookie = (adresse: string): string =>
  adresse.startsWith('https:') ? '__Host-maillage' : 'maillage';

export const lireSecret = (context: Context, adresse: string): string | undefined =>
  getCookie(context, nomDuCookie(adresse));

const nomDuDepart = (adresse: string): string => `${nomDuCookie(adresse)}-depart`;

/** Minutes that somebody may spend with another server before coming back. */
export const minutesDuDepart = 10;

export const lireDepart = (context: Context, adresse: string): string | undefined =>
  getCookie(context, nomDuDepart(adresse));

/** Leaves with the browser what an answer says. */
export const poserTemoins = (
  context: Context,
  adresse: string,
  { session, depart }: Pick<Redirection, 'session' | 'depart'>,
): void => {
  const options = {
    path: '/',
    secure: adresse.startsWith('https:'),
    httpOnly: true,
    sameSite: 'Lax',
  } as const;
  const poser = (nom: string, valeur: string | undefined, expires: Date): void => {
    if (valeur === undefined) deleteCookie(context, nom, options);
    else setCookie(context, nom, valeur, { ...options, expires });
  };
  if (session !== undefined) poser(nomDuCookie(adresse), session?.secret, new Date(session?.expire ?? 0));
  if (depart !== undefined)
    poser(nomDuDepart(adresse), depart ?? undefined, new Date(Date.now() + minutesDuDepart * 60_000));
};

/** Why somebody is not let in, in the order in which it is told. */
export type Arret = 'inconnu' | 'second_facteur' | 'role';

/** Whether a route's access rule lets somebody in; null when it does. */
export const arreter = ({ access }: DeclaredRoute, identite: Identite | null): Arret | null => {
  if (access.type === 'public' || access.type === 'lien' || access.type === 'porte') return null;
  if (identite === null) return 'inconnu';
  if (access.type === 'compte' && access.avantSecondFacteur) return null;
  if (identite.secondFacteur === 'a_faire' || identite.secondFacteur === 'a_installer')
    return 'second_facteur';
  if (access.type === 'compte' || access.type === 'connecte') return null;
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

/** The role was taken back, or the account closed, while the request came in. */
type Reprise = { readonly type: 'reprise' };

type Resultat = Awaited<ReturnType<DeclaredRoute['handle']>> | Reprise;

/** An act that is refused leaves nothing written. */
const estRefusee = (reponse: Resultat): boolean =>
  reponse.type === 'absent' ||
  reponse.type === 'invalide' ||
  (reponse.type === 'page' && (reponse.statut ?? 200) >= 400);

/** The pieces of a file, and word of their end: all were read, or whoever asked gave up. */
const jusquALaFin = (
  corps: Flot['corps'],
): { readonly corps: Flot['corps']; readonly fini: Promise<void> } => {
  const { promise: fini, resolve: finir } = Promise.withResolvers<void>();
  const pieces = corps[Symbol.asyncIterator]();
  const next = async () => {
    try {
      const piece = await pieces.next();
      if (piece.done) finir();
      return piece;
    } catch (error) {
      finir();
      throw error;
    }
  };
  const fermer = async () => {
    finir();
    return (await pieces.return?.()) ?? { done: true as const, value: undefined };
  };
  return { corps: { [Symbol.asyncIterator]: () => ({ next, return: fermer }) }, fini };
};

/**
 * Runs work in a transaction. A refused act is undone; a file that is written while it is read keeps the transaction,
 * and what it sees, until its end.
 */
const enSeance = (
  db: Database,
  travail: (transaction: Database) => Promise<Resultat>,
  acte: boolean,
): Promise<Resultat> =>
  new Promise((resolve, reject) => {
    db.transaction()
      .execute(async (transaction) => {
        const reponse = await travail(transaction);
        if (acte && estRefusee(reponse)) throw Object.assign(new Error('undone'), { [undone]: reponse });
        if (reponse.type !== 'flot') return reponse;
        const { corps, fini } = jusquALaFin(reponse.corps);
        resolve({ ...reponse, corps });
        await fini;
        return reponse;
      })
      // After the promise of a file was kept, this resolves nothing any more.
      .then(resolve, (error: unknown) => (isUndone(error) ? resolve(error[undone]) : reject(error)));
  });

/**
 * Runs a route over what its access rule lets it see: in a transaction with the acting role set, so that the row wall
 * stands behind the route's own. `reprise` when that role does not run any more.
 */
export const traiter = (
  route: DeclaredRoute,
  bases: Bases,
  entree: Omit<Entree, 'db' | 'acces'>,
): Promise<Resultat> => {
  const { access } = route;
  const acte = route.methode === 'POST';
  const acces =
    (access.type === 'connecte' || access.type === 'role') && access.acces ? bases.portier.acces : undefined;
  const run = (db: Database, poser: (transaction: Database) => Promise<boolean>): Promise<Resultat> =>
    enSeance(
      db,
      async (transaction) => {
        if (!(await poser(transaction))) return { type: 'reprise' };
        return route.handle({ ...entree, db: transaction, acces });
      },
      acte,
    );
  switch (access.type) {
    case 'public':
      return acte
        ? run(bases.publique, async () => true)
        : route.handle({ ...entree, db: bases.publique, acces });
    case 'lien': {
      const secret = entree.raw[access.parametre];
      const digest = linkDigest(typeof secret === 'string' ? secret : '');
      return run(bases.publique, async (transaction) => {
        await sql`select set_config('maillage.lien', ${digest}, true)`.execute(transaction);
        return true;
      });
    }
    case 'porte':
    case 'compte':
      if (route.parActes) return route.handle({ ...entree, db: bases.portier.acces });
      return run(bases.portier.acces, async () => true);
    case 'connecte':
    case 'role': {
      const { identite } = entree;
      if (identite === null) throw new Error(`${route.path}: nobody was let in`);
      if (access.type === 'role' && access.parActes)
        return route.handle({
          ...entree,
          db: bases.application,
          acces,
          agir: (travail) =>
            bases.application.transaction().execute(async (transaction) => {
              if (!(await endosser(transaction, identite.personne.id, identite.habilitation?.id ?? null)))
                throw new Error(`${route.path}: the role ended between two acts`);
              return travail(transaction);
            }),
        });
      return run(bases.application, (transaction) =>
        endosser(transaction, identite.personne.id, identite.habilitation?.id ?? null),
      );
    }
  }
};
