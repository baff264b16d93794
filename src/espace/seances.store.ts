import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { enInstant } from '../platform/database/instants.ts';

export type SeanceSuivie = {
  readonly id: string;
  readonly date: string;
  readonly vague: string | null;
};

/** The session of a date, where the acting role sees one of its decisions, or every session. */
export const findSeanceSuivie = async (db: Database, date: string): Promise<SeanceSuivie | undefined> =>
  (
    await sql<SeanceSuivie>`select seance.id, seance.date, vague.nom as vague
      from seance left join vague on vague.id = seance.vague_id where seance.date = ${date}::date`.execute(db)
  ).rows[0];

export type AnnonceParDepartement = {
  readonly code: string;
  readonly nom: string;
  readonly decisions: number;
  readonly publiques: number;
  /** Of the last announcement, past or to come, as an ISO instant. */
  readonly annonce: string | null;
};

/** How the announcement of a session stands in each département that the acting role sees of it. */
export const listAnnoncesDeSeance = async (
  db: Database,
  seance: string,
  {
    departement,
    region,
  }: { readonly departement?: string | undefined; readonly region?: string | undefined },
): Promise<readonly AnnonceParDepartement[]> =>
  (
    await sql<AnnonceParDepartement>`
      select d.code, d.nom, count(distinct l.decision_id) as decisions,
        count(distinct l.decision_id) filter (where l.publiee_le <= now()) as publiques,
        ${enInstant(sql`max(l.publiee_le)`)} as annonce
      from ligne_retenue l join departement d on d.code = l.departement_code
      where l.seance_id = ${seance}
        and d.code = coalesce(${departement ?? null}, d.code) and d.region_code = coalesce(${region ?? null}, d.region_code)
      group by d.code order by d.nom`.execute(db)
  ).rows;
