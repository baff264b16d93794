import { sql } from 'kysely';
import { type Database, planGarde } from '../../platform/database/index.ts';
import { decisionRetiree, type EtatCandidature } from '../workflow.ts';
import type { SaisieCandidature } from './champ.ts';
import type { FormeDeVague } from './champs.ts';
import { ouvertureDe, saisieEnVigueur } from './ouverture.rules.ts';
import type { Piece } from './saisie.rules.ts';

export type EtatVague = 'preparation' | 'annulee' | 'a_venir' | 'ouverte' | 'close';

/** A wave as a structure of some département meets it. */
export type VagueOuverte = FormeDeVague & {
  readonly id: string;
  readonly rang: number;
  readonly nom: string;
  readonly etat: EtatVague;
  /** ISO instants. */
  readonly ouvreLe: string | null;
  readonly fermeLe: string | null;
  /** Day and hour of closing where the structure is. */
  readonly fermeture: { readonly jour: string; readonly heure: string; readonly locale: boolean } | null;
  readonly ouverte: { readonly jour: string; readonly heure: string } | null;
};

export type StructureDeclaree = {
  readonly id: string;
  readonly nom: string;
  readonly identifiant: string | null;
  readonly raisonSociale: string | null;
  readonly nature: string | null;
  readonly adresse: string | null;
  readonly codePostal: string | null;
  readonly communeCode: string | null;
  readonly departement: string | null;
  readonly aVerifier: boolean;
  /** Who it is stands: known by its number, and nobody doubts it. */
  readonly verrouillee: boolean;
};

export type Candidature = {
  readonly id: string;
  readonly numero: number;
  readonly statut: EtatCandidature;
  readonly decisionRetiree: boolean;
  readonly version: number;
  /** What counts as things stand. */
  readonly saisie: SaisieCandidature;
  /** All that is typed, what may not be submitted any more included. */
  readonly tapee: SaisieCandidature;
  readonly saisieLe: string;
  readonly deposeeLe: string | null;
  readonly porteur: { readonly id: string; readonly nom: string; readonly actif: boolean } | null;
  readonly depositaires: readonly string[];
  readonly structure: StructureDeclaree;
  readonly vague: VagueOuverte;
  readonly correction: {
    readonly id: string;
    readonly champs: readonly string[];
    readonly demande: string;
    readonly echeance: string;
  } | null;
};

