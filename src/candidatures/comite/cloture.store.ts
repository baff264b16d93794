import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { nomLisible } from '../../platform/francais/index.ts';
import { enveloppeDeVague } from './deliberation.store.ts';
import type { Resultat, SuitesDeSeance } from './rules.ts';

export type DelibereeAClore = {
  readonly id: string;
  readonly candidatureId: string;
  readonly numero: number;
  readonly structure: string;
  readonly structureId: string;
  readonly departement: string | null;
  /** Withdrawn, sent back or submitted again since it was deliberated. */
  readonly sortie: boolean;
  readonly version: number;
  readonly aVerifier: boolean;
  readonly resultat: Resultat;
  readonly postes: number;
  readonly montant: number;
  readonly motif: string | null;
  readonly engagementId: string | null;
};

const sansDecision = sql`not exists (
  select from decision where decision.candidature_id = deliberation.candidature_id
    and decision.seance_id = deliberation.seance_id)`;

/** What a session has deliberated and not decided yet, as its closing would take it, in the order of the files. */
export const listAClore = async (db: Database, seanceId: string): Promise<readonly DelibereeAClore[]> => {
  const { rows } = await sql<DelibereeAClore>`
    select deliberation.id, candidature.id as "candidatureId", candidature.numero,
      coalesce(structure.raison_sociale, structure.libelle_public, '') as structure, structure.id as "structureId",
      commune.departement_code as departement, candidature.version,
      candidature.statut <> 'instruite' or candidature.deposee_le > deliberation.decidee_le as sortie,
      structure.a_verifier as "aVerifier", deliberation.resultat, deliberation.postes,
      coalesce(engagement.montant_centimes, 0)::bigint as montant, deliberation.motif,
      deliberation.engagement_id as "engagementId"
    from deliberation join candidature on candidature.id = deliberation.candidature_id
    join structure on structure.id = candidature.structure_id
    left join commune on commune.code = structure.commune_code
    left join engagement on engagement.id = deliberation.engagement_id
    where deliberation.seance_id = ${seanceId} and ${sansDecision}
    order by candidature.numero`.execute(db);
  return rows.map((row) => ({ ...row, structure: nomLisible(row.structure) }));
};

/** Files of the wave of a session that it has not decided: they await the next one. */
export const compterNonDecidees = async (db: Database, seanceId: string): Promise<number> => {
  const { rows } = await sql<{ nombre: number }>`
    select count(*)::integer as nombre from seance join candidature on candidature.vague_id = seance.vague_id
    where seance.id = ${seanceId} and candidature.statut = 'instruite' and not exists (
      select from deliberation where seance_id = seance.id and candidature_id = candidature.id)`.execute(db);
  return rows[0]?.nombre ?? 0;
};

/** A préfecture whose letters would lack an address in their heading, or who signs them. */
export type PrefectureARegler = {
  readonly code: string;
  readonly nom: string;
  readonly sansAdresse: boolean;
  readonly sansSignataire: boolean;
};

/** The préfectures to which a session gives letters to write, and whose settings are not complete. */
export const listPrefecturesARegler = async (
  db: Database,
  seanceId: string,
): Promise<readonly PrefectureARegler[]> => {
  const { rows } = await sql<PrefectureARegler>`
    select code, nom, sans_adresse as "sansAdresse", sans_signataire as "sansSignataire"
    from prefectures_a_regler(${seanceId}) where sans_adresse or sans_signataire`.execute(db);
  return rows;
};

/** Deliberations of a session, and how many of them the acting person sees. */
export const compterDeliberations = async (
  db: Database,
  seanceId: string,
): Promise<{ readonly toutes: number; readonly vues: number }> => {
  const { rows } = await sql<{ toutes: number; vues: number }>`
    select deliberations_de_seance(${seanceId}) as toutes,
      (select count(*)::integer from deliberation join candidature on candidature.id = candidature_id
        where seance_id = ${seanceId}) as vues`.execute(db);
  return rows[0] ?? { toutes: 0, vues: 0 };
};

/** Makes the decisions that a session deliberated, with their lines and engagements; gives them. */
export const creerDecisions = async (db: Database, seanceId: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`
    insert into decision (seance_id, structure_id, resultat, candidature_id, motif, rang_attente, sources)
    select seance_id, candidature.structure_id, resultat, candidature_id, motif, rang, '{saisie}'
    from deliberation join candidature on candidature.id = candidature_id
    where seance_id = ${seanceId} and ${sansDecision}
    returning decision.id`.execute(db);
  const decisions = rows.map(({ id }) => id);
  await sql`
    insert into decision_ligne (decision_id, categorie, postes, regime_variante_id, engagement_id, sources)
    select decision.id, candidature.categorie, deliberation.postes, deliberation.regime_variante_id,
      deliberation.engagement_id, '{saisie}'
    from deliberation join decision using (candidature_id, seance_id)
    join candidature on candidature.id = deliberation.candidature_id
    where decision.id = any (${decisions}::uuid[]) and deliberation.resultat = 'retenue'`.execute(db);
  return decisions;
};

