import { sql } from 'kysely';
import type { Compte } from '../platform/a-faire.ts';
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
  readonly departement: string | null;
  readonly codePostal: string | null;
  readonly version: number;
};

const select = sql`
  select structure.id, structure.identifiant, structure.raison_sociale as "raisonSociale",
    structure.libelle_public as "libellePublic", structure.libelle_relu as "libelleRelu", commune.nom as "communeNom",
    epci.nom as "epciNom", coalesce(departement.genitif, '') as "departementGenitif",
    departement.code as departement, structure.code_postal as "codePostal", structure.version
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

/** As `libelleARelire` says of one structure: an assembly goes by its official name. */
const aRelire = sql`(not structure.libelle_relu and not exists (
  select from departement d where d.code = commune.departement_code and (
    structure.identifiant like d.assemblee_siren || '%' or structure.identifiant like d.assemblee_seconde_siren || '%'
    or structure.raison_sociale_recherche in (nom_recherche(d.assemblee), nom_recherche(d.assemblee_seconde))
    or (d.assemblee is not null and structure.identifiant like '22' || left(d.code, 2) || '%'
      and structure.raison_sociale_recherche ~ '^(DEPARTEMENT|CONSEIL (DEPARTEMENTAL|GENERAL))\\M'))))`;

/** Structures of a département whose public label nobody has reviewed, by commune. */
export const listLibellesARelire = async (
  db: Database,
  departement: string,
): Promise<readonly StructureConnue[]> =>
  (
    await sql<StructureConnue>`${select}
      where commune.departement_code = ${departement} and ${aRelire}
      order by commune.nom_recherche, structure.raison_sociale_recherche, structure.id`.execute(db)
  ).rows;

/** Structures whose label the acting territory reviews: those that a session retained there. */
const aAnnoncer = sql`structure.id in (
  select structure_id from ligne_retenue where departement_code = any (array(select acteur_departements_a_ecrire())))`;

export type ChoixLibelles = {
  readonly departement: string;
  /** Those that are to be reviewed, or the others. */
  readonly relus: boolean;
  readonly debut: number;
  readonly limite: number;
};

/** A page of the structures that a session retained in a département of the acting territory, by commune. */
export const listLibelles = async (
  db: Database,
  { departement, relus, debut, limite }: ChoixLibelles,
): Promise<{ readonly total: number; readonly structures: readonly StructureConnue[] }> => {
  const ceux = sql`commune.departement_code = ${departement} and ${aRelire} <> ${relus} and ${aAnnoncer}`;
  const { rows } = await sql<StructureConnue>`${select} where ${ceux}
    order by commune.nom_recherche, structure.raison_sociale_recherche, structure.id
    offset ${debut} limit ${limite}`.execute(db);
  const counted = await sql<{ total: number }>`
    select count(*) as total from structure join commune on commune.code = structure.commune_code where ${ceux}`.execute(
    db,
  );
  return { total: counted.rows[0]?.total ?? 0, structures: rows };
};

/** How many labels of the acting territory nobody has reviewed, and where the only one is reviewed. */
export const libellesARelire = (chemin: string) => sql<Compte>`
  select count(*) as nombre, null as echeance, min(${chemin} || '/' || commune.departement_code) as href
  from structure join commune on commune.code = structure.commune_code
  where ${aRelire} and ${aAnnoncer}`;

/** Whether a communiqué that is published, or waits for its hour, holds a label that the acting person may not change alone. */
export const libelleArrete = async (db: Database, id: string): Promise<boolean> =>
  (
    await sql<{
      arrete: boolean;
    }>`select not acteur_national() and libelle_publie(${id}) as arrete`.execute(db)
  ).rows[0]?.arrete === true;

/**
 * Writes a public label as reviewed; it is then nobody's but the reviewer's. Gives whether it was: the structure must be
 * of the acting territory, in no published communiqué unless who acts administers, and on the version seen where one is
 * given.
 */
export const ecrireLibelle = async (
  db: Database,
  id: string,
  libelle: string,
  version?: number,
): Promise<boolean> =>
  (
    await sql<{
      ecrit: boolean;
    }>`select relire_libelle(${id}, ${libelle}, ${version ?? null}) as ecrit`.execute(db)
  ).rows[0]?.ecrit === true;
