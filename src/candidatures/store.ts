import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { jourDesRegimes } from './comite/deliberation.store.ts';

export type Seance = {
  readonly id: string;
  readonly date: string;
  readonly vagueId: string | null;
  /** By whose régimes its posts are paid, and which of them its wave offers; none said: all. */
  readonly jourDesRegimes: string;
  readonly regimes: readonly string[];
};

export const findSeance = async (
  db: Database,
  programmeId: string,
  date: string,
): Promise<Seance | undefined> =>
  (
    await sql<Seance>`
      select seance.id, seance.date, seance.vague_id as "vagueId", ${jourDesRegimes} as "jourDesRegimes",
        coalesce(vague.regimes, '{}') as regimes
      from seance left join vague on vague.id = seance.vague_id
      where seance.programme_id = ${programmeId} and seance.date = ${date}`.execute(db)
  ).rows[0];

export type StructureRetenue = {
  readonly id: string;
  readonly identifiant: string | null;
  readonly raisonSociale: string | null;
  readonly libellePublic: string | null;
  readonly libelleRelu: boolean;
  readonly communeCode: string | null;
  readonly communeNom: string | null;
  /** Official name of the EPCI of which it is the seat, by SIREN. */
  readonly epciNom: string | null;
  /** Its own position, else its commune's. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly postes: number;
  /** In cents. */
  readonly montant: number;
  /** Dates of the sessions that retained it. */
  readonly seances: readonly string[];
};

/**
 * Retained structures of a département that `db` may see, with what they received, one row each, by name of commune.
 */
export const listStructuresRetenues = async (
  db: Database,
  filtre: { readonly departement: string; readonly seance?: string },
): Promise<readonly StructureRetenue[]> => {
  const result = await sql<StructureRetenue>`
    select structure.id, structure.identifiant, structure.raison_sociale as "raisonSociale",
      structure.libelle_public as "libellePublic", structure.libelle_relu as "libelleRelu",
      structure.commune_code as "communeCode", commune.nom as "communeNom", epci.nom as "epciNom",
      coalesce(structure.latitude, commune.latitude) as latitude,
      coalesce(structure.longitude, commune.longitude) as longitude,
      recue.postes, recue.montant, recue.seances
    from (
      select structure_id, sum(postes)::bigint as postes, sum(montant_centimes)::bigint as montant,
        array_agg(distinct seance_date::text order by seance_date::text) as seances
      from ligne_retenue
      where departement_code = ${filtre.departement}
        and (${filtre.seance ?? null}::date is null or seance_date = ${filtre.seance ?? null}::date)
      group by structure_id
    ) recue
    join structure on structure.id = recue.structure_id
    left join commune on commune.code = structure.commune_code
    left join epci on epci.code = left(structure.identifiant, 9)
    order by commune.nom_recherche, structure.raison_sociale_recherche, structure.id`.execute(db);
  return result.rows;
};

/** The kinds of structure retained by a session in a département: they choose which financing is spoken of. */
export const listCategoriesRetenues = async (
  db: Database,
  filtre: { readonly departement: string; readonly seance: string },
): Promise<readonly ('publique' | 'privee')[]> => {
  const result = await sql<{ categorie: 'publique' | 'privee' }>`
    select distinct categorie from ligne_retenue
    where departement_code = ${filtre.departement} and seance_date = ${filtre.seance}::date
    order by categorie desc`.execute(db);
  return result.rows.map(({ categorie }) => categorie);
};

/** Decisions of a session, all or a département's, told apart by their announcement. */
export const compterAnnonces = async (
  db: Database,
  seanceId: string,
  departement: string | undefined,
): Promise<{ readonly total: number; readonly publiques: number }> => {
  const result = await sql<{ total: number; publiques: number }>`
    select count(*) as total, count(*) filter (where decision.publiee_le <= now()) as publiques
    from decision ${ofDepartement(seanceId, departement)}`.execute(db);
  return result.rows[0] ?? { total: 0, publiques: 0 };
};

const ofDepartement = (seanceId: string, departement: string | undefined) => sql`
  where decision.seance_id = ${seanceId}
    and (${departement ?? null}::text is null or decision.structure_id in (
      select structure.id from structure join commune on commune.code = structure.commune_code
      where commune.departement_code = ${departement ?? null}
    ))`;

/** Sets the instant of announcement of the decisions not announced yet; gives how many. */
export const annoncerDecisions = async (
  db: Database,
  seanceId: string,
  departement: string | undefined,
  instant: string,
): Promise<number> => {
  // Announced again by somebody, what another source announced is no longer that source's alone.
  await sql`
    update decision set publiee_sources = publiee_sources || 'saisie'::text
    ${ofDepartement(seanceId, departement)} and publiee_le <= now() and publiee_sources <> '{}'
      and not 'saisie' = any (publiee_sources)`.execute(db);
  const result = await sql`
    update decision set publiee_le = ${instant}::timestamptz, version = version + 1
    ${ofDepartement(seanceId, departement)} and (publiee_le is null or publiee_le > now())`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
};

/** Takes back the announcement of decisions that were to be public at an instant to come; gives how many. */
export const annulerAnnonces = async (
  db: Database,
  seanceId: string,
  departement: string,
  instant: string,
): Promise<number> => {
  // Instants are given to the second.
  const result = await sql`
    update decision set publiee_le = null, publiee_sources = '{}', version = version + 1
    ${ofDepartement(seanceId, departement)} and publiee_le > now()
      and date_trunc('second', publiee_le) = date_trunc('second', ${instant}::timestamptz)`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
};

export type SeanceListee = {
  readonly date: string;
  readonly decisions: number;
  readonly publiques: number;
  /** The name of the wave that it decides on. */
  readonly vague: string | null;
};

/** The sessions known, in order, with how many of their decisions are announced. */
export const listSeances = async (db: Database): Promise<readonly SeanceListee[]> => {
  const result = await sql<SeanceListee>`
    select seance.date, vague.nom as vague, count(decision.id) as decisions,
      count(decision.id) filter (where decision.publiee_le <= now()) as publiques
    from seance left join vague on vague.id = seance.vague_id left join decision on decision.seance_id = seance.id
    group by seance.id, vague.nom order by seance.date`.execute(db);
  return result.rows;
};

export const ecrireVagueSeance = async (db: Database, seanceId: string, vagueId: string): Promise<void> => {
  await db.updateTable('seance').set({ vague_id: vagueId }).where('id', '=', seanceId).execute();
  // Chosen by somebody, the wave is no longer the demonstration's alone.
  await sql`update vague set sources = sources || 'saisie'::text where id = ${vagueId} and not 'saisie' = any (sources)`.execute(
    db,
  );
};