/** A new closing, or one more set of letters of a closed session; gives its number. */
export const numeroterCloture = async (db: Database, seanceId: string, fermer: boolean): Promise<number> => {
  const { rows } = await sql<{ clotures: number }>`
    update seance set clotures = clotures + 1, close_le = case when ${fermer} then now() else close_le end
    where id = ${seanceId} returning clotures`.execute(db);
  return rows[0]?.clotures ?? 1;
};

const seanceEnJson = sql`jsonb_build_object('numero', seance.numero, 'date', seance.date, 'lieu', seance.lieu,
  'president', (select personne.prenom || ' ' || personne.nom from seance_membre
    join personne on personne.id = personne_id where seance_id = seance.id and fonction = 'president'))`;

const structureEnJson = sql`jsonb_build_object('id', structure.id, 'identifiant', structure.identifiant,
  'nom', coalesce(structure.raison_sociale, structure.libelle_public), 'adresse', structure.adresse,
  'codePostal', structure.code_postal, 'commune', commune.nom, 'departement', commune.departement_code)`;

/** What a letter says, as it stands: `type` is `decision`, `promotion` or `retrait`. */
const ecrireLettres = (
  db: Database,
  cloture: number,
  type: 'decision' | 'promotion' | 'retrait',
  lesquelles: RawBuilder<unknown>,
) =>
  sql`
    insert into acte_de_seance (seance_id, genre, decision_id, candidature_id, cloture, contenu)
    select decision.seance_id, 'lettre', decision.id, candidature.id, ${cloture}, jsonb_build_object(
      'type', ${type}::text, 'seance', ${seanceEnJson}, 'vague', vague.nom,
      'structure', ${structureEnJson} || jsonb_build_object('adresse', coalesce(structure.adresse, deposee.saisie ->> 'adresse')),
      'destinataire', jsonb_build_object(
        'civilite', deposee.saisie ->> 'representant_civilite', 'prenom', deposee.saisie ->> 'representant_prenom',
        'nom', deposee.saisie ->> 'representant_nom', 'fonction', deposee.saisie ->> 'representant_fonction',
        'courriel', deposee.saisie ->> 'contact_courriel'),
      'candidature', jsonb_build_object('numero', candidature.numero, 'deposeeLe', candidature.deposee_le,
        'postesDemandes', candidature.postes_demandes),
      'resultat', decision.resultat, 'postes', coalesce(ligne.postes, 0),
      'montantCentimes', coalesce(engagement.montant_centimes, 0),
      'regime', case when variante.id is not null then jsonb_build_object('mode', regime.mode,
        'dureeMois', variante.duree_mois, 'plafondCentimes', variante.plafond_centimes,
        'tauxPourMille', variante.taux_pour_mille, 'formationCentimes', variante.formation_centimes) end,
      'motif', case ${type}::text when 'retrait' then decision.retrait_motif else decision.motif end,
      'rang', decision.rang_attente,
      'fondement', case ${type}::text when 'retrait' then decision.retrait_fondement end)
    from decision join candidature on candidature.id = decision.candidature_id
    join seance on seance.id = decision.seance_id join vague on vague.id = candidature.vague_id
    join structure on structure.id = decision.structure_id
    left join commune on commune.code = structure.commune_code
    left join decision_ligne ligne on ligne.decision_id = decision.id
    left join engagement on engagement.id = ligne.engagement_id
    left join regime_variante variante on variante.id = ligne.regime_variante_id
    left join regime on regime.id = variante.regime_id
    -- What was submitted, not what is being typed.
    cross join lateral (select coalesce((
      select contenu -> 'saisie' from candidature_version
      where candidature_id = candidature.id order by candidature_version.numero desc limit 1), candidature.saisie) as saisie) deposee
    where ${lesquelles}`.execute(db);

/** A letter for each of these decisions. */
export const creerLettres = async (
  db: Database,
  decisions: readonly string[],
  cloture: number,
): Promise<void> => {
  await ecrireLettres(
    db,
    cloture,
    'decision',
    // Those of an earlier closing that stood have theirs.
    sql`decision.id = any (${[...decisions]}::uuid[])`,
  );
};

/** The letter of a decision that was promoted or withdrawn after its session. */
export const creerLettre = async (
  db: Database,
  decisionId: string,
  cloture: number,
  type: 'promotion' | 'retrait',
): Promise<void> => {
  await ecrireLettres(db, cloture, type, sql`decision.id = ${decisionId}`);
};

