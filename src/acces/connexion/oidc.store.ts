import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';

export type DemandeOidc = {
  readonly empreinte: Buffer;
  readonly nonce: string;
  readonly verificateur: string;
  readonly retour: string | null;
  readonly minutes: number;
};

/** Keeps what the answer of the provider will be checked against; those that nobody came back for are forgotten. */
export const ecrireDemande = async (db: Database, demande: DemandeOidc): Promise<void> => {
  await sql`delete from demande_oidc where expire_le < now()`.execute(db);
  await sql`insert into demande_oidc (empreinte, nonce, verificateur, retour, expire_le)
    values (${demande.empreinte}, ${demande.nonce}, ${demande.verificateur}, ${demande.retour},
      now() + make_interval(mins => ${demande.minutes}))`.execute(db);
};

/** Uses a demand up: an answer that is played again finds none. */
export const consommerDemande = async (
  db: Database,
  empreinte: Buffer,
): Promise<Pick<DemandeOidc, 'nonce' | 'verificateur' | 'retour'> | undefined> =>
  (
    await sql<Pick<DemandeOidc, 'nonce' | 'verificateur' | 'retour'>>`delete from demande_oidc
      where empreinte = ${empreinte} and expire_le > now() returning nonce, verificateur, retour`.execute(db)
  ).rows[0];

/** The person behind an identity of a provider, active or not. */
export const lirePersonneLiee = async (
  db: Database,
  emetteur: string,
  sujet: string,
): Promise<string | undefined> =>
  (
    await sql<{ personne: string }>`select personne_id as personne from identite
      where emetteur = ${emetteur} and sujet = ${sujet}`.execute(db)
  ).rows[0]?.personne;

/** Links an identity to a person; false when it was linked meanwhile. */
export const ecrireIdentite = async (
  db: Database,
  emetteur: string,
  sujet: string,
  personne: string,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into identite (emetteur, sujet, personne_id)
    values (${emetteur}, ${sujet}, ${personne}) on conflict do nothing`.execute(db);
  return Number(numAffectedRows ?? 0n) === 1;
};

/** Names an identity in an address, without saying it. */
const cleDIdentite = sql<string>`encode(sha256(convert_to(emetteur || ' ' || sujet, 'UTF8')), 'hex')`;

export type IdentiteLiee = {
  readonly id: string;
  readonly emetteur: string;
  /** ISO instant. */
  readonly lieeLe: string;
};

/** The identities that are linked to a person, the oldest first. */
export const listIdentites = async (db: Database, personne: string): Promise<readonly IdentiteLiee[]> =>
  (
    await sql<IdentiteLiee>`select ${cleDIdentite} as id, emetteur,
        ${enInstant('liee_le')} as "lieeLe"
      from identite where personne_id = ${personne} order by liee_le, sujet`.execute(db)
  ).rows;

/** Takes the link of an identity with its person away; gives its issuer, undefined where there is none. */
export const effacerIdentite = async (
  db: Database,
  personne: string,
  id: string,
): Promise<string | undefined> =>
  (
    await sql<{ emetteur: string }>`delete from identite where personne_id = ${personne}
      and ${cleDIdentite} = ${id} returning emetteur`.execute(db)
  ).rows[0]?.emetteur;
