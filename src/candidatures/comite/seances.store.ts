import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { enveloppeDeVague, jourDesRegimes } from './deliberation.store.ts';
import type { Fonction } from './rules.ts';

export type Seance = {
  readonly id: string;
  readonly numero: number | null;
  readonly date: string;
  readonly statut: 'preparation' | 'ouverte' | 'close';
  readonly version: number;
  readonly lieu: string | null;
  readonly ordreDuJour: string | null;
  readonly quorum: number;
  readonly ouverteLe: string | null;
  readonly closeLe: string | null;
  readonly clotures: number;
  readonly programmeId: string;
  readonly vagueId: string;
  readonly vagueNom: string;
  /** On which the régimes that apply are those in force. */
  readonly jourDesRegimes: string;
  /** Days of the wave, where they are told; and today, in Paris. */
  readonly vagueOuvre: string | null;
  readonly vagueFerme: string | null;
  readonly aujourdhui: string;
  /** What the acting person does in it; null for who is no member of it. */
  readonly fonction: Fonction | null;
};

const iso = (colonne: string) =>
  sql`to_char(${sql.ref(colonne)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** A session of the committee that decides on a wave, for its members and the administrators. */
export const getSeance = async (db: Database, id: string): Promise<Seance | undefined> => {
  const { rows } = await sql<Seance>`
    select seance.id, seance.numero, seance.date, seance.statut, seance.version, seance.lieu,
      seance.ordre_du_jour as "ordreDuJour", seance.quorum, ${iso('seance.ouverte_le')} as "ouverteLe",
      ${iso('seance.close_le')} as "closeLe", seance.clotures, seance.programme_id as "programmeId",
      vague.id as "vagueId", vague.nom as "vagueNom", ${jourDesRegimes} as "jourDesRegimes",
      case vague.ouverture_precision when 'jour' then vague.ouvre_le end as "vagueOuvre", vague.ferme_le as "vagueFerme",
      (now() at time zone 'Europe/Paris')::date as aujourdhui, membre.fonction
    from seance join vague on vague.id = seance.vague_id
    left join seance_membre membre
      on membre.seance_id = seance.id and membre.personne_id = (select acteur_personne())
    where seance.id = ${id} and ((select acteur_national()) or seance.id in (select acteur_seances()))`.execute(
    db,
  );
  return rows[0];
};

export type MembreDeSeance = {
  readonly id: string;
  readonly nom: string;
  readonly fonction: Fonction;
  readonly present: boolean;
};

/** Members of a session: who presides, who writes, the others by name. */
export const listMembres = async (db: Database, seanceId: string): Promise<readonly MembreDeSeance[]> => {
  const { rows } = await sql<MembreDeSeance>`
    select personne.id, personne.prenom || ' ' || personne.nom as nom, fonction, present
    from seance_membre join personne on personne.id = seance_membre.personne_id
    where seance_id = ${seanceId}
    order by array_position(array['president', 'secretaire', 'membre'], fonction), personne.nom, personne.prenom,
      personne.id`.execute(db);
  return rows;
};

export type Choisissable = { readonly id: string; readonly nom: string };

/** People who hold the role of member of the committee now. */
export const listMembresPossibles = async (db: Database): Promise<readonly Choisissable[]> => {
  const { rows } = await sql<Choisissable>`
    select distinct personne.id, personne.prenom || ' ' || personne.nom as nom
    from attribution join personne on personne.id = attribution.personne_id
    where attribution.role = 'membre_comite' and attribution_en_cours(attribution) and personne.desactivee_le is null
    order by nom, personne.id`.execute(db);
  return rows;
};

export type VagueADecider = {
  readonly id: string;
  readonly nom: string;
  readonly rang: number;
  /** Files that await a decision. */
  readonly instruites: number;
};

/** Waves of a programme with their files to decide, the last first. */
export const listVaguesADecider = async (db: Database): Promise<readonly VagueADecider[]> => {
  const { rows } = await sql<VagueADecider>`
    select vague.id, vague.nom, vague.rang,
      (select count(*) from candidature where vague_id = vague.id and statut = 'instruite')::integer as instruites
    from vague where vague.statut <> 'annulee' order by vague.rang desc`.execute(db);
  return rows;
};

export const prochainNumero = async (db: Database, programmeId: string): Promise<number> => {
  const { rows } = await sql<{ numero: number }>`
    select coalesce(max(numero), 0) + 1 as numero from seance where programme_id = ${programmeId}`.execute(
    db,
  );
  return rows[0]?.numero ?? 1;
};

export type SeanceEcrite = {
  readonly numero: number;
  readonly date: string;
  readonly vagueId: string;
  readonly lieu: string | null;
  readonly ordreDuJour: string | null;
  readonly quorum: number;
};

const colonnes = ({ numero, date, vagueId, lieu, ordreDuJour, quorum }: SeanceEcrite) => ({
  numero,
  date,
  vague_id: vagueId,
  lieu,
  ordre_du_jour: ordreDuJour,
  quorum,
});

export const ajouterSeance = async (
  db: Database,
  programmeId: string,
  seance: SeanceEcrite,
): Promise<string> => {
  const { id } = await db
    .insertInto('seance')
    .values({ programme_id: programmeId, statut: 'preparation', sources: ['saisie'], ...colonnes(seance) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** Changes a session that is being prepared, as it was seen; false where it has changed since. */
export const changerSeance = async (
  db: Database,
  id: string,
  version: number,
  seance: SeanceEcrite,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('seance')
    .set({ ...colonnes(seance), version: sql<number>`version + 1` })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('statut', '=', 'preparation')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};

/** Whether a session has served: something was decided, proposed or scored in it. */
export const aServi = async (db: Database, id: string): Promise<boolean> => {
  const { rows } = await sql<{ servi: boolean }>`
    select ouverte_le is not null or clotures > 0
      or exists (select from deliberation where seance_id = seance.id)
      or exists (select from decision where seance_id = seance.id)
      or exists (select from proposition where seance_id = seance.id)
      -- Scores are of a file: another session on the same wave has them still.
      or exists (select from notation join candidature on candidature.id = candidature_id
        where candidature.vague_id = seance.vague_id) and not exists (
          select from seance autre where autre.vague_id = seance.vague_id and autre.id <> seance.id) as servi
    from seance where id = ${id} for update`.execute(db);
  return rows[0]?.servi ?? false;
};

/** Deletes a session that is being prepared, as it was seen; false where it has changed since. */
export const effacerSeance = async (db: Database, id: string, version: number): Promise<boolean> => {
  await sql`delete from seance_membre where seance_id in (
    select id from seance where id = ${id} and version = ${version} and statut = 'preparation')`.execute(db);
  const { numDeletedRows } = await db
    .deleteFrom('seance')
    .where('id', '=', id)
    .where('version', '=', version)
    .where('statut', '=', 'preparation')
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
};

export type MembreEcrit = { readonly personne: string; readonly fonction: Fonction };

/** Sets who is in a session; whoever stays keeps their presence. */
export const ecrireMembres = async (
  db: Database,
  seanceId: string,
  membres: readonly MembreEcrit[],
): Promise<void> => {
  const presents = await db
    .deleteFrom('seance_membre')
    .where('seance_id', '=', seanceId)
    .returning(['personne_id', 'present'])
    .execute();
  const etait = new Set(presents.flatMap(({ personne_id, present }) => (present ? [personne_id] : [])));
  await db
    .insertInto('seance_membre')
    .values(
      membres.map(({ personne, fonction }) => ({
        seance_id: seanceId,
        personne_id: personne,
        fonction,
        present: etait.has(personne),
      })),
    )
    .execute();
};

/** Sets who of the members is there; gives how many are. */
export const ecrirePresences = async (
  db: Database,
  seanceId: string,
  presents: readonly string[],
): Promise<number> => {
  await sql`
    update seance_membre set present = personne_id = any (${[...presents]}::uuid[])
    where seance_id = ${seanceId}`.execute(db);
  const { rows } = await sql<{ nombre: number }>`
    select count(*)::integer as nombre from seance_membre where seance_id = ${seanceId} and present`.execute(
    db,
  );
  return rows[0]?.nombre ?? 0;
};

export const noterOuverture = async (db: Database, id: string): Promise<void> => {
  await sql`update seance set ouverte_le = coalesce(ouverte_le, now()) where id = ${id}`.execute(db);
};

export type Jauges = {
  readonly enveloppe: { readonly nom: string; readonly montant: number; readonly engage: number };
  readonly objectif: { readonly postes: number | null; readonly decides: number };
  readonly quotas: readonly {
    readonly territoire: string;
    readonly minimum: number;
    readonly maximum: number | null;
    readonly decides: number;
  }[];
  readonly compte: Readonly<
    Record<
      'retenue' | 'refusee' | 'ajournee' | 'liste_attente' | 'a_decider' | 'retirees' | 'promues' | 'rendues',
      number
    >
  >;
};

/** Where the envelope, the objective and the quotas of a session stand, and what it has decided so far. */
export const lireJauges = async (
  db: Database,
  { id, vagueId }: Pick<Seance, 'id' | 'vagueId'>,
): Promise<Jauges> => {
  const plafonds = await sql<{
    nom: string;
    montant: number;
    engage: number;
    postes: number | null;
    decides: number;
  }>`
    select enveloppe.nom, montant_centimes as montant, engage_centimes as engage, vague.objectif_postes as postes,
      vague.postes_decides as decides
    from vague join enveloppe on enveloppe.id = ${enveloppeDeVague}
    where vague.id = ${vagueId}`.execute(db);
  const quotas = await sql<Jauges['quotas'][number]>`
    select coalesce(departement.nom, region.nom) as territoire, minimum, maximum, postes_decides as decides
    from vague_quota quota
    left join departement on departement.code = quota.departement_code
    left join region on region.code = quota.region_code
    where quota.vague_id = ${vagueId} order by 1`.execute(db);
  const compte = await sql<Jauges['compte']>`
    select count(*) filter (where deliberation.resultat = 'retenue')::integer as retenue,
      count(*) filter (where deliberation.resultat = 'refusee')::integer as refusee,
      count(*) filter (where deliberation.resultat = 'ajournee')::integer as ajournee,
      count(*) filter (where deliberation.resultat = 'liste_attente')::integer as liste_attente,
      count(*) filter (where deliberation.id is null and candidature.statut = 'instruite')::integer as a_decider,
      count(decision.retrait_fondement)::integer as retirees, count(decision.promue_le)::integer as promues,
      count(*) filter (where decision.retiree_le is not null and decision.retrait_fondement is null)::integer as rendues
    from candidature left join deliberation on deliberation.candidature_id = candidature.id
      and deliberation.seance_id = ${id}
    left join decision on decision.candidature_id = candidature.id and decision.seance_id = ${id}
    where candidature.vague_id = ${vagueId}`.execute(db);
  const [plafond] = plafonds.rows;
  return {
    enveloppe: {
      nom: plafond?.nom ?? '',
      montant: plafond?.montant ?? 0,
      engage: plafond?.engage ?? 0,
    },
    objectif: { postes: plafond?.postes ?? null, decides: plafond?.decides ?? 0 },
    quotas: quotas.rows,
    compte: compte.rows[0] ?? {
      retenue: 0,
      refusee: 0,
      ajournee: 0,
      liste_attente: 0,
      a_decider: 0,
      retirees: 0,
      promues: 0,
      rendues: 0,
    },
  };
};
