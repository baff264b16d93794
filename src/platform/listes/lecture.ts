import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { Demande } from './demande.ts';
import type { Champs, Ligne, Liste, Tri } from './liste.ts';

type Brute = Readonly<Record<string, unknown>>;

type Choix = {
  readonly filtres: Readonly<Record<string, string>>;
  /** Fields to read; all of them by default. */
  readonly champs?: readonly string[];
  readonly cle?: string;
};

/** Values of filters as conditions; a filter that the list does not have is a fault. */
const conditions = (liste: Liste<Champs>, { filtres, cle }: Choix): readonly RawBuilder<unknown>[] => [
  ...Object.entries(filtres).map(([nom, valeur]) => {
    const filtre = liste.filtres[nom];
    if (!filtre) throw new Error(`the list ${liste.code} has no filter ${nom}`);
    return sql`(${filtre.condition(valeur)})`;
  }),
  ...(cle === undefined ? [] : [liste.cle.condition(cle)]),
];

const et = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  parts.length === 0 ? sql`` : sql`where ${sql.join([...parts], sql` and `)}`;

/** The rows asked for, each with its key and what it is sorted by. */
const interieur = (liste: Liste<Champs>, choix: Choix, tri: Tri | undefined): RawBuilder<unknown> => {
  const codes = choix.champs ?? Object.keys(liste.champs);
  const columns = codes.flatMap((code) => {
    const field = liste.champs[code];
    return field ? [sql`${field.sql} as ${sql.ref(code)}`] : [];
  });
  const order = tri && liste.champs[tri.champ]?.tri;
  return sql`select ${liste.cle.sql}::text as "_cle", ${sql.join([...columns, sql`${order ?? sql`null`} as "_tri"`])}
    from ${liste.relation} ${et(conditions(liste, choix))}
    ${liste.groupe ? sql`group by ${liste.groupe}` : sql``}`;
};

const ordre = ({ sens }: Tri): RawBuilder<unknown> =>
  sens === 'desc'
    ? sql`"_tri" desc nulls last, "_cle" collate "C"`
    : sql`"_tri" asc nulls last, "_cle" collate "C"`;

/** A row as its fields say it; what a `lire` makes is made here. */
const lireLigne = <C extends Champs>(liste: Liste<C>, brute: Brute): Ligne<C> => {
  const fields = Object.entries<Champs[string]>(liste.champs).flatMap(([code, field]) =>
    code in brute ? [[code, field.lire ? field.lire(brute[code]) : brute[code]] as const] : [],
  );
  // The types of the fields are those of the declaration; a test reads every list whole.
  return Object.fromEntries(fields) as Ligne<C>;
};

/**
 * Rows with all their fields, read whole in one query, all as of one instant. Nothing is held after it, neither
 * connection nor transaction: somebody who reads slowly, or stops reading, keeps nobody from the database. What is held
 * is memory: about 30 MB for 20 000 structures, until the last row is taken or the reading given up.
 */
export async function* parcourirListe<C extends Champs>(
  db: Database,
  liste: Liste<C>,
  choix: { readonly filtres: Choix['filtres']; readonly tri?: Tri },
): AsyncGenerator<Ligne<C>> {
  const tri = choix.tri ?? liste.tri;
  const { rows } = await sql<Brute>`
    select * from (${interieur(liste, choix, tri)}) lignes order by ${ordre(tri)}`.execute(db);
  for (const row of rows) yield lireLigne(liste, row);
}

export type PageDeListe<C extends Champs> = {
  readonly lignes: readonly (Ligne<C> & { readonly _cle: string })[];
  /** Rows of the whole list as filtered. */
  readonly total: number;
  /** Sums over the whole list as filtered, of the fields that are added up. */
  readonly sommes: Readonly<Record<string, number>>;
};

/** A page of a list, with the count and the sums of the whole, in one query. */
export const lireListe = async <C extends Champs>(
  db: Database,
  liste: Liste<C>,
  demande: Choix & { readonly tri: Tri; readonly debut: number; readonly limite: number },
): Promise<PageDeListe<C>> => {
  const summed = Object.entries<Champs[string]>(liste.champs).flatMap(([code, { somme }]) =>
    somme ? [code] : [],
  );
  const sums = summed.map(
    (code) => sql`, sum(${sql.ref(code)}) over ()::bigint as ${sql.ref(`_somme_${code}`)}`,
  );
  const { rows } = await sql<Brute>`
    select *, count(*) over () as "_total" ${sql.join(sums, sql``)}
    from (${interieur(liste, demande, demande.tri)}) lignes
    order by ${ordre(demande.tri)} offset ${demande.debut} limit ${demande.limite}`.execute(db);
  const [first] = rows;
  return {
    lignes: rows.map((row) => ({ ...lireLigne(liste, row), _cle: String(row['_cle']) })),
    total: Number(first?.['_total'] ?? 0),
    sommes: Object.fromEntries(summed.map((code) => [code, Number(first?.[`_somme_${code}`] ?? 0)])),
  };
};

/**
 * A page of a long list that does not group: the count and the sums are read from what is filtered alone, and the page
 * is found by key, so that what only its fields need is joined for its own rows.
 */
