import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/database/index.ts';
import { listRegimes, tenirRegimes } from '../store.ts';
import { manquesVague, type Pays } from './coherence.rules.ts';
import { estComptee } from './liste.ts';
import {
  type ContenuVague,
  type Critere,
  genresDeQuestion,
  type Mode,
  type Question,
  type Quota,
  regimes,
  type StatutVague,
  type Vie,
} from './rules.ts';

/** A wave as an administrator reads it: what is written of it, and what weighs on it. */
export type VagueLue = ContenuVague &
  Vie & {
    readonly id: string;
    readonly programmeId: string;
    readonly version: number;
    readonly enveloppeNom: string | null;
    /** Applications that count among those submitted: neither withdrawn nor double. */
    readonly comptees: number;
    readonly brouillons: number;
    /** Posts decided in each quota, by its identifier. */
    readonly decidesParQuota: Readonly<Record<string, number>>;
  };

const statutDe = (statut: string): StatutVague =>
  statut === 'preparation' || statut === 'annulee' ? statut : 'publiee';
const modesDe = (texte: readonly string[]): readonly Mode[] => regimes.filter((mode) => texte.includes(mode));
const heureDe = (heure: string): string => heure.slice(0, 5);

/** The criteria of a wave, in their order. */
export const listCriteres = (
  db: Database,
  vagueId: string,
): Promise<readonly (Critere & { readonly id: string })[]> =>
  db
    .selectFrom('vague_critere')
    .select(['id', 'libelle', 'aide', 'poids'])
    .where('vague_id', '=', vagueId)
    .orderBy('rang')
    .orderBy('id')
    .execute();

/** The questions of a wave beyond the core, in their order. */
export const listQuestions = async (
  db: Database,
  vagueId: string,
): Promise<readonly (Question & { readonly id: string })[]> => {
  const rows = await db
    .selectFrom('vague_question')
    .select(['id', 'libelle', 'aide', 'genre', 'choix', 'obligatoire'])
    .where('vague_id', '=', vagueId)
    .orderBy('rang')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...row,
    genre: genresDeQuestion.find((genre) => genre === row.genre) ?? 'texte',
  }));
};

/** The départements open, by code; none: all of them. */
const listDepartementsOuverts = async (db: Database, vagueId: string): Promise<readonly string[]> =>
  (
    await db
      .selectFrom('vague_departement')
      .select('departement_code')
      .where('vague_id', '=', vagueId)
      .orderBy('departement_code')
      .execute()
  ).map(({ departement_code }) => departement_code);

const listQuotas = (db: Database, vagueId: string) =>
  db
    .selectFrom('vague_quota')
    .leftJoin('departement', 'departement.code', 'vague_quota.departement_code')
    .leftJoin('region', 'region.code', 'vague_quota.region_code')
    .select([
      'id',
      'departement_code as departement',
      'vague_quota.region_code as region',
      'minimum',
      'maximum',
      'postes_decides as decides',
    ])
    .where('vague_id', '=', vagueId)
    .orderBy(sql`coalesce(departement.code, 'R' || vague_quota.region_code)`)
    .execute();

