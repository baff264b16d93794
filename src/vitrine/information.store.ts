import { sql } from 'kysely';
import { communiquesPublies } from '../communication/index.ts';
import type { Database } from '../platform/database/index.ts';
import { enInstant } from '../platform/database/instants.ts';

// Everything here is read as the public role: what is not announced does not exist.

/** The day it is in Paris, by the clock that tells what is announced: the database's. */
export const getAujourdhui = async (db: Database): Promise<string> => {
  const result = await sql<{
    jour: string;
  }>`select (now() at time zone 'Europe/Paris')::date as jour`.execute(db);
  return result.rows[0]?.jour ?? '';
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
    ${adresses} select chemin, ${enInstant('modifie_le')} as "modifieLe"
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
