import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { centimes } from '../platform/money.ts';
import type { Regime } from './rules.ts';

export type Programme = {
  readonly id: string;
  readonly nom: string;
  readonly finalite: string | null;
  readonly annonceLe: string;
  readonly objectifPostes: number;
  readonly enveloppeId: string;
  readonly enveloppeNom: string;
  /** All its enveloppes, the first one first. */
  readonly enveloppeNoms: readonly string[];
  /** Of all its enveloppes, in cents. */
  readonly enveloppeMontant: number;
};

/** The programme with its first enveloppe, and what all of them hold; nothing in a database where none was set up. */
export const getProgramme = (db: Database): Promise<Programme | undefined> =>
  db
    .selectFrom('programme')
    .innerJoin('enveloppe', 'enveloppe.programme_id', 'programme.id')
    .select([
      'programme.id',
      'programme.nom',
      'programme.finalite',
      'programme.annonce_le as annonceLe',
      'programme.objectif_postes as objectifPostes',
      'enveloppe.id as enveloppeId',
      'enveloppe.nom as enveloppeNom',
      sql<string[]>`array(select nom from enveloppe where programme_id = programme.id order by id)`.as(
        'enveloppeNoms',
      ),
      sql<number>`(select sum(montant_centimes)::bigint from enveloppe where programme_id = programme.id)`.as(
        'enveloppeMontant',
      ),
    ])
    .orderBy('enveloppe.id')
    .limit(1)
    .executeTakeFirst();

/** Until the transaction ends, no régime ends; `seul`: and nobody relies on one either, to publish a wave. */
export const tenirRegimes = async (db: Database, seul = false): Promise<void> => {
  await sql`select ${seul ? sql`pg_advisory_xact_lock(727035)` : sql`pg_advisory_xact_lock_shared(727035)`}`.execute(
    db,
  );
};

/** The régimes of a programme with their variants: a handful of rows, for the rules to choose from. */
export const listRegimes = async (db: Database, programmeId: string): Promise<readonly Regime[]> => {
  const rows = await db
    .selectFrom('regime_variante')
    .innerJoin('regime', 'regime.id', 'regime_variante.regime_id')
    .select([
      'regime.code',
      'regime.mode',
      sql<string>`lower(regime.en_vigueur)`.as('debut'),
      sql<string | null>`upper(regime.en_vigueur)`.as('fin'),
      'regime_variante.id',
      'categorie',
      'territoire',
      'duree_mois',
      'plafond_centimes',
      'taux_pour_mille',
      'base_salaire',
      'formation_centimes',
    ])
    .where('regime.programme_id', '=', programmeId)
    .orderBy('regime.code')
    .execute();
  const codes = [...new Set(rows.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const own = rows.filter((row) => row.code === code);
    const [first] = own;
    if (!first) return [];
    const mode = first.mode === 'taux' ? 'taux' : 'forfait';
    const variantes = own.map(
      (row) =>
        ({
          id: row.id,
          mode,
          categorie: row.categorie === 'privee' ? 'privee' : 'publique',
          territoire: row.territoire === 'outre_mer' ? 'outre_mer' : 'metropole',
          dureeMois: row.duree_mois,
          plafond: row.plafond_centimes === null ? null : centimes(row.plafond_centimes),
          tauxPourMille: row.taux_pour_mille,
          baseSalaire: row.base_salaire === 'brut' || row.base_salaire === 'charge' ? row.base_salaire : null,
          formation: centimes(row.formation_centimes),
        }) as const,
    );
    return [{ code, mode, debut: first.debut, fin: first.fin, variantes }] as const;
  });
};

export type Vague = {
  readonly id: string;
  readonly rang: number;
  readonly nom: string;
  readonly ouvreLe: string | null;
  readonly ouverturePrecision: string;
  readonly fermeLe: string | null;
  readonly priorites: readonly string[];
};

/** The waves of a programme that are published, or all of them, in order. */
export const listVagues = (
  db: Database,
  programmeId: string,
  statuts: readonly string[] = ['publiee'],
): Promise<readonly Vague[]> =>
  db
    .selectFrom('vague')
    .select([
      'id',
      'rang',
      'nom',
      'ouvre_le as ouvreLe',
      'ouverture_precision as ouverturePrecision',
      'ferme_le as fermeLe',
      'priorites',
    ])
    .where('programme_id', '=', programmeId)
    .where('statut', 'in', [...statuts])
    .orderBy('rang')
    .execute();

/** What the enveloppe still allows, in cents; counts decisions not announced yet, so never for the public. */
export const getDisponible = async (db: Database, enveloppeId: string): Promise<number> => {
  const row = await db
    .selectFrom('enveloppe')
    .select(sql<number>`montant_centimes - engage_centimes`.as('disponible'))
    .where('id', '=', enveloppeId)
    .executeTakeFirstOrThrow();
  return row.disponible;
};

/** Whether the wave of a rank is cancelled, or has applications or a session; nobody else changes it meanwhile. */
export const estEngagee = async (db: Database, programmeId: string, rang: number): Promise<boolean> => {
  const { rows } = await sql<{ engagee: boolean }>`
    select statut = 'annulee' or exists (select from candidature where vague_id = vague.id)
      or exists (select from seance where vague_id = vague.id) as engagee
    from vague where programme_id = ${programmeId} and rang = ${rang} for update`.execute(db);
  return rows[0]?.engagee ?? false;
};

/** Sets a wave of a programme, by its rank. */
export const ecrireVague = async (
  db: Database,
  programmeId: string,
  vague: Omit<Vague, 'id' | 'fermeLe'>,
): Promise<string> => {
  const values = {
    nom: vague.nom,
    ouvre_le: vague.ouvreLe,
    ouverture_precision: vague.ouverturePrecision,
    priorites: [...vague.priorites],
    sources: ['saisie'],
  };
  const { id } = await db
    .insertInto('vague')
    .values({ programme_id: programmeId, rang: vague.rang, ...values })
    .onConflict((conflict) =>
      conflict.columns(['programme_id', 'rang']).doUpdateSet({ ...values, version: sql`vague.version + 1` }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};
