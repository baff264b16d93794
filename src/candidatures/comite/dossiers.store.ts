import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { nomLisible } from '../../platform/francais/index.ts';
import type { EtatCandidature } from '../workflow.ts';
import type { Note, Resultat } from './rules.ts';

export type DossierDeSeance = {
  readonly id: string;
  readonly numero: number;
  readonly statut: EtatCandidature;
  readonly structure: string;
  readonly aVerifier: boolean;
  readonly commune: string | null;
  readonly departement: string | null;
  readonly departementNom: string | null;
  readonly categorie: 'publique' | 'privee';
  readonly postesDemandes: number;
  readonly regime: 'forfait' | 'taux';
  readonly salaire: number;
  readonly prioritaire: boolean;
  readonly bonus: number;
  readonly deposeeLe: string;
  readonly regimes: readonly ('forfait' | 'taux')[];
  readonly avisNiveau: 'departement' | 'region';
};

/** A file as a session reads it. */
export const lireDossierDeSeance = async (
  db: Database,
  seanceId: string,
  id: string,
): Promise<DossierDeSeance | undefined> => {
  const { rows } = await sql<DossierDeSeance>`
    select candidature.id, candidature.numero, candidature.statut,
      coalesce(structure.raison_sociale, structure.libelle_public, '') as structure,
      structure.a_verifier as "aVerifier", commune.nom as commune,
      commune.departement_code as departement, departement.nom as "departementNom", candidature.categorie,
      candidature.postes_demandes as "postesDemandes",
      candidature.regime_souhaite as regime, candidature.salaire_centimes as salaire,
      candidature.priorites && vague.priorites as prioritaire, vague.bonus_priorite as bonus,
      (candidature.deposee_le at time zone 'Europe/Paris')::date as "deposeeLe", vague.regimes,
      vague.avis_niveau as "avisNiveau"
    from seance join vague on vague.id = seance.vague_id
    join candidature on candidature.vague_id = vague.id
    join structure on structure.id = candidature.structure_id
    left join commune on commune.code = structure.commune_code
    left join departement on departement.code = commune.departement_code
    where seance.id = ${seanceId} and candidature.id = ${id}
      and candidature.statut not in ('brouillon', 'abandonnee')`.execute(db);
  return rows.map((row) => ({ ...row, structure: nomLisible(row.structure) }))[0];
};

export type AvisLu = {
  readonly id: string;
  readonly niveau: 'departement' | 'region';
  readonly favorable: boolean;
  readonly postes: number;
  readonly commentaire: string;
  readonly renduLe: string;
};

/** Opinions on a file, the last first. */
export const listAvis = async (db: Database, id: string): Promise<readonly AvisLu[]> => {
  const { rows } = await sql<AvisLu>`
    select id, niveau, favorable, postes_proposes as postes, commentaire,
      (rendu_le at time zone 'Europe/Paris')::date as "renduLe"
    from candidature_avis where candidature_id = ${id} order by rendu_le desc, id desc`.execute(db);
  return rows;
};

export type Propose = { readonly id: string; readonly nom: string; readonly postes: number };

/** What each proposal of a session gives to a file, the last first. */
export const listProposes = async (
  db: Database,
  seanceId: string,
  id: string,
): Promise<readonly Propose[]> => {
  const { rows } = await sql<Propose>`
    select proposition.id, proposition.nom, proposition_ligne.postes
    from proposition_ligne join proposition on proposition.id = proposition_id
    where seance_id = ${seanceId} and candidature_id = ${id} and proposition.statut = 'calculee'
    order by proposition.id desc`.execute(db);
  return rows;
};

export type Critere = {
  readonly id: string;
  readonly libelle: string;
  readonly aide: string | null;
  readonly poids: number;
};

export const listCriteres = async (db: Database, vagueId: string): Promise<readonly Critere[]> => {
  const { rows } = await sql<Critere>`
    select id, libelle, aide, poids from vague_critere where vague_id = ${vagueId} order by rang`.execute(db);
  return rows;
};

