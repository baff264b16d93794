import { z } from 'zod';
import { compterComptes } from '../acces/index.ts';
import { type DeclaredRoute, defineRoute } from '../platform/http/route.ts';
import type { DeclaredTache } from '../platform/taches.ts';
import { access, page } from './pages.ts';
import { lireSceaux, lireVerification, verificationEnCours } from './tableau.store.ts';
import { sante } from './taches.acts.ts';
import { PageTableau } from './views/page-tableau.tsx';

export const creerRoutes = (taches: readonly DeclaredTache[]): readonly DeclaredRoute[] => [
  defineRoute({
    path: '/administration',
    access,
    input: z.object({ fait: z.enum(['effacement']).optional() }),
    handler: async ({ input, db, requete }) =>
      page(
        'Administration',
        [],
        <PageTableau
          sante={await sante(db, taches, requete)}
          sceaux={await lireSceaux(db)}
          verification={await lireVerification(db)}
          verificationEnCours={await verificationEnCours(db)}
          comptes={await compterComptes(db)}
          fait={input.fait}
        />,
      ),
  }),
];
