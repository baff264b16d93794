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

/** Replaces the places to come of a structure and what is known of its team. */
export const remplacerLieux = async (
  db: Database,
  structureId: string,
  prevu: { readonly lieux: readonly string[]; readonly itinerant: boolean; readonly coordinateur: boolean },
): Promise<void> => {
  await db.deleteFrom('lieu').where('structure_id', '=', structureId).execute();
  const rows = prevu.lieux.map((nom, index) => ({
    structure_id: structureId,
    rang: index + 1,
    nom,
    nature: 'prevu',
    itinerant: prevu.itinerant,
    sources: ['saisie'],
  }));
  if (rows.length > 0) await db.insertInto('lieu').values(rows).execute();
  const team = { coordinateur_prevu: prevu.coordinateur, sources: ['saisie'] };
  await db
    .insertInto('equipe')
    .values({ structure_id: structureId, ...team })
    .onConflict((conflict) => conflict.column('structure_id').doUpdateSet(team))
    .execute();
};
