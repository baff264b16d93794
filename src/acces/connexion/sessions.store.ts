import { sql } from 'kysely';
import { type Database, planGarde } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';
import type { Niveau } from '../../platform/http/identite.ts';
import type { Role } from '../../platform/journal.ts';
import { dureeSensible, rolesSensibles } from '../rules.ts';

export type Moyen = 'lien' | 'invitation' | 'oidc' | 'demonstration';

type LigneAttribution = {
  readonly id: string;
  readonly role: Role;
  readonly niveau: Niveau;
  readonly perimetre: string | null;
  /** Name of the scope. */
  readonly lieu: string | null;
  /** Whom the role stands in for, and its last day. */
  readonly supplee: string | null;
  readonly fin: string | null;
};

type LigneSession = {
  readonly id: string;
  readonly personne: string;
  readonly prenom: string;
  readonly nom: string;
  readonly courriel: string;
  readonly visitePrecedente: string | null;
  readonly moyen: Moyen;
  readonly attributionId: string | null;
  readonly secondFacteurFait: boolean;
  readonly secondFacteurInstalle: boolean;
  /** Not seen for a minute: to be noted. */
  readonly aNoter: boolean;
  readonly attributions: readonly LigneAttribution[];
};

/** A role that runs now; one that stands in for another ends with it. */
const enCours = sql`attribution_en_cours(a)`;

/** Roles in their order, each with the name of its scope. */
const attributionsDe = sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', a.id, 'role', a.role, 'niveau', a.niveau, 'perimetre', a.perimetre,
    'lieu', coalesce(region.nom, departement.nom, structure.libelle_public, structure.raison_sociale, structure.identifiant,
      equipe_structure.libelle_public, equipe_structure.raison_sociale),
    'supplee', (select titulaire.prenom || ' ' || titulaire.nom from attribution remplacee
      join personne titulaire on titulaire.id = remplacee.personne_id where remplacee.id = a.suppleance_de),
    'fin', to_char((a.fin - interval '1 microsecond') at time zone 'Europe/Paris', 'YYYY-MM-DD')) order by a.du, a.id)
  from attribution a
  left join region on region.code = a.region_code
  left join departement on departement.code = a.departement_code
  left join structure on structure.id = a.structure_id
  left join equipe on equipe.id = a.equipe_id
  left join structure equipe_structure on equipe_structure.id = equipe.structure_id
  where a.personne_id = personne.id and ${enCours}
), '[]')`;

/** A role that was given since the session began shortens it: it counts from its own beginning. */
const vivante = sql`session.fin_le is null and session.expire_le > now()
  and session.vue_le > now() - session.inactivite and personne.desactivee_le is null
  and not exists (
    select from attribution a where a.personne_id = personne.id and a.role = any (${rolesSensibles}) and ${enCours}
      and (session.vue_le <= now() - make_interval(hours => ${dureeSensible.inactivite})
        or greatest(session.ouverte_le, a.du) <= now() - make_interval(hours => ${dureeSensible.heures}))
  )`;

/** The session of a secret's digest, with its person and their roles; undefined when it does not run any more. */
export const lireSession = async (db: Database, empreinte: Buffer): Promise<LigneSession | undefined> => {
  const { rows } = await sql<LigneSession>`${planGarde}
    select session.id, personne.id as personne, personne.prenom, personne.nom, personne.courriel, session.moyen,
      ${enInstant('personne.vue_precedente_le')} as "visitePrecedente",
      session.attribution_id as "attributionId", session.second_facteur_le is not null as "secondFacteurFait",
      exists (select from second_facteur where personne_id = personne.id and confirme_le is not null)
        as "secondFacteurInstalle",
      session.vue_le < now() - interval '1 minute' as "aNoter", ${attributionsDe} as attributions
    from session join personne on personne.id = session.personne_id
    where session.empreinte = ${empreinte} and ${vivante}`.execute(db);
  return rows[0];
};

export const noterPassage = async (db: Database, id: string): Promise<void> => {
  await sql`update session set vue_le = now() where id = ${id}`.execute(db);
};

export type PersonneConnue = {
  readonly id: string;
  readonly prenom: string;
  readonly nom: string;
  readonly courriel: string;
  readonly attributions: readonly LigneAttribution[];
};

const lirePersonne = async (
  db: Database,
  condition: ReturnType<typeof sql>,
): Promise<PersonneConnue | undefined> =>
  (
    await sql<PersonneConnue>`select id, prenom, nom, courriel, ${attributionsDe} as attributions
      from personne where ${condition} and desactivee_le is null`.execute(db)
  ).rows[0];

/** Somebody who may sign in, by their address in its kept form. */
export const findPersonne = (db: Database, courriel: string): Promise<PersonneConnue | undefined> =>
  lirePersonne(db, sql`courriel = ${courriel}`);

export const getPersonne = (db: Database, id: string): Promise<PersonneConnue | undefined> =>
  lirePersonne(db, sql`id = ${id}`);

export type NouvelleSession = {
  readonly empreinte: Buffer;
  readonly personne: string;
  readonly attribution: string | null;
  readonly moyen: Moyen;
  readonly appareil: string;
  readonly heures: number;
  readonly inactivite: number;
  readonly secondFacteur: boolean;
  /** Encrypted. */
  readonly jetonIdentite: string | null;
};

/** Opens a session, and notes the visit; gives when it ends, as an ISO instant. */
export const ecrireSession = async (
  db: Database,
  session: NouvelleSession,
): Promise<{ readonly id: string; readonly expire: string }> => {
  const { rows } = await sql<{ id: string; expire: string }>`
    insert into session (empreinte, personne_id, attribution_id, moyen, appareil, expire_le, inactivite,
      second_facteur_le, jeton_identite)
    values (${session.empreinte}, ${session.personne}, ${session.attribution}, ${session.moyen}, ${session.appareil},
      now() + make_interval(hours => ${session.heures}), make_interval(hours => ${session.inactivite}),
      ${session.secondFacteur ? sql`now()` : null}, ${session.jetonIdentite})
    returning id, ${enInstant('expire_le')} as expire`.execute(db);
  await sql`update personne set courriel_verifie_le = coalesce(courriel_verifie_le, now()),
    vue_precedente_le = vue_le, vue_le = now() where id = ${session.personne}`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('an insert returns its row');
  return row;
};

/** Replaces the secret of a session: what was seen before it serves no more. */
export const changerSecret = async (db: Database, id: string, empreinte: Buffer): Promise<string> => {
  const { rows } = await sql<{ expire: string }>`update session set empreinte = ${empreinte} where id = ${id}
    returning ${enInstant('expire_le')} as expire`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('a session that asks is there');
  return row.expire;
};

/** The session takes on another role of its person; false when it is not theirs or does not run any more. */
export const changerHabilitation = async (
  db: Database,
  session: string,
  attribution: string,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update session set attribution_id = a.id from attribution a
    where session.id = ${session} and a.id = ${attribution} and a.personne_id = session.personne_id
      and ${enCours}`.execute(db);
  return Number(numAffectedRows ?? 0n) === 1;
};

