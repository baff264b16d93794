import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { nomRecherche } from '../structures/index.ts';

/** A retained structure as lists of the public site name it. */
export type StructureNommee = {
  readonly id: string;
  readonly identifiant: string | null;
  readonly raisonSociale: string | null;
  readonly libellePublic: string | null;
  readonly communeCode: string | null;
  readonly communeNom: string | null;
  /** Official name of the EPCI of which it is the seat, by SIREN. */
  readonly epciNom: string | null;
  readonly departementCode: string | null;
  readonly departementNom: string | null;
  /** « de l’Aisne »; empty where the commune is not known. */
  readonly departementGenitif: string;
};

/** The same with what it received. */
export type StructureListee = StructureNommee & {
  readonly postes: number;
  /** In cents. */
  readonly montant: number;
  /** Dates of the sessions that retained it. */
  readonly seances: readonly string[];
};

/**
 * Names the structures of a selection, which gives `structure_id`, `ordre` and what else is asked for. Selecting first
 * keeps the rest of the work to the few rows that are shown.
 */
export const nommer = <Extra = unknown>(
  selection: RawBuilder<unknown>,
  extra: RawBuilder<unknown> = sql``,
): RawBuilder<StructureNommee & Extra> => sql<StructureNommee & Extra>`
  with choisie as materialized (${selection})
  select structure.id, structure.identifiant, structure.raison_sociale as "raisonSociale",
    structure.libelle_public as "libellePublic", commune.code as "communeCode", commune.nom as "communeNom",
    epci.nom as "epciNom", departement.code as "departementCode", departement.nom as "departementNom",
    coalesce(departement.genitif, '') as "departementGenitif" ${extra}
  from choisie
  join structure on structure.id = choisie.structure_id
  left join commune on commune.code = structure.commune_code
  left join departement on departement.code = commune.departement_code
  left join epci on epci.code = left(structure.identifiant, 9)
  order by choisie.ordre, structure.id`;

/** Adds what structures received, in the same order. */
export const avecPostes = async <Structure extends { readonly id: string }>(
  db: Database,
  structures: readonly Structure[],
): Promise<readonly (Structure & Pick<StructureListee, 'postes' | 'montant' | 'seances'>)[]> => {
  if (structures.length === 0) return [];
  const { rows } = await sql<{ id: string } & Pick<StructureListee, 'postes' | 'montant' | 'seances'>>`
    select structure_id as id, sum(postes)::bigint as postes, sum(montant_centimes)::bigint as montant,
      array_agg(distinct seance_date::text order by seance_date::text) as seances
    from ligne_retenue where structure_id = any (${structures.map(({ id }) => id)}::uuid[])
    group by structure_id`.execute(db);
  const byId = new Map(rows.map(({ id, ...received }) => [id, received]));
  const nothing = { postes: 0, montant: 0, seances: [] };
  return structures.map((structure) => ({ ...structure, ...(byId.get(structure.id) ?? nothing) }));
};

/**
 * What a selection over every structure keeps to: those that a decision retained; which decisions exist depends on who
 * reads. « offset 0 » has them read once, where the planner misjudges a join with the wall of row-level security.
 */
export const estRetenue = sql<boolean>`
  structure.id in (select structure_id from decision where resultat = 'retenue' offset 0)`;

const echapper = (word: string): string => word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** The first nine digits of a SIRET are those of the legal person. */
const identifiantMin = 9;

/** « Saint » is written in two ways, in files as by people; a number is one, and no part of an identifier. */
const contient = (word: string): RawBuilder<boolean> => {
  if (/^\d+$/.test(word))
    return sql`texte like ${word.length >= identifiantMin ? `% ${word}%` : `% ${word} %`}`;
  if (/^(ST|SAINT)(E?S?)$/.test(word)) {
    const end = word.replace(/^(ST|SAINT)/, '');
    return sql`texte like any (${[`% ST${end} %`, `%SAINT${end}%`]}::text[])`;
  }
  return sql`texte like ${`%${echapper(word)}%`}`;
};

/** As one looks for a structure: by words in any order, or by an identifier with its spaces. */
const motsDe = (texte: string): readonly string[] => {
  const words = nomRecherche(texte);
  if (/^[\d ]{9,}$/.test(words)) return [words.replaceAll(' ', '')];
  // One letter is in every name, and says nothing; alone, a figure neither.
  const said = words.split(' ').filter((word) => /^\d|../.test(word));
  return said.some((word) => word.length > 1) ? said : [];
};

export type StructuresTrouvees = {
  readonly total: number;
  readonly structures: readonly StructureNommee[];
};

const parNom = sql`
  select structure.id, ' ' || structure.recherche || ' ' as texte
  from structure
  where ${estRetenue}`;

// « offset 0 » keeps the planner from reading all communes to join a few thousand.
const parNomOuCommune = sql`
  select structure.id, ' ' || structure.recherche || ' ' || coalesce(commune.nom, '') || ' ' as texte
  from structure
  left join lateral (
    select upper(nom_recherche) as nom from commune where code = structure.commune_code offset 0
  ) commune on true
  where ${estRetenue}`;

/**
 * Retained structures that `db` may see, in whose public label, name or identifier every word of the text is found;
 * where there is none, those with the missing words in the name of their commune (« médiathèque Laon »). Those that
 * hold the words together, as written, come first.
 */
export const chercherStructures = async (
  db: Database,
  texte: string,
  page: { readonly debut: number; readonly limite: number },
): Promise<StructuresTrouvees> => {
  const words = motsDe(texte);
  if (words.length === 0) return { total: 0, structures: [] };
  const phrase = echapper(words.join(' '));
  const chercherDans = async (
    selection: RawBuilder<unknown>,
    { debut, limite } = page,
  ): Promise<StructuresTrouvees> => {
    const { rows } = await nommer<{ readonly total: number }>(
      sql`
        select id as structure_id, count(*) over () as total,
          row_number() over (
            order by texte like ${` ${phrase}%`} desc, texte like ${`% ${phrase}%`} desc, texte collate "C", id
          ) as ordre
        from (${selection} offset 0) cherche
        where ${sql.join(words.map(contient), sql` and `)}
        order by ordre
        offset ${debut} limit ${limite}`,
      sql`, choisie.total`,
    ).execute(db);
    return { total: rows[0]?.total ?? 0, structures: rows.map(({ total: _, ...structure }) => structure) };
  };
  const found = await chercherDans(parNom);
  if (found.total > 0 || words.length === 1) return found;
  // Beyond the last page there is nothing either: that is no reason to answer another search.
  const somewhere = page.debut > 0 && (await chercherDans(parNom, { debut: 0, limite: 1 })).total > 0;
  return somewhere ? found : chercherDans(parNomOuCommune);
};

/** Retained structures that `db` may see whose name holds words that look like the text, the most alike first. */
export const chercherStructuresRessemblantes = async (
  db: Database,
  texte: string,
  limite: number,
): Promise<readonly StructureNommee[]> => {
  const name = nomRecherche(texte);
  if (!/[A-Z]{3}/.test(name)) return [];
  const { rows } = await nommer(sql`
    select id as structure_id, row_number() over (order by ressemblance desc, recherche collate "C", id) as ordre
    from (
      select structure.id, structure.recherche, word_similarity(${name}, structure.recherche) as ressemblance
      from structure where ${estRetenue} offset 0
    ) cherche
    where ressemblance >= 0.6
    order by ordre
    limit ${limite}`).execute(db);
  return rows;
};