/** Scores of a file, all members. */
export const listNotes = async (
  db: Database,
  id: string,
): Promise<readonly (Note & { readonly membreNom: string })[]> => {
  const { rows } = await sql<Note & { membreNom: string }>`
    select critere_id as critere, poids, personne_id as membre, note, personne.prenom || ' ' || personne.nom as "membreNom"
    from notation join vague_critere on vague_critere.id = critere_id
    join personne on personne.id = personne_id
    where candidature_id = ${id} order by "membreNom"`.execute(db);
  return rows;
};

export type Voisins = { readonly precedent: string | null; readonly suivant: string | null };

/** The files before and after one, in the order of their numbers. */
export const listVoisins = async (db: Database, vagueId: string, numero: number): Promise<Voisins> => {
  const { rows } = await sql<Voisins>`
    select (select id from candidature where vague_id = ${vagueId} and numero < ${numero} and statut = 'instruite'
        order by numero desc limit 1) as precedent,
      (select id from candidature where vague_id = ${vagueId} and numero > ${numero} and statut = 'instruite'
        order by numero limit 1) as suivant`.execute(db);
  return rows[0] ?? { precedent: null, suivant: null };
};

export type DecisionLue = {
  readonly resultat: Resultat;
  readonly postes: number;
  readonly mode: 'forfait' | 'taux' | null;
  readonly montant: number | null;
  readonly motif: string | null;
  readonly rang: number | null;
  readonly version: number;
  readonly par: string | null;
};

/** What a session has decided of a file, with who recorded it. */
export const lireDecision = async (
  db: Database,
  seanceId: string,
  id: string,
): Promise<DecisionLue | undefined> => {
  const { rows } = await sql<DecisionLue>`
    select resultat, postes, regime.mode, engagement.montant_centimes as montant, motif, rang, deliberation.version,
      personne.prenom || ' ' || personne.nom as par
    from deliberation
    left join engagement on engagement.id = engagement_id
    left join regime_variante variante on variante.id = regime_variante_id
    left join regime on regime.id = variante.regime_id
    left join personne on personne.id = decidee_par
    where seance_id = ${seanceId} and candidature_id = ${id}`.execute(db);
  return rows[0];
};

/** Départements of the files of a session, to filter by. */
export const listDepartementsDeSeance = async (
  db: Database,
  vagueId: string,
): Promise<readonly { readonly valeur: string; readonly texte: string }[]> => {
  const { rows } = await sql<{ valeur: string; texte: string }>`
    select distinct departement.code as valeur, departement.nom as texte
    from candidature join structure on structure.id = candidature.structure_id
    join commune on commune.code = structure.commune_code
    join departement on departement.code = commune.departement_code
    where vague_id = ${vagueId} order by texte`.execute(db);
  return rows;
};

/** What the préfecture proposes for files, 0 where its opinion is unfavourable; without an opinion, what they ask. */
export const listPostesProposes = async (
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly numero: number; readonly postes: number }>> => {
  const { rows } = await sql<{ id: string; numero: number; postes: number }>`
    select candidature.id, candidature.numero, coalesce(avis.postes_proposes, postes_demandes) as postes
    from candidature join vague on vague.id = vague_id
    left join lateral (
      select postes_proposes from candidature_avis
      where candidature_id = candidature.id and niveau = vague.avis_niveau order by rendu_le desc, id desc limit 1
    ) avis on true
    where candidature.id = any (${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, ...reste }) => [id, reste]));
};

/** Writes the scores of a member on a file; those left out go. */
export const ecrireNotes = async (
  db: Database,
  candidatureId: string,
  personneId: string,
  notes: readonly { readonly critere: string; readonly note: number }[],
): Promise<void> => {
  await sql`delete from notation where candidature_id = ${candidatureId} and personne_id = ${personneId}
    and critere_id <> all (${notes.map(({ critere }) => critere)}::uuid[])`.execute(db);
  if (notes.length > 0)
    await db
      .insertInto('notation')
      .values(
        notes.map(({ critere, note }) => ({
          candidature_id: candidatureId,
          critere_id: critere,
          personne_id: personneId,
          note,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['candidature_id', 'critere_id', 'personne_id'])
          .doUpdateSet({ note: sql<number>`excluded.note`, notee_le: sql<Date>`now()` }),
      )
      .execute();
};
