import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { Anomalie } from './lignes.rules.ts';
import { source } from './store.ts';

export type Sort = 'creee' | 'modifiee' | 'inchangee' | 'rejetee';

export type Bilan = {
  readonly lignes: number;
  readonly creees: number;
  readonly modifiees: number;
  readonly inchangees: number;
  readonly rejetees: number;
  readonly anomalies: number;
  readonly absentes: number;
  /** Structures, posts and cents of the rows that are not rejected. */
  readonly structures: number;
  readonly postes: number;
  readonly montant_centimes: number;
};

export type LigneBilan = {
  readonly numero: number;
  readonly ligne: number;
  readonly sort: Sort;
  readonly motif: string | null;
  readonly libelle: string | null;
  readonly changements: readonly {
    readonly champ: string;
    readonly avant: string | null;
    readonly apres: string | null;
  }[];
  readonly anomalies: readonly Anomalie[];
};

export type LigneAbsente = {
  readonly reference: string | null;
  readonly libelle: string;
  readonly date: string;
  readonly postes: number;
};

/** Counts the fates of the rows read, and what the accepted ones add up to. */
export const compterLectures = async (db: Database): Promise<Omit<Bilan, 'absentes'>> => {
  const result = await sql<Omit<Bilan, 'absentes'>>`
    select count(*) as lignes,
      count(*) filter (where sort = 'creee') as creees,
      count(*) filter (where sort = 'modifiee') as modifiees,
      count(*) filter (where sort = 'inchangee') as inchangees,
      count(*) filter (where sort = 'rejetee') as rejetees,
      coalesce(sum(jsonb_array_length(anomalies)), 0)::bigint as anomalies,
      count(distinct structure_id) as structures,
      coalesce(sum(postes) filter (where rejet is null), 0)::bigint as postes,
      coalesce(sum(montant) filter (where rejet is null), 0)::bigint as montant_centimes
    from lecture`.execute(db);
  const row = result.rows[0];
  if (!row) throw new Error('an aggregate gives one row');
  return row;
};

export type SeanceImportee = {
  readonly id: string;
  readonly date: string;
  readonly creees: number;
  readonly modifiees: number;
};

/** The sessions of the rows read, with how many decisions they make or change there. */
export const listSeancesImportees = async (db: Database): Promise<readonly SeanceImportee[]> =>
  (
    await sql<SeanceImportee>`
      select seance.id, seance.date, count(*) filter (where sort = 'creee') as creees,
        count(*) filter (where sort = 'modifiee') as modifiees
      from lecture join decision on decision.id = lecture.decision_id join seance on seance.id = decision.seance_id
      where rejet is null group by seance.id order by seance.date`.execute(db)
  ).rows;

/** Rows read, in order, a page at a time: `apres` is the number of the last row seen. */
export const listLectures = async (
  db: Database,
  apres: number,
  limite: number,
): Promise<readonly LigneBilan[]> => {
  const result = await sql<LigneBilan>`
    select numero, ligne, sort, rejet as motif,
      coalesce(nom, libelle, 'SIRET ' || siret) as libelle, changements, anomalies
    from lecture where numero > ${apres} order by numero limit ${limite}`.execute(db);
  return result.rows;
};

/** The rejected rows read, as they came. */
export const listRejetsLus = async (
  db: Database,
): Promise<
  readonly { readonly ligne: number; readonly motif: string; readonly contenu: readonly string[] }[]
> => {
  const result = await sql<{ ligne: number; motif: string; contenu: readonly string[] }>`
    select ligne, rejet as motif, contenu from lecture where rejet is not null order by numero`.execute(db);
  return result.rows;
};

/**
 * The known lines of this source, in the départements and sessions that the file speaks of, which it does not have.
 * They are told, never deleted.
 */
export const listAbsentes = async (db: Database): Promise<readonly LigneAbsente[]> => {
  const result = await sql<LigneAbsente>`
    select dl.reference, coalesce(structure.raison_sociale, structure.identifiant) as libelle, seance.date, dl.postes
    from decision_ligne dl
    join decision d on d.id = dl.decision_id
    join seance on seance.id = d.seance_id
    join structure on structure.id = d.structure_id
    left join commune on commune.code = structure.commune_code
    where ${source} = any (dl.sources)
      and not exists (select from lecture where lecture.ligne_id = dl.id)
      and (commune.departement_code is null or commune.departement_code in (
        select c.departement_code from lecture join commune c on c.code = lecture.commune_code where lecture.rejet is null
      ))
      and seance.date in (select date from lecture where rejet is null)
    order by seance.date, libelle, dl.id`.execute(db);
  return result.rows;
};

/** Keeps the import with its rows; the fate of every row stays readable. */
export const enregistrerImport = async (
  db: Database,
  values: {
    readonly fichier: string;
    readonly empreinte: string;
    readonly acteur: string;
    readonly bilan: unknown;
    readonly lienEmpreinte: string;
    readonly entetes: readonly string[];
  },
): Promise<string> => {
  const result = await sql<{ id: string }>`
    insert into import (source, fichier, empreinte, acteur, bilan, entetes, lien_empreinte, lien_expire_le)
    values (${source}, ${values.fichier}, ${values.empreinte}, ${values.acteur}, ${JSON.stringify(values.bilan)},
      ${values.entetes}, ${values.lienEmpreinte}, now() + interval '30 days')
    returning id`.execute(db);
  const id = result.rows[0]?.id;
  if (id === undefined) throw new Error('an insert returns its row');
  await sql`insert into import_ligne (import_id, numero, ligne, sort, motif, libelle, changements, anomalies, contenu)
    select ${id}::uuid, numero, ligne, sort, rejet, coalesce(nom, libelle, 'SIRET ' || siret), changements, anomalies, contenu
    from lecture`.execute(db);
  return id;
};
