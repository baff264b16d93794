import { type Insertable, sql } from 'kysely';
import { type Database, databaseError, enTransaction } from '../database/index.ts';
import type { Fichier } from '../database/schema.ts';

/** Whose a file is: a structure, a département, or else who hands it in. */
export type Proprietaire = {
  readonly structureId?: string | undefined;
  readonly departementCode?: string | undefined;
};

const compteDe = (proprietaire: Proprietaire, personne: string | null): string => {
  if (proprietaire.structureId !== undefined) return `structure ${proprietaire.structureId.toLowerCase()}`;
  if (proprietaire.departementCode !== undefined) return `departement ${proprietaire.departementCode}`;
  return personne === null ? 'programme' : `personne ${personne.toLowerCase()}`;
};

/** Bytes that an owner's files take up, those of files to be destroyed included, those of official documents not. */
export const getOccupation = async (
  db: Database,
  proprietaire: Proprietaire,
  personne: string | null,
): Promise<number> => {
  const { octets } = await db
    .selectFrom('fichier')
    .select(sql<number>`coalesce(sum(taille), 0)::bigint`.as('octets'))
    .where('proprietaire', '=', compteDe(proprietaire, personne))
    .where('efface_le', 'is', null)
    .where('officiel', '=', false)
    .executeTakeFirstOrThrow();
  return octets;
};

/** Lets one hand-in at a time count what an owner's files take up, until the transaction ends. */
export const verrouillerOccupation = async (
  db: Database,
  proprietaire: Proprietaire,
  personne: string | null,
): Promise<void> => {
  await sql`select pg_advisory_xact_lock(727012, hashtext(${compteDe(proprietaire, personne)}))`.execute(db);
};

/** A new identifier, in the order of time. */
export const nouvelIdentifiant = async (db: Database): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select uuid_v7() as id`.execute(db);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('uuid_v7 gave nothing');
  return id;
};

/** Adds a file; false where its owner is not there, or not the acting person's: the rest of the transaction stands. */
export const insererFichier = async (db: Database, fichier: Insertable<Fichier>): Promise<boolean> => {
  try {
    await enTransaction(db, (transaction) => transaction.insertInto('fichier').values(fichier).execute());
    return true;
  } catch (error) {
    const code = databaseError(error)?.code;
    if (code === '42501' || code === '23503') return false;
    throw error;
  }
};

/** A file that may be seen and was not taken away. */
export const findFichier = (db: Database, id: string) =>
  db
    .selectFrom('fichier')
    .select(['id', 'nom', 'mime', 'taille', 'sha256', 'statut', 'version'])
    .where('id', '=', id)
    .where('supprime_le', 'is', null)
    .executeTakeFirst();

/** The files attached to an object, oldest first. */
export const listFichiers = (db: Database, objet: { readonly type: string; readonly id: string }) =>
  db
    .selectFrom('fichier')
    .select(['id', 'nom', 'mime', 'taille', 'statut', 'depose_par', 'cree_le'])
    .where('objet_type', '=', objet.type)
    .where('objet_id', '=', objet.id)
    .where('supprime_le', 'is', null)
    .orderBy('id')
    .execute();

/** Files that wait for the antivirus, in no order: one that always fails holds no other back. */
export const listAPart = async (db: Database, limite: number): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('fichier')
    .select('id')
    .where('statut', '=', 'a_part')
    .where('supprime_le', 'is', null)
    .orderBy(sql`random()`)
    .limit(limite)
    .execute();
  return rows.map(({ id }) => id);
};

/** Takes a waiting file for this transaction; nothing where another has it or is done with it. */
export const prendreAPart = (db: Database, id: string) =>
  db
    .selectFrom('fichier')
    .select(['id', 'taille', 'sha256', 'version', 'structure_id', 'departement_code'])
    .where('id', '=', id)
    .where('statut', '=', 'a_part')
    .where('supprime_le', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();

/** Files taken away or refused, whose bytes are still there. */
export const listAEffacer = async (db: Database, limite: number): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('fichier')
    .select('id')
    .where('efface_le', 'is', null)
    .where((where) => where.or([where('supprime_le', 'is not', null), where('statut', '=', 'refuse')]))
    .orderBy('id')
    .limit(limite)
    .execute();
  return rows.map(({ id }) => id);
};

/** Those of these identifiers that have a row. */
export const connus = async (db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom('fichier').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
};

/** Whether this connection sees every row: who does not would take others' files for nobody's. */
export const voitTout = async (db: Database): Promise<boolean> => {
  const { rows } = await sql<{ tout: boolean }>`select acteur_national() as tout`.execute(db);
  return rows[0]?.tout === true;
};
