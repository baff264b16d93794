import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import type { Centimes } from '../platform/money.ts';
import type { ContexteDemo, LaureatDemo, PersonneDemo } from './fichiers.ts';

export type LigneADecider = {
  readonly seanceId: string;
  readonly structureId: string;
  readonly enveloppeId: string;
  readonly varianteId: string;
  readonly postes: number;
  readonly montant: Centimes;
  /** ISO instant of the announcement. */
  readonly instant: string;
};

/**
 * The demonstration writes into the tables of several rooms, as they have no acts yet for facts that are only told
 * (a wave, a plan, places to come). Every row keeps its source: what another source knows too is not the demo's alone.
 */
const demo = 'demo';
const sources = sql`array[${demo}]`;

/** Adds the source to a row already there. */
const alsoKnown = (table: string) =>
  sql`sources = ${sql.table(table)}.sources || ${demo}::text where not ${demo} = any (${sql.table(table)}.sources)`;

export const aDesDonnees = async (db: Database): Promise<boolean> => {
  const result = await sql<{ present: boolean }>`
    select exists (select from decision) or exists (select from import)
      or exists (select from journal where acte in ('demo.charger', 'demo.retirer')) as present`.execute(db);
  return result.rows[0]?.present ?? false;
};

export const estChargee = async (db: Database): Promise<boolean> =>
  (await db
    .selectFrom('seance')
    .select('id')
    .where(sql<boolean>`${demo} = any (sources)`)
    .limit(1)
    .executeTakeFirst()) !== undefined;

export const ecrireVagues = async (
  db: Database,
  programmeId: string,
  contexte: ContexteDemo,
): Promise<void> => {
  for (const vague of contexte.vagues) {
    await sql`insert into vague (programme_id, rang, nom, ouvre_le, ouverture_precision, priorites, sources)
      values (${programmeId}, ${vague.rang}, ${vague.nom}, ${vague.ouvreLe}, ${vague.precision}, ${vague.priorites}, ${sources})
      on conflict (programme_id, rang) do update set ${alsoKnown('vague')}`.execute(db);
  }
};

export const ecrirePlan = async (
  db: Database,
  programmeId: string,
  { plan, departement }: ContexteDemo,
): Promise<void> => {
  await sql`insert into plan_departemental (departement_code, nom, genre, presente_le, sources)
    values (${departement}, ${plan.nom}, ${plan.genre}, ${plan.presenteLe}, ${sources})
    on conflict (departement_code, nom) do update set ${alsoKnown('plan_departemental')}`.execute(db);
  await sql`insert into mesure (plan_id, intitule, programme_id, sources)
    select id, ${plan.mesure}, ${programmeId}, ${sources} from plan_departemental
    where departement_code = ${departement} and nom = ${plan.nom}
    on conflict (plan_id, intitule) do update set ${alsoKnown('mesure')}`.execute(db);
};

export const ecrireSeance = async (db: Database, programmeId: string, date: string): Promise<string> => {
  const result = await sql<{ id: string }>`
    insert into seance (programme_id, vague_id, date, sources)
    values (${programmeId}, (select id from vague where programme_id = ${programmeId} and rang = 1), ${date}, ${sources})
    on conflict (programme_id, date) do update
      set sources = array(select distinct unnest(seance.sources || excluded.sources)),
        vague_id = coalesce(seance.vague_id, excluded.vague_id)
    returning id`.execute(db);
  const id = result.rows[0]?.id;
  if (id === undefined) throw new Error('an upsert returns its row');
  return id;
};

/** The structure of a SIRET, made where missing; its public label is written only where nobody wrote one. */
export const ecrireStructure = async (
  db: Database,
  laureat: LaureatDemo,
  recherche: string,
): Promise<string> => {
  const result = await sql<{ id: string }>`
    insert into structure (identifiant_type, identifiant, raison_sociale, raison_sociale_recherche, commune_code,
      libelle_public, libelle_relu, libelle_sources, sources)
    values ('siret', ${laureat.siret}, ${laureat.raison_sociale}, ${recherche}, ${laureat.code_commune},
      ${laureat.libelle_public}, true, ${sources}, ${sources})
    on conflict (identifiant_type, identifiant) do update set
      sources = array(select distinct unnest(structure.sources || excluded.sources)),
      libelle_sources = case when structure.libelle_public is null then excluded.libelle_sources else structure.libelle_sources end,
      libelle_relu = structure.libelle_relu or structure.libelle_public is null,
      libelle_public = coalesce(structure.libelle_public, excluded.libelle_public)
    returning id`.execute(db);
  const id = result.rows[0]?.id;
  if (id === undefined) throw new Error('an upsert returns its row');
  await sql`insert into lieu (structure_id, rang, nom, nature, itinerant, sources)
    values (${id}, 1, ${laureat.libelle_public}, ${laureat.type_lieu}, ${laureat.itinerant === 'oui'}, ${sources})
    on conflict (structure_id, rang) do update set ${alsoKnown('lieu')}`.execute(db);
  return id;
};

