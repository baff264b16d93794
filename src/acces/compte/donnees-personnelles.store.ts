import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { type TableRegistre, tablesDuRegistre } from '../../platform/registre.ts';

/** The two users of one database: the tables of signing in are reached by `acces` alone. */
export type Bases = { readonly db: Database; readonly acces: Database };

export type Concernee = { readonly id: string; readonly courriel: string };

const condition = ({ liens }: TableRegistre, { id, courriel }: Concernee): RawBuilder<unknown> => {
  const said = liens.map(({ colonne, par }) => {
    const left = sql.ref(colonne);
    if (par === 'courriel') return sql`${left} = ${courriel}`;
    if (par === 'acteur') return sql`${left} = ${`personne:${id}`}`;
    if (par === 'objet') return sql`(objet_type = 'personne' and ${left} = ${id})`;
    return sql`${left} = ${id}::uuid`;
  });
  return said.length === 0 ? sql`false` : sql`(${sql.join(said, sql` or `)})`;
};

/** Somebody's address, that of their account; locks the account when `verrouiller`. */
export const findConcernee = async (
  db: Database,
  id: string,
  verrouiller = false,
): Promise<(Concernee & { readonly effacee: boolean }) | undefined> => {
  const { rows } = await sql<Concernee & { effacee: boolean }>`
    select id, courriel, effacee_le is not null as effacee from personne where id = ${id}::uuid
    ${verrouiller ? sql`for update` : sql``}`.execute(db);
  return rows[0];
};

/**
 * Whether somebody's account is closed and its erasure was asked for since it was last opened; locks the account, so that
 * nobody opens it meanwhile.
 */
export const effacementDemande = async (db: Database, id: string): Promise<boolean> =>
  (
    await sql`
      select from personne where id = ${id}::uuid and desactivee_le is not null and exists (
        select from journal where objet_type = 'personne' and objet_id = ${id} and acte = 'acces.demander_effacement'
          and journal.id > coalesce((
            select max(ouverture.id) from journal ouverture where objet_type = 'personne' and objet_id = ${id}
              and acte in ('acces.reactiver_personne', 'acces.creer_administrateur')), 0)
      ) for update of personne`.execute(db)
  ).rows.length > 0;

/** The rows of a table that concern a person, without secrets. */
export const lireLignes = async (
  db: Database,
  table: TableRegistre,
  personne: Concernee,
): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const colonnes = sql.join(Object.keys(table.colonnes).map((colonne) => sql.ref(colonne)));
  const { rows } = await sql<{ ligne: Record<string, unknown> }>`
    select to_jsonb(lue) as ligne from (
      select ${colonnes} from ${sql.table(table.table)} where ${condition(table, personne)}
    ) lue order by 1::text`.execute(db);
  return rows.map(({ ligne }) => ligne);
};

/** Names of the people, structures and roles of a list of numbers, and of every territory, by number or code. */
export const nommer = async (
  db: Database,
  numeros: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql<{ cle: string; nom: string }>`
    select id::text as cle, prenom || ' ' || nom as nom from personne where id = any (${[...numeros]}::uuid[])
    union all select id::text, coalesce(raison_sociale, libelle_public) from structure where id = any (${[...numeros]}::uuid[])
    union all select equipe.id::text, 'équipe ' || coalesce(libelle_public, raison_sociale, identifiant)
      from equipe join structure on structure.id = equipe.structure_id where equipe.id = any (${[...numeros]}::uuid[])
    union all select id::text, role from attribution where id = any (${[...numeros]}::uuid[])
    union all select 'departement_code:' || code, nom || ' (' || code || ')' from departement
    union all select 'region_code:' || code, nom from region`.execute(db);
  return new Map(rows.flatMap(({ cle, nom }) => (nom === null ? [] : [[cle, nom] as const])));
};

/** Deletes what concerns a person from the tables of one user whose rows go; gives how many went, by table. */
export const supprimerLignes = async (
  db: Database,
  base: TableRegistre['base'],
  personne: Concernee,
): Promise<Readonly<Record<string, number>>> => {
  const gone: Record<string, number> = {};
  for (const table of tablesDuRegistre) {
    if (table.base !== base || table.effacement.mode !== 'supprimer') continue;
    gone[table.table] = await compter(
      db,
      sql`delete from ${sql.table(table.table)} where ${condition(table, personne)}`,
    );
  }
  return gone;
};

const compter = async (db: Database, statement: RawBuilder<unknown>): Promise<number> =>
  Number((await statement.execute(db)).numAffectedRows ?? 0n);

/** Replaces names, address and reasons by others that say nothing, closes the account and ends its roles. */
export const anonymiser = async (db: Database, id: string, par: string | null): Promise<void> => {
  await sql`update attribution set retiree_par = case when retiree_le is null then ${par}::uuid else retiree_par end,
      retiree_le = coalesce(retiree_le, now()), motif = 'effacé', retrait_motif = 'effacé', version = version + 1
    where personne_id = ${id}::uuid`.execute(db);
  await sql`update personne set courriel = ${`${id}@efface.invalid`}, prenom = 'Personne', nom = 'effacée',
      courriel_verifie_le = null, vue_le = null, vue_precedente_le = null, version = version + 1,
      effacee_le = now(), desactivee_le = coalesce(desactivee_le, now())
    where id = ${id}::uuid`.execute(db);
};

/**
 * Deletes the rows of one user that were kept long enough, and what an erasure that was cut short left of a person in
 * the tables of signing in; gives how many went, by table.
 */
export const supprimerAnciennes = async (
  db: Database,
  base: TableRegistre['base'],
  maintenant: string,
): Promise<Readonly<Record<string, number>>> => {
  const gone: Record<string, number> = {};
  for (const { table, base: sienne, conservation, liens } of tablesDuRegistre) {
    if (sienne !== base) continue;
    const { regle } = conservation;
    const conditions = [
      ...(regle !== undefined && 'depuis' in regle
        ? [sql`${sql.raw(regle.depuis)} < ${maintenant}::timestamptz - ${regle.delai}::interval`]
        : []),
      ...(base === 'acces' && liens.length > 0
        ? [sql`personne_id in (select id from personne where effacee_le is not null)`]
        : []),
    ];
    if (conditions.length === 0) continue;
    const count = await compter(
      db,
      sql`delete from ${sql.table(table)} where ${sql.join(conditions, sql` or `)}`,
    );
    if (count > 0) gone[table] = count;
  }
  return gone;
};

/** People whose account was closed long enough ago for their data to go. */
export const listAEffacer = async (db: Database, maintenant: string): Promise<readonly string[]> => {
  const delais = tablesDuRegistre.flatMap(({ conservation: { regle } }) =>
    regle !== undefined && 'personneDesactiveeDepuis' in regle ? [regle.personneDesactiveeDepuis] : [],
  );
  const [delai] = delais;
  if (delai === undefined) return [];
  const { rows } = await sql<{ id: string }>`
    select id from personne where effacee_le is null
      and desactivee_le < ${maintenant}::timestamptz - ${delai}::interval order by id`.execute(db);
  return rows.map(({ id }) => id);
};
