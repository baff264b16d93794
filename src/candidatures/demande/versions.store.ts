import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { SaisieCandidature } from './champ.ts';
import type { Demande, IdentiteDeclaree } from './noyau.ts';
import type { SectionDossier } from './saisie.rules.ts';
import type { Service } from './store.ts';

/** What a submission keeps: what was typed, and how it read then, whatever the form becomes. */
export type ContenuVersion = {
  readonly saisie: SaisieCandidature;
  readonly sections: readonly SectionDossier[];
  readonly service: Service;
};

export type Version = {
  readonly id: string;
  readonly numero: number;
  readonly contenu: ContenuVersion;
  readonly deposeeLe: string;
  readonly deposeePar: string | null;
  /** Name of who submitted, where it may be seen. */
  readonly auteur: string | null;
};

/** The submissions of an application, the latest first. */
export const listVersions = async (db: Database, candidatureId: string): Promise<readonly Version[]> => {
  const { rows } = await sql<Version>`
    select candidature_version.id, numero, contenu, deposee_par as "deposeePar",
      to_char(deposee_le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "deposeeLe",
      personne.prenom || ' ' || personne.nom as auteur
    from candidature_version left join personne on personne.id = deposee_par and personne.effacee_le is null
    where candidature_id = ${candidatureId} order by numero desc`.execute(db);
  return rows;
};

/** Writes a submission; gives it. */
export const ecrireVersion = async (
  db: Database,
  candidatureId: string,
  { contenu, personne }: { readonly contenu: ContenuVersion; readonly personne: string },
): Promise<{ readonly id: string; readonly numero: number; readonly deposeeLe: string }> => {
  const { rows } = await sql<{ id: string; numero: number; deposeeLe: string }>`
    insert into candidature_version (candidature_id, numero, contenu, deposee_par)
    select ${candidatureId}::uuid, 1 + coalesce(max(numero), 0), ${JSON.stringify(contenu)}::jsonb, ${personne}::uuid
    from candidature_version where candidature_id = ${candidatureId}
    returning id, numero, to_char(deposee_le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "deposeeLe"`.execute(
    db,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('a version was not written');
  return row;
};

/** Whether a submission has this file. */
export const estDansUneVersion = async (
  db: Database,
  candidatureId: string,
  fichierId: string,
): Promise<boolean> => {
  const { rows } = await sql`
    select from candidature_version where candidature_id = ${candidatureId}
      and jsonb_path_exists(contenu, '$.sections[*].lignes[*].pieces[*] ? (@.id == $id)',
        jsonb_build_object('id', ${fichierId}::text)) limit 1`.execute(db);
  return rows.length > 0;
};

/** Writes what is submitted in the columns that others read, before the status follows. */
export const ecrireDemande = async (db: Database, id: string, demande: Demande): Promise<void> => {
  await sql`
    update candidature set categorie = ${demande.categorie}, postes_demandes = ${demande.postes},
      postes_coordinateurs = ${demande.coordinateurs}, regime_souhaite = ${demande.regime},
      salaire_centimes = ${demande.salaire}, debut_souhaite = ${demande.debut}::date,
      candidat_identifie = ${demande.candidat_identifie}, priorites = ${[...demande.priorites]}::text[],
      deposee_le = clock_timestamp()
    where id = ${id}`.execute(db);
  await sql`delete from candidature_lieu where candidature_id = ${id}`.execute(db);
  await sql`
    insert into candidature_lieu (candidature_id, rang, lieu_id, nom, adresse, commune_code, itinerant)
    select ${id}::uuid, rang, (select lieu.id from lieu where lieu.id = (ligne ->> 'lieu_id')::uuid
        and lieu.structure_id = (select structure_id from candidature where id = ${id}::uuid)),
      ligne ->> 'nom', ligne ->> 'adresse', ligne ->> 'commune', (ligne ->> 'itinerant')::boolean
    from jsonb_array_elements(${JSON.stringify(demande.lieux)}::jsonb) with ordinality as lue (ligne, rang)`.execute(
    db,
  );
};

export const ecrireReponse = async (db: Database, correctionId: string): Promise<void> => {
  await sql`update candidature_correction set repondue_le = now() where id = ${correctionId} and repondue_le is null`.execute(
    db,
  );
};

/**
 * Writes who the structure says it is, to be verified. Breaks a constraint where another structure has that number, or
 * that name in that commune.
 */
export const declarerStructure = async (
  db: Database,
  id: string,
  demande: Demande & IdentiteDeclaree,
): Promise<void> => {
  await sql`
    update structure set identifiant_type = ${demande.identifiant.genre}, identifiant = ${demande.identifiant.identifiant},
      raison_sociale = ${demande.raison_sociale}, raison_sociale_recherche = nom_recherche(${demande.raison_sociale}),
      nature = ${demande.nature}, adresse = ${demande.adresse}, commune_code = ${demande.commune}, a_verifier = true,
      version = version + 1, modifie_le = now()
    where id = ${id} and (a_verifier or identifiant is null)`.execute(db);
};
