import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';

export type EtatSecondFacteur = {
  /** ISO instant; null while no code has confirmed it. */
  readonly confirmeLe: string | null;
  /** Encrypted. */
  readonly secret: string;
  readonly codesRestants: number;
};

/** The second factor of a person, confirmed or not yet. */
export const lireSecondFacteur = async (
  db: Database,
  personne: string,
): Promise<EtatSecondFacteur | undefined> =>
  (
    await sql<EtatSecondFacteur>`select
        ${enInstant('confirme_le')} as "confirmeLe", secret,
        (select count(*)::int from code_secours
          where personne_id = second_facteur.personne_id and utilise_le is null) as "codesRestants"
      from second_facteur where personne_id = ${personne}`.execute(db)
  ).rows[0];

/** Keeps a secret that waits for its first code; false where one is confirmed already. */
export const preparerSecret = async (db: Database, personne: string, secret: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into second_facteur (personne_id, secret)
    values (${personne}, ${secret})
    on conflict (personne_id) do update set secret = excluded.secret, dernier_pas = 0, cree_le = now()
    where second_facteur.confirme_le is null`.execute(db);
  return Number(numAffectedRows ?? 0n) === 1;
};

type Essai = {
  /** Encrypted. */
  readonly secret: string;
  readonly confirme: boolean;
  readonly echecs: number;
  readonly bloque: boolean;
};

/** The second factor of a person, held until the end of the transaction: attempts come one after the other. */
export const tenirSecondFacteur = async (db: Database, personne: string): Promise<Essai | undefined> =>
  (
    await sql<Essai>`select secret, confirme_le is not null as confirme, echecs,
        coalesce(bloque_jusqu_a > now(), false) as bloque
      from second_facteur where personne_id = ${personne} for update`.execute(db)
  ).rows[0];

/** Takes a period for used; false when it, or a later one, was used already. */
export const prendrePas = async (db: Database, personne: string, pas: number): Promise<boolean> => {
  const { numAffectedRows } = await sql`update second_facteur
    set dernier_pas = ${pas}, confirme_le = coalesce(confirme_le, now())
    where personne_id = ${personne} and dernier_pas < ${pas}`.execute(db);
  return Number(numAffectedRows ?? 0n) === 1;
};

/** Uses a recovery code up; false when there is none such, or it was used. */
export const prendreCode = async (db: Database, personne: string, empreinte: Buffer): Promise<boolean> => {
  const { numAffectedRows } = await sql`update code_secours set utilise_le = now()
    where personne_id = ${personne} and empreinte = ${empreinte} and utilise_le is null`.execute(db);
  return Number(numAffectedRows ?? 0n) === 1;
};

/** Notes how many wrong codes came in a row, and for how many minutes the account waits. */
export const noterEchecs = async (
  db: Database,
  personne: string,
  echecs: number,
  minutes: number,
): Promise<void> => {
  await sql`update second_facteur set echecs = ${echecs},
      bloque_jusqu_a = ${minutes > 0 ? sql`now() + make_interval(mins => ${minutes})` : null}
    where personne_id = ${personne}`.execute(db);
};

/** Replaces the recovery codes of a person. */
export const ecrireCodes = async (
  db: Database,
  personne: string,
  empreintes: readonly Buffer[],
): Promise<void> => {
  await sql`delete from code_secours where personne_id = ${personne}`.execute(db);
  await sql`insert into code_secours (personne_id, empreinte)
    select ${personne}, unnest(${empreintes}::bytea[])`.execute(db);
};

/** Takes the second factor of a person away, and what their sessions owed to it; false where there is none. */
export const effacerSecondFacteur = async (db: Database, personne: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`delete from second_facteur where personne_id = ${personne}`.execute(
    db,
  );
  await sql`update session set second_facteur_le = null where personne_id = ${personne}`.execute(db);
  return Number(numAffectedRows ?? 0n) > 0;
};
