import type { Database } from '../../platform/database/index.ts';
import { champsDe } from '../demande/champs.ts';
import { findCandidature } from '../demande/store.ts';

export type ChampCorrigible = { readonly nom: string; readonly libelle: string };

/** What of an application's form may be asked again: its core and the questions of its wave. */
export const listChampsCorrigibles = async (
  db: Database,
  candidatureId: string,
): Promise<readonly ChampCorrigible[]> => {
  const candidature = await findCandidature(db, candidatureId);
  return candidature === undefined
    ? []
    : champsDe(candidature.vague).map(({ nom, libelle }) => ({ nom, libelle }));
};
