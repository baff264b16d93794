import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { run, source } from './store.ts';

/**
 * Says which rows speak of one structure: by SIRET; without one, by name and commune, joining the row with a SIRET that
 * has the same name and commune. Then finds the structures already known, the same way.
 */
export const reconnaitreStructures = async (db: Database): Promise<void> => {
  await run(db, sql`create index on lecture (recherche, commune_code)`);
  await run(db, sql`create index on lecture (ligne_id)`);
  // Nothing analyses a temporary table by itself: an older planner would go through it once a row.
  await run(db, sql`analyze lecture`);
  await run(
    db,
    sql`update lecture set cle = coalesce('siret ' || coalesce(l.siret, nomme.siret), 'nom ' || l.recherche || ' ' || l.commune_code)
      from lecture l
      left join (
        select recherche, commune_code, min(siret) as siret from lecture
        where rejet is null and siret is not null and recherche is not null group by recherche, commune_code
      ) nomme on nomme.recherche = l.recherche and nomme.commune_code = l.commune_code
      where lecture.numero = l.numero and lecture.rejet is null`,
  );
  // The first row of each structure speaks for it, so that two rows that disagree do not undo each other.
  await run(
    db,
    sql`create temp table lecture_structure on commit drop as
      select distinct on (cle) cle, numero, nullif(split_part(cle, ' ', 2), '') as siret, nom, recherche, adresse,
        code_postal, commune_code, latitude, longitude, null::uuid as structure_id, false as nouvelle
      from lecture where rejet is null order by cle, (nom is null), numero`,
  );
  await run(db, sql`update lecture_structure set siret = null where cle like 'nom %'`);
  await run(db, sql`alter table lecture_structure add primary key (cle)`);
  await run(db, sql`create index on lecture_structure (structure_id)`);
  await run(db, sql`analyze lecture_structure`);
  await run(
    db,
    sql`update lecture_structure set structure_id = structure.id from structure
      where structure.identifiant_type = 'siret' and structure.identifiant = lecture_structure.siret`,
  );
  // Known without a SIRET, or now named without one: name and commune tell, each structure once.
  await run(
    db,
    sql`update lecture_structure set structure_id = proche.id
      from (
        select distinct on (cle) cle, id from (
        select distinct on (structure.id) lecture_structure.cle, structure.id
        from lecture_structure
        join structure on structure.raison_sociale_recherche = lecture_structure.recherche
          and structure.commune_code = lecture_structure.commune_code
          and (structure.identifiant is null or lecture_structure.siret is null)
        where lecture_structure.structure_id is null
          and not exists (select from lecture_structure deja where deja.structure_id = structure.id)
        order by structure.id, lecture_structure.cle
        ) une_fois order by cle, id
      ) proche
      where lecture_structure.cle = proche.cle and lecture_structure.structure_id is null`,
  );
  await run(
    db,
    sql`update lecture_structure set structure_id = uuid_v7(), nouvelle = true where structure_id is null`,
  );
  await run(
    db,
    sql`update lecture set structure_id = s.structure_id from lecture_structure s where s.cle = lecture.cle`,
  );
};

/**
 * Pairs the rows and the known lines of one decision that nothing claims yet and that agree on `colonnes`: one to one,
 * largest first.
 */
const apparier = async (
  db: Database,
  colonnes: readonly string[],
  libre: RawBuilder<unknown> = sql`true`,
): Promise<void> => {
  const cle = sql`jsonb_build_array(${sql.join(['decision_id', ...colonnes].map((name) => sql.ref(`dl.${name}`)))})`;
  await run(
    db,
    sql`update lecture set ligne_id = paire.ligne_id
      from (
        with libres as (
          select dl.id, ${cle} as cle, row_number() over (partition by ${cle} order by dl.postes desc, dl.id) as rang
          from decision_ligne dl
          where dl.decision_id in (select decision_id from lecture where rejet is null and ligne_id is null)
            and not exists (select from lecture prise where prise.ligne_id = dl.id)
            and ${libre}
        ), lues as (
          select dl.numero, ${cle} as cle,
            row_number() over (partition by ${cle} order by dl.postes desc, dl.numero) as rang
          from lecture dl where rejet is null and ligne_id is null
        )
        select lues.numero, libres.id as ligne_id from lues join libres using (cle, rang)
      ) paire
      where lecture.numero = paire.numero`,
  );
};

/**
 * Finds the line already known of each row: the one of which the file last said the same, so that the same file finds all
 * of its own again; then the same in everything; then by its reference in the same decision; by its reference in the same session, when SIRET or name stayed the same
 * while the other was corrected, or when the name of a structure known by name alone was; then among the lines of the
 * decision that nothing claims, kind by kind, largest first. In a `complement` (rejected rows come back corrected) a
 * row is none of those that this source brought already, unless it is the same or has the same reference.
 */
export const reconnaitreLignes = async (db: Database, complement: boolean): Promise<void> => {
  await apparier(db, ['dit']);
  await apparier(db, ['reference', 'categorie', 'postes', 'zrr', 'qpv', 'france_services']);
  const referenced = sql`dl.reference is not null`;
  await apparier(db, ['reference', 'categorie'], referenced);
  await apparier(db, ['reference'], referenced);
  await run(
    db,
    sql`update lecture set ligne_id = trouvee.ligne_id
      from (
        with candidates as (
          select l.numero, dl.id as ligne_id,
            -- Several lines may share a reference: they are paired one to one, in one order on both sides.
            dense_rank() over (memes order by l.categorie, l.postes desc, l.numero) as rang_lu,
            dense_rank() over (memes order by dl.categorie, dl.postes desc, dl.id) as rang_connu
          from lecture l
          join decision_ligne dl on dl.reference = l.reference
          join decision d on d.id = dl.decision_id
          join seance on seance.id = d.seance_id and seance.date = l.date
          join structure on structure.id = d.structure_id
          where l.rejet is null and l.ligne_id is null
            and (
              structure.identifiant = l.siret or structure.raison_sociale_recherche = l.recherche
              or (
                structure.identifiant is null and structure.commune_code = l.commune_code
                and not exists (select from lecture_structure s where s.structure_id = structure.id)
              )
            )
            and not exists (select from lecture prise where prise.ligne_id = dl.id)
          window memes as (partition by l.reference, l.decision_id, dl.decision_id)
        ), une_ligne as (
          select distinct on (numero) numero, ligne_id from candidates where rang_lu = rang_connu
          order by numero, ligne_id
        )
        select distinct on (ligne_id) numero, ligne_id from une_ligne order by ligne_id, numero
      ) trouvee
      where lecture.numero = trouvee.numero`,
  );
  const libre = complement ? sql`dl.reference is null and not ${source} = any (dl.sources)` : sql`true`;
  await apparier(db, ['categorie'], libre);
  await apparier(db, [], libre);
};
