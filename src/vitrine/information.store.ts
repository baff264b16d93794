import { type RawBuilder, sql } from 'kysely';
import { communiquesPublies } from '../communication/index.ts';
import type { Database } from '../platform/database/index.ts';
import { postes, structures } from '../statistiques/index.ts';

// Everything here is read as the public role: what is not announced does not exist.

/** An ISO instant, to the second. */
const enInstant = (value: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** The day it is in Paris, by the clock that tells what is announced: the database's. */
export const getAujourdhui = async (db: Database): Promise<string> => {
  const result = await sql<{
    jour: string;
  }>`select (now() at time zone 'Europe/Paris')::date as jour`.execute(db);
  return result.rows[0]?.jour ?? '';
};

export type SeanceAnnoncee = {
  readonly date: string;
  /** Name of its wave, if it is known. */
  readonly vague: string | null;
  readonly structures: number;
  readonly postes: number;
};

/** Sessions of which decisions are announced, in order. */
export const listSeancesAnnoncees = async (db: Database): Promise<readonly SeanceAnnoncee[]> => {
  const result = await sql<SeanceAnnoncee>`
    select seance.date, vague.nom as vague, retenu.structures, retenu.postes
    from (
      select l.seance_id, ${structures.sql} as structures, ${postes.sql} as postes
      from ligne_retenue l group by l.seance_id
    ) retenu
    join seance on seance.id = retenu.seance_id
    left join vague on vague.id = seance.vague_id
    order by seance.date`.execute(db);
  return result.rows;
};

export type PlanPresente = {
  readonly departement: string;
  readonly departementNom: string;
  readonly locatif: string;
  /** « plan départemental de lutte contre l’illettrisme et l’illectronisme » */
  readonly nom: string;
  readonly genre: 'm' | 'f';
  readonly presenteLe: string;
};

/** Departmental plans of which the deployment is a measure, in the order in which they were presented. */
export const listPlans = async (db: Database): Promise<readonly PlanPresente[]> => {
  const result = await sql<PlanPresente>`
    select departement.code as departement, departement.nom as "departementNom", departement.locatif,
      plan_departemental.nom, plan_departemental.genre, plan_departemental.presente_le as "presenteLe"
    from plan_departemental join departement on departement.code = plan_departemental.departement_code
    where exists (select from mesure where mesure.plan_id = plan_departemental.id and mesure.programme_id is not null)
    order by presente_le, departement.code collate "C", plan_departemental.nom`.execute(db);
  return result.rows;
};

export type RegionListee = { readonly code: string; readonly nom: string };

/** The régions, by name. */
export const listRegions = async (db: Database): Promise<readonly RegionListee[]> => {
  const result = await sql<RegionListee>`select code, nom from region`.execute(db);
  const collator = new Intl.Collator('fr');
  return result.rows.toSorted((left, right) => collator.compare(left.nom, right.nom));
};

/** Where imported outlines come from, each source once. */
export const listSourcesContours = async (db: Database): Promise<readonly string[]> => {
  const result = await sql<{ source: string }>`
    select distinct source from contour where officiel order by source`.execute(db);
  return result.rows.map(({ source }) => source);
};

export type AdresseIndexable = {
  readonly chemin: string;
  /** ISO instant of the last announcement that changed the page, where one did. */
  readonly modifieLe: string | null;
};

// One query over the tables of every room: their own lists, page after page and each with its columns, would take
// seconds where this takes a tenth of one. It reads keys and instants alone.
const adresses = sql`
  with ligne as materialized (
    select structure_id, seance_date, commune_code, epci_code, departement_code, region_code, publiee_le
    from ligne_retenue
  ), adresse (rang, chemin, modifie_le) as (
    select 1, '/regions/' || region.code, max(publiee_le)
    from region left join ligne on ligne.region_code = region.code group by region.code
    union all
    select 2, '/departements/' || departement.code, max(publiee_le)
    from departement left join ligne on ligne.departement_code = departement.code group by departement.code
    union all
    select 3, '/epci/' || epci_code, max(publiee_le) from ligne where epci_code is not null group by epci_code
    union all
    select 4, '/communes/' || commune_code, max(publiee_le)
    from ligne where commune_code is not null group by commune_code
    union all
    select 5, '/seances/' || seance_date, max(publiee_le) from ligne group by seance_date
    union all
    select 6, '/structures/' || structure_id, max(publiee_le) from ligne group by structure_id
    union all
    select 7, '/communiques/' || departement.code || '/' || seance.date, communique.publie_le
    from ${communiquesPublies}
  )`;

/** The pages that hang on the data and may be indexed: territories, sessions, structures, communiqués. */
export const listAdresses = async (db: Database): Promise<readonly AdresseIndexable[]> => {
  const result = await sql<AdresseIndexable>`
    ${adresses} select chemin, ${enInstant(sql`modifie_le`)} as "modifieLe"
    from adresse order by rang, chemin collate "C"`.execute(db);
  return result.rows;
};

/** How many they are. */
export const compterAdresses = async (db: Database): Promise<number> => {
  const result = await sql<{ compte: number }>`${adresses} select count(*) as compte from adresse`.execute(
    db,
  );
  return result.rows[0]?.compte ?? 0;
};

export type StructurePartagee = {
  readonly raisonSociale: string | null;
  readonly libellePublic: string | null;
  readonly identifiant: string | null;
  readonly communeNom: string | null;
  readonly epciNom: string | null;
  readonly departementGenitif: string;
  readonly postes: number;
  readonly seances: number;
};

/** A structure with what it received; nothing for one of which no decision is announced. */
export const findStructurePartagee = async (
  db: Database,
  id: string,
): Promise<StructurePartagee | undefined> => {
  const result = await sql<StructurePartagee>`
    select structure.raison_sociale as "raisonSociale", structure.libelle_public as "libellePublic",
      structure.identifiant, commune.nom as "communeNom", epci.nom as "epciNom",
      coalesce(departement.genitif, '') as "departementGenitif", recu.postes, recu.seances
    from (
      select l.structure_id, ${postes.sql} as postes, count(distinct l.seance_id) as seances
      from ligne_retenue l where l.structure_id = ${id}::uuid group by l.structure_id
    ) recu
    join structure on structure.id = recu.structure_id
    left join commune on commune.code = structure.commune_code
    left join departement on departement.code = commune.departement_code
    left join epci on epci.code = left(structure.identifiant, 9)`.execute(db);
  return result.rows[0];
};

const lieux = {
  region: sql`select nom, locatif from region where code =`,
  epci: sql`select nom, null as locatif from epci where code =`,
  commune: sql`select nom, null as locatif from commune where code =`,
} as const;

/** The name of a territory by its code. */
export const findTerritoire = async (
  db: Database,
  niveau: keyof typeof lieux,
  code: string,
): Promise<{ readonly nom: string; readonly locatif: string | null } | undefined> =>
  (
    await sql<{
      readonly nom: string;
      readonly locatif: string | null;
    }>`${lieux[niveau]} ${code}`.execute(db)
  ).rows[0];
