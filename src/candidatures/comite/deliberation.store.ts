import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { type Centimes, centimes } from '../../platform/money.ts';
import { estComptee } from '../../programme/index.ts';
import type { Fonction, Reste, Resultat } from './rules.ts';

/** One after the other, whatever is decided in a wave: until the transaction ends. */
export const verrouillerVague = async (db: Database, vagueId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('vague ' || ${vagueId}, 0))`.execute(db);
};

export type SeanceTenue = {
  readonly id: string;
  readonly statut: 'preparation' | 'ouverte' | 'close';
  readonly version: number;
  readonly date: string;
  /** By whose rules a post is paid: the day on which the wave opened, as candidates were told; else that of the session. */
  readonly jourDesRegimes: string;
  readonly numero: number | null;
  readonly programmeId: string;
  readonly vagueId: string | null;
  readonly regimes: readonly string[];
  /** The wave's, else null. */
  readonly enveloppeId: string | null;
  /** What the acting person does in it, if they are a member. */
  readonly fonction: Fonction | null;
};

/** The day whose régimes a session applies, of the rows `seance` and `vague`. */
export const jourDesRegimes = sql`coalesce(case vague.ouverture_precision when 'jour' then vague.ouvre_le end, seance.date)`;

/** The enveloppe that pays a wave, of the row `vague`: its own, else the first of the programme. */
export const enveloppeDeVague = sql`coalesce(vague.enveloppe_id,
  (select e.id from enveloppe e where e.programme_id = vague.programme_id order by e.id limit 1))`;

/** A session with its wave, if the acting person may see it. */
export const getSeanceTenue = async (db: Database, id: string): Promise<SeanceTenue | undefined> => {
  const { rows } = await sql<SeanceTenue>`
    select seance.id, seance.statut, seance.version, seance.date, seance.numero,
      ${jourDesRegimes} as "jourDesRegimes",
      seance.programme_id as "programmeId", seance.vague_id as "vagueId",
      coalesce(vague.regimes, '{}') as regimes, vague.enveloppe_id as "enveloppeId", membre.fonction
    from seance left join vague on vague.id = seance.vague_id
    left join seance_membre membre
      on membre.seance_id = seance.id and membre.personne_id = (select acteur_personne())
    where seance.id = ${id}`.execute(db);
  return rows[0];
};

export type DossierADecider = {
  readonly id: string;
  readonly numero: number;
  readonly vagueId: string;
  readonly structureId: string;
  readonly structureNom: string;
  readonly aVerifier: boolean;
  readonly departement: string | null;
  readonly statut: string;
  readonly version: number;
  readonly categorie: 'publique' | 'privee';
  readonly postesDemandes: number;
  readonly regime: 'forfait' | 'taux';
  readonly salaire: Centimes;
};

/** A file as it is decided on, if the acting person may see it. */
export const getDossierADecider = async (db: Database, id: string): Promise<DossierADecider | undefined> => {
  const { rows } = await sql<DossierADecider>`
    select candidature.id, candidature.numero, candidature.vague_id as "vagueId",
      structure.id as "structureId", coalesce(structure.raison_sociale, structure.libelle_public, '') as "structureNom",
      structure.a_verifier as "aVerifier", commune.departement_code as departement, candidature.statut,
      candidature.version, candidature.categorie, candidature.postes_demandes as "postesDemandes",
      candidature.regime_souhaite as regime, candidature.salaire_centimes as salaire
    from candidature join structure on structure.id = candidature.structure_id
    left join commune on commune.code = structure.commune_code
    where candidature.id = ${id}`.execute(db);
  const [row] = rows;
  return row && { ...row, salaire: centimes(Number(row.salaire ?? 0)) };
};

/** Keeps a file as it is until the transaction ends: it is not withdrawn while it is decided on. */
export const retenirDossier = async (db: Database, id: string): Promise<string | undefined> => {
  const { rows } = await sql<{ statut: string }>`
    select statut from candidature where id = ${id} for share`.execute(db);
  return rows[0]?.statut;
};

export type Deliberee = {
  readonly id: string;
  readonly resultat: Resultat;
  readonly postes: number;
  readonly rang: number | null;
  readonly motif: string | null;
  readonly engagementId: string | null;
  readonly version: number;
};

/** What a session has decided of a file so far. */
export const getDeliberation = async (
  db: Database,
  seanceId: string,
  candidatureId: string,
): Promise<Deliberee | undefined> => {
  const { rows } = await sql<Deliberee>`
    select id, resultat, postes, rang, motif, engagement_id as "engagementId", version
    from deliberation where seance_id = ${seanceId} and candidature_id = ${candidatureId}`.execute(db);
  return rows[0];
};

/** Next free rank of the waiting list of a session. */
export const prochainRang = async (db: Database, seanceId: string): Promise<number> => {
  const { rows } = await sql<{ rang: number }>`
    select coalesce(max(rang), 0) + 1 as rang from deliberation where seance_id = ${seanceId}`.execute(db);
  return rows[0]?.rang ?? 1;
};

/** Files of a wave that were submitted, as the acting person sees them: no rank on its waiting list goes further. */
export const compterDossiersDeVague = async (db: Database, vagueId: string): Promise<number> => {
  const { rows } = await sql<{ total: number }>`
    select count(*)::integer as total from candidature
    where vague_id = ${vagueId} and ${estComptee(sql`statut`)}`.execute(db);
  return rows[0]?.total ?? 0;
};

/** What is left under the ceilings that a file meets. */
export const lireReste = async (
  db: Database,
  { vagueId, departement }: Pick<DossierADecider, 'vagueId' | 'departement'>,
  enveloppeId: string,
): Promise<Reste> => {
  const plafonds = await sql<{ centimes: number; objectif: number | null }>`
    select (montant_centimes - engage_centimes) as centimes,
      (select objectif_postes - postes_decides from vague where id = ${vagueId}) as objectif
    from enveloppe where id = ${enveloppeId}`.execute(db);
  const quotas = await sql<{ territoire: string; postes: number }>`
    select coalesce(departement.nom, region.nom) as territoire, maximum - postes_decides as postes
    from vague_quota quota
    left join departement on departement.code = quota.departement_code
    left join region on region.code = quota.region_code
    where quota.vague_id = ${vagueId} and maximum is not null
      and (quota.departement_code = ${departement}
        or quota.region_code = (select region_code from departement where code = ${departement}))
    order by 2`.execute(db);
  const [reste] = plafonds.rows;
  return {
    centimes: centimes(reste?.centimes ?? 0),
    objectif: reste?.objectif ?? null,
    quotas: quotas.rows,
  };
};

/** Commits an amount; gives the identifier, which whoever commits may not read back yet. */
export const ajouterEngagement = async (
  db: Database,
  enveloppeId: string,
  montant: Centimes,
): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select uuid_v7() as id`.execute(db);
  const id = rows[0]?.id ?? '';
  await db
    .insertInto('engagement')
    .values({ id, enveloppe_id: enveloppeId, montant_centimes: montant })
    .execute();
  return id;
};

