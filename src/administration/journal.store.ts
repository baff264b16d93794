import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { contenant } from '../platform/listes/index.ts';

export type PersonneTrouvee = {
  readonly id: string;
  readonly prenom: string;
  readonly nom: string;
  readonly courriel: string;
  readonly effacee: boolean;
};

const colonnes = sql`id, prenom, nom, courriel, effacee_le is not null as effacee`;

export const findPersonne = async (db: Database, id: string): Promise<PersonneTrouvee | undefined> =>
  (await sql<PersonneTrouvee>`select ${colonnes} from personne where id = ${id}::uuid`.execute(db)).rows[0];

/** People whose name or address holds a text, accents and capitals left aside. */
export const chercherPersonnes = async (
  db: Database,
  terme: string,
  limite: number,
): Promise<readonly PersonneTrouvee[]> =>
  (
    await sql<PersonneTrouvee>`
      select ${colonnes} from personne
      where (nom_recherche(${terme}) <> '' and (
          nom_recherche(prenom || ' ' || nom) like '%' || nom_recherche(${terme}) || '%'
          or nom_recherche(nom || ' ' || prenom) like '%' || nom_recherche(${terme}) || '%'))
        or courriel like ${contenant(terme.toLowerCase())}
      order by nom, prenom, id limit ${limite}`.execute(db)
  ).rows;

/** The kinds of things that the journal tells of. */
export const listTypesDObjet = async (db: Database): Promise<readonly string[]> =>
  // Each kind by a jump in an index: the journal is long, its kinds are few.
  (
    await sql<{ type: string }>`
      with recursive types as (
        (select objet_type from journal order by objet_type limit 1)
        union all
        select (select objet_type from journal where objet_type > types.objet_type order by objet_type limit 1)
        from types where types.objet_type is not null
      )
      select objet_type as type from types where objet_type is not null`.execute(db)
  ).rows.map(({ type }) => type);

export type ValeursPersonnelles = {
  /** Number of the person, the invitation or the claim that they concern. */
  readonly concerne: string;
  readonly nom: string | null;
  readonly valeurs: Readonly<Record<string, unknown>>;
};

/** The personal values that a line goes with, where they were not erased; its reason is read with the line. */
export const listValeurs = async (db: Database, ligne: number): Promise<readonly ValeursPersonnelles[]> =>
  (
    await sql<ValeursPersonnelles>`
      select coalesce(journal_personnel.personne_id, invitation_id, revendication_id) as concerne, personne.prenom || ' ' || personne.nom as nom, valeurs
      from journal_personnel left join personne on personne.id = journal_personnel.personne_id
      where journal_id = ${ligne} and valeurs - 'motif' <> '{}' order by 1`.execute(db)
  ).rows;
