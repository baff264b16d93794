import { sql } from 'kysely';
import type { Compte } from '../platform/a-faire.ts';
import type { Database } from '../platform/database/index.ts';

export type StructureAVerifier = {
  readonly id: string;
  readonly nom: string;
  readonly genre: string | null;
  readonly identifiant: string | null;
  readonly nature: string | null;
  readonly adresse: string | null;
  readonly commune: string | null;
  readonly communeCode: string | null;
  readonly departement: string | null;
  /** What the directory said, where it did not confirm. */
  readonly motif: string | null;
  readonly version: number;
  /** Its last application that was submitted. */
  readonly candidature: string | null;
};

const lues = (limite: number) => sql`
  select structure.id, coalesce(structure.raison_sociale, structure.identifiant) as nom,
    structure.identifiant_type as genre, structure.identifiant, structure.nature, structure.adresse,
    commune.nom as commune, structure.commune_code as "communeCode", commune.departement_code as departement,
    structure.verification_motif as motif, structure.version,
    (select candidature.id from candidature where candidature.structure_id = structure.id
      and candidature.statut not in ('brouillon', 'abandonnee')
      order by candidature.deposee_le desc limit 1) as candidature
  from structure left join commune on commune.code = structure.commune_code
  where structure.a_verifier and (acteur_role() in ('administrateur', 'operateur')
    or structure.id in (select acteur_structures_instruites()))
  order by structure.modifie_le, structure.id limit ${limite}`;

/** The structures to verify that the acting person looks after, the oldest first. */
export const listStructuresAVerifier = async (
  db: Database,
  limite = 200,
): Promise<readonly StructureAVerifier[]> => {
  const { rows } = await sql<StructureAVerifier>`${lues(limite)}`.execute(db);
  return rows;
};

/** How many wait for whoever acts. */
export const structuresAVerifier = sql<Compte>`
  select count(*) as nombre, null as echeance, null as href from (${lues(1000)}) lue`;

/** Confirms a structure, if it is still as it was seen; false else. */
export const ecrireVerifiee = async (
  db: Database,
  { id, version }: { readonly id: string; readonly version: number },
  motif: string,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('structure')
    .set((eb) => ({
      a_verifier: false,
      verifiee_le: sql<Date>`now()`,
      verification_motif: motif,
      version: eb('version', '+', 1),
      modifie_le: sql<Date>`now()`,
    }))
    .where('id', '=', id)
    .where('version', '=', version)
    .where('a_verifier', '=', true)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

/** Keeps what the directory said against a structure, for whoever decides. */
export const ecrireDoute = async (db: Database, id: string, doute: string): Promise<void> => {
  await sql`update structure set verification_motif = ${doute} where id = ${id} and a_verifier`.execute(db);
};
