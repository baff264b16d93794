import { z } from 'zod';
import { type DeclaredRoute, defineRoute } from '../../platform/http/route.ts';
import { donnerFichier } from '../fichiers.tsx';
import { findProcesVerbal, listLettresFaites } from './store.ts';

const id = z.uuid('n’est pas un identifiant');

export const routesNotification: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/candidatures/:id/lettre',
    access: { type: 'role', roles: ['gestionnaire', 'instructeur', 'administrateur'] },
    limite: 'page',
    input: z.object({ id }),
    handler: async ({ input, db, requete }) => {
      const [derniere] = await listLettresFaites(db, input.id);
      return donnerFichier(db, requete, derniere?.fichier);
    },
  }),
  defineRoute({
    path: '/comite/:id/proces-verbal',
    access: { type: 'role', roles: ['membre_comite', 'administrateur'] },
    limite: 'page',
    input: z.object({ id }),
    handler: async ({ input, db, requete }) =>
      donnerFichier(db, requete, await findProcesVerbal(db, input.id)),
  }),
];
