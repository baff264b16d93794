import { sql } from 'kysely';
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

/** The plans of which the deployment is a measure, in the order in which they were presented. */
export const listPlansDeploiement = async (
  db: Database,
): Promise<readonly (Plan & { readonly departement: string })[]> => {
  const result = await sql<Plan & { readonly departement: string }>`
    select departement_code as departement, nom, genre, presente_le as "presenteLe"
    from plan_departemental
    where exists (select from mesure where mesure.plan_id = plan_departemental.id and mesure.programme_id is not null)
    order by presente_le, departement_code collate "C", nom`.execute(db);
  return result.rows;
};

/** Writes a plan with the measure that is the deployment of a programme. */
export const ecrirePlan = async (
  db: Database,
  plan: Plan & { readonly departement: string; readonly mesure: string; readonly programmeId: string },
): Promise<string> => {
  const known = { genre: plan.genre, presente_le: plan.presenteLe, sources: ['saisie'] };
  const { id } = await db
    .insertInto('plan_departemental')
    .values({ departement_code: plan.departement, nom: plan.nom, ...known })
    .onConflict((conflict) => conflict.columns(['departement_code', 'nom']).doUpdateSet(known))
    .returning('id')
    .executeTakeFirstOrThrow();
  const measured = { programme_id: plan.programmeId, sources: ['saisie'] };
  await db
    .insertInto('mesure')
    .values({ plan_id: id, intitule: plan.mesure, ...measured })
    .onConflict((conflict) => conflict.columns(['plan_id', 'intitule']).doUpdateSet(measured))
    .execute();
  return id;
};
