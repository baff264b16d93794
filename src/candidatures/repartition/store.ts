import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import type { Categorie } from '../../programme/index.ts';
import { enveloppeDeVague, jourDesRegimes } from '../comite/deliberation.store.ts';
import { type Besoin, type Explication, type HorsDuCalcul, horsDuCalcul, type Quota } from './rules.ts';

/** What weighs in a proposal, and how many inhabitants a post serves; all on the screen. */
const poidsDeProposition = z.object({
  besoin: z.int().min(0).max(100),
  criteres: z.int().min(0).max(100),
  priorite: z.int().min(0).max(100),
  /** Inhabitants that a post serves where the index of fragility is at its mean. */
  habitants: z.int().min(500).max(1_000_000),
});
export type PoidsDeProposition = z.infer<typeof poidsDeProposition>;

const resultat = z.object({
  /** Files that were weighed. */
  dossiers: z.int(),
  /** Files that were not: out, whatever they earn. */
  hors: z.int().default(0),
  postes: z.int(),
  /** In cents. */
  montant: z.int(),
  points: z.number(),
  /** No allocation earns more. */
  borne: z.number(),
  ecart: z.number(),
  /** In seconds. */
  duree: z.number(),
  /** Posts missing from floors, by key of territory. */
  manques: z.record(z.string(), z.int()),
  /** What was left to give. */
  enveloppe: z.int(),
  objectif: z.int().nullable(),
});
export type ResultatDeProposition = z.infer<typeof resultat>;

const avancement = z.object({ duree: z.number(), ecart: z.number().nullable() });
export type Avancement = z.infer<typeof avancement>;

export type Proposition = {
  readonly id: string;
  readonly seanceId: string;
  readonly statut: 'demandee' | 'calculee' | 'echouee';
  readonly version: number;
  readonly nom: string;
  readonly poids: PoidsDeProposition;
  readonly demandeeLe: Date;
  readonly resultat: ResultatDeProposition | null;
  readonly avancement: Avancement | null;
  readonly echec: string | null;
};

const proposition = z.object({
  id: z.string(),
  seanceId: z.string(),
  statut: z.enum(['demandee', 'calculee', 'echouee']),
  version: z.number(),
  nom: z.string(),
  poids: poidsDeProposition,
  demandeeLe: z.date(),
  resultat: resultat.nullable(),
  avancement: avancement.nullable(),
  echec: z.string().nullable(),
});

const lignes = (db: Database) =>
  db
    .selectFrom('proposition')
    .select([
      'id',
      'seance_id as seanceId',
      'statut',
      'version',
      'nom',
      'poids',
      'demandee_le as demandeeLe',
      'resultat',
      'avancement',
      'echec',
    ]);

/** Proposals of a session, the last first; a hundred at most, which is more than anybody compares. */
export const listPropositions = async (db: Database, seanceId: string): Promise<readonly Proposition[]> =>
  z
    .array(proposition)
    .parse(await lignes(db).where('seance_id', '=', seanceId).orderBy('id', 'desc').limit(100).execute());

export const getProposition = async (db: Database, id: string): Promise<Proposition | undefined> => {
  const row = await lignes(db).where('id', '=', id).executeTakeFirst();
  return row && proposition.parse(row);
};

