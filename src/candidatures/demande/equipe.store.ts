import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';

export type Gestionnaire = { readonly id: string; readonly nom: string; readonly courriel: string };

/** Those who manage a structure now, by name. */
export const listGestionnaires = async (
  db: Database,
  structureId: string,
): Promise<readonly Gestionnaire[]> => {
  const { rows } = await sql<Gestionnaire>`
    select personne.id, personne.prenom || ' ' || personne.nom as nom, personne.courriel
    from personne
    where personne.desactivee_le is null and personne.effacee_le is null and exists (
      select from attribution where attribution.personne_id = personne.id and role = 'gestionnaire'
        and structure_id = ${structureId} and retiree_le is null and du <= now() and (fin is null or fin > now()))
    order by personne.nom, personne.prenom, personne.id`.execute(db);
  return rows;
};

export type InvitationEnAttente = { readonly id: string; readonly nom: string; readonly expiree: boolean };

/** Those invited to manage a structure who have not accepted yet, as far as the acting person sees them. */
export const listInvitationsEnAttente = async (
  db: Database,
  structureId: string,
): Promise<readonly InvitationEnAttente[]> => {
  const { rows } = await sql<InvitationEnAttente>`
    select id, prenom || ' ' || nom as nom, expire_le <= now() as expiree from invitation
    where structure_id = ${structureId} and role = 'gestionnaire' and statut = 'envoyee'
    order by nom, prenom, id`.execute(db);
  return rows;
};

/** Makes somebody the owner; whoever had to be let submit needs it no more. */
export const ecrirePorteur = async (db: Database, id: string, personne: string): Promise<void> => {
  await sql`update candidature set porteur_id = ${personne}, version = version + 1 where id = ${id}`.execute(
    db,
  );
};

export const ecrireDepositaires = async (
  db: Database,
  id: string,
  personnes: readonly string[],
): Promise<void> => {
  await sql`delete from candidature_depositaire where candidature_id = ${id} and personne_id <> all (${[...personnes]}::uuid[])`.execute(
    db,
  );
  await sql`
    insert into candidature_depositaire (candidature_id, personne_id)
    select ${id}::uuid, unnest(${[...personnes]}::uuid[]) on conflict do nothing`.execute(db);
};
