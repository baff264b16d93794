import { z } from 'zod';
import { aujourdhui, systemClock } from '../platform/clock.ts';
import { type DeclaredRoute, defineRoute } from '../platform/http/route.ts';
import { type Apports, composerEspace } from './contenu.ts';
import { dossiers } from './dossiers.routes.tsx';
import { PageEspace } from './views/page-espace.tsx';

/** The page on which each role lands, from what the other rooms bring. */
export const creerRoutes = (apports: Apports): readonly DeclaredRoute[] => [
  defineRoute({
    path: '/espace',
    access: { type: 'connecte' },
    input: z.object({ nouveautes: z.enum(['toutes']).optional() }),
    handler: async ({ input, db, identite }) => {
      const { personne, habilitation } = identite;
      return {
        type: 'page',
        titre: 'Mon espace',
        description: 'Ce qui vous attend dans Maillage.',
        fil: [{ texte: 'Mon espace' }],
        contenu: (
          <PageEspace
            nom={`${personne.prenom} ${personne.nom}`}
            role={habilitation?.role}
            libelleDuRole={habilitation?.libelle}
            aujourdhui={aujourdhui(systemClock)}
            toutes={input.nouveautes === 'toutes'}
            espace={await composerEspace(db, identite, apports, input.nouveautes === 'toutes')}
          />
        ),
      };
    },
  }),
  ...dossiers,
];
