import type { DeclaredTache } from '../platform/taches.ts';
import { taches as tachesImports } from './import/depot.taches.ts';
import { tachesInstruction } from './instruction/index.ts';
import { creerTacheNotifier, type OutilsNotification } from './notification/index.ts';
import { tacheProposer } from './repartition/acts.ts';

/** Jobs of the room; what it does not know of the others is given. */
export const creerTaches = (outils: OutilsNotification): readonly DeclaredTache[] => [
  ...tachesImports,
  ...tachesInstruction,
  creerTacheNotifier(outils),
  tacheProposer,
];
