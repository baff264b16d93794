import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';

/** An enveloppe, with what decisions commit on it, the secret ones too. Amounts in cents. */
export type Enveloppe = {
  readonly id: string;
  readonly nom: string;
  readonly montant: number;
  readonly engage: number;
};

const enveloppes = (db: Database) =>
  db
    .selectFrom('enveloppe')
    .select(['id', 'nom', 'montant_centimes as montant', 'engage_centimes as engage'])
    .orderBy('id');

/** The enveloppes of the programme; the first one pays where nothing else is said. */
export const listEnveloppes = (db: Database, programmeId: string): Promise<readonly Enveloppe[]> =>
  enveloppes(db).where('programme_id', '=', programmeId).execute();

export const lireEnveloppe = (db: Database, id: string): Promise<Enveloppe | undefined> =>
  enveloppes(db).where('id', '=', id).executeTakeFirst();

/** The waves that an enveloppe pays, in order. */
export const listVaguesPayees = (
  db: Database,
  id: string,
): Promise<readonly { readonly id: string; readonly nom: string }[]> =>
  db.selectFrom('vague').select(['id', 'nom']).where('enveloppe_id', '=', id).orderBy('rang').execute();

/** Until the transaction ends, nobody else writes the name of an enveloppe; gives whether another one has this name. */
export const estNommee = async (
  db: Database,
  programmeId: string,
  nom: string,
  saufId: string | null,
): Promise<boolean> => {
  await sql`select from programme where id = ${programmeId} for no key update`.execute(db);
  const { rows } = await sql`
    select from enveloppe where programme_id = ${programmeId} and lower(nom) = lower(${nom})
      and id is distinct from ${saufId}::uuid`.execute(db);
  return rows.length > 0;
};

export const ajouterEnveloppe = async (
  db: Database,
  programmeId: string,
  { nom, montant }: Pick<Enveloppe, 'nom' | 'montant'>,
): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    insert into enveloppe (programme_id, code, nom, montant_centimes, sources)
    select ${programmeId}, 'enveloppe-' || count(*) + 1, ${nom}, ${montant}, '{saisie}' from enveloppe
    returning id`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('an insertion gives its row');
  return row.id;
};

/** Sets the name and amount of an enveloppe, in cents; its ceiling refuses less than what is committed. */
export const ecrireEnveloppe = async (
  db: Database,
  { id, nom, montant }: Pick<Enveloppe, 'id' | 'nom' | 'montant'>,
): Promise<void> => {
  await db.updateTable('enveloppe').set({ nom, montant_centimes: montant }).where('id', '=', id).execute();
};

/** An enveloppe that nobody else changes until the transaction ends. */
export const tenirEnveloppe = (db: Database, id: string): Promise<Enveloppe | undefined> =>
  enveloppes(db).where('id', '=', id).forUpdate().executeTakeFirst();
