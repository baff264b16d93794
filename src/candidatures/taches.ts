import type { DeclaredTache } from '../platform/taches.ts';
import { taches as tachesImport } from './import/depot.taches.ts';
import { tachesInstruction } from './instruction/index.ts';

/** The jobs of the room. */
export const taches: readonly DeclaredTache[] = [...tachesImport, ...tachesInstruction];
