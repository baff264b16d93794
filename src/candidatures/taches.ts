import type { DeclaredTache } from '../platform/taches.ts';
import { tacheNotifier } from './comite/index.ts';
import { taches as tachesImports } from './import/depot.taches.ts';
import { tachesInstruction } from './instruction/index.ts';
import { tacheProposer } from './repartition/acts.ts';

/** Jobs of the room. */
export const taches: readonly DeclaredTache[] = [
  ...tachesImports,
  ...tachesInstruction,
  tacheNotifier,
  tacheProposer,
];
