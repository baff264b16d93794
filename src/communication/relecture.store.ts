import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { enInstant } from '../platform/database/instants.ts';
import type { EtatDuCommunique } from './workflow.ts';

type Redacteur = { readonly id: string; readonly nom: string | null };

/** What the préfecture follows of a communiqué, and the public does not see. */
export type Suivi = {
  /** Who wrote it last. */
  readonly redigePar: Redacteur | null;
  readonly reluPar: Redacteur | null;
  /** Digest of the text that was approved. */
  readonly empreinte: string | null;
  /** What the proofreader asked to correct, until it is proposed again. */
  readonly corrections: string | null;
};

/** Somebody by their number, with their name where it may be seen. */
const redacteur = (colonne: string, alias: string) =>
  sql`case when ${sql.ref(colonne)} is not null then jsonb_build_object('id', ${sql.ref(colonne)},
    'nom', ${sql.ref(`${alias}.prenom`)} || ' ' || ${sql.ref(`${alias}.nom`)}) end`;

/** What is followed of a communiqué; nothing yet of one that was just begun. */
export const getSuivi = async (db: Database, id: string): Promise<Suivi> => {
  const { rows } = await sql<Suivi>`
    select ${redacteur('redige_par', 'r')} as "redigePar", ${redacteur('relu_par', 'l')} as "reluPar",
      relu_empreinte as empreinte, corrections
    from communique_suivi
    left join personne r on r.id = redige_par
    left join personne l on l.id = relu_par
    where communique_id = ${id}`.execute(db);
  return rows[0] ?? { redigePar: null, reluPar: null, empreinte: null, corrections: null };
};

/** Writes what a proofreader leaves: the digest of what they approve, or what they ask to correct. */
export const ecrireRelecture = async (
  db: Database,
  id: string,
  { empreinte, corrections }: { readonly empreinte: string | null; readonly corrections: string | null },
): Promise<void> => {
  const values = { relu_empreinte: empreinte, corrections };
  await db
    .insertInto('communique_suivi')
    .values({ communique_id: id, ...values })
    .onConflict((conflict) => conflict.column('communique_id').doUpdateSet(values))
    .execute();
};

export type Agent = { readonly id: string; readonly courriel: string };

/** The agents of a préfecture but one, who may be written to. */
export const listAgents = async (
  db: Database,
  departement: string,
  sauf: string,
): Promise<readonly Agent[]> =>
  (
    await sql<Agent>`
      select distinct personne.id, personne.courriel
      from attribution a join personne on personne.id = a.personne_id
      where a.role = 'instructeur' and a.departement_code = ${departement} and a.retiree_le is null
        and a.du <= now() and (a.fin is null or a.fin > now())
        and personne.desactivee_le is null and personne.id <> ${sauf}
      order by personne.id`.execute(db)
  ).rows;

/** The mailbox of the service, if it has one. */
export const findBoite = async (db: Database, departement: string): Promise<string | null> =>
  (
    await db
      .selectFrom('en_tete')
      .select('boite_courriel')
      .where('departement_code', '=', departement)
      .executeTakeFirst()
  )?.boite_courriel ?? null;

/** Where a communiqué stands for whoever prepares it; `a_preparer`: a session retained structures, and none was begun. */
export type Etape = EtatDuCommunique | 'a_preparer' | 'programme';

export type CommuniqueSuivi = {
  readonly departement: string;
  readonly departementNom: string;
  readonly seance: string;
  readonly etape: Etape;
  /** Date it bears; null until it is begun. */
  readonly date: string | null;
  /** ISO instant of its publication, past or to come. */
  readonly publieLe: string | null;
  readonly corrections: boolean;
};

/** The communiqués of the acting territory, begun or to prepare. */
export const suivis = sql`(
    select d.code as departement, d.nom as departement_nom, seance.date as seance,
      case when communique.id is null then 'a_preparer'
        when communique.statut = 'publie' and communique.publie_le > now() then 'programme'
        else communique.statut end as etape,
      communique.date, communique.publie_le, communique_suivi.corrections is not null as corrections
    from (
      select distinct seance_id, departement_code from ligne_retenue
      -- As a list of values, so that only those départements are read.
      where departement_code = any (array(select acteur_departements_a_ecrire()))
    ) l
    join departement d on d.code = l.departement_code
    join seance on seance.id = l.seance_id
    left join communique on communique.seance_id = l.seance_id and communique.departement_code = l.departement_code
    left join communique_suivi on communique_suivi.communique_id = communique.id
  ) suivi`;

export type ChoixSuivis = {
  readonly etape?: Etape | undefined;
  readonly departement?: string | undefined;
  readonly debut: number;
  readonly limite: number;
};

/** A page of the communiqués of the acting territory, the latest session first, and how many there are. */
export const listSuivis = async (
  db: Database,
  { etape, departement, debut, limite }: ChoixSuivis,
): Promise<{ readonly total: number; readonly communiques: readonly CommuniqueSuivi[] }> => {
  const { rows } = await sql<CommuniqueSuivi & { readonly total: number }>`
    select departement, departement_nom as "departementNom", seance, etape, date, corrections,
      ${enInstant('publie_le')} as "publieLe", count(*) over () as total
    from ${suivis}
    where ${etape === undefined ? sql`true` : sql`etape = ${etape}`}
      and ${departement === undefined ? sql`true` : sql`departement = ${departement}`}
    order by seance desc, departement offset ${debut} limit ${limite}`.execute(db);
  return { total: rows[0]?.total ?? 0, communiques: rows };
};
