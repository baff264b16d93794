import { z } from 'zod';
import {
  absent,
  type DeclaredRoute,
  defineActe,
  defineRoute,
  numeroDePage,
  type Page,
} from '../../platform/http/route.ts';
import { appareilDe } from '../../platform/http/securite.ts';
import { PageCourriel, PageCourriels, PagePortes, type PorteDemo } from '../views/page-demonstration.tsx';
import { ouvrirSession } from './connexion.acts.ts';
import { getCourriel, listCourriels, listPersonnesDemo } from './demonstration.store.ts';
import { habilitationsDe } from './portier.ts';
import { getPersonne } from './sessions.store.ts';

const accueil = { texte: 'Accueil', href: '/' };
const demonstration = { texte: 'Démonstration', href: '/demonstration' };
const boite = { texte: 'Courriels', href: '/demonstration/courriels' };

const page = (titre: string, fil: Page['fil'], contenu: Page['contenu']): Page => ({
  type: 'page',
  titre,
  description: 'Essayer Maillage dans chacun de ses rôles, sur l’Aisne de mars 2021.',
  fil: [accueil, ...fil],
  contenu,
});

const parPage = 30;
const access = { type: 'porte' } as const;

/** The doors of the demonstration. Where they are closed, nothing tells that they exist. */
export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/demonstration',
    access,
    input: z.object({}),
    handler: async ({ db, requete, identite }) => {
      if (!(await requete.demonstration())) return absent;
      const portes: PorteDemo[] = [];
      for (const { id } of await listPersonnesDemo(db)) {
        const personne = await getPersonne(db, id);
        if (personne === undefined) continue;
        const roles = habilitationsDe(personne);
        portes.push({ id, nom: `${personne.prenom} ${personne.nom}`, roles });
      }
      return page(
        'Essayer chaque rôle',
        [{ texte: demonstration.texte }],
        <PagePortes portes={portes} actuelle={identite?.personne.id} />,
      );
    },
  }),
  defineActe({
    path: '/demonstration/entrer',
    access,
    input: z.object({}),
    champs: z.object({ personne: z.uuid() }),
    handler: async ({ db, requete, formulaire, identite }) => {
      if (!formulaire.ok || !(await requete.demonstration())) return absent;
      const known = await listPersonnesDemo(db);
      const personne = known.some(({ id }) => id === formulaire.valeurs.personne)
        ? await getPersonne(db, formulaire.valeurs.personne)
        : undefined;
      if (personne === undefined) return absent;
      const session = await ouvrirSession(db, {
        personne,
        moyen: 'demonstration',
        appareil: appareilDe(requete.appareil),
        precedente: identite,
      });
      return { type: 'redirection', vers: '/espace', session };
    },
  }),
  defineRoute({
    path: '/demonstration/courriels',
    access,
    input: z.object({ page: numeroDePage }),
    handler: async ({ input, db, requete }) => {
      if (!(await requete.demonstration())) return absent;
      const { total, courriels } = await listCourriels(db, {
        debut: (input.page - 1) * parPage,
        limite: parPage,
      });
      if (input.page > 1 && courriels.length === 0) return absent;
      return page(
        'Courriels de la démonstration',
        [demonstration, { texte: boite.texte }],
        <PageCourriels courriels={courriels} page={input.page} total={total} parPage={parPage} />,
      );
    },
  }),
  defineRoute({
    path: '/demonstration/courriels/:id',
    access,
    input: z.object({ id: z.uuid('n’est pas un courriel') }),
    handler: async ({ input, db, requete }) => {
      const courriel = (await requete.demonstration()) ? await getCourriel(db, input.id) : undefined;
      if (courriel === undefined) return absent;
      return page(
        `Courriel : ${courriel.objet}`,
        [demonstration, boite, { texte: courriel.objet }],
        <PageCourriel courriel={courriel} />,
      );
    },
  }),
];
