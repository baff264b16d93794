import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { DonneesNotification } from './demande.ts';

export type ActeAFaire = {
  readonly id: string;
  readonly contenu: unknown;
  /** Of a letter. */
  readonly candidatureId: string | null;
};

/**
 * Takes what is still to be written of a closing for this transaction: what another has taken is passed over or
 * waited for, what was made meanwhile is not given.
 */
export const prendreActes = async (
  db: Database,
  { seanceId, cloture }: DonneesNotification,
  genre: 'lettre' | 'proces_verbal',
  {
    limite,
    sauf = [],
    attendre = false,
  }: {
    readonly limite: number;
    readonly sauf?: readonly string[];
    /** Waits for what another has taken, whose work may yet be undone. */
    readonly attendre?: boolean;
  },
): Promise<readonly ActeAFaire[]> => {
  const { rows } = await sql<ActeAFaire>`
    select id, contenu, candidature_id as "candidatureId" from acte_de_seance
    where seance_id = ${seanceId} and cloture = ${cloture} and genre = ${genre} and faite_le is null
      and id <> all (${[...sauf]}::uuid[])
    order by id limit ${limite} for update ${attendre ? sql`` : sql`skip locked`}`.execute(db);
  return rows;
};

/** Binds what was taken to its documents. */
export const noterFaits = async (
  db: Database,
  faits: readonly { readonly id: string; readonly fichierId: string }[],
): Promise<void> => {
  await sql`
    update acte_de_seance set fichier_id = fait.fichier, faite_le = now()
    from unnest(${faits.map(({ id }) => id)}::uuid[], ${faits.map(({ fichierId }) => fichierId)}::uuid[])
      as fait (acte, fichier)
    where acte_de_seance.id = fait.acte`.execute(db);
};

type Gestionnaire = {
  readonly structureId: string;
  readonly personne: string;
  readonly courriel: string;
};

/** Who manages these structures now. */
export const listGestionnairesDe = async (
  db: Database,
  structures: readonly string[],
): Promise<readonly Gestionnaire[]> => {
  const { rows } = await sql<Gestionnaire>`
    select distinct attribution.structure_id as "structureId", personne.id as personne, personne.courriel
    from attribution join personne on personne.id = attribution.personne_id
    where attribution.structure_id = any (${[...structures]}::uuid[]) and attribution.role = 'gestionnaire'
      and attribution_en_cours(attribution) and personne.desactivee_le is null and personne.effacee_le is null
    order by personne.courriel`.execute(db);
  return rows;
};

/** Départements by code. */
export const lireNomsDeDepartements = async (db: Database): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await db.selectFrom('departement').select(['code', 'nom']).execute()).map(({ code, nom }) => [
      code,
      nom,
    ]),
  );

export type Avancement = {
  readonly lettres: number;
  readonly lettresFaites: number;
  readonly procesVerbal: boolean;
};

/** How far the documents of the last closing of a session are; nothing before it. */
export const lireAvancement = async (db: Database, seanceId: string): Promise<Avancement> => {
  const { rows } = await sql<Avancement>`
    select lettres, lettres_faites as "lettresFaites", proces_verbal as "procesVerbal"
    from avancement_de_seance(${seanceId})`.execute(db);
  return rows[0] ?? { lettres: 0, lettresFaites: 0, procesVerbal: false };
};

/** The document of the last closing of a session, for who may read its minutes. */
export const findProcesVerbal = async (db: Database, seanceId: string): Promise<string | undefined> => {
  const { rows } = await sql<{ fichier: string }>`
    select fichier_id as fichier from acte_de_seance
    where seance_id = ${seanceId} and genre = 'proces_verbal' and fichier_id is not null
    order by cloture desc limit 1`.execute(db);
  return rows[0]?.fichier;
};

export type LettreFaite = {
  readonly fichier: string;
  readonly type: 'decision' | 'promotion' | 'retrait';
  /** Its day, in Paris. */
  readonly faiteLe: string;
};

/** The letters of an application that stand, the latest first, for who may read them. */
export const listLettresFaites = async (
  db: Database,
  candidatureId: string,
): Promise<readonly LettreFaite[]> => {
  const { rows } = await sql<LettreFaite>`
    select fichier_id as fichier, coalesce(contenu ->> 'type', 'decision') as type,
      ${jourDeParis} as "faiteLe"
    from acte_de_seance
    where candidature_id = ${candidatureId} and genre = 'lettre' and fichier_id is not null
      and decision_id is not null
    order by acte_de_seance.faite_le desc, cloture desc`.execute(db);
  return rows;
};

/** A letter that was sent, with what it told. */
export type LettreEnvoyee = {
  readonly id: string;
  readonly candidatureId: string;
  readonly contenu: unknown;
  /** Its day, in Paris. */
  readonly faiteLe: string;
};

/** What a letter says beside the decision. */
const sinonQui = ['seance', 'vague', 'structure', 'destinataire'];
const jourDeParis = sql`to_char(faite_le at time zone 'Europe/Paris', 'YYYY-MM-DD')`;

/** The last letter that a session sent of each of these applications. */
export const listLettresEnvoyees = async (
  db: Database,
  seanceId: string,
  candidatures: readonly string[],
): Promise<readonly LettreEnvoyee[]> => {
  const { rows } = await sql<LettreEnvoyee>`
    select distinct on (candidature_id) id, candidature_id as "candidatureId", contenu, ${jourDeParis} as "faiteLe"
    from acte_de_seance
    where seance_id = ${seanceId} and candidature_id = any (${[...candidatures]}::uuid[]) and faite_le is not null
    order by candidature_id, cloture desc`.execute(db);
  return rows;
};

/**
 * Of a session closed again: drops each letter that would tell what the one sent before told, and binds that one to its
 * decision once more. Gives the letters that stand so.
 */
export const reprendreLettresPareilles = async (
  db: Database,
  { seanceId, cloture }: DonneesNotification,
): Promise<readonly LettreEnvoyee[]> => {
  const { rows } = await sql<LettreEnvoyee>`
    with envoyee as (
      select distinct on (candidature_id) id, candidature_id, contenu
      from acte_de_seance
      where seance_id = ${seanceId} and cloture < ${cloture} and genre = 'lettre' and faite_le is not null
      order by candidature_id, cloture desc
    ), pareille as (
      delete from acte_de_seance nouvelle using envoyee
      where nouvelle.seance_id = ${seanceId} and nouvelle.cloture = ${cloture} and nouvelle.faite_le is null
        and nouvelle.candidature_id = envoyee.candidature_id
        -- All that is decided; who reads it, and how they are named, may have changed.
        and nouvelle.contenu - ${sinonQui}::text[] = envoyee.contenu - ${sinonQui}::text[]
      returning envoyee.id, nouvelle.decision_id
    )
    update acte_de_seance set decision_id = pareille.decision_id from pareille where acte_de_seance.id = pareille.id
    returning acte_de_seance.id, candidature_id as "candidatureId", contenu, ${jourDeParis} as "faiteLe"`.execute(
    db,
  );
  return rows;
};

/** The day of the minutes that a session had before this closing; nothing where it is the first. */
export const findProcesVerbalRemplace = async (
  db: Database,
  { seanceId, cloture }: DonneesNotification,
): Promise<string | null> => {
  const { rows } = await sql<{ faiteLe: string }>`
    select ${jourDeParis} as "faiteLe" from acte_de_seance
    where seance_id = ${seanceId} and cloture < ${cloture} and genre = 'proces_verbal' and faite_le is not null
    order by cloture desc limit 1`.execute(db);
  return rows[0]?.faiteLe ?? null;
};
