import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { Resultat } from './rules.ts';

export type DecisionPrise = {
  readonly id: string;
  readonly seanceId: string;
  readonly candidatureId: string;
  readonly resultat: Resultat;
  readonly rang: number | null;
  readonly postes: number;
};

/** A decision of a session on an application, if the acting person may see it. */
export const getDecisionPrise = async (db: Database, id: string): Promise<DecisionPrise | undefined> => {
  const { rows } = await sql<DecisionPrise>`
    select decision.id, seance_id as "seanceId", candidature_id as "candidatureId", resultat, rang_attente as rang,
      coalesce((select sum(postes) from decision_ligne where decision_id = decision.id), 0)::integer as postes
    from decision where id = ${id} and candidature_id is not null`.execute(db);
  return rows[0];
};

/** The rank of the waiting list of a session that comes next. */
export const premierRang = async (db: Database, seanceId: string): Promise<number | null> => {
  const { rows } = await sql<{ rang: number | null }>`
    select min(rang_attente) as rang from decision join candidature on candidature.id = candidature_id
    where seance_id = ${seanceId} and candidature.statut = 'liste_attente'`.execute(db);
  return rows[0]?.rang ?? null;
};

export const noterRetrait = async (db: Database, id: string, motif: string): Promise<void> => {
  await sql`update decision set retiree_le = now(), retrait_motif = ${motif}, version = version + 1
    where id = ${id}`.execute(db);
};

export const noterPromotion = async (db: Database, id: string): Promise<void> => {
  await sql`update decision set resultat = 'retenue', promue_le = now(), version = version + 1
    where id = ${id}`.execute(db);
};

/** Gives a decision a line of posts. */
export const ajouterLigne = async (
  db: Database,
  ligne: {
    readonly decisionId: string;
    readonly categorie: string;
    readonly postes: number;
    readonly varianteId: string;
    readonly engagementId: string;
  },
): Promise<void> => {
  await db
    .insertInto('decision_ligne')
    .values({
      decision_id: ligne.decisionId,
      categorie: ligne.categorie,
      postes: ligne.postes,
      regime_variante_id: ligne.varianteId,
      engagement_id: ligne.engagementId,
      sources: ['saisie'],
    })
    .execute();
};

export type Suite = {
  readonly id: string;
  readonly candidatureId: string;
  readonly numero: number;
  readonly structure: string;
  readonly version: number;
  readonly statut: string;
  readonly resultat: Resultat;
  readonly rang: number | null;
  readonly postes: number;
  readonly postesDemandes: number;
  readonly retireeLe: string | null;
  readonly retraitMotif: string | null;
  readonly promue: boolean;
};

/** Decisions of a closed session that have a follow-up: on the waiting list, retained, withdrawn. */
export const listSuites = async (db: Database, seanceId: string): Promise<readonly Suite[]> => {
  const { rows } = await sql<Suite>`
    select decision.id, candidature.id as "candidatureId", candidature.numero,
      coalesce(structure.raison_sociale, structure.libelle_public, '') as structure, candidature.version,
      candidature.statut, decision.resultat, decision.rang_attente as rang, coalesce(ligne.postes, 0)::integer as postes,
      candidature.postes_demandes as "postesDemandes", decision.retiree_le::date as "retireeLe",
      decision.retrait_motif as "retraitMotif", decision.promue_le is not null as promue
    from decision join candidature on candidature.id = decision.candidature_id
    join structure on structure.id = decision.structure_id
    left join decision_ligne ligne on ligne.decision_id = decision.id
    where decision.seance_id = ${seanceId} and decision.resultat in ('retenue', 'liste_attente')
    order by decision.rang_attente nulls last, candidature.numero`.execute(db);
  return rows;
};
