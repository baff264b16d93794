import type { Database } from '../platform/database/index.ts';

export type LieuPrevu = { readonly structureId: string; readonly nom: string; readonly itinerant: boolean };

/** The places where the posts of structures will go, in order. */
export const listLieux = (db: Database, structureIds: readonly string[]): Promise<readonly LieuPrevu[]> =>
  structureIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('lieu')
        .select(['structure_id as structureId', 'nom', 'itinerant'])
        .where('structure_id', 'in', structureIds)
        .orderBy('structure_id')
        .orderBy('rang')
        .execute();

/** The structures whose team will have a coordinator. */
export const listStructuresCoordonnees = async (
  db: Database,
  structureIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (structureIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('equipe')
    .select('structure_id')
    .where('structure_id', 'in', structureIds)
    .where('coordinateur_prevu', '=', true)
    .execute();
  return new Set(rows.map(({ structure_id }) => structure_id));
};
