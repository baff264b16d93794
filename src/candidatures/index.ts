import type { DeclaredRoute } from '../platform/http/route.ts';
import type { DeclaredTache } from '../platform/taches.ts';

export { aFaire } from './a-faire.ts';
export { annoncerSeance, annulerAnnonce } from './acts.ts';
export { commandes } from './commands.ts';

import { taches as tachesImport } from './import/depot.taches.ts';
import { tacheProposer } from './repartition/acts.ts';
import { routesRepartition } from './repartition/routes.tsx';
import { routes as routesImport } from './routes.tsx';

/** Every job of the room. */
export const taches: readonly DeclaredTache[] = [...tachesImport, tacheProposer];
export const routes: readonly DeclaredRoute[] = [...routesImport, ...routesRepartition];

export { workflowDepot } from './import/workflow.ts';
export { listeDecisions, listeStructures } from './listes.ts';
export { phrases } from './phrases.ts';
export { workflowProposition } from './repartition/workflow.ts';
export {
  findSeance,
  listCategoriesRetenues,
  listSeances,
  listStructuresRetenues,
  type Seance,
  type SeanceListee,
  type StructureRetenue,
} from './store.ts';
