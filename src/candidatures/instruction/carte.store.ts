import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { nomLisible } from '../../platform/francais/index.ts';

export type CommuneCarte = {
  readonly code: string;
  readonly nom: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly population: number;
  readonly indice: number | null;
  readonly existants: number;
  readonly demandes: number;
};

/** The communes of a département, with the posts decided there and those asked for by applications still alive. */
export const listCommunesCarte = async (
  db: Database,
  departement: string,
): Promise<readonly CommuneCarte[]> =>
  (
    await sql<CommuneCarte>`
      select commune.code, commune.nom, latitude, longitude, population, fragilite.indice,
        coalesce(existants.postes, 0)::integer as existants, coalesce(demandes.postes, 0)::integer as demandes
      from commune
      left join fragilite on fragilite.commune_code = commune.code
      left join (
        select commune_code, sum(postes) as postes from ligne_retenue
        where departement_code = ${departement} group by commune_code
      ) existants on existants.commune_code = commune.code
      left join (
        select commune_code, sum(postes_demandes) as postes from instruction
        where departement_code = ${departement}
          and statut in ('deposee', 'en_correction', 'instruite', 'ajournee', 'liste_attente')
        group by commune_code
      ) demandes on demandes.commune_code = commune.code
      where commune.departement_code = ${departement} order by commune.nom_recherche, commune.code`.execute(
      db,
    )
  ).rows;

export type Portee = {
  readonly id: string;
  readonly numero: number;
  readonly structure: string;
  readonly postes: number;
  /** Communes of the département that nobody reached within the distance. */
  readonly communes: number;
  readonly population: number;
  readonly indice: number | null;
  readonly codes: readonly string[];
};

/**
 * What each application would bring within a distance, as the crow flies, of its places (its commune where it says
 * none): the communes of the département that no decided post reaches yet. The most people first.
 */
export const listPortees = async (
  db: Database,
  departement: string,
  kilometres: number,
): Promise<readonly Portee[]> => {
  const metres = kilometres * 1000;
  // A degree of latitude is never less than this: what the box leaves out is too far.
  const degres = kilometres / 110.5;
  const proche = (a: string, b: string) => sql`
    ${sql.ref(`${a}.latitude`)} between ${sql.ref(`${b}.latitude`)} - ${degres}::float8 and ${sql.ref(`${b}.latitude`)} + ${degres}::float8
    and distance_metres(${sql.ref(`${a}.latitude`)}, ${sql.ref(`${a}.longitude`)},
      ${sql.ref(`${b}.latitude`)}, ${sql.ref(`${b}.longitude`)}) <= ${metres}`;
  const { rows } = await sql<Portee>`
    with visee as materialized (
      select commune.code, latitude, longitude, population, indice
      from commune left join fragilite on fragilite.commune_code = commune.code
      where departement_code = ${departement}
    ), servie as materialized (
      select distinct commune.code, latitude, longitude
      from ligne_retenue join commune on commune.code = ligne_retenue.commune_code
    ), manque as materialized (
      select * from visee where not exists (select from servie where ${proche('servie', 'visee')})
    ), dossier as materialized (
      select candidature_id, numero, nom, nom_tri, postes_demandes, commune_code from instruction
      where departement_code = ${departement}
        and statut in ('deposee', 'en_correction', 'instruite', 'ajournee', 'liste_attente')
    ), place as materialized (
      select candidature_id, commune.latitude, commune.longitude
      from (
        select candidature_id, commune_code from candidature_lieu
        where candidature_id in (select candidature_id from dossier)
        union
        select candidature_id, commune_code from dossier where not exists (
          select from candidature_lieu where candidature_lieu.candidature_id = dossier.candidature_id)
      ) prevue join commune on commune.code = commune_code
    ), atteinte as (
      select distinct place.candidature_id, manque.code, manque.population, manque.indice
      from place join manque on ${proche('place', 'manque')}
    )
    select dossier.candidature_id as id, numero, nom as structure, postes_demandes as postes,
      count(code) as communes, coalesce(sum(population), 0)::integer as population, avg(indice) as indice,
      coalesce(array_agg(code order by code) filter (where code is not null), '{}') as codes
    from dossier left join atteinte using (candidature_id)
    group by dossier.candidature_id, numero, nom, nom_tri, postes_demandes
    order by population desc, nom_tri, dossier.candidature_id`.execute(db);
  return rows.map((row) => ({ ...row, structure: nomLisible(row.structure) }));
};
