import type { Database } from '../../platform/database/index.ts';
import { demanderTache } from '../../platform/taches.ts';

/** What the job is told: which closing of which session. */
export type DonneesNotification = { readonly seanceId: string; readonly cloture: number };

export const nomDeLaTache = 'notifier-decisions';

/** Has what a closing left to write, letters and minutes, written and sent once the act has ended well. */
export const demanderNotification = (transaction: Database, donnees: DonneesNotification): Promise<string> =>
  demanderTache(transaction, { nom: nomDeLaTache, ecrire: (valeurs) => valeurs }, donnees);