/** The decision announced by the communiqué, with its line; one already imported keeps its figures. */
export const ecrireDecision = async (db: Database, ligne: LigneADecider): Promise<void> => {
  const result = await sql<{ id: string }>`
    insert into decision (seance_id, structure_id, publiee_le, publiee_sources, sources)
    values (${ligne.seanceId}, ${ligne.structureId}, ${ligne.instant}, ${sources}, ${sources})
    on conflict (structure_id, seance_id) do update set
      sources = array(select distinct unnest(decision.sources || excluded.sources)),
      publiee_sources = case when decision.publiee_le is null then excluded.publiee_sources else decision.publiee_sources end,
      publiee_le = coalesce(decision.publiee_le, excluded.publiee_le)
    returning id`.execute(db);
  const decisionId = result.rows[0]?.id;
  if (decisionId === undefined) throw new Error('an upsert returns its row');
  const known =
    await sql`update decision_ligne set sources = array(select distinct unnest(sources || ${sources}))
    where decision_id = ${decisionId}`.execute(db);
  if (Number(known.numAffectedRows ?? 0n) > 0) return;
  await sql`with engage as (
      insert into engagement (enveloppe_id, montant_centimes) values (${ligne.enveloppeId}, ${ligne.montant}) returning id
    )
    insert into decision_ligne (decision_id, categorie, postes, regime_variante_id, engagement_id, sources)
    select ${decisionId}, 'publique', ${ligne.postes}, ${ligne.varianteId}, id, ${sources} from engage`.execute(
    db,
  );
};

export const ecrireEquipe = async (
  db: Database,
  structureId: string,
  assemblee: ContexteDemo['assemblee'],
): Promise<void> => {
  await sql`insert into equipe (structure_id, coordinateur_prevu, sources) values (${structureId}, ${assemblee.coordinateur}, ${sources})
    on conflict (structure_id) do update set ${alsoKnown('equipe')}`.execute(db);
  await sql`delete from lieu where structure_id = ${structureId} and sources = ${sources}`.execute(db);
  for (const [index, lieu] of assemblee.lieux.entries()) {
    await sql`insert into lieu (structure_id, rang, nom, nature, itinerant, sources)
      values (${structureId}, ${index + 1}, ${lieu.nom}, ${lieu.nature}, ${lieu.itinerant}, ${sources})
      on conflict (structure_id, rang) do update set ${alsoKnown('lieu')}`.execute(db);
  }
};

export const ecrireEnTete = async (db: Database, { departement, enTete }: ContexteDemo): Promise<void> => {
  await sql`insert into en_tete (departement_code, service, lieu, contact_service, sources)
    values (${departement}, ${enTete.service}, ${enTete.lieu}, ${enTete.contact}, ${sources})
    on conflict (departement_code) do nothing`.execute(db);
};

/** People of the demonstration, one row a role; whoever has the same address already keeps their own. */
export const ecrirePersonnes = async (db: Database, personnes: readonly PersonneDemo[]): Promise<void> => {
  for (const { prenom, nom, courriel, role, niveau, perimetre } of personnes) {
    await sql`insert into personne (prenom, nom, courriel, sources) values (${prenom}, ${nom}, ${courriel}, ${sources})
      on conflict (courriel) do nothing`.execute(db);
    await sql`insert into attribution (personne_id, role, niveau, region_code, departement_code, structure_id, equipe_id,
        motif, sources)
      select personne.id, ${role}, ${niveau},
        case when ${niveau} = 'region' then ${perimetre} end, case when ${niveau} = 'departement' then ${perimetre} end,
        case when ${niveau} in ('structure', 'soi') then structure.id end,
        case when ${niveau} = 'equipe' then equipe.id end, 'personne de la démonstration', ${sources}
      from personne
      left join structure on structure.identifiant_type = 'siret' and structure.identifiant = ${perimetre}
      left join equipe on equipe.structure_id = structure.id
      where personne.courriel = ${courriel} and personne.sources = ${sources}
      on conflict do nothing`.execute(db);
  }
};

/** Somebody of the demonstration, by their address. */
export const findPersonneDemo = (db: Database, courriel: string) =>
  db
    .selectFrom('personne')
    .select(['id', 'prenom', 'nom', 'courriel'])
    .where('courriel', '=', courriel)
    .executeTakeFirstOrThrow();

