import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { LignePreparee } from './preparation.rules.ts';

/**
 * The work of an import is done by the database, set by set, on temporary tables of one transaction: memory does not
 * grow with the file, and a process killed at any moment leaves nothing.
 */
export const run = async (db: Database, statement: RawBuilder<unknown>): Promise<void> => {
  await statement.execute(db);
};

export const source = 'coselec';

/** Held by an import to its end: a second one waits, then finds what the first wrote. */
const importLock = 727_004;

/** The temporary tables of the transaction, once no other import is writing. */
export const ouvrirLecture = async (db: Database): Promise<void> => {
  await run(db, sql`select pg_advisory_xact_lock(${importLock})`);
  // The tables may be known as empty (a simulation fills them and leaves nothing) while this transaction fills them: row
  // by row, as suits empty ones, the time would grow with the square of the file.
  await run(db, sql`set local enable_nestloop = off`);
  await run(
    db,
    sql`create temp table lecture (
      numero integer primary key, ligne integer not null, rejet text, contenu jsonb, libelle text, anomalies jsonb not null,
      reference text, siret text, nom text, recherche text, categorie text, postes integer, date date,
      adresse text, code_postal text, commune_code text, latitude double precision, longitude double precision,
      variante_id uuid, montant bigint, zrr boolean, qpv boolean, france_services boolean, dit jsonb,
      cle text, structure_id uuid, decision_id uuid, ligne_id uuid, engagement_id uuid,
      changements jsonb not null default '[]', sort text
    ) on commit drop`,
  );
};

/** Adds a batch of rows as read. */
export const ajouterLectures = async (db: Database, lignes: readonly LignePreparee[]): Promise<void> => {
  const rows = lignes.map(({ numero, ligne, rejet, contenu, libelle, anomalies, decision }) => ({
    numero,
    ligne,
    rejet,
    contenu,
    libelle,
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
        numero, ligne, rejet, contenu, libelle, anomalies, reference, siret, nom, recherche, categorie, postes, date, adresse,
        code_postal, commune_code, latitude, longitude, variante_id, montant, zrr, qpv, france_services, dit
      )
      select *, jsonb_build_array(reference, categorie, postes, zrr, qpv, france_services) from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
        numero integer, ligne integer, rejet text, contenu jsonb, libelle text, anomalies jsonb, reference text, siret text, nom text,
        recherche text, categorie text, postes integer, date date, adresse text, code_postal text, commune_code text,
        latitude double precision, longitude double precision, variante_id uuid, montant bigint, zrr boolean,
        qpv boolean, france_services boolean
      )`,
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
      select distinct dl.decision_id, quittee.structure_id, l.decision_id as vers_id, l.structure_id as vers_structure_id
      from lecture l
      join decision_ligne dl on dl.id = l.ligne_id
      join decision quittee on quittee.id = dl.decision_id
      where dl.decision_id <> l.decision_id`,
  );
  // What was announced stays so under its corrected number: the decision made for it takes the announcement over.
  await run(
    db,
    sql`update decision set publiee_le = annonce.publiee_le, publiee_sources = annonce.publiee_sources
      from (
        select distinct on (q.vers_id) q.vers_id, quittee.publiee_le, quittee.publiee_sources
        from lignes_quittees q join decision quittee on quittee.id = q.decision_id
        where quittee.publiee_le is not null order by q.vers_id, quittee.publiee_le
      ) annonce
      where decision.id = annonce.vers_id and decision.publiee_le is null
        and not exists (select from decision_ligne where decision_ligne.decision_id = decision.id)`,
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
    sql`update decision_ligne set dit = l.dit from lecture l
      where decision_ligne.id = l.ligne_id and decision_ligne.dit is distinct from l.dit`,
  );
  await run(
    db,
    sql`update decision_ligne set sources = sources || ${source}::text from lecture l
      where decision_ligne.id = l.ligne_id and not ${source} = any (decision_ligne.sources)`,
  );
  // A correction moved the only line of a decision to the right structure: the empty decision goes, unless another
  // row of the file is to be its line.
  await run(
    db,
    sql`delete from decision using lignes_quittees q where decision.id = q.decision_id
      and not exists (select from decision_ligne where decision_ligne.decision_id = decision.id)
      and not exists (select from lecture where lecture.decision_id = decision.id)`,
  );
  // So does the label that somebody wrote, where nothing more is known under the wrong number.
  await run(
    db,
    sql`update structure set libelle_public = quittee.libelle_public, libelle_relu = quittee.libelle_relu,
        libelle_sources = quittee.libelle_sources
      from lignes_quittees q join structure quittee on quittee.id = q.structure_id
      where structure.id = q.vers_structure_id and structure.libelle_public is null
        and quittee.libelle_public is not null
        and not exists (select from decision where decision.structure_id = quittee.id)`,
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
        id, decision_id, reference, categorie, postes, regime_variante_id, engagement_id, zrr, qpv, france_services, dit, sources
      )
      select ligne_id, decision_id, reference, categorie, postes, variante_id, engagement_id, zrr, qpv, france_services,
        dit, array[${source}]
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
