import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { LignePreparee } from './preparation.rules.ts';

/**
 * The work of an import is done by the database, set by set, on temporary tables of one transaction: memory does not
 * grow with the file, and a process killed at any moment leaves nothing.
 */
const run = async (db: Database, statement: RawBuilder<unknown>): Promise<void> => {
  await statement.execute(db);
};

export const source = 'coselec';

/** Held by an import to its end: a second one waits, then finds what the first wrote. */
const importLock = 727_004;

/** The temporary tables of the transaction, once no other import is writing. */
export const ouvrirLecture = async (db: Database): Promise<void> => {
  await run(db, sql`select pg_advisory_xact_lock(${importLock})`);
  await run(
    db,
    sql`create temp table lecture (
      numero integer primary key, ligne integer not null, rejet text, contenu jsonb, anomalies jsonb not null,
      reference text, siret text, nom text, recherche text, categorie text, postes integer, date date,
      adresse text, code_postal text, commune_code text, latitude double precision, longitude double precision,
      variante_id uuid, montant bigint, zrr boolean, qpv boolean, france_services boolean,
      cle text, structure_id uuid, decision_id uuid, ligne_id uuid, engagement_id uuid,
      changements jsonb not null default '[]', sort text
    ) on commit drop`,
  );
};

/** Adds a batch of rows as read. */
export const ajouterLectures = async (db: Database, lignes: readonly LignePreparee[]): Promise<void> => {
  const rows = lignes.map(({ numero, ligne, rejet, contenu, anomalies, decision }) => ({
    numero,
    ligne,
    rejet,
    contenu,
    anomalies,
    ...(decision && {
      reference: decision.reference,
      siret: decision.siret,
      nom: decision.nom,
      recherche: decision.recherche,
      categorie: decision.categorie,
      postes: decision.postes,
      date: decision.date,
      adresse: decision.adresse,
      code_postal: decision.codePostal,
      commune_code: decision.communeCode,
      latitude: decision.latitude,
      longitude: decision.longitude,
      variante_id: decision.varianteId,
      montant: decision.montant,
      zrr: decision.zrr,
      qpv: decision.qpv,
      france_services: decision.franceServices,
    }),
  }));
  await run(
    db,
    sql`insert into lecture (
        numero, ligne, rejet, contenu, anomalies, reference, siret, nom, recherche, categorie, postes, date, adresse,
        code_postal, commune_code, latitude, longitude, variante_id, montant, zrr, qpv, france_services
      )
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
        numero integer, ligne integer, rejet text, contenu jsonb, anomalies jsonb, reference text, siret text, nom text,
        recherche text, categorie text, postes integer, date date, adresse text, code_postal text, commune_code text,
        latitude double precision, longitude double precision, variante_id uuid, montant bigint, zrr boolean,
        qpv boolean, france_services boolean
      )`,
  );
};

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

/** What the file says of structures, beside what is known. */
const comparaison = sql`(values
    ('siret', structure.identifiant, coalesce(s.siret, structure.identifiant)),
    ('raison sociale', structure.raison_sociale, coalesce(s.nom, structure.raison_sociale)),
    ('adresse', structure.adresse, coalesce(s.adresse, structure.adresse)),
    ('code postal', structure.code_postal, coalesce(s.code_postal, structure.code_postal)),
    ('commune', structure.commune_code, coalesce(s.commune_code, structure.commune_code)),
    ('latitude', structure.latitude::text, coalesce(s.latitude, structure.latitude)::text),
    ('longitude', structure.longitude::text, coalesce(s.longitude, structure.longitude)::text)
  ) as champs (champ, avant, apres)`;