/** Whether a proposal of a session has this name; nobody else writes one until the transaction ends. */
export const estNommee = async (db: Database, seanceId: string, nom: string): Promise<boolean> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('propositions ' || ${seanceId}, 0))`.execute(db);
  const { rows } = await sql`
    select from proposition where seance_id = ${seanceId} and lower(nom) = lower(${nom})`.execute(db);
  return rows.length > 0;
};

export const ajouterProposition = async (
  db: Database,
  voulue: {
    readonly seanceId: string;
    readonly nom: string;
    readonly poids: PoidsDeProposition;
    readonly personne: string | null;
  },
): Promise<string> => {
  const { id } = await db
    .insertInto('proposition')
    .values({
      seance_id: voulue.seanceId,
      nom: voulue.nom,
      poids: JSON.stringify(voulue.poids),
      demandee_par: voulue.personne,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** By a connection of its own, while the calculation goes on. */
export const noterAvancement = async (db: Database, id: string, vu: Avancement): Promise<void> => {
  await db
    .updateTable('proposition')
    .set({ avancement: JSON.stringify(vu) })
    .where('id', '=', id)
    .where('statut', '=', 'demandee')
    .execute();
};

export const noterResultat = async (
  db: Database,
  id: string,
  fait: { readonly resultat: ResultatDeProposition } | { readonly echec: string },
): Promise<void> => {
  await db
    .updateTable('proposition')
    .set('resultat' in fait ? { resultat: JSON.stringify(fait.resultat) } : fait)
    .where('id', '=', id)
    .execute();
};

/** Writes what each file receives and why, set-based. */
export const ecrireLignes = async (
  db: Database,
  id: string,
  expliques: readonly (Explication & { readonly id: string })[],
): Promise<void> => {
  await sql`
    insert into proposition_ligne (proposition_id, candidature_id, postes, explication)
    select ${id}, lue.id, lue.postes, lue.explication
    from unnest(
      ${expliques.map((explique) => explique.id)}::uuid[],
      ${expliques.map(({ postes }) => postes)}::integer[],
      ${expliques.map(({ id: _, postes: __, ...explication }) => JSON.stringify(explication))}::jsonb[]
    ) lue (id, postes, explication)`.execute(db);
};

export type SeanceDuCalcul = {
  /** The day whose régimes apply. */
  readonly jour: string;
  readonly vagueId: string;
  readonly programmeId: string;
  /** In cents, what is not committed. */
  readonly enveloppe: number;
  readonly objectif: number | null;
  readonly minimumDepartement: number;
};

/** The session with what its wave has left to give; undefined where it decides no wave with an enveloppe. */
export const getSeanceDuCalcul = async (
  db: Database,
  seanceId: string,
): Promise<SeanceDuCalcul | undefined> => {
  const { rows } = await sql<SeanceDuCalcul>`
    select ${jourDesRegimes} as jour, vague.id as "vagueId", vague.programme_id as "programmeId",
      enveloppe.montant_centimes - enveloppe.engage_centimes as enveloppe,
      vague.objectif_postes - vague.postes_decides as objectif,
      vague.minimum_departement as "minimumDepartement"
    from seance join vague on vague.id = seance.vague_id 
      join enveloppe on enveloppe.id = ${enveloppeDeVague}
    where seance.id = ${seanceId}`.execute(db);
  return rows[0];
};

export type DossierLu = {
  readonly id: string;
  readonly departement: string;
  readonly region: string | null;
  readonly epci: string | null;
  readonly plafond: number;
  readonly categorie: Categorie;
  readonly mode: 'forfait' | 'taux';
  /** Gross monthly, in cents. */
  readonly salaire: number;
  readonly score: number;
  readonly prioritaire: boolean;
  /** Why it is not weighed; null where it is. */
  readonly hors: HorsDuCalcul | null;
};

/**
 * The files that a session has still to decide: posts within what is asked and what the last opinion that counts
 * proposes; score from 0 to 1, weighted by criterion over those that somebody marked, as the committee reads it; 0
 * without a mark.
 */
export const listDossiersADecider = async (db: Database, seanceId: string): Promise<readonly DossierLu[]> => {
  const { rows } = await sql<DossierLu>`
    with critere as (
      select vague_critere.id, poids::double precision / sum(poids) over () as part
      from vague_critere join seance on seance.vague_id = vague_critere.vague_id
      where seance.id = ${seanceId}
    ), score as (
      select note.candidature_id, sum(note.moyenne / 5 * critere.part) / nullif(sum(critere.part), 0) as score
      from (
        select candidature_id, critere_id, avg(note)::double precision as moyenne
        from notation group by candidature_id, critere_id
      ) note join critere on critere.id = note.critere_id
      group by note.candidature_id
    )
    select candidature.id, commune.departement_code as departement, departement.region_code as region,
      commune.epci_code as epci, least(candidature.postes_demandes, coalesce(avis.postes_proposes, 0)) as plafond,
      candidature.categorie, candidature.regime_souhaite as mode, candidature.salaire_centimes as salaire,
      coalesce(score.score, 0) as score, candidature.priorites && vague.priorites as prioritaire,
      case when structure.a_verifier then 'verification' when avis.favorable then null else 'avis' end as hors
    from seance
    join vague on vague.id = seance.vague_id
    join candidature on candidature.vague_id = vague.id and candidature.statut = 'instruite'
    join structure on structure.id = candidature.structure_id
    join commune on commune.code = structure.commune_code
    join departement on departement.code = commune.departement_code
    left join lateral (
      select favorable, postes_proposes from candidature_avis
      where candidature_id = candidature.id and niveau = vague.avis_niveau
      order by rendu_le desc, id desc limit 1
    ) avis on true
    left join score on score.candidature_id = candidature.id
    where seance.id = ${seanceId}
      and not exists (select from deliberation where candidature_id = candidature.id and seance_id = seance.id)
    order by candidature.id`.execute(db);
  return rows;
};

/** Ceilings and floors of the wave, less what is decided; the floor of every département where the wave has one. */
export const listQuotasRestants = async (
  db: Database,
  vagueId: string,
  minimumDepartement: number,
): Promise<readonly Quota[]> => {
  const { rows } = await sql<Quota>`
    with decide as (
      select commune.departement_code, sum(poste_tenu.postes)::integer as postes
      from poste_tenu
      join candidature on candidature.id = poste_tenu.candidature_id and candidature.vague_id = ${vagueId}
      join structure on structure.id = candidature.structure_id
      join commune on commune.code = structure.commune_code
      group by commune.departement_code
    )
    select coalesce('D' || departement_code, 'R' || region_code) as cle,
      greatest(0, greatest(minimum, case when departement_code is null then 0 else ${minimumDepartement} end) - postes_decides)::integer as minimum,
      maximum - postes_decides as maximum
    from vague_quota where vague_id = ${vagueId}
    union all
    select 'D' || departement.code, greatest(0, ${minimumDepartement} - coalesce(decide.postes, 0))::integer, null
    from departement left join decide on decide.departement_code = departement.code
    where ${minimumDepartement} > 0
      and departement.code not in (select departement_code from vague_quota where vague_id = ${vagueId} and departement_code is not null)`.execute(
    db,
  );
  return rows;
};

/**
 * Posts that each EPCI lacks: inhabitants, weighted by the fragility of their commune over the mean of the country
 * (one where it is not known), for one post to so many, less the posts that it has or was given.
 */
export const listBesoins = async (
  db: Database,
  programmeId: string,
  habitants: number,
): Promise<readonly Besoin[]> => {
  const { rows } = await sql<Besoin>`
    with moyenne as (
      select sum(indice * population) / nullif(sum(population), 0) as indice
      from fragilite join commune on commune.code = commune_code
    ), pourvu as (
      select epci_code, sum(postes) as postes from (
        select epci_code, postes from ligne_retenue where programme_id = ${programmeId}
        union all
        select commune.epci_code, deliberation.postes
        from deliberation
        join candidature on candidature.id = deliberation.candidature_id
        join structure on structure.id = candidature.structure_id
        join commune on commune.code = structure.commune_code
        join seance on seance.id = deliberation.seance_id and seance.statut <> 'close'
      ) poste group by epci_code
    )
    select commune.epci_code as epci,
      greatest(0, sum(commune.population * coalesce(fragilite.indice / nullif(moyenne.indice, 0), 1)) / ${habitants}
        - coalesce(max(pourvu.postes), 0))::double precision as postes
    from commune cross join moyenne
    left join fragilite on fragilite.commune_code = commune.code
    left join pourvu on pourvu.epci_code = commune.epci_code
    where commune.epci_code is not null
    group by commune.epci_code`.execute(db);
  return rows;
};

const explication = z.object({
  hors: z.enum(horsDuCalcul).optional(),
  plafond: z.int(),
  contraintes: z.array(
    z.union([
      z.enum(['plafond', 'enveloppe', 'objectif']),
      z.templateLiteral(['D', z.string()]),
      z.templateLiteral(['R', z.string()]),
    ]),
  ),
  valeur: z.number(),
  seuil: z.number().nullable(),
  face: z.string().nullable(),
});

/** Why each of these files is in or out, with the name of the file that it faces. */
export type Expliquee = Explication & { readonly faceNom: string | null };

export const listExplications = async (
  db: Database,
  propositionId: string,
  candidatures: readonly string[],
): Promise<ReadonlyMap<string, Expliquee>> => {
  const { rows } = await sql<{ id: string; postes: number; explication: unknown; faceNom: string | null }>`
    select ligne.candidature_id as id, ligne.postes, ligne.explication, structure.raison_sociale as "faceNom"
    from proposition_ligne ligne
    left join candidature face on face.id::text = ligne.explication ->> 'face'
    left join structure on structure.id = face.structure_id
    where ligne.proposition_id = ${propositionId} and ligne.candidature_id = any (${[...candidatures]}::uuid[])`.execute(
    db,
  );
  return new Map(
    rows.map((row) => [
      row.id,
      { postes: row.postes, faceNom: row.faceNom, ...explication.parse(row.explication) },
    ]),
  );
};

/** Names, with their article, of the territories of quotas: « D02 » → « de l’Aisne ». */
export const listTerritoires = async (db: Database): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql<{ cle: string; genitif: string }>`
    select 'D' || code as cle, genitif from departement
    union all select 'R' || code, genitif from region`.execute(db);
  return new Map(rows.map(({ cle, genitif }) => [cle, genitif]));
};

export type EcartDePropositions = {
  readonly id: string;
  readonly structure: string;
  readonly departement: string | null;
  readonly une: number;
  readonly autre: number;
};

/** Files to which two proposals do not give the same, the greatest difference first; 500 at most. */
export const comparerPropositions = async (
  db: Database,
  une: string,
  autre: string,
): Promise<{ readonly total: number; readonly lignes: readonly EcartDePropositions[] }> => {
  const { rows } = await sql<EcartDePropositions & { total: number }>`
    select candidature.id, coalesce(structure.raison_sociale, structure.identifiant) as structure,
      departement.nom as departement, coalesce(une.postes, 0) as une, coalesce(autre.postes, 0) as autre,
      count(*) over () as total
    from (select * from proposition_ligne where proposition_id = ${une}) une
    full join (select * from proposition_ligne where proposition_id = ${autre}) autre using (candidature_id)
    join candidature on candidature.id = candidature_id
    join structure on structure.id = candidature.structure_id
    left join commune on commune.code = structure.commune_code
    left join departement on departement.code = commune.departement_code
    where coalesce(une.postes, 0) <> coalesce(autre.postes, 0)
    order by abs(coalesce(une.postes, 0) - coalesce(autre.postes, 0)) desc, structure.raison_sociale_recherche, candidature.id
    limit 500`.execute(db);
  return { total: rows[0]?.total ?? 0, lignes: rows };
};
