import type { Context } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';
import type { VNode } from 'preact';
import { Ailleurs, Introuvable, Refus } from '../views/erreurs.tsx';
import { rendre } from '../views/rendre.ts';
import { attachment } from './fichiers.ts';
import type { Identite } from './identite.ts';
import { type Encodage, encodageDe, type Memoire, type Rendu, rendu } from './memoire.ts';
import type { DeclaredRoute, Flot, Page, Raison } from './route.ts';

/** A page of the ground itself, most often one that says no. */
export const erreur = (statut: NonNullable<Page['statut']>, titre: string, contenu: VNode): Page => ({
  type: 'page',
  titre,
  description: titre,
  contenu,
  fil: [{ texte: 'Accueil', href: '/' }, { texte: titre }],
  statut,
  prive: true,
});

export const pageIntrouvable = (): Page => erreur(404, 'Page introuvable', Introuvable({}));

/** A problem of the API, as RFC 9457 writes it. */
export const probleme = (
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

/** Puts the layout of the site around a page, for somebody where the page is theirs alone. */
export type MiseEnPage = (page: Page, chemin: string, identite: Identite | null) => Promise<VNode>;

/** Makes answers of what routes give, and sends them. */
export const creerReponses = (memoire: Memoire, miseEnPage: MiseEnPage) => {
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
        ...(page.actualiser === undefined ? {} : { Refresh: String(page.actualiser) }),
      },
      rendre(await miseEnPage(page, chemin, identite)),
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
    // The same page without its choices: it may be opened where only they are wrong.
    const seulsChoix = raisons.every(({ parametre }) => !route.path.split('/').includes(`:${parametre}`));
    const liens = seulsChoix ? [{ href: chemin, texte: 'Voir cette page sans ces choix' }] : undefined;
    const contenu = Refus({ statut: 400, titre: 'Adresse incorrecte', message, liens });
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
        // Browsers hold the whole chain of redirections of a form to the origins that the policy names, and an identity
        // provider sends on to others: a page of ours ends the chain, and leads on by itself.
        if (route.methode === 'POST' && !reponse.vers.startsWith('/')) {
          const page = erreur(200, 'Un instant', Ailleurs({ href: reponse.vers }));
          const drawn = await dessiner(page, chemin, 200);
          return { ...drawn, entetes: { ...drawn.entetes, Refresh: `0; url=${reponse.vers}` } };
        }
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
          : dessiner(pageIntrouvable(), chemin, 404, identite);
      case 'json':
        return rendu(
          reponse.statut ?? 200,
          {
            'Content-Type': `${reponse.mime ?? 'application/json'}; charset=utf-8`,
            'Cache-Control': prive ? 'private, no-store' : 'no-cache',
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

  return { dessiner, envoyer, envoyerSeul, rendreReponse };
};
