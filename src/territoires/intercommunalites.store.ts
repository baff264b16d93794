import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';

/** An intercommunalité with its own taxation (EPCI à fiscalité propre), or the Métropole de Lyon. */
export type Epci = {
  /** Its SIREN. */
  readonly code: string;
  /** As the directory writes it, its kind abridged: « CC du Pays de la Serre ». */
  readonly nom: string;
  /** Its kind in full: « communauté de communes ». */
  readonly nature: string;
};

/** The kinds of EPCI in full: few readers know what a « CU » is. */
export const natureDeLEpci = sql<string>`case nature
  when 'CC' then 'communauté de communes'
  when 'CA' then 'communauté d’agglomération'
  when 'CU' then 'communauté urbaine'
  when 'METRO' then 'métropole'
  when 'MET69' then 'collectivité à statut particulier'
  else 'intercommunalité' end`;

export const getEpci = async (db: Database, code: string): Promise<Epci | undefined> =>
  (
    await sql<Epci>`
      select code, nom, ${natureDeLEpci} as nature from epci where code = ${code}`.execute(db)
  ).rows[0];

export type CommuneDeLEpci = {
  readonly code: string;
  readonly nom: string;
  readonly population: number;
  readonly departementCode: string;
  readonly departementNom: string;
  readonly regionCode: string | null;
  readonly regionNom: string | null;
};

/** The communes of an EPCI by name; it may lie in several départements, rarely in several régions. */
export const listCommunesDeEpci = async (db: Database, code: string): Promise<readonly CommuneDeLEpci[]> =>
  (
    await sql<CommuneDeLEpci>`
      select commune.code, commune.nom, commune.population, departement.code as "departementCode",
        departement.nom as "departementNom", region.code as "regionCode", region.nom as "regionNom"
      from commune
      join departement on departement.code = commune.departement_code
      left join region on region.code = departement.region_code
      where commune.epci_code = ${code}
      order by commune.nom_recherche collate "C", commune.code`.execute(db)
  ).rows;
