import type { DeclaredRoute } from '../platform/http/route.ts';
import type { DeclaredTache } from '../platform/taches.ts';
import { routes as courriels } from './courriels.routes.tsx';
import { routes as journal } from './journal.routes.tsx';
import { routes as personnes } from './personnes.routes.tsx';
import { creerRoutes as creerTableau } from './tableau.routes.tsx';
import { creerRoutes as creerTaches } from './taches.routes.tsx';

export { phrases } from './phrases.ts';
export { taches } from './verification.taches.ts';

/** The pages of administration, over every job of the product. */
export const creerRoutes = (taches: readonly DeclaredTache[]): readonly DeclaredRoute[] => [
  ...creerTableau(taches),
  ...courriels,
  ...creerTaches(taches),
  ...journal,
  ...personnes,
];
