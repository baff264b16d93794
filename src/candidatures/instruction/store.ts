import { sql } from 'kysely';
import { type Database, planGarde } from '../../platform/database/index.ts';
import { nomLisible } from '../../platform/francais/index.ts';
import { decisionRetiree, type EtatCandidature } from '../workflow.ts';
import type { Niveau, RaisonDeDoublon } from './rules.ts';

/** An application as its préfecture reads it. */
export type Fiche = {
  readonly id: string;
  readonly numero: number;
  readonly statut: EtatCandidature;
  /** The decision that retained it was withdrawn. */
  readonly decisionRetiree: boolean;
  readonly version: number;
  readonly vagueId: string;
  readonly vague: string;
  readonly avisNiveau: Niveau;
  readonly etatVague: 'preparation' | 'annulee' | 'a_venir' | 'ouverte' | 'close';
  readonly fermeLe: string | null;
  readonly structureId: string;
  readonly structure: string;
  readonly identifiant: string | null;
  readonly aVerifier: boolean;
  readonly verificationMotif: string | null;
  readonly commune: string | null;
  readonly departement: string | null;
  readonly categorie: 'publique' | 'privee';
  readonly postes: number;
  readonly coordinateurs: number;
  readonly regime: 'forfait' | 'taux';
  readonly salaire: number;
  readonly debut: string;
  readonly candidatIdentifie: boolean;
  readonly priorites: readonly string[];
  readonly deposeeLe: string;
  readonly agentId: string | null;
  readonly agent: string | null;
  readonly fusionneeDans: string | null;
};