export const lireGrandeListe = async <C extends Champs>(
  db: Database,
  liste: Liste<C>,
  demande: Choix & { readonly tri: Tri; readonly debut: number; readonly limite: number },
): Promise<PageDeListe<C>> => {
  const { tri, debut, limite } = demande;
  const filtre = et(conditions(liste, demande));
  const summed = Object.entries<Champs[string]>(liste.champs).flatMap(([code, { somme, sql: expression }]) =>
    somme ? [{ code, expression }] : [],
  );
  const { rows: ensemble } = await sql<Brute>`
    select count(*) as "_total" ${sql.join(
      summed.map(({ code, expression }) => sql`, sum(${expression})::bigint as ${sql.ref(code)}`),
      sql``,
    )} from ${liste.relation} ${filtre}`.execute(db);
  const total = Number(ensemble[0]?.['_total'] ?? 0);
  // From its nearer end: the last page costs what the first one does.
  const fin = debut > total / 2;
  const combien = Math.max(0, Math.min(limite, total - debut));
  const { tri: order = sql`null`, rempli } = liste.champs[tri.champ] ?? {};
  const vides = rempli ? sql`` : fin ? sql`nulls first` : sql`nulls last`;
  const { rows } =
    combien === 0
      ? { rows: [] }
      : await sql<Brute>`
    select * from (${interieur(liste, { ...demande, filtres: {} }, tri)} where ${liste.cle.sql} in (
      select ${liste.cle.sql} from ${liste.relation} ${filtre}
      order by ${order} ${(tri.sens === 'desc') === fin ? sql`asc` : sql`desc`} ${vides},
        ${liste.cle.sql} ${fin ? sql`desc` : sql`asc`}
      offset ${fin ? total - debut - combien : debut} limit ${combien})) lignes
    order by ${ordre(tri)}`.execute(db);
  return {
    lignes: rows.map((row) => ({ ...lireLigne(liste, row), _cle: String(row['_cle']) })),
    total,
    sommes: Object.fromEntries(summed.map(({ code }) => [code, Number(ensemble[0]?.[code] ?? 0)])),
  };
};

/** What stands before and after a row in a list as filtered and sorted; undefined where it is not in it. */
export const lireVoisines = async (
  db: Database,
  liste: Liste,
  demande: Choix & { readonly tri: Tri; readonly cle: string },
): Promise<
  | {
      readonly rang: number;
      readonly total: number;
      readonly avant: string | null;
      readonly apres: string | null;
    }
  | undefined
> => {
  const { tri, cle, filtres } = demande;
  const order = liste.champs[tri.champ]?.tri ?? sql`null`;
  const { rows } = await sql<{ rang: number; total: number; avant: string | null; apres: string | null }>`
    select rang, total, avant, apres from (
      select ${liste.cle.sql}::text as cle, row_number() over ordre as rang, count(*) over () as total,
        lag(${liste.cle.sql}::text) over ordre as avant, lead(${liste.cle.sql}::text) over ordre as apres
      from ${liste.relation} ${et(conditions(liste, { filtres }))}
      window ordre as (
        order by ${order} ${tri.sens === 'desc' ? sql`desc` : sql`asc`} nulls last, ${liste.cle.sql})
    ) voisines where cle = ${cle}`.execute(db);
  return rows[0];
};

/**
 * Rows after a key, by key: the order of the API, in which what is added later comes where its key falls. The database
 * moves the condition on the key before the grouping by itself.
 */
export const lireSuite = async <C extends Champs>(
  db: Database,
  liste: Liste<C>,
  demande: Choix & { readonly apres: string | undefined; readonly limite: number },
): Promise<{ readonly lignes: readonly Ligne<C>[]; readonly suite: string | null }> => {
  const after = demande.apres === undefined ? sql`` : sql`where "_cle" collate "C" > ${demande.apres}`;
  const { rows } = await sql<Brute>`
    select * from (${interieur(liste, demande, undefined)}) lignes ${after}
    order by "_cle" collate "C" limit ${demande.limite + 1}`.execute(db);
  const kept = rows.slice(0, demande.limite);
  return {
    lignes: kept.map((row) => lireLigne(liste, row)),
    suite: rows.length > kept.length ? String(kept.at(-1)?.['_cle']) : null,
  };
};

/** The row of a key, if `db` may see it. */
export const lireUne = async <C extends Champs>(
  db: Database,
  liste: Liste<C>,
  cle: string,
): Promise<Ligne<C> | undefined> => {
  const { rows } = await sql<Brute>`${interieur(liste, { filtres: {}, cle }, undefined)}`.execute(db);
  return rows[0] ? lireLigne(liste, rows[0]) : undefined;
};

/** Rows of a page of a list. */
export const parPage = 50;

/** The page asked for of a list, with the filters that the page itself sets; undefined beyond its end. */
export const lirePage = async <C extends Champs>(
  db: Database,
  liste: Liste<C>,
  demande: Demande,
  fixes: Readonly<Record<string, string>> = {},
): Promise<PageDeListe<C> | undefined> => {
  const resultat = await lireListe(db, liste, {
    filtres: { ...demande.filtres, ...fixes },
    tri: demande.tri,
    debut: (demande.page - 1) * parPage,
    limite: parPage,
  });
  return demande.page > 1 && resultat.lignes.length === 0 ? undefined : resultat;
};