/** Notes the changes of known structures, then writes structures. The public label is never touched. */
export const ecrireStructures = async (db: Database): Promise<void> => {
  await run(
    db,
    sql`update lecture set changements = lecture.changements || ecart.liste
      from (
        select s.numero, jsonb_agg(jsonb_build_object('champ', champ, 'avant', avant, 'apres', apres)) as liste
        from lecture_structure s
        join structure on structure.id = s.structure_id
        cross join lateral ${comparaison}
        where avant is distinct from apres
        group by s.numero
      ) ecart
      where lecture.numero = ecart.numero`,
  );
  await run(
    db,
    sql`update structure set
        identifiant_type = case when s.siret is null then structure.identifiant_type else 'siret' end,
        identifiant = coalesce(s.siret, structure.identifiant),
        raison_sociale = coalesce(s.nom, structure.raison_sociale),
        raison_sociale_recherche = coalesce(s.recherche, structure.raison_sociale_recherche),
        adresse = coalesce(s.adresse, structure.adresse),
        code_postal = coalesce(s.code_postal, structure.code_postal),
        commune_code = coalesce(s.commune_code, structure.commune_code),
        latitude = coalesce(s.latitude, structure.latitude),
        longitude = coalesce(s.longitude, structure.longitude),
        version = version + 1, modifie_le = now()
      from lecture_structure s
      where structure.id = s.structure_id and not s.nouvelle
        and exists (select from ${comparaison} where avant is distinct from apres)`,
  );
  await run(
    db,
    sql`insert into structure (
        id, identifiant_type, identifiant, raison_sociale, raison_sociale_recherche, adresse, code_postal, commune_code,
        latitude, longitude, sources
      )
      select structure_id, case when siret is not null then 'siret' end, siret, nom, recherche, adresse, code_postal,
        commune_code, latitude, longitude, array[${source}]
      from lecture_structure where nouvelle`,
  );
  await run(
    db,
    sql`update structure set sources = sources || ${source}::text from lecture_structure s
      where structure.id = s.structure_id and not ${source} = any (structure.sources)`,
  );
};

/** Sessions and decisions of the rows, made where missing. */
export const ecrireDecisions = async (db: Database, programmeId: string): Promise<void> => {
  await run(
    db,
    sql`insert into seance (programme_id, date, sources)
      select distinct ${programmeId}::uuid, date, array[${source}] from lecture where rejet is null
      on conflict (programme_id, date) do update set sources = seance.sources || excluded.sources
        where not seance.sources @> excluded.sources`,
  );
  await run(
    db,
    sql`insert into decision (seance_id, structure_id, sources)
      select distinct seance.id, lecture.structure_id, array[${source}]
      from lecture join seance on seance.programme_id = ${programmeId} and seance.date = lecture.date
      where lecture.rejet is null
      on conflict (structure_id, seance_id) do update set sources = decision.sources || excluded.sources
        where not decision.sources @> excluded.sources`,
  );
  await run(
    db,
    sql`update lecture set decision_id = decision.id
      from seance join decision on decision.seance_id = seance.id
      where seance.programme_id = ${programmeId} and seance.date = lecture.date
        and decision.structure_id = lecture.structure_id and lecture.rejet is null`,
  );
};

/**
 * Finds the line already known of each row: by its reference in the same decision; by its reference in the same
 * session, when SIRET or name stayed the same while the other was corrected; then among the lines of the decision that
 * nothing claims, kind by kind, largest first. In a `complement` (rejected rows come back corrected) a row with a
 * reference of its own is none of those known under another.
 */
