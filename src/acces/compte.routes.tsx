import { z } from 'zod';
import { absent, type DeclaredRoute, defineActe, defineRoute, type Page } from '../platform/http/route.ts';
import { fermerSessions, prendreRole } from './connexion.acts.ts';
import { listAppareils } from './sessions.store.ts';
import { PageCompte } from './views/page-compte.tsx';

const access = { type: 'compte' } as const;

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/compte',
    access,
    input: z.object({ fait: z.enum(['appareil', 'appareils']).optional() }),
    handler: async ({ input, db, identite }): Promise<Page> => ({
      type: 'page',
      titre: 'Mon compte',
      description: 'Mes rôles, mes appareils et mes données.',
      fil: [{ texte: 'Mon espace', href: '/espace' }, { texte: 'Mon compte' }],
      contenu: (
        <PageCompte
          identite={identite}
          appareils={await listAppareils(db, identite.personne.id)}
          fait={input.fait}
        />
      ),
    }),
  }),
  defineActe({
    path: '/compte/role',
    access,
    input: z.object({}),
    champs: z.object({ habilitation: z.uuid() }),
    handler: async ({ db, identite, formulaire }) => {
      if (!formulaire.ok) return absent;
      const taken = await prendreRole(db, identite, formulaire.valeurs.habilitation);
      if (!taken.ok) return absent;
      return { type: 'redirection', vers: '/espace', session: taken.valeur };
    },
  }),
  defineActe({
    path: '/compte/appareils/fermer',
    access,
    input: z.object({}),
    champs: z.object({ session: z.uuid().optional() }),
    handler: async ({ db, identite, formulaire }) => {
      if (!formulaire.ok) return absent;
      const { session } = formulaire.valeurs;
      if (session === identite.session) return { type: 'redirection', vers: '/compte' };
      const ended = await fermerSessions(
        db,
        identite,
        session === undefined ? { saufCelle: identite.session } : { seule: session },
      );
      if (session !== undefined && ended === 0) return absent;
      return {
        type: 'redirection',
        vers: `/compte?fait=${session === undefined ? 'appareils' : 'appareil'}`,
      };
    },
  }),
];