const instant = (colonne: string) =>
  sql<string | null>`to_char((${sql.raw(colonne)}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** A wave as json, for a département in scope as `commune.departement_code`. */
const vagueLue = sql<VagueOuverte>`(
  select jsonb_build_object(
    'id', vague.id, 'rang', vague.rang, 'nom', vague.nom, 'regimes', vague.regimes,
    'coordinateurs', vague.coordinateurs, 'priorites', vague.priorites, 'objectif', vague.objectif_postes,
    'premierJour', vague.ouvre_le, 'dernierJour', vague.ferme_le,
    'etat', vague_etat(vague.id, commune.departement_code, now()),
    'ouvreLe', ${instant('(vague.ouvre_le + vague.ouvre_heure) at time zone fuseau.zone')},
    'fermeLe', ${instant("(vague.ferme_le + vague.ferme_heure) at time zone fuseau.zone + interval '1 minute'")},
    'ouverte', case when vague.ouvre_le is not null and vague.ouverture_precision = 'jour' then jsonb_build_object(
      'jour', vague.ouvre_le, 'heure', to_char(vague.ouvre_heure, 'HH24:MI')) end,
    'fermeture', case when vague.ferme_le is not null then jsonb_build_object(
      'jour', vague.ferme_le, 'heure', to_char(vague.ferme_heure, 'HH24:MI'),
      'locale', fuseau.zone <> 'Europe/Paris') end,
    'questions', coalesce((
      select jsonb_agg(jsonb_build_object('id', question.id, 'libelle', question.libelle, 'aide', question.aide,
        'genre', question.genre, 'choix', question.choix, 'obligatoire', question.obligatoire)
        order by question.rang, question.id)
      from vague_question question where question.vague_id = vague.id), '[]'))
  from (select case when vague.heure_locale then fuseau_departement(commune.departement_code) else 'Europe/Paris' end
    as zone) fuseau)`;

const structureLue = sql<StructureDeclaree>`jsonb_build_object(
  'id', structure.id,
  'nom', coalesce(structure.libelle_public, structure.raison_sociale, structure.identifiant),
  'identifiant', structure.identifiant, 'raisonSociale', structure.raison_sociale, 'nature', structure.nature,
  'adresse', structure.adresse, 'codePostal', structure.code_postal, 'communeCode', structure.commune_code,
  'departement', commune.departement_code, 'aVerifier', structure.a_verifier,
  'verrouillee', structure.identifiant is not null and not structure.a_verifier)`;

/** An application that the acting person sees; with `verrou`, nobody else changes it until the transaction ends. */
export const findCandidature = async (
  db: Database,
  id: string,
  { verrou = false } = {},
): Promise<Candidature | undefined> => {
  if (verrou) await sql`select from candidature where id = ${id} for update`.execute(db);
  const { rows } = await sql<
    Omit<Candidature, 'saisie'> & { readonly deposee: SaisieCandidature | null }
  >`${planGarde}
    select candidature.id, candidature.numero, candidature.statut, candidature.version, candidature.saisie as tapee,
      ${decisionRetiree(sql`candidature.id`)} as "decisionRetiree",
      (select contenu -> 'saisie' from candidature_version where candidature_id = candidature.id
        order by candidature_version.numero desc limit 1) as deposee,
      ${instant('candidature.saisie_le')} as "saisieLe", ${instant('candidature.deposee_le')} as "deposeeLe",
      ${structureLue} as structure, ${vagueLue} as vague,
      (select jsonb_build_object('id', personne.id, 'nom', personne.prenom || ' ' || personne.nom, 'actif', exists (
          select from attribution where attribution.personne_id = personne.id and role = 'gestionnaire'
            and attribution.structure_id = candidature.structure_id and retiree_le is null and du <= now()
            and (fin is null or fin > now())))
        from personne where personne.id = candidature.porteur_id) as porteur,
      array(select personne_id::text from candidature_depositaire where candidature_id = candidature.id
        order by accorde_le) as depositaires,
      (select jsonb_build_object('id', id, 'champs', champs, 'demande', demande, 'echeance', echeance)
        from candidature_correction where candidature_id = candidature.id and repondue_le is null
        order by demandee_le desc limit 1) as correction
    from candidature
    join vague on vague.id = candidature.vague_id
    join structure on structure.id = candidature.structure_id
    left join commune on commune.code = structure.commune_code
    where candidature.id = ${id}`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { deposee, ...candidature } = row;
  const saisie = saisieEnVigueur(ouvertureDe(candidature), candidature.tapee, deposee);
  const { identifiant, raisonSociale, nom, verrouillee } = candidature.structure;
  return {
    ...candidature,
    saisie: verrouillee
      ? { ...saisie, identifiant: identifiant ?? '', raison_sociale: raisonSociale ?? nom }
      : saisie,
  };
};

export type CandidatureListee = {
  readonly id: string;
  readonly numero: number;
  readonly statut: EtatCandidature;
  readonly decisionRetiree: boolean;
  readonly vague: string;
  readonly etatVague: EtatVague;
  readonly fermeture: VagueOuverte['fermeture'];
  readonly saisieLe: string;
  readonly deposeeLe: string | null;
};

/** The applications of a structure, the latest first. */
export const listCandidatures = async (
  db: Database,
  structureId: string,
): Promise<readonly CandidatureListee[]> => {
  const { rows } = await sql<Omit<CandidatureListee, 'vague'> & { readonly vague: VagueOuverte }>`
    select candidature.id, candidature.numero, candidature.statut, ${vagueLue} as vague,
      ${decisionRetiree(sql`candidature.id`)} as "decisionRetiree",
      ${instant('candidature.saisie_le')} as "saisieLe", ${instant('candidature.deposee_le')} as "deposeeLe"
    from candidature
    join vague on vague.id = candidature.vague_id
    join structure on structure.id = candidature.structure_id
    left join commune on commune.code = structure.commune_code
    where candidature.structure_id = ${structureId} order by candidature.cree_le desc, candidature.id desc`.execute(
    db,
  );
  return rows.map(({ vague, ...reste }) => ({
    ...reste,
    vague: vague.nom,
    etatVague: vague.etat,
    fermeture: vague.fermeture,
  }));
};

export type VagueProposee = VagueOuverte & {
  /** Open in the structure's département. */
  readonly departementOuvert: boolean;
  /** The structure's application there that is not over. */
  readonly active: string | null;
};

/** The published waves that are open or to come, as a structure meets them; one of them alone where asked. */
export const listVaguesProposees = async (
  db: Database,
  structureId: string,
  vagueId?: string,
): Promise<readonly VagueProposee[]> => {
  const { rows } = await sql<{ vague: VagueOuverte; ouvert: boolean; active: string | null }>`
    select ${vagueLue} as vague,
      (select count(*) = 0 or coalesce(bool_or(departement_code = commune.departement_code), false)
        from vague_departement where vague_id = vague.id) as ouvert,
      (select candidature.id from candidature where candidature.vague_id = vague.id
        and candidature.structure_id = structure.id
        and candidature.statut not in ('abandonnee', 'retiree', 'doublon', 'desistee')) as active
    from structure
    left join commune on commune.code = structure.commune_code
    cross join vague
    where structure.id = ${structureId} and vague.statut = 'publiee'
      and case when ${vagueId ?? null}::uuid is null
        -- Announced to the month, it is to come until that month is over.
        then vague.ouvre_le is not null
          and (vague.ouverture_precision = 'jour' or vague.ouvre_le >= date_trunc('month', now() at time zone 'Europe/Paris'))
        else vague.id = ${vagueId ?? null}::uuid end
    order by vague.rang`.execute(db);
  return rows
    .map(({ vague, ouvert, active }) => ({ ...vague, departementOuvert: ouvert, active }))
    .filter(({ etat }) => vagueId !== undefined || etat === 'ouverte' || etat === 'a_venir');
};

/** A structure that the acting person sees. */
export const findStructureDeclaree = async (
  db: Database,
  id: string,
): Promise<StructureDeclaree | undefined> => {
  const { rows } = await sql<{ structure: StructureDeclaree }>`
    select ${structureLue} as structure from structure
    left join commune on commune.code = structure.commune_code where structure.id = ${id}`.execute(db);
  return rows[0]?.structure;
};

/** Writes what is typed; the row is held by the caller. */
export const ecrireSaisie = async (db: Database, id: string, saisie: SaisieCandidature): Promise<void> => {
  await sql`
    update candidature set saisie = ${JSON.stringify(saisie)}::jsonb, saisie_le = now(), version = version + 1
    where id = ${id}`.execute(db);
};

/** Names of communes by code, as they are shown: « Laon (02408) ». */
export const listNomsDeCommunes = async (
  db: Database,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<{ code: string; nom: string }>`
    select code, nom || ' (' || code || ')' as nom from commune where code = any (${[...codes]}::text[])`.execute(
    db,
  );
  return new Map(rows.map(({ code, nom }) => [code, nom]));
};

export type PieceListee = Piece & { readonly question: string; readonly statut: string };

/** The files that answer questions of an application, oldest first; those that a later answer let go too. */
export const listPieces = async (db: Database, candidatureId: string): Promise<readonly PieceListee[]> => {
  const { rows } = await sql<PieceListee>`
    select fichier.id, fichier.nom, fichier.taille, fichier.statut, candidature_piece.question
    from candidature_piece join fichier on fichier.id = candidature_piece.fichier_id
    where candidature_piece.candidature_id = ${candidatureId} and candidature_piece.message_id is null
      and fichier.supprime_le is null
    order by fichier.id`.execute(db);
  return rows;
};

export const ecrirePiece = async (
  db: Database,
  piece: { readonly candidatureId: string; readonly question: string; readonly fichierId: string },
): Promise<void> => {
  await sql`
    insert into candidature_piece (fichier_id, candidature_id, question)
    values (${piece.fichierId}, ${piece.candidatureId}, ${piece.question})`.execute(db);
};

export const effacerPiece = async (db: Database, fichierId: string): Promise<void> => {
  await sql`delete from candidature_piece where fichier_id = ${fichierId}`.execute(db);
};

/** Whether a file is attached to an application, a message of it included. */
export const estPiece = async (db: Database, candidatureId: string, fichierId: string): Promise<boolean> => {
  const { rows } = await sql`
    select from candidature_piece where fichier_id = ${fichierId} and candidature_id = ${candidatureId}`.execute(
    db,
  );
  return rows.length > 0;
};

export type LieuConnu = { readonly id: string; readonly nom: string; readonly itinerant: boolean };

/** The places that a structure has already. */
export const listLieux = async (db: Database, structureId: string): Promise<readonly LieuConnu[]> => {
  const { rows } = await sql<LieuConnu>`
    select id, nom, itinerant from lieu where structure_id = ${structureId} order by rang`.execute(db);
  return rows;
};

export const insererCandidature = async (
  db: Database,
  nouvelle: {
    readonly vagueId: string;
    readonly structureId: string;
    readonly porteurId: string;
    readonly saisie: SaisieCandidature;
  },
): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`
    insert into candidature (vague_id, structure_id, porteur_id, saisie)
    values (${nouvelle.vagueId}, ${nouvelle.structureId}, ${nouvelle.porteurId}, ${JSON.stringify(nouvelle.saisie)}::jsonb)
    on conflict (vague_id, structure_id) where statut not in ('abandonnee', 'retiree', 'doublon', 'desistee')
    do nothing returning id`.execute(db);
  return rows[0]?.id;
};

/** Who receives an application: what is said of the service in charge. */
export type Service = {
  readonly nom: readonly string[];
  readonly adresse: readonly string[];
  readonly contact: string | null;
};

/** The service of the préfecture of a département. */
export const findService = async (db: Database, departement: string | null): Promise<Service> => {
  const { rows } = await sql<Service>`
    select coalesce(en_tete.service, array[departement.prefecture]) as nom, coalesce(en_tete.adresse, '{}') as adresse,
      coalesce(en_tete.boite_courriel, nullif(concat_ws(', ', en_tete.contact_telephone, en_tete.contact_courriel), ''))
        as contact
    from departement left join en_tete on en_tete.departement_code = departement.code
    where departement.code = ${departement}`.execute(db);
  return rows[0] ?? { nom: ['Préfecture du département'], adresse: [], contact: null };
};
