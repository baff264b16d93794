import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database/index.ts';

export type Unite = 'structures' | 'candidatures' | 'postes' | 'centimes' | 'part' | 'jours';

/** One number of the product: its only definition, used by every screen, export, communiqué and command. */
export type Indicateur<Code extends string = string> = {
  readonly code: Code;
  readonly nom: string;
  /** What is counted, in a French sentence that a reader can check. */
  readonly definition: string;
  readonly unite: Unite;
  /** Aggregate over the rows of `relation`. */
  readonly sql: RawBuilder<number>;
};

/** Declares an indicator; a `part` is a share between 0 and 1. */
export const defineIndicator = <const Code extends string>(indicateur: Indicateur<Code>): Indicateur<Code> =>
  indicateur;

export type Mesure<Code extends string> = Readonly<Record<Code, number>>;

type Demande = {
  /** The relation aggregated over. */
  readonly relation: RawBuilder<unknown>;
  readonly conditions: readonly RawBuilder<unknown>[];
  /** Expression to break the figures down by; one row per value. */
  readonly ventilation?: RawBuilder<unknown>;
};

/** Computes indicators in one query: one row, or one per value of the breakdown (`cle`, null when unknown). */
export const calculer = async <const Code extends string>(
  db: Database,
  indicateurs: readonly Indicateur<Code>[],
  demande: Demande,
): Promise<readonly (Mesure<Code> & { readonly cle: string | null })[]> => {
  const cle = demande.ventilation ?? sql`null`;
  const columns = indicateurs.map(({ code, sql: aggregate }) => sql`${aggregate} as ${sql.ref(code)}`);
  const where =
    demande.conditions.length > 0 ? sql`where ${sql.join([...demande.conditions], sql` and `)}` : sql``;
  const group = demande.ventilation ? sql`group by 1 order by 1 nulls last` : sql``;
  const result = await sql<Mesure<Code> & { readonly cle: string | null }>`
    select (${cle})::text as cle, ${sql.join(columns)} from ${demande.relation} ${where} ${group}`.execute(
    db,
  );
  return result.rows;
};
