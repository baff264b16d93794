import type { DeclaredRoute } from '../../platform/http/route.ts';
import { routesDecisions } from './decisions.routes.tsx';
import { routesDossiers } from './dossiers.routes.tsx';
import { routesSeances } from './seances.routes.tsx';

export { aFaireComite } from './a-faire.ts';
export { cloreSeance, rouvrirSeance } from './cloture.acts.ts';
export { declarerConflit, leverConflit } from './conflits.acts.ts';
export { annulerDeliberation, type DemandeDeliberation, deliberer } from './deliberation.acts.ts';
export { phrasesComite } from './phrases.ts';
export { modifierSeance, noterPresences, ouvrirSeance, preparerSeance } from './seances.acts.ts';
export { promouvoir, retirerDecision } from './suites.acts.ts';

export const routesComite: readonly DeclaredRoute[] = [
  // Before `/comite/:id`, which would take the name of a file for an identifier.
  ...routesDecisions,
  ...routesDossiers,
  ...routesSeances,
];
