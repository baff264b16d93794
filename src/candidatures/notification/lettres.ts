import type { Database } from '../../platform/database/index.ts';
import { dateLongue } from '../../platform/francais/index.ts';
import { listLettresFaites } from './store.ts';

const noms = {
  decision: 'Lettre de décision',
  promotion: 'Lettre de promotion depuis la liste d’attente',
  retrait: 'Lettre de retrait de la décision',
} as const;

export type Lettre = { readonly id: string; readonly nom: string };

/** The letters of an application that stand, the latest first, by their names. */
export const listLettres = async (db: Database, candidatureId: string): Promise<readonly Lettre[]> =>
  (await listLettresFaites(db, candidatureId)).map(({ fichier, type, faiteLe }) => ({
    id: fichier,
    nom: `${noms[type]} du ${dateLongue(faiteLe)} (PDF)`,
  }));