/** Notes that a second proof was given in this session. */
export const noterSecondFacteur = async (db: Database, session: string): Promise<void> => {
  await sql`update session set second_facteur_le = now() where id = ${session}`.execute(db);
};

export type Appareil = {
  readonly id: string;
  readonly appareil: string;
  readonly moyen: Moyen;
  /** ISO instants. */
  readonly ouverteLe: string;
  readonly vueLe: string;
};

/** The open sessions of a person, the last used first. */
export const listAppareils = async (db: Database, personne: string): Promise<readonly Appareil[]> =>
  (
    await sql<Appareil>`select session.id, appareil, moyen, ${enInstant('session.ouverte_le')} as "ouverteLe",
        ${enInstant('session.vue_le')} as "vueLe"
      from session join personne on personne.id = session.personne_id
      where session.personne_id = ${personne} and ${vivante} order by session.vue_le desc, session.id`.execute(
      db,
    )
  ).rows;

/** Ends sessions of a person: one, or all but one; gives how many ended. */
export const terminerSessions = async (
  db: Database,
  personne: string,
  which: { readonly seule: string } | { readonly saufCelle: string | null },
): Promise<number> => {
  const condition =
    'seule' in which ? sql`id = ${which.seule}` : sql`id is distinct from ${which.saufCelle}::uuid`;
  const { numAffectedRows } = await sql`update session set fin_le = now(), jeton_identite = null
    where personne_id = ${personne} and fin_le is null and ${condition}`.execute(db);
  return Number(numAffectedRows ?? 0n);
};

/** The identity provider's token of a session (encrypted), to sign out there too. */
export const lireJetonIdentite = async (db: Database, session: string): Promise<string | null> =>
  (
    await sql<{
      jeton: string | null;
    }>`select jeton_identite as jeton from session where id = ${session}`.execute(db)
  ).rows[0]?.jeton ?? null;

/** Keeps a sign-in link for a person; the ones before it serve no more. */
export const ecrireLien = async (
  db: Database,
  lien: {
    readonly empreinte: Buffer;
    readonly personne: string;
    readonly minutes: number;
    readonly retour: string | null;
  },
): Promise<void> => {
  await sql`update lien_connexion set utilise_le = now() where personne_id = ${lien.personne} and utilise_le is null`.execute(
    db,
  );
  await sql`insert into lien_connexion (empreinte, personne_id, retour, expire_le)
    values (${lien.empreinte}, ${lien.personne}, ${lien.retour}, now() + make_interval(mins => ${lien.minutes}))`.execute(
    db,
  );
};

type Lien = { readonly personne: string; readonly retour: string | null };

/** The link of a digest, while it may serve. */
export const lireLien = async (db: Database, empreinte: Buffer): Promise<Lien | undefined> =>
  (
    await sql<Lien>`select personne_id as personne, retour from lien_connexion
      where empreinte = ${empreinte} and utilise_le is null and expire_le > now()`.execute(db)
  ).rows[0];

/** Uses a link up: of two who follow it at once, one goes in. */
export const consommerLien = async (db: Database, empreinte: Buffer): Promise<Lien | undefined> =>
  (
    await sql<Lien>`update lien_connexion set utilise_le = now()
      where empreinte = ${empreinte} and utilise_le is null and expire_le > now()
      returning personne_id as personne, retour`.execute(db)
  ).rows[0];