/** The minutes of a session, with all that they tell. */
export const creerProcesVerbal = async (db: Database, seanceId: string, cloture: number): Promise<void> => {
  await sql`
    insert into acte_de_seance (seance_id, genre, cloture, contenu)
    select seance.id, 'proces_verbal', ${cloture}, jsonb_build_object(
      'seance', ${seanceEnJson} || jsonb_build_object('ordreDuJour', seance.ordre_du_jour, 'quorum', seance.quorum,
        'ouverteLe', seance.ouverte_le, 'closeLe', seance.close_le),
      'vague', vague.nom,
      'membres', (select coalesce(jsonb_agg(jsonb_build_object('nom', personne.prenom || ' ' || personne.nom,
          'fonction', fonction, 'present', present)
          order by array_position(array['president', 'secretaire', 'membre'], fonction), personne.nom), '[]')
        from seance_membre join personne on personne.id = personne_id where seance_id = seance.id),
      'conflits', (select coalesce(jsonb_agg(jsonb_build_object('membre', personne.prenom || ' ' || personne.nom,
          'candidature', candidature.numero) order by candidature.numero), '[]')
        from conflits_de_seance(seance.id) conflit join personne on personne.id = conflit.personne_id
        join candidature on candidature.id = conflit.candidature_id),
      'enveloppe', (select jsonb_build_object('nom', nom, 'montantCentimes', montant_centimes,
          'engageCentimes', engage_centimes)
        from enveloppe where id = ${enveloppeDeVague}),
      'decisions', (select coalesce(jsonb_agg(jsonb_build_object('candidature', candidature.numero,
          'structure', ${structureEnJson}, 'resultat', decision.resultat, 'postes', coalesce(ligne.postes, 0),
          'montantCentimes', coalesce(engagement.montant_centimes, 0), 'motif', decision.motif,
          'rang', decision.rang_attente) order by candidature.numero), '[]')
        from decision join candidature on candidature.id = decision.candidature_id
        join structure on structure.id = decision.structure_id
        left join commune on commune.code = structure.commune_code
        left join decision_ligne ligne on ligne.decision_id = decision.id
        left join engagement on engagement.id = ligne.engagement_id
        where decision.seance_id = seance.id),
      'nonDecidees', (select coalesce(jsonb_agg(candidature.numero order by candidature.numero), '[]')
        from candidature where candidature.vague_id = seance.vague_id and candidature.statut = 'instruite'))
    from seance join vague on vague.id = seance.vague_id where seance.id = ${seanceId}`.execute(db);
};

/** What makes that a closed session cannot be reopened; with `verrou`, whoever announces meanwhile waits. */
export const compterSuites = async (
  db: Database,
  seanceId: string,
  { verrou = false } = {},
): Promise<SuitesDeSeance> => {
  if (verrou)
    await sql`select from decision where seance_id = ${seanceId} order by id for update`.execute(db);
  const { rows } = await sql<SuitesDeSeance>`
    select count(*) filter (where publiee_le is not null)::integer as annoncees,
      count(*) filter (where retiree_le is not null or promue_le is not null)::integer as suites
    from decision where seance_id = ${seanceId}`.execute(db);
  return rows[0] ?? { annoncees: 0, suites: 0 };
};

/** Decisions of a session whose file stands where they left it: it goes back to the session. */
export const listARouvrir = async (
  db: Database,
  seanceId: string,
): Promise<
  readonly {
    readonly id: string;
    readonly version: number;
    readonly structureId: string;
    readonly departement: string | null;
  }[]
> => {
  const { rows } = await sql<{
    id: string;
    version: number;
    structureId: string;
    departement: string | null;
  }>`
    select candidature.id, candidature.version, candidature.structure_id as "structureId",
      commune.departement_code as departement
    from decision join candidature on candidature.id = decision.candidature_id
    join structure on structure.id = candidature.structure_id
    left join commune on commune.code = structure.commune_code
    where decision.seance_id = ${seanceId} and candidature.statut = decision.resultat
    order by candidature.numero`.execute(db);
  return rows;
};

/** Undoes decisions of a session, and its letters and minutes that are not written yet. */
export const effacerDecisions = async (
  db: Database,
  seanceId: string,
  candidatures: readonly string[],
): Promise<void> => {
  await sql`delete from acte_de_seance where seance_id = ${seanceId} and faite_le is null`.execute(db);
  await sql`delete from decision_ligne where decision_id in (
    select id from decision where seance_id = ${seanceId} and candidature_id = any (${[...candidatures]}::uuid[]))`.execute(
    db,
  );
  await sql`delete from decision
    where seance_id = ${seanceId} and candidature_id = any (${[...candidatures]}::uuid[])`.execute(db);
};
