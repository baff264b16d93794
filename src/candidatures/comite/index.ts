import type { DeclaredRoute } from '../../platform/http/route.ts';
import { routesDecisions } from './decisions.routes.tsx';
import { routesDossiers } from './dossiers.routes.tsx';
import { routesSeances } from './seances.routes.tsx';
import { routesSuites } from './suites.routes.tsx';

export { aFaireComite } from './a-faire.ts';
export { phrasesComite } from './phrases.ts';

export const routesComite: readonly DeclaredRoute[] = [
  // Before `/comite/:id`, which would take the name of a file for an identifier.
  ...routesDecisions,
  ...routesSuites,
  ...routesDossiers,
  ...routesSeances,
];