/** A wave whole; undefined where there is none of that identifier. */
export const lireVague = async (db: Database, id: string): Promise<VagueLue | undefined> => {
  const row = await db
    .selectFrom('vague')
    .leftJoin('enveloppe', 'enveloppe.id', 'vague.enveloppe_id')
    .selectAll('vague')
    .select([
      'enveloppe.nom as enveloppe_nom',
      sql<number>`(select count(*) from candidature where vague_id = vague.id and statut not in ('brouillon', 'abandonnee'))`.as(
        'deposees',
      ),
      sql<number>`(select count(*) from candidature where vague_id = vague.id and ${estComptee(sql`statut`)})`.as(
        'comptees',
      ),
      sql<number>`(select count(*) from candidature where vague_id = vague.id and statut = 'brouillon')`.as(
        'brouillons',
      ),
    ])
    .where('vague.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const quotas = await listQuotas(db, id);
  return {
    id,
    programmeId: row.programme_id,
    version: row.version,
    statut: statutDe(row.statut),
    enveloppeId: row.enveloppe_id,
    enveloppeNom: row.enveloppe_nom,
    rang: row.rang,
    nom: row.nom,
    ouvreLe: row.ouvre_le,
    ouverturePrecision: row.ouverture_precision === 'mois' ? 'mois' : 'jour',
    ouvreHeure: heureDe(row.ouvre_heure),
    fermeLe: row.ferme_le,
    fermeHeure: heureDe(row.ferme_heure),
    heureLocale: row.heure_locale,
    objectifPostes: row.objectif_postes,
    postesDecides: row.postes_decides,
    minimumDepartement: row.minimum_departement,
    avisNiveau: row.avis_niveau === 'region' ? 'region' : 'departement',
    regimes: modesDe(row.regimes),
    coordinateurs: row.coordinateurs,
    priorites: row.priorites,
    bonusPriorite: row.bonus_priorite,
    presentation: row.presentation,
    deposees: row.deposees,
    comptees: row.comptees,
    brouillons: row.brouillons,
    criteres: await listCriteres(db, id),
    questions: await listQuestions(db, id),
    departements: await listDepartementsOuverts(db, id),
    quotas: quotas.map(({ decides: _, ...quota }) => quota),
    decidesParQuota: Object.fromEntries(quotas.map(({ id: quota, decides }) => [quota, decides])),
  };
};

/** Until the transaction ends, no other wave takes a name; gives whether one that stands has this one. */
export const estNommee = async (
  db: Database,
  programmeId: string,
  nom: string,
  saufId: string | null,
): Promise<boolean> => {
  await tenirNomsEtRangs(db);
  const { rows } = await sql`
    select from vague where programme_id = ${programmeId} and lower(nom) = lower(${nom}) and statut <> 'annulee'
      and id is distinct from ${saufId}::uuid`.execute(db);
  return rows.length > 0;
};

/** Takes a draft away, conditional on the version seen; gives whether it was. */
export const effacerBrouillonDeVague = async (
  db: Database,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<boolean> => {
  const { numDeletedRows } = await db
    .deleteFrom('vague')
    .where('id', '=', id)
    .where('version', '=', version)
    .where('statut', '=', 'preparation')
    .executeTakeFirst();
  return numDeletedRows === 1n;
};

export const lirePays = async (db: Database): Promise<Pays> => {
  const departements = await db.selectFrom('departement').select(['code', 'region_code']).execute();
  const regions = new Map(departements.map(({ code, region_code }) => [code, region_code]));
  return { regionDe: (code) => regions.get(code) ?? null, departements: departements.length };
};

/** What keeps a wave from being published. */
export const manquesDe = async (db: Database, vague: VagueLue) => {
  await tenirRegimes(db);
  const known = await listRegimes(db, vague.programmeId);
  return manquesVague(vague, {
    ...(await lirePays(db)),
    enVigueur: (jour) =>
      known.filter(({ debut, fin }) => debut <= jour && (fin === null || jour < fin)).map(({ mode }) => mode),
  });
};

/** The clock of the database, by which waves open and close. */
export const getMaintenant = async (db: Database): Promise<Temporal.Instant> => {
  const { rows } = await sql<{
    ms: number;
  }>`select (extract(epoch from clock_timestamp()) * 1000)::bigint as ms`.execute(db);
  return Temporal.Instant.fromEpochMilliseconds(Number(rows[0]?.ms ?? 0));
};

/** Of two waves that are named or begun at once, the second waits: it has another name, and takes the next rank. */
const tenirNomsEtRangs = async (db: Database): Promise<void> => {
  await sql`select pg_advisory_xact_lock(727025)`.execute(db);
};

/** The next rank that no wave has. */
export const prochainRang = async (db: Database, programmeId: string): Promise<number> => {
  await tenirNomsEtRangs(db);
  const row = await db
    .selectFrom('vague')
    .select(sql<number>`coalesce(max(rang), 0) + 1`.as('rang'))
    .where('programme_id', '=', programmeId)
    .executeTakeFirstOrThrow();
  return row.rang;
};

/** A draft of a wave, with its name alone. */
export const creerBrouillonDeVague = async (
  db: Database,
  vague: {
    readonly programmeId: string;
    readonly enveloppeId: string;
    readonly rang: number;
    readonly nom: string;
  },
): Promise<string> => {
  const { id } = await db
    .insertInto('vague')
    .values({
      programme_id: vague.programmeId,
      enveloppe_id: vague.enveloppeId,
      rang: vague.rang,
      nom: vague.nom,
      statut: 'preparation',
      sources: ['saisie'],
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** Writes the columns of a wave, conditional on the version seen; gives whether they were. */
export const ecrireContenu = async (
  db: Database,
  id: string,
  version: number,
  vague: ContenuVague & Pick<Vie, 'ouverturePrecision'>,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('vague')
    .set({
      version: version + 1,
      nom: vague.nom,
      rang: vague.rang,
      enveloppe_id: vague.enveloppeId,
      objectif_postes: vague.objectifPostes,
      regimes: [...vague.regimes],
      coordinateurs: vague.coordinateurs,
      presentation: vague.presentation,
      ouvre_le: vague.ouvreLe,
      ouverture_precision: vague.ouverturePrecision,
      ouvre_heure: vague.ouvreHeure,
      ferme_le: vague.fermeLe,
      ferme_heure: vague.fermeHeure,
      heure_locale: vague.heureLocale,
      avis_niveau: vague.avisNiveau,
      minimum_departement: vague.minimumDepartement,
      priorites: [...vague.priorites],
      bonus_priorite: vague.bonusPriorite,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

type Ligne = { readonly id: string | null };
const gardes = (lignes: readonly Ligne[]): readonly string[] =>
  lignes.flatMap(({ id }) => (id === null ? [] : [id]));

export const ecrireDepartements = async (
  db: Database,
  vagueId: string,
  codes: readonly string[],
): Promise<void> => {
  await db.deleteFrom('vague_departement').where('vague_id', '=', vagueId).execute();
  if (codes.length > 0)
    await db
      .insertInto('vague_departement')
      .values(codes.map((code) => ({ vague_id: vagueId, departement_code: code })))
      .execute();
};

/** Writes a list whole, in its order: what is known keeps its identifier, what is not there any more goes. */
export const ecrireCriteres = async (
  db: Database,
  vagueId: string,
  criteres: readonly Critere[],
): Promise<void> => {
  const kept = gardes(criteres);
  let query = db.deleteFrom('vague_critere').where('vague_id', '=', vagueId);
  if (kept.length > 0) query = query.where('id', 'not in', [...kept]);
  await query.execute();
  // Two that exchange their names would meet on the way.
  await sql`update vague_critere set libelle = id::text where vague_id = ${vagueId}`.execute(db);
  for (const [index, { id, libelle, aide, poids }] of criteres.entries()) {
    const values = { rang: index + 1, libelle, aide, poids };
    if (id === null)
      await db
        .insertInto('vague_critere')
        .values({ vague_id: vagueId, ...values })
        .execute();
    else
      await db
        .updateTable('vague_critere')
        .set(values)
        .where('id', '=', id)
        .where('vague_id', '=', vagueId)
        .execute();
  }
};

export const ecrireQuestions = async (
  db: Database,
  vagueId: string,
  questions: readonly Question[],
): Promise<void> => {
  const kept = gardes(questions);
  let query = db.deleteFrom('vague_question').where('vague_id', '=', vagueId);
  if (kept.length > 0) query = query.where('id', 'not in', [...kept]);
  await query.execute();
  for (const [index, { id, libelle, aide, genre, choix, obligatoire }] of questions.entries()) {
    const values = { rang: index + 1, libelle, aide, genre, choix: [...choix], obligatoire };
    if (id === null)
      await db
        .insertInto('vague_question')
        .values({ vague_id: vagueId, ...values })
        .execute();
    else
      await db
        .updateTable('vague_question')
        .set(values)
        .where('id', '=', id)
        .where('vague_id', '=', vagueId)
        .execute();
  }
};

export const ecrireQuotas = async (
  db: Database,
  vagueId: string,
  quotas: readonly Quota[],
): Promise<void> => {
  const kept = gardes(quotas);
  let query = db.deleteFrom('vague_quota').where('vague_id', '=', vagueId);
  if (kept.length > 0) query = query.where('id', 'not in', [...kept]);
  await query.execute();
  for (const { id, departement, region, minimum, maximum } of quotas) {
    if (id === null)
      await db
        .insertInto('vague_quota')
        .values({ vague_id: vagueId, departement_code: departement, region_code: region, minimum, maximum })
        .execute();
    else
      await db
        .updateTable('vague_quota')
        .set({ minimum, maximum })
        .where('id', '=', id)
        .where('vague_id', '=', vagueId)
        .execute();
  }
};

export type APrevenir = {
  readonly candidature: string;
  readonly numero: number;
  readonly vague: string;
  readonly personne: string;
  readonly courriel: string;
};

/** Those who manage the structures whose application to a wave is not over. */
export const listAPrevenir = async (db: Database, vagueId: string): Promise<readonly APrevenir[]> =>
  (
    await sql<APrevenir>`
      select distinct candidature.id as candidature, candidature.numero, vague.nom as vague, personne.id as personne,
        personne.courriel
      from candidature
      join vague on vague.id = candidature.vague_id
      join attribution on attribution.structure_id = candidature.structure_id and attribution.role = 'gestionnaire'
      join personne on personne.id = attribution.personne_id
      where vague.id = ${vagueId} and candidature.statut not in ('abandonnee', 'retiree', 'doublon', 'refusee', 'desistee')
        and attribution.retiree_le is null and attribution.du <= now()
        and (attribution.fin is null or attribution.fin > now())
        and personne.desactivee_le is null and personne.effacee_le is null
      order by candidature.numero, personne.courriel`.execute(db)
  ).rows;