const iso = (colonne: string) =>
  sql<string>`to_char(${sql.ref(colonne)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** An application that the acting role instructs or manages; never a draft. */
export const findFiche = async (db: Database, id: string): Promise<Fiche | undefined> => {
  const { rows } = await sql<Fiche>`${planGarde}
    select candidature.id, candidature.numero, candidature.statut, candidature.version,
      ${decisionRetiree(sql`candidature.id`)} as "decisionRetiree",
      vague.id as "vagueId", vague.nom as vague, vague.avis_niveau as "avisNiveau",
      vague_etat(vague.id, commune.departement_code, now()) as "etatVague", vague.ferme_le::text as "fermeLe",
      structure.id as "structureId", coalesce(structure.raison_sociale, structure.identifiant) as structure,
      structure.identifiant, structure.a_verifier as "aVerifier",
      structure.verification_motif as "verificationMotif",
      commune.nom as commune, commune.departement_code as departement,
      candidature.categorie, candidature.postes_demandes as postes,
      candidature.postes_coordinateurs as coordinateurs, candidature.regime_souhaite as regime,
      candidature.salaire_centimes as salaire, candidature.debut_souhaite::text as debut,
      candidature.candidat_identifie as "candidatIdentifie", candidature.priorites,
      ${iso('candidature.deposee_le')} as "deposeeLe", candidature.instructeur_id as "agentId",
      instruction.agent, candidature.fusionnee_dans as "fusionneeDans"
    from candidature
    join vague on vague.id = candidature.vague_id
    join structure on structure.id = candidature.structure_id
    left join commune on commune.code = structure.commune_code
    left join instruction on instruction.candidature_id = candidature.id
    where candidature.id = ${id} and candidature.statut not in ('brouillon', 'abandonnee')`.execute(db);
  return rows.map((row) => ({ ...row, structure: nomLisible(row.structure) }))[0];
};

/** Nobody else changes an application until the transaction ends. */
export const verrouiller = async (db: Database, id: string): Promise<void> => {
  await sql`select from candidature where id = ${id} for update`.execute(db);
};

export type Avis = {
  readonly id: string;
  readonly niveau: Niveau;
  readonly favorable: boolean;
  readonly postes: number;
  readonly commentaire: string;
  readonly auteur: string | null;
  readonly renduLe: string;
};

/** The opinions given, the last first. */
export const listAvis = async (db: Database, candidatureId: string): Promise<readonly Avis[]> =>
  (
    await sql<Avis>`
      select candidature_avis.id, niveau, favorable, postes_proposes as postes, commentaire,
        personne.prenom || ' ' || personne.nom as auteur, ${iso('rendu_le')} as "renduLe"
      from candidature_avis left join personne on personne.id = rendu_par
      where candidature_id = ${candidatureId} order by rendu_le desc, candidature_avis.id desc`.execute(db)
  ).rows;

export type Version = { readonly numero: number; readonly deposeeLe: string };

export const listVersions = async (db: Database, candidatureId: string): Promise<readonly Version[]> =>
  (
    await sql<Version>`
      select numero, ${iso('deposee_le')} as "deposeeLe" from candidature_version
      where candidature_id = ${candidatureId} order by numero desc`.execute(db)
  ).rows;

export type Note = {
  readonly id: string;
  readonly texte: string;
  readonly auteur: string | null;
  readonly auteurId: string | null;
  readonly ecriteLe: string;
};

export const listNotes = async (db: Database, candidatureId: string): Promise<readonly Note[]> =>
  (
    await sql<Note>`
      select candidature_note.id, texte, auteur_id as "auteurId", personne.prenom || ' ' || personne.nom as auteur,
        ${iso('ecrite_le')} as "ecriteLe"
      from candidature_note left join personne on personne.id = auteur_id
      where candidature_id = ${candidatureId} order by ecrite_le desc, candidature_note.id desc`.execute(db)
  ).rows;

export type Doublon = {
  readonly id: string;
  readonly numero: number;
  readonly structure: string;
  readonly identifiant: string | null;
  readonly commune: string | null;
  readonly vague: string;
  readonly memeVague: boolean;
  readonly statut: EtatCandidature;
  readonly version: number;
  readonly postes: number;
  readonly raison: RaisonDeDoublon;
};

/** Applications that look like this one, among those that the acting role sees. */
export const listDoublons = async (db: Database, candidatureId: string): Promise<readonly Doublon[]> =>
  (
    await sql<Doublon>`
      select candidature.id, candidature.numero, candidature.statut, candidature.version,
        candidature.postes_demandes as postes,
        coalesce(structure.raison_sociale, structure.identifiant) as structure, structure.identifiant,
        commune.nom as commune, vague.nom as vague, raison,
        vague.id = (select vague_id from candidature where id = ${candidatureId}) as "memeVague"
      from candidature_doubles(${candidatureId}) doubles
      join candidature on candidature.id = doubles.candidature_id
      join vague on vague.id = candidature.vague_id
      join structure on structure.id = candidature.structure_id
      left join commune on commune.code = structure.commune_code
      order by candidature.numero limit 50`.execute(db)
  ).rows.map((row) => ({ ...row, structure: nomLisible(row.structure) }));

export type Correction = {
  readonly id: string;
  readonly champs: readonly string[];
  readonly demande: string;
  readonly echeance: string;
  readonly demandeeLe: string;
  readonly relanceeLe: string | null;
  readonly repondueLe: string | null;
};

/** What was asked to be corrected, the last first. */
export const listCorrections = async (db: Database, candidatureId: string): Promise<readonly Correction[]> =>
  (
    await sql<Correction>`
      select id, champs, demande, echeance::text, ${iso('demandee_le')} as "demandeeLe",
        ${iso('relancee_le')} as "relanceeLe", ${iso('repondue_le')} as "repondueLe"
      from candidature_correction where candidature_id = ${candidatureId}
      order by demandee_le desc, id desc`.execute(db)
  ).rows;

export type AgentDePrefecture = { readonly id: string; readonly nom: string };

/** Agents who instruct the applications of these départements, as far as the acting role sees them. */
export const listAgents = async (
  db: Database,
  departements: readonly string[],
): Promise<readonly AgentDePrefecture[]> =>
  (
    await sql<AgentDePrefecture>`
      select id, nom from agents_de_prefecture(${[...departements]}::text[])`.execute(db)
  ).rows;

export type ChoixDeListe = { readonly valeur: string; readonly texte: string };

export type ChoixDeTable = {
  readonly vagues: readonly ChoixDeListe[];
  readonly departements: readonly ChoixDeListe[];
  readonly agents: readonly AgentDePrefecture[];
  readonly priorites: readonly string[];
};

/** Values offered by the filters of the table, in one query. */
export const lireChoix = async (db: Database): Promise<ChoixDeTable> => {
  const { rows } = await sql<ChoixDeTable>`${planGarde}
    with territoire as (
      select code, nom from departement where code in (select acteur_departements_a_ecrire())
    ), offerte as (
      select id, nom, rang, priorites from vague
      -- The first one of the index is enough.
      where statut <> 'preparation'
        and (select true from instruction where vague_id = vague.id order by departement_code limit 1)
    )
    select
      coalesce((
        select json_agg(json_build_object('valeur', id, 'texte', nom) order by rang) from offerte), '[]') as vagues,
      coalesce((
        select json_agg(json_build_object('valeur', code, 'texte', nom) order by nom collate "fr-x-icu")
        from territoire), '[]') as departements,
      coalesce((
        select json_agg(json_build_object('id', id, 'nom', nom) order by place)
        from rows from (agents_de_prefecture(array(select code from territoire)))
          with ordinality as agent (id, nom, place)), '[]') as agents,
      array(
        select priorite from offerte, unnest(priorites) priorite group by priorite order by min(rang), priorite
      ) as priorites`.execute(db);
  const [choix] = rows;
  if (choix === undefined) throw new Error('an aggregate gives a row');
  return choix;
};

/** How many messages of the other side the acting person has not read. */
export const compterNonLus = async (
  db: Database,
  candidatureId: string,
  cote: 'structure' | 'prefecture',
  personne: string,
): Promise<number> => {
  const { rows } = await sql<{ nombre: number }>`
    select count(*) as nombre from candidature_message
    where candidature_id = ${candidatureId} and cote <> ${cote} and envoye_le > coalesce((
      select lu_le from candidature_lecture
      where candidature_id = ${candidatureId} and personne_id = ${personne}), '-infinity')`.execute(db);
  return rows[0]?.nombre ?? 0;
};

export type FicheDeLot = {
  readonly id: string;
  readonly numero: number;
  readonly version: number;
  readonly structure: string;
  readonly etat: string;
  readonly postes: number;
  readonly departement: string | null;
};

export type FicheLue = Omit<FicheDeLot, 'etat'> & {
  readonly statut: EtatCandidature;
  readonly avisNiveau: 'departement' | 'region';
};

/** Several files, by name: those that the acting role instructs among these. */
export const listFiches = async (db: Database, ids: readonly string[]): Promise<readonly FicheLue[]> =>
  (
    await sql<FicheLue>`
      select candidature.id, candidature.numero, candidature.version, candidature.statut,
        instruction.nom as structure, instruction.postes_demandes as postes,
        instruction.departement_code as departement, vague.avis_niveau as "avisNiveau"
      from instruction join candidature on candidature.id = instruction.candidature_id
      join vague on vague.id = instruction.vague_id
      where instruction.candidature_id = any (${[...ids]}::uuid[])
      order by instruction.nom_tri, candidature.id`.execute(db)
  ).rows;
