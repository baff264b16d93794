import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { nomLisible } from '../../platform/francais/index.ts';

export const ajouterConflit = async (
  db: Database,
  candidatureId: string,
  personneId: string,
  motif: string,
): Promise<void> => {
  await db
    .insertInto('conflit')
    .values({ candidature_id: candidatureId, personne_id: personneId, motif })
    .execute();
};

/** False where there is none. */
export const effacerConflit = async (
  db: Database,
  candidatureId: string,
  personneId: string,
): Promise<boolean> => {
  const { numDeletedRows } = await db
    .deleteFrom('conflit')
    .where('candidature_id', '=', candidatureId)
    .where('personne_id', '=', personneId)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
};

/** Forgets the scores that somebody gave a file; gives how many. */
export const effacerNotesDe = async (
  db: Database,
  candidatureId: string,
  personneId: string,
): Promise<number> => {
  const { numDeletedRows } = await db
    .deleteFrom('notation')
    .where('candidature_id', '=', candidatureId)
    .where('personne_id', '=', personneId)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
};

export type ConflitDeclare = {
  readonly candidatureId: string;
  readonly personneId: string;
  readonly numero: number;
  readonly structure: string;
  readonly membre: string;
  /** Read by the programme, and by the member whose it is. */
  readonly motif: string | null;
  readonly declareLe: string;
};

/** Conflicts of interest on the files of a session, for an administrator. */
export const listConflits = async (db: Database, seanceId: string): Promise<readonly ConflitDeclare[]> => {
  const { rows } = await sql<ConflitDeclare>`
    select conflit.candidature_id as "candidatureId", conflit.personne_id as "personneId", candidature.numero,
      coalesce(structure.raison_sociale, structure.libelle_public, '') as structure,
      personne.prenom || ' ' || personne.nom as membre, conflit.motif, (conflit.declare_le at time zone 'Europe/Paris')::date as "declareLe"
    from seance join candidature on candidature.vague_id = seance.vague_id
    join conflit on conflit.candidature_id = candidature.id
    join structure on structure.id = candidature.structure_id
    join personne on personne.id = conflit.personne_id
    where seance.id = ${seanceId} order by candidature.numero, membre`.execute(db);
  return rows.map((row) => ({ ...row, structure: nomLisible(row.structure) }));
};