export const reconnaitreLignes = async (db: Database, complement: boolean): Promise<void> => {
  await run(
    db,
    sql`update lecture set ligne_id = trouvee.ligne_id
      from (
        select distinct on (dl.id) l.numero, dl.id as ligne_id
        from lecture l
        join decision_ligne dl on dl.reference = l.reference and dl.decision_id = l.decision_id
        where l.rejet is null
        order by dl.id, l.numero
      ) trouvee
      where lecture.numero = trouvee.numero`,
  );
  await run(
    db,
    sql`update lecture set ligne_id = trouvee.ligne_id
      from (
        select distinct on (dl.id) l.numero, dl.id as ligne_id
        from lecture l
        join decision_ligne dl on dl.reference = l.reference
        join decision d on d.id = dl.decision_id
        join seance on seance.id = d.seance_id and seance.date = l.date
        join structure on structure.id = d.structure_id
        where l.rejet is null and l.ligne_id is null
          and (structure.identifiant = l.siret or structure.raison_sociale_recherche = l.recherche)
          and not exists (select from lecture prise where prise.ligne_id = dl.id)
        order by dl.id, l.numero
      ) trouvee
      where lecture.numero = trouvee.numero`,
  );
  const remaining = (kind: RawBuilder<unknown>) => sql`update lecture set ligne_id = paire.ligne_id
      from (
        with libres as (
          select dl.id, dl.decision_id, dl.categorie,
            row_number() over (partition by ${kind} order by dl.postes desc, dl.id) as rang
          from decision_ligne dl
          where dl.decision_id in (select decision_id from lecture where rejet is null and ligne_id is null)
            and not exists (select from lecture prise where prise.ligne_id = dl.id)
            and (dl.reference is null or ${!complement})
        ), lues as (
          select numero, decision_id, categorie,
            row_number() over (partition by ${kind} order by postes desc, numero) as rang
          from lecture dl where rejet is null and ligne_id is null
        )
        select lues.numero, libres.id as ligne_id from lues
        join libres using (decision_id, rang)
        where ${kind === withKind ? sql`lues.categorie = libres.categorie` : sql`true`}
      ) paire
      where lecture.numero = paire.numero`;
  const withKind = sql`dl.decision_id, dl.categorie`;
  await run(db, remaining(withKind));
  await run(db, remaining(sql`dl.decision_id`));
};

