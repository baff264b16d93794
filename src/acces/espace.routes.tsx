import { z } from 'zod';
import { type DeclaredRoute, defineRoute } from '../platform/http/route.ts';

export const routes: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/espace',
    access: { type: 'connecte' },
    input: z.object({}),
    handler: async ({ identite }) => ({
      type: 'page',
      titre: 'Mon espace',
      description: 'Ce qui vous attend dans Maillage.',
      fil: [{ texte: 'Mon espace' }],
      contenu: <h1>{`Bonjour ${identite.personne.prenom} ${identite.personne.nom}`}</h1>,
    }),
  }),
];
