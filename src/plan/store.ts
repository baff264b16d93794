import type { Database } from '../platform/database/index.ts';

export type Plan = { readonly nom: string; readonly genre: 'm' | 'f'; readonly presenteLe: string };

/** The plan of a département of which the programme's deployment is a measure, the latest first; none is not a fault. */
export const findPlanDeploiement = async (
  db: Database,
  departementCode: string,
  programmeId: string,
): Promise<Plan | undefined> => {
  const row = await db
    .selectFrom('plan_departemental')
    .innerJoin('mesure', 'mesure.plan_id', 'plan_departemental.id')
    .select([
      'plan_departemental.nom',
      'plan_departemental.genre',
      'plan_departemental.presente_le as presenteLe',
    ])
    .where('departement_code', '=', departementCode)
    .where('mesure.programme_id', '=', programmeId)
    .orderBy('presente_le', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { nom: row.nom, presenteLe: row.presenteLe, genre: row.genre === 'f' ? 'f' : 'm' };
};
