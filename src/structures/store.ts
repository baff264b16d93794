import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';

export type StructureConnue = {
  readonly id: string;
  readonly identifiant: string | null;
  readonly raisonSociale: string | null;
  readonly libellePublic: string | null;
  readonly libelleRelu: boolean;
  readonly communeNom: string | null;
  readonly epciNom: string | null;
  readonly departementGenitif: string;
};

const select = sql`
  select structure.id, structure.identifiant, structure.raison_sociale as "raisonSociale",
    structure.libelle_public as "libellePublic", structure.libelle_relu as "libelleRelu", commune.nom as "communeNom",
    epci.nom as "epciNom", coalesce(departement.genitif, '') as "departementGenitif"
  from structure
  left join commune on commune.code = structure.commune_code
  left join departement on departement.code = commune.departement_code
  left join epci on epci.code = left(structure.identifiant, 9)`;

/** The structure of a SIRET, RIDET or n° TAHITI; of our own identifier for one that has none. */
export const findStructure = async (
  db: Database,
  identifiant: string,
): Promise<StructureConnue | undefined> =>
  (
    await sql<StructureConnue>`${select} where structure.identifiant = ${identifiant} or structure.id::text = ${identifiant}`.execute(
      db,
    )
  ).rows[0];

/** Structures of a département whose public label nobody has reviewed, by commune. */
export const listLibellesARelire = async (
  db: Database,
  departement: string,
): Promise<readonly StructureConnue[]> =>
  (
    await sql<StructureConnue>`${select}
      where commune.departement_code = ${departement} and not structure.libelle_relu
      order by commune.nom_recherche, structure.raison_sociale_recherche, structure.id`.execute(db)
  ).rows;

/** Writes a public label as reviewed; it is then nobody's but the reviewer's. */
export const ecrireLibelle = async (db: Database, id: string, libelle: string): Promise<void> => {
  await db
    .updateTable('structure')
    .set((eb) => ({
      libelle_public: libelle,
      libelle_relu: true,
      libelle_sources: ['saisie'],
      version: eb('version', '+', 1),
      modifie_le: sql<Date>`now()`,
    }))
    .where('id', '=', id)
    .execute();
};
