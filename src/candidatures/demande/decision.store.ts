import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';

/** Why the last decision on an application was what it was. */
export const findMotif = async (db: Database, candidatureId: string): Promise<string | null> => {
  const { rows } = await sql<{ motif: string | null }>`
    select motif from decision where candidature_id = ${candidatureId} order by id desc limit 1`.execute(db);
  return rows[0]?.motif ?? null;
};

export type Lettre = { readonly id: string; readonly nom: string };

/** The letters of decision of an application, the latest first. */
export const listLettres = async (db: Database, candidatureId: string): Promise<readonly Lettre[]> => {
  const { rows } = await sql<Lettre>`
    select acte_de_seance.fichier_id as id, 'Lettre de notification' as nom
    from acte_de_seance join decision on decision.id = acte_de_seance.decision_id
    where decision.candidature_id = ${candidatureId} and acte_de_seance.fichier_id is not null
    order by acte_de_seance.faite_le desc`.execute(db);
  return rows;
};
