import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';

/** What a map shows: everywhere, a territory, or what is nearest to a place. */
export type TerritoireCarte =
  | { readonly niveau: 'france' }
  | { readonly niveau: 'region' | 'departement' | 'epci'; readonly code: string }
  | {
      readonly niveau: 'autour';
      /** Of the place. */
      readonly nom: string;
      readonly longitude: number;
      readonly latitude: number;
      /** How many of the nearest; 20 by default. */
      readonly nombre?: number;
      /** Kilometres: how far; anywhere by default. */
      readonly portee?: number;
      /** The structure that the place is: it is not one of those around it. */
      readonly sauf?: string;
    };

export type PointCarte = {
  readonly id: string;
  readonly identifiant: string | null;
  readonly raisonSociale: string | null;
  readonly libellePublic: string | null;
  readonly communeNom: string | null;
  readonly epciNom: string | null;
  readonly departement: string | null;
  readonly postes: number;
  /** Of the structure, else of its commune; null when neither is known. */
  readonly longitude: number | null;
  readonly latitude: number | null;
  /** Whether the position is the structure's own. */
  readonly exacte: boolean;
  /** Metres from the place, on a sphere of mean radius; null without a place or a position. */
  readonly distance: number | null;
};

const colonnes = {
  region: sql.ref('region_code'),
  departement: sql.ref('departement_code'),
  epci: sql.ref('epci_code'),
};

const distanceDepuis = (territoire: TerritoireCarte): RawBuilder<number | null> =>
  territoire.niveau === 'autour'
    ? sql`distance_metres(${territoire.latitude}, ${territoire.longitude}, position.latitude, position.longitude)`
    : sql`null::float8`;

/** Structures retained on a territory that `db` may see, by name of commune, or the nearest to a place by distance. */
export const listPointsCarte = async (
  db: Database,
  territoire: TerritoireCarte,
): Promise<readonly PointCarte[]> => {
  const autour = territoire.niveau === 'autour';
  const filtre =
    territoire.niveau === 'france' || autour
      ? sql`true`
      : sql`${colonnes[territoire.niveau]} = ${territoire.code}`;
  const { rows } = await sql<PointCarte>`
    select structure.id, structure.identifiant, structure.raison_sociale as "raisonSociale",
      structure.libelle_public as "libellePublic", commune.nom as "communeNom", epci.nom as "epciNom",
      commune.departement_code as departement, recue.postes, position.longitude, position.latitude,
      structure.latitude is not null as exacte, ${distanceDepuis(territoire)} as distance
    from (
      select structure_id, sum(postes)::bigint as postes from ligne_retenue where ${filtre} group by structure_id
    ) recue
    join structure on structure.id = recue.structure_id
    left join commune on commune.code = structure.commune_code
    left join epci on epci.code = left(structure.identifiant, 9)
    cross join lateral (
      select coalesce(structure.longitude, commune.longitude) as longitude,
        coalesce(structure.latitude, commune.latitude) as latitude
    ) position
    where ${
      autour
        ? sql`position.latitude is not null and structure.id is distinct from ${territoire.sauf ?? null}::uuid
          and (${territoire.portee ?? null}::float8 is null
            or ${distanceDepuis(territoire)} <= ${territoire.portee ?? null}::float8 * 1000)`
        : sql`true`
    }
    order by distance, commune.nom_recherche, structure.raison_sociale_recherche, structure.id
    limit ${autour ? (territoire.nombre ?? 20) : null}`.execute(db);
  return rows;
};

/** West, south, east, north of the communes of a territory, in degrees; null when it has none. */
export const getBornesCommunes = async (
  db: Database,
  { niveau, code }: { readonly niveau: 'region' | 'departement' | 'epci'; readonly code: string },
): Promise<readonly [number, number, number, number] | null> => {
  const { rows } = await sql<{ bornes: [number, number, number, number] | null }>`
    select case when count(*) > 0 then
        jsonb_build_array(min(longitude), min(latitude), max(longitude), max(latitude)) end as bornes
    from commune join departement on departement.code = commune.departement_code
    where ${colonnes[niveau]} = ${code}`.execute(db);
  return rows[0]?.bornes ?? null;
};

/** A name written on the background of the map. */
export type Repere = {
  readonly code: string;
  readonly nom: string;
  readonly role: 'departement' | 'commune';
  readonly population: number;
  readonly longitude: number;
  readonly latitude: number;
};

/** The départements, in the middle of their communes, then the most populated communes: of one alone where it is given. */
export const listReperes = async (
  db: Database,
  limite: number,
  departement?: string,
): Promise<readonly Repere[]> => {
  const { rows } = await sql<Repere>`
    (select departement.code, departement.nom, 'departement' as role, sum(population)::bigint as population,
        avg(longitude) as longitude, avg(latitude) as latitude
      from departement join commune on commune.departement_code = departement.code
      where ${departement === undefined}
      group by departement.code
      order by population desc, departement.code)
    union all
    (select code, nom, 'commune', population, longitude, latitude
      from commune where ${departement === undefined} or departement_code = ${departement ?? null}
      order by population desc, code
      limit ${limite})`.execute(db);
  return rows;
};
