import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';

/** Hours during which a new address may be confirmed. */
export const heuresDeChangement = 24;
/** Changes that somebody may ask for in a day. */
const parJourMax = 5;

export const estPris = async (db: Database, courriel: string): Promise<boolean> =>
  (await sql`select from personne where courriel = ${courriel}`.execute(db)).rows.length > 0;

/** Whether an address is the mailbox of a service, which signs in nowhere. */
export const estBoite = async (db: Database, courriel: string): Promise<boolean> =>
  (await sql<{ boite: boolean }>`select est_boite_de_service(${courriel}) as boite`.execute(db)).rows[0]
    ?.boite ?? false;

/** Keeps a new address until it is confirmed; those asked for before serve no more. False beyond a day's share. */
export const ecrireChangement = async (
  db: Database,
  changement: { readonly empreinte: Buffer; readonly personne: string; readonly courriel: string },
): Promise<boolean> => {
  const { personne } = changement;
  const counted = await sql<{ nombre: number }>`select count(*) as nombre from changement_courriel
    where personne_id = ${personne} and cree_le > now() - interval '1 day'`.execute(db);
  if ((counted.rows[0]?.nombre ?? 0) >= parJourMax) return false;
  await sql`update changement_courriel set utilise_le = now() where personne_id = ${personne} and utilise_le is null`.execute(
    db,
  );
  await sql`insert into changement_courriel (empreinte, personne_id, courriel, expire_le)
    values (${changement.empreinte}, ${personne}, ${changement.courriel},
      now() + make_interval(hours => ${heuresDeChangement}))`.execute(db);
  return true;
};

export type Changement = {
  readonly personne: string;
  readonly courriel: string;
  readonly ancien: string;
  readonly prenom: string;
  readonly nom: string;
};

/** The change of a link, while it may serve. */
export const lireChangement = async (db: Database, empreinte: Buffer): Promise<Changement | undefined> =>
  (
    await sql<Changement>`select c.personne_id as personne, c.courriel, personne.courriel as ancien, personne.prenom,
        personne.nom
      from changement_courriel c join personne on personne.id = c.personne_id and personne.desactivee_le is null
      where c.empreinte = ${empreinte} and c.utilise_le is null and c.expire_le > now()`.execute(db)
  ).rows[0];

/** Uses a change up: of two who follow it at once, one does it. */
export const consommerChangement = async (db: Database, empreinte: Buffer): Promise<boolean> => {
  const { numAffectedRows } = await sql`update changement_courriel set utilise_le = now()
    where empreinte = ${empreinte} and utilise_le is null and expire_le > now()`.execute(db);
  return Number(numAffectedRows ?? 0n) === 1;
};

/** Gives somebody their new address; sign-in links on their way to the old one serve no more. */
export const changerCourriel = async (db: Database, personne: string, courriel: string): Promise<void> => {
  await sql`update personne set courriel = ${courriel}, courriel_verifie_le = now(), version = version + 1
    where id = ${personne}`.execute(db);
  await sql`update lien_connexion set utilise_le = now() where personne_id = ${personne} and utilise_le is null`.execute(
    db,
  );
};
