import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';

/** A name in every form a sentence needs; « Conseil départemental de l’Aisne » and what goes before it. */
export type NomEmploye = {
  /** Without article: « Conseil départemental de l’Aisne ». */
  readonly nom: string;
  /** « le Conseil départemental de l’Aisne » */
  readonly avecArticle: string;
  /** « du Conseil départemental de l’Aisne » */
  readonly genitif: string;
  /** « au Conseil départemental de l’Aisne » */
  readonly datif: string;
};

export type Assemblee = NomEmploye & {
  readonly genre: 'm' | 'f';
  /** `null` where it is not known for sure. */
  readonly siren: string | null;
};

export type Prefecture = NomEmploye & {
  /** « Laon »: where its communiqués are dated from. */
  readonly lieu: string;
  /** « à Laon », « au Mans » */
  readonly lieuLocatif: string;
};

export type Region = {
  readonly code: string;
  /** « Hauts-de-France » */
  readonly nom: string;
  /** « les Hauts-de-France » */
  readonly avecArticle: string;
  /** « des Hauts-de-France » */
  readonly genitif: string;
  /** « dans les Hauts-de-France » */
  readonly locatif: string;
};

/** A département or an overseas collectivity. */
export type Departement = {
  readonly code: string;
  readonly nature: 'departement' | 'collectivite';
  readonly nom: string;
  /** « l’Aisne », « La Réunion », « Paris » */
  readonly avecArticle: string;
  /** « de l’Aisne » */
  readonly genitif: string;
  /** « dans l’Aisne » */
  readonly locatif: string;
  /** `null` in an overseas collectivity. */
  readonly region: Region | null;
  /** `null` in the Terres australes et antarctiques françaises. */
  readonly assemblee: Assemblee | null;
  /** The Métropole de Lyon, in the Rhône. */
  readonly assembleeSeconde: Assemblee | null;
  readonly prefecture: Prefecture;
};

const select = sql`
  select departement.code, departement.nature, departement.nom, departement.nom_avec_article as "avecArticle",
    departement.genitif, departement.locatif,
    case when region.code is not null then jsonb_build_object(
      'code', region.code, 'nom', region.nom, 'avecArticle', region.nom_avec_article, 'genitif', region.genitif,
      'locatif', region.locatif) end as region,
    case when assemblee is not null then jsonb_build_object(
      'nom', assemblee, 'genre', assemblee_genre, 'avecArticle', assemblee_avec_article,
      'genitif', assemblee_genitif, 'datif', assemblee_datif, 'siren', assemblee_siren) end as assemblee,
    case when assemblee_seconde is not null then jsonb_build_object(
      'nom', assemblee_seconde, 'genre', assemblee_seconde_genre, 'avecArticle', assemblee_seconde_avec_article,
      'genitif', assemblee_seconde_genitif, 'datif', assemblee_seconde_datif,
      'siren', assemblee_seconde_siren) end as "assembleeSeconde",
    jsonb_build_object(
      'nom', prefecture, 'avecArticle', prefecture_avec_article, 'genitif', prefecture_genitif,
      'datif', prefecture_datif, 'lieu', prefecture_lieu, 'lieuLocatif', prefecture_lieu_locatif) as prefecture
  from departement left join region on region.code = departement.region_code`;

/** The régions, by name. */
export const listRegions = async (db: Database): Promise<readonly Region[]> => {
  const result = await sql<Region>`
    select code, nom, nom_avec_article as "avecArticle", genitif, locatif from region`.execute(db);
  const collator = new Intl.Collator('fr');
  return result.rows.toSorted((left, right) => collator.compare(left.nom, right.nom));
};

/** The 101 départements and the 7 overseas collectivities, by code. */
export const listDepartements = async (db: Database): Promise<readonly Departement[]> =>
  // « 2A » after « 19 »: the order of codes, whatever the collation of the database.
  (await sql<Departement>`${select} order by departement.code collate "C"`.execute(db)).rows;

/** A département or collectivity by its code, as written (`02`, `2A`, `971`). */
export const getDepartement = async (db: Database, code: string): Promise<Departement | undefined> =>
  (await sql<Departement>`${select} where departement.code = ${code}`.execute(db)).rows[0];

export type DepartementDeLActeur = {
  readonly code: string;
  readonly nom: string;
  readonly locatif: string;
  readonly genitif: string;
};

/** The départements whose préfecture the acting role is, by name: all for an administrator. */
export const listDepartementsDeLActeur = async (db: Database): Promise<readonly DepartementDeLActeur[]> =>
  (
    await sql<DepartementDeLActeur>`
      select code, nom, locatif, genitif from departement
      where code in (select acteur_departements_a_ecrire())
      order by nom collate "fr-x-icu"`.execute(db)
  ).rows;
