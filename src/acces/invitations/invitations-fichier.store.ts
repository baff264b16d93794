import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';
import type { LigneDeLot } from './invitations.rules.ts';

export type Lot = {
  readonly id: string;
  readonly lignes: readonly LigneDeLot[];
  /** ISO instants. */
  readonly creeLe: string;
  /** When it was asked that its lines leave. */
  readonly demandeeLe: string | null;
  /** When the last of them was done. */
  readonly traiteeLe: string | null;
};

export const ecrireLot = async (db: Database, lignes: readonly LigneDeLot[]): Promise<string> => {
  const { rows } = await sql<{ id: string }>`insert into lot_invitation (deposee_par, lignes)
    values (acteur_personne(), ${JSON.stringify(lignes)}::jsonb) returning id`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('an insert returns its row');
  return row.id;
};

const lireLot = async (db: Database, suite: RawBuilder<unknown>): Promise<Lot | undefined> =>
  (
    await sql<Lot>`select id, lignes, ${enInstant('cree_le')} as "creeLe", ${enInstant('demandee_le')} as "demandeeLe",
        ${enInstant('traitee_le')} as "traiteeLe" from lot_invitation where ${suite}`.execute(db)
  ).rows[0];

/** A file of one's own; `verrou`: held until the end of the transaction, so that it is asked for once. */
export const getLot = (db: Database, id: string, verrou = false): Promise<Lot | undefined> =>
  lireLot(
    db,
    sql`id = ${id} and deposee_par is not distinct from acteur_personne() ${verrou ? sql`for update` : sql``}`,
  );

/** A file of somebody whose lines are leaving, held until the end of the transaction: each line leaves once. */
export const lireLotEnCours = (db: Database, id: string, personne: string): Promise<Lot | undefined> =>
  lireLot(
    db,
    sql`id = ${id} and deposee_par = ${personne} and demandee_le is not null and traitee_le is null for update`,
  );

/**
 * Invitations by file that whoever acts sent or asked for in the last day; held until the end, so that two files are
 * counted one after the other.
 */
export const compterEnvoyees = async (db: Database): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('lot_invitation ' || coalesce(acteur_personne()::text, ''), 0))`.execute(
    db,
  );
  const { rows } = await sql<{ nombre: number }>`
    select count(*) as nombre from lot_invitation, jsonb_array_elements(lignes) ligne
    where deposee_par = acteur_personne() and demandee_le > now() - interval '1 day'
      and ligne -> 'erreurs' = '[]'`.execute(db);
  return rows[0]?.nombre ?? 0;
};

/** Writes that the lines of a file are to leave, with what is left out of them. */
export const demanderLot = async (db: Database, id: string, lignes: readonly LigneDeLot[]): Promise<void> => {
  await sql`update lot_invitation set lignes = ${JSON.stringify(lignes)}::jsonb, demandee_le = now()
    where id = ${id}`.execute(db);
};

/** Writes what became of the lines of a file; `fini`: of the last ones. */
export const ecrireLignes = async (
  db: Database,
  id: string,
  lignes: readonly LigneDeLot[],
  fini: boolean,
): Promise<void> => {
  await sql`update lot_invitation set lignes = ${JSON.stringify(lignes)}::jsonb,
    traitee_le = ${fini ? sql`now()` : sql`null`} where id = ${id}`.execute(db);
};

/** Address of a person whose account is open. */
export const courrielDe = async (db: Database, personne: string): Promise<string | undefined> =>
  (
    await sql<{
      courriel: string;
    }>`select courriel from personne where id = ${personne} and desactivee_le is null`.execute(db)
  ).rows[0]?.courriel;
