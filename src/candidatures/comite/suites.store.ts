import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { nomLisible } from '../../platform/francais/index.ts';
import type { FondementDeRetrait } from '../retrait.rules.ts';
import type { Resultat } from './rules.ts';

export type DecisionPrise = {
  readonly id: string;
  readonly seanceId: string;
  readonly candidatureId: string;
  readonly resultat: Resultat;
  readonly rang: number | null;
  readonly postes: number;
  /** The day of Paris on which it gave posts, and the one it is. */
  readonly priseLe: string;
  readonly aujourdhui: string;
};

/** A decision of a session that retained an application or made it wait, if the acting person may see it. */
export const getDecisionPrise = async (db: Database, id: string): Promise<DecisionPrise | undefined> => {
  const { rows } = await sql<DecisionPrise>`
    select decision.id, seance_id as "seanceId", candidature_id as "candidatureId", resultat, rang_attente as rang,
      coalesce((select sum(postes) from decision_ligne where decision_id = decision.id), 0)::integer as postes,
      (coalesce(promue_le, seance.close_le, now()) at time zone 'Europe/Paris')::date::text as "priseLe",
      (now() at time zone 'Europe/Paris')::date::text as aujourdhui
    from decision join seance on seance.id = seance_id where decision.id = ${id} and candidature_id is not null and resultat in ('retenue', 'liste_attente')`.execute(
    db,
  );
  return rows[0];
};

/** The rank of the waiting list of a session that comes next. */
export const premierRang = async (db: Database, seanceId: string): Promise<number | null> => {
  const { rows } = await sql<{ rang: number | null }>`
    select min(rang_attente) as rang from decision join candidature on candidature.id = candidature_id
    where seance_id = ${seanceId} and candidature.statut = 'liste_attente'`.execute(db);
  return rows[0]?.rang ?? null;
};

export const noterRetrait = async (
  db: Database,
  id: string,
  { fondement, motif }: { readonly fondement: FondementDeRetrait; readonly motif: string },
): Promise<void> => {
  await sql`update decision set retiree_le = now(), retrait_fondement = ${fondement}, retrait_motif = ${motif}, version = version + 1
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
  readonly structure: string;
  /** Of the application. */
  readonly version: number;
  readonly rang: number | null;
  readonly postes: number;
  readonly postesDemandes: number;
};

const lireSuite = async (
  db: Database,
  seanceId: string,
  laquelle: RawBuilder<unknown>,
): Promise<Suite | undefined> => {
  const { rows } = await sql<Suite>`
    select decision.id, coalesce(structure.raison_sociale, structure.libelle_public, '') as structure,
      candidature.version, decision.rang_attente as rang, coalesce(ligne.postes, 0)::integer as postes,
      candidature.postes_demandes as "postesDemandes"
    from decision join seance on seance.id = decision.seance_id
    join candidature on candidature.id = decision.candidature_id
    join structure on structure.id = decision.structure_id
    left join decision_ligne ligne on ligne.decision_id = decision.id
    where seance.id = ${seanceId} and seance.statut = 'close' and ${laquelle}
    order by decision.rang_attente, candidature.numero limit 1`.execute(db);
  return rows.map((row) => ({ ...row, structure: nomLisible(row.structure) }))[0];
};

/** A decision that retained a structure and holds, of a closed session. */
export const getRetenue = (db: Database, seanceId: string, id: string): Promise<Suite | undefined> =>
  lireSuite(
    db,
    seanceId,
    sql`decision.id = ${id} and decision.retiree_le is null and candidature.statut = 'retenue'`,
  );

/** The file of the waiting list of a closed session that comes next. */
export const getPremiereEnAttente = (db: Database, seanceId: string): Promise<Suite | undefined> =>
  lireSuite(db, seanceId, sql`decision.retiree_le is null and candidature.statut = 'liste_attente'`);