export const changerEngagement = async (db: Database, id: string, montant: Centimes): Promise<void> => {
  await db.updateTable('engagement').set({ montant_centimes: montant }).where('id', '=', id).execute();
};

export type Ecrite = {
  readonly resultat: Resultat;
  readonly postes: number;
  readonly varianteId: string | null;
  readonly engagementId: string | null;
  readonly motif: string | null;
  readonly rang: number | null;
  readonly par: string | null;
};

export const ajouterDeliberation = async (
  db: Database,
  seanceId: string,
  candidatureId: string,
  ecrite: Ecrite,
): Promise<void> => {
  await db
    .insertInto('deliberation')
    .values({
      seance_id: seanceId,
      candidature_id: candidatureId,
      resultat: ecrite.resultat,
      postes: ecrite.postes,
      regime_variante_id: ecrite.varianteId,
      engagement_id: ecrite.engagementId,
      motif: ecrite.motif,
      rang: ecrite.rang,
      decidee_par: ecrite.par,
    })
    .execute();
};

/** Changes what was decided; an engagement that it had and has no more goes with it. */
export const changerDeliberation = async (
  db: Database,
  { id, engagementId }: Pick<Deliberee, 'id' | 'engagementId'>,
  ecrite: Ecrite,
): Promise<void> => {
  // In one statement: the wall shows an engagement to who sees its deliberation.
  await sql`
    with changee as (
      update deliberation set resultat = ${ecrite.resultat}, postes = ${ecrite.postes},
        regime_variante_id = ${ecrite.varianteId}, engagement_id = ${ecrite.engagementId}, motif = ${ecrite.motif},
        rang = ${ecrite.rang}, decidee_par = ${ecrite.par}, decidee_le = now(), version = version + 1
      where id = ${id}
    )
    delete from engagement where id = ${engagementId} and ${ecrite.engagementId === null}`.execute(db);
};

/** Undoes what was decided, with what it commits. */
export const effacerDeliberation = async (
  db: Database,
  { id, engagementId }: Pick<Deliberee, 'id' | 'engagementId'>,
): Promise<void> => {
  await sql`
    with effacee as (delete from deliberation where id = ${id})
    delete from engagement where id = ${engagementId}`.execute(db);
};
