import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import type { Position } from '../territoires/index.ts';
import { avecPostes, estRetenue, nommer, type StructureListee } from './recherche.store.ts';

/** How a structure is placed: where it is, in the middle of its commune, or in a commune itself placed nearby. */
export type PrecisionStructure = 'exacte' | 'commune' | 'approximative';

export type StructureProche = StructureListee & {
  readonly position: Position;
  readonly precision: PrecisionStructure;
  /** As the crow flies. */
  readonly kilometres: number;
};

/**
 * Retained structures that `db` may see, nearest first, those of a commune left out where it is asked. A structure
 * without a position of its own stands in its commune; one whose commune is not known is nowhere.
 *
 * Distances are taken to every structure: a few milliseconds for thousands, so that no box has to be guessed, drawn and widened where structures are rare.
 */
export const listStructuresProches = async (
  db: Database,
  { latitude, longitude }: Position,
  limite: number,
  horsCommune?: string,
): Promise<readonly StructureProche[]> =>
  avecPostes(
    db,
    (
      await nommer<Pick<StructureProche, 'position' | 'precision' | 'kilometres'>>(
        sql`
          select structure.id as structure_id, place.latitude, place.longitude,
            case when structure.latitude is not null then 'exacte'
              when commune.approximative then 'approximative' else 'commune' end as precision,
            distance_metres(${latitude}, ${longitude}, place.latitude, place.longitude) / 1000 as ordre
          from structure
          -- « offset 0 » keeps the planner from reading all communes to place a few thousand structures.
          left join lateral (
            select latitude, longitude, precision_position = 'approximative' as approximative
            from commune where code = structure.commune_code and structure.latitude is null offset 0
          ) commune on true
          cross join lateral (
            select coalesce(structure.latitude, commune.latitude) as latitude,
              coalesce(structure.longitude, commune.longitude) as longitude
          ) place
          where place.latitude is not null and structure.commune_code is distinct from ${horsCommune ?? ''}::text
            and ${estRetenue}
          order by ordre, structure.id
          limit ${limite}`,
        sql`,
        jsonb_build_object('latitude', choisie.latitude, 'longitude', choisie.longitude) as position,
        choisie.precision, choisie.ordre as kilometres`,
      ).execute(db)
    ).rows,
  );

/** Retained structures of a commune or an EPCI that `db` may see, by commune then name; a page of them. */
export const listStructuresDuTerritoire = async (
  db: Database,
  territoire: { readonly niveau: 'commune' | 'epci'; readonly code: string },
  page: { readonly debut: number; readonly limite: number },
): Promise<readonly StructureListee[]> =>
  avecPostes(
    db,
    (
      await nommer(sql`
      select structure.id as structure_id,
        row_number() over (
          order by commune.nom_recherche collate "C", structure.raison_sociale_recherche collate "C", structure.id
        ) as ordre
      from structure
      join commune on commune.code = structure.commune_code
      where ${territoire.niveau === 'commune' ? sql`commune.code` : sql`commune.epci_code`} = ${territoire.code}
        and exists (
            select from decision where decision.structure_id = structure.id and decision.resultat = 'retenue'
          )
      order by ordre
      offset ${page.debut} limit ${page.limite}`).execute(db)
    ).rows,
  );