export const findStructureDemo = async (db: Database, siret: string): Promise<string> =>
  (
    await db
      .selectFrom('structure')
      .select('id')
      .where('identifiant_type', '=', 'siret')
      .where('identifiant', '=', siret)
      .executeTakeFirstOrThrow()
  ).id;

export const aUneVague = async (db: Database, nom: string): Promise<boolean> =>
  (await db.selectFrom('vague').select('id').where('nom', '=', nom).limit(1).executeTakeFirst()) !==
  undefined;

/** Whether somebody has begun to apply: those files are kept, and what they rest on with them. */
export const aDesCandidatures = async (db: Database): Promise<boolean> =>
  (await db.selectFrom('candidature').select('id').limit(1).executeTakeFirst()) !== undefined;

/** Removes the people of the demonstration, with what they were given and gave. */
const effacerPersonnes = async (run: (statement: ReturnType<typeof sql>) => Promise<void>): Promise<void> => {
  const people = sql`(select id from personne where sources = ${sources})`;
  await run(sql`delete from invitation where invitee_par in ${people} or acceptee_par in ${people}`);
  await run(sql`update attribution set donnee_par = null where donnee_par in ${people}`);
  await run(sql`update attribution set retiree_par = null where retiree_par in ${people}`);
  await run(sql`delete from attribution where personne_id in ${people} and suppleance_de is not null`);
  await run(sql`delete from attribution where personne_id in ${people}`);
  await run(sql`delete from personne where sources = ${sources}`);
};

export const marquerCommunique = async (
  db: Database,
  seanceId: string,
  departement: string,
): Promise<void> => {
  await sql`update communique set sources = ${sources} where seance_id = ${seanceId} and departement_code = ${departement}`.execute(
    db,
  );
  // Publishing it announced again what the demo alone had announced.
  await sql`update decision set publiee_sources = ${sources} where seance_id = ${seanceId} and publiee_sources @> ${sources}`.execute(
    db,
  );
};

/** Removes what the demo alone brought, and its name from what others know too; gives how many rows went. */
export const effacerDemo = async (db: Database): Promise<number> => {
  let gone = 0;
  const run = async (statement: ReturnType<typeof sql>): Promise<void> => {
    gone += Number((await statement.execute(db)).numAffectedRows ?? 0n);
  };
  const alone = sql`sources = ${sources}`;
  await effacerPersonnes(run);
  await run(sql`delete from communique where ${alone}`);
  await run(sql`delete from en_tete where ${alone}`);
  await run(sql`delete from mesure where ${alone}`);
  await run(
    sql`delete from plan_departemental p where ${alone} and not exists (select from mesure where plan_id = p.id)`,
  );
  await run(sql`delete from lieu where ${alone}`);
  await run(sql`delete from equipe where ${alone}`);
  const lines = await sql<{
    engagement_id: string;
  }>`delete from decision_ligne where ${alone} returning engagement_id`.execute(db);
  gone += lines.rows.length;
  await run(
    sql`delete from engagement where id = any (${lines.rows.map(({ engagement_id }) => engagement_id)})`,
  );
  await run(
    sql`delete from decision d where ${alone} and not exists (select from decision_ligne where decision_id = d.id)`,
  );
  await run(sql`delete from structure s where ${alone} and not exists (select from decision where structure_id = s.id)
    and not exists (select from lieu where structure_id = s.id) and not exists (select from equipe where structure_id = s.id)`);
  await run(sql`delete from seance s where ${alone} and not exists (select from decision where seance_id = s.id)
    and not exists (select from communique where seance_id = s.id)`);
  // A session was tied to the demo's wave by the demo alone: a wave that somebody chose has another source.
  await sql`update seance set vague_id = null where vague_id in (select id from vague where ${alone})`.execute(
    db,
  );
  await run(
    sql`delete from vague v where ${alone} and not exists (select from seance where vague_id = v.id)`,
  );
  // Facts that the demo alone gave to rows that stay: the label, the announcement.
  await sql`update structure set libelle_public = null, libelle_relu = false, libelle_sources = '{}'
    where libelle_sources = ${sources}`.execute(db);
  await sql`update decision set publiee_le = null, publiee_sources = '{}' where publiee_sources = ${sources}`.execute(
    db,
  );
  await sql`update decision set publiee_sources = array_remove(publiee_sources, ${demo}) where ${demo} = any (publiee_sources)`.execute(
    db,
  );
  for (const table of [
    'communique',
    'en_tete',
    'mesure',
    'plan_departemental',
    'lieu',
    'equipe',
    'decision_ligne',
    'decision',
    'structure',
    'seance',
    'vague',
  ]) {
    await sql`update ${sql.table(table)} set sources = array_remove(sources, ${demo}) where ${demo} = any (sources)`.execute(
      db,
    );
  }
  return gone;
};