/** As a person reads it. */
const ouiNon = (column: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`case ${column} when true then 'oui' when false then 'non' end`;

/** Name, number and commune: what tells two structures apart. */
const structureDe = (decision: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  select concat_ws(', ', structure.raison_sociale, structure.identifiant, structure.commune_code)
  from decision join structure on structure.id = decision.structure_id where decision.id = ${decision})`;

const comparaisonLigne = sql`(values
    ('postes', dl.postes::text, l.postes::text),
    ('type de structure', dl.categorie, l.categorie),
    ('montant en euros', (e.montant_centimes / 100.0)::numeric(14, 2)::text, (l.montant / 100.0)::numeric(14, 2)::text),
    ('référence', dl.reference, coalesce(l.reference, dl.reference)),
    ('zrr', ${ouiNon(sql`dl.zrr`)}, ${ouiNon(sql`coalesce(l.zrr, dl.zrr)`)}),
    ('qpv', ${ouiNon(sql`dl.qpv`)}, ${ouiNon(sql`coalesce(l.qpv, dl.qpv)`)}),
    ('france services', ${ouiNon(sql`dl.france_services`)}, ${ouiNon(sql`coalesce(l.france_services, dl.france_services)`)}),
    ('structure', ${structureDe(sql`dl.decision_id`)}, ${structureDe(sql`l.decision_id`)})
  ) as champs (champ, avant, apres)`;

/** Notes the changes of known lines, then writes engagements and lines. The enveloppe's ceiling may refuse it all. */
export const ecrireLignes = async (db: Database, enveloppeId: string): Promise<void> => {
  await run(db, sql`analyze lecture`);
  await run(
    db,
    sql`update lecture set changements = lecture.changements || ecart.liste
      from (
        select l.numero, jsonb_agg(jsonb_build_object('champ', champ, 'avant', avant, 'apres', apres)) as liste
        from lecture l
        join decision_ligne dl on dl.id = l.ligne_id
        join engagement e on e.id = dl.engagement_id
        cross join lateral ${comparaisonLigne}
        where avant is distinct from apres
        group by l.numero
      ) ecart
      where lecture.numero = ecart.numero`,
  );
  await run(
    db,
    sql`update lecture set sort = case when rejet is not null then 'rejetee' when ligne_id is null then 'creee'
      when changements <> '[]' then 'modifiee' else 'inchangee' end`,
  );
  await run(
    db,
    sql`update engagement set montant_centimes = l.montant
      from lecture l join decision_ligne dl on dl.id = l.ligne_id
      where engagement.id = dl.engagement_id and engagement.montant_centimes <> l.montant`,
  );
  await run(
    db,
    sql`create temp table lignes_quittees on commit drop as
      select distinct dl.decision_id from lecture l join decision_ligne dl on dl.id = l.ligne_id
      where dl.decision_id <> l.decision_id`,
  );
  await run(
    db,
    sql`update decision_ligne dl set
        decision_id = l.decision_id, reference = coalesce(l.reference, dl.reference), categorie = l.categorie,
        postes = l.postes, regime_variante_id = l.variante_id, zrr = coalesce(l.zrr, dl.zrr),
        qpv = coalesce(l.qpv, dl.qpv), france_services = coalesce(l.france_services, dl.france_services)
      from lecture l
      join decision_ligne ancienne on ancienne.id = l.ligne_id
      join engagement e on e.id = ancienne.engagement_id
      where dl.id = l.ligne_id and l.sort = 'modifiee'`,
  );
  await run(
    db,
    sql`update decision_ligne set sources = sources || ${source}::text from lecture l
      where decision_ligne.id = l.ligne_id and not ${source} = any (decision_ligne.sources)`,
  );
  // A correction moved the only line of a decision to the right structure: the empty decision goes.
  await run(
    db,
    sql`delete from decision using lignes_quittees q where decision.id = q.decision_id
      and not exists (select from decision_ligne where decision_ligne.decision_id = decision.id)`,
  );
  await run(db, sql`update lecture set ligne_id = uuid_v7(), engagement_id = uuid_v7() where sort = 'creee'`);
  await run(
    db,
    sql`insert into engagement (id, enveloppe_id, montant_centimes)
      select engagement_id, ${enveloppeId}::uuid, montant from lecture where sort = 'creee'`,
  );
  await run(
    db,
    sql`insert into decision_ligne (
        id, decision_id, reference, categorie, postes, regime_variante_id, engagement_id, zrr, qpv, france_services, sources
      )
      select ligne_id, decision_id, reference, categorie, postes, variante_id, engagement_id, zrr, qpv, france_services,
        array[${source}]
      from lecture where sort = 'creee' order by numero`,
  );
  await run(db, sql`analyze lecture`);
};

/** Adds the anomalies that only the whole file shows: a SIRET carried by two names, probable duplicate lines. */
export const releverAnomaliesCroisees = async (db: Database): Promise<void> => {
  const add = (anomalies: RawBuilder<unknown>): Promise<void> =>
    run(
      db,
      sql`update lecture set anomalies = lecture.anomalies || jsonb_build_array(vue.anomalie)
        from (${anomalies}) vue where vue.numero = lecture.numero`,
    );
  await add(sql`select l.numero, jsonb_build_object(
        'code', 'siret_deux_noms', 'champ', 'siret', 'valeur', l.siret,
        'message', 'Ce SIRET est porté dans le fichier par deux noms : « ' || premier.nom || ' » et « ' || l.nom || ' ».'
      ) as anomalie
      from lecture l
      join (
        select distinct on (siret) siret, nom, recherche from lecture
        where rejet is null and siret is not null and nom is not null order by siret, numero
      ) premier on premier.siret = l.siret and premier.recherche <> l.recherche
      where l.rejet is null`);
  await add(sql`select l.numero, jsonb_build_object(
        'code', 'doublon_probable', 'champ', 'reference', 'valeur', coalesce(l.reference, ''),
        'message', 'Doublon probable de la ligne ' || premiere || ' : même structure, même séance, même type, même nombre de postes. Les deux sont gardées.'
      ) as anomalie
      from (
        select numero, reference,
          first_value(ligne) over (partition by cle, date, categorie, postes order by numero) as premiere,
          row_number() over (partition by cle, date, categorie, postes order by numero) as rang
        from lecture where rejet is null
      ) l
      where rang > 1`);
};
