import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { libellePublic } from '../structures/index.ts';

export type StructureSuivie = {
  readonly id: string;
  readonly libelle: string;
  readonly raisonSociale: string | null;
  readonly identifiant: string | null;
  readonly adresse: string | null;
  readonly commune: string | null;
  readonly departement: { readonly code: string; readonly nom: string } | null;
  /** It has a public page. */
  readonly annoncee: boolean;
};

/** A structure that the acting role looks after: one's own, one of the territory instructed; any for the programme. */
export const findStructureSuivie = async (db: Database, id: string): Promise<StructureSuivie | undefined> => {
  const { rows } = await sql<{
    id: string;
    identifiant: string | null;
    raisonSociale: string | null;
    libellePublic: string | null;
    communeNom: string | null;
    epciNom: string | null;
    departementGenitif: string;
    adresse: string | null;
    departementCode: string | null;
    departementNom: string | null;
    annoncee: boolean;
  }>`
    select structure.id, structure.identifiant, structure.raison_sociale as "raisonSociale",
      structure.libelle_public as "libellePublic", commune.nom as "communeNom", siege.nom as "epciNom",
      coalesce(departement.genitif, '') as "departementGenitif",
      nullif(concat_ws(', ', structure.adresse, concat_ws(' ', structure.code_postal, commune.nom)), '') as adresse,
      departement.code as "departementCode", departement.nom as "departementNom",
      exists (select from ligne_retenue l where l.structure_id = structure.id and l.publiee_le <= now()) as annoncee
    from structure
    left join commune on commune.code = structure.commune_code
    left join departement on departement.code = commune.departement_code
    left join epci siege on siege.code = left(structure.identifiant, 9)
    where structure.id = ${id}
      and ((select acteur_national()) or structure.id in (select acteur_structures_siennes()))`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { adresse, departementCode, departementNom, annoncee, ...denomination } = row;
  return {
    id: row.id,
    libelle: libellePublic(denomination),
    raisonSociale: row.raisonSociale,
    identifiant: row.identifiant,
    adresse,
    commune: row.communeNom,
    departement:
      departementCode === null || departementNom === null
        ? null
        : { code: departementCode, nom: departementNom },
    annoncee,
  };
};
