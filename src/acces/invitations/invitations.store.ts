import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';
import type { Cible } from '../roles/roles.rules.ts';
import { debutDuJour, dernierJour, finDuJour, jointureDuLieu, lieu } from '../roles/roles.store.ts';
import { joursDInvitation, type RoleAttribuable } from '../rules.ts';
import type { EtatInvitation } from './invitations.rules.ts';

export type InvitationLue = {
  readonly id: string;
  readonly courriel: string;
  readonly prenom: string;
  readonly nom: string;
  readonly role: RoleAttribuable;
  readonly niveau: string;
  readonly region: string | null;
  readonly departement: string | null;
  readonly structure: string | null;
  readonly equipe: string | null;
  readonly lieu: string | null;
  readonly motif: string;
  readonly etat: EtatInvitation;
  readonly version: number;
  readonly envois: number;
  /** ISO instants. */
  readonly creeLe: string;
  readonly envoyeeLe: string;
  readonly expireLe: string;
  readonly roleDu: string | null;
  readonly roleFin: string | null;
  /** First and last days of the role. */
  readonly du: string | null;
  readonly fin: string | null;
  readonly suppleanceDe: string | null;
  readonly supplee: string | null;
  readonly inviteePar: string | null;
  readonly inviteur: string | null;
  readonly accepteePar: string | null;
  /** The role itself is over before it began, or whom it stands in for has left. */
  readonly depassee: boolean;
};

const invitations = (condition: RawBuilder<unknown>): RawBuilder<InvitationLue> => sql<InvitationLue>`
  select i.id, i.courriel, i.prenom, i.nom, i.role, i.niveau, i.region_code as region, i.departement_code as departement,
    i.structure_id as structure, i.equipe_id as equipe, ${lieu} as lieu, i.motif,
    case when i.statut = 'envoyee' and i.expire_le <= now() then 'expiree' else i.statut end as etat,
    i.version, i.envois, ${enInstant('i.cree_le')} as "creeLe", ${enInstant('i.envoyee_le')} as "envoyeeLe",
    ${enInstant('i.expire_le')} as "expireLe", ${enInstant('i.role_du')} as "roleDu",
    ${enInstant('i.role_fin')} as "roleFin", ${dernierJour(sql`i.role_fin`)} as fin,
    to_char(i.role_du at time zone 'Europe/Paris', 'YYYY-MM-DD') as du,
    i.suppleance_de as "suppleanceDe", supplee.prenom || ' ' || supplee.nom as supplee,
    i.invitee_par as "inviteePar", inviteur.prenom || ' ' || inviteur.nom as inviteur, i.acceptee_par as "accepteePar",
    coalesce(i.role_fin <= now(), false) or coalesce(remplacee.retiree_le is not null, false) as depassee
  from invitation i
  left join personne inviteur on inviteur.id = i.invitee_par
  left join attribution remplacee on remplacee.id = i.suppleance_de
  left join personne supplee on supplee.id = remplacee.personne_id
  ${jointureDuLieu('i')}
  where ${condition}`;

export const getInvitation = async (db: Database, id: string): Promise<InvitationLue | undefined> =>
  (await invitations(sql`i.id = ${id}`).execute(db)).rows[0];

/** The invitation of a link, by the digest of its secret. */
export const findInvitation = async (db: Database, empreinte: Buffer): Promise<InvitationLue | undefined> =>
  (await invitations(sql`i.empreinte = ${empreinte}`).execute(db)).rows[0];

/** Invitations to an address that the acting role sees, the newest first. */
export const listInvitationsDe = async (db: Database, courriel: string): Promise<readonly InvitationLue[]> =>
  (
    await invitations(
      sql`i.courriel = ${courriel} and i.statut = 'envoyee' order by i.cree_le desc limit 20`,
    ).execute(db)
  ).rows;

export type NouvelleInvitation = {
  readonly empreinte: Buffer;
  readonly courriel: string;
  readonly prenom: string;
  readonly nom: string;
  readonly cible: Cible;
  readonly niveau: string;
  readonly du: string | null;
  readonly fin: string | null;
  readonly suppleanceDe: string | null;
  readonly motif: string;
};

export type AdresseConnue = {
  /** The person of the address holds the role already. */
  readonly tient: boolean;
  readonly desactivee: boolean;
  /** The mailbox of a service, which signs in nowhere. */
  readonly boite: boolean;
  /** The invitation of the address to the role that still waits, expired or not. */
  readonly enCours: { readonly id: string; readonly version: number; readonly expiree: boolean } | null;
};

type Adressee = Pick<NouvelleInvitation, 'courriel' | 'cible' | 'suppleanceDe'>;

/** What the acting role sees of addresses and roles, in their order and in one query: a file has many. */
export const lireAdresses = async (
  db: Database,
  demandes: readonly Adressee[],
): Promise<readonly AdresseConnue[]> => {
  const lignes = demandes.map(({ courriel, cible, suppleanceDe }, rang) => ({
    rang,
    courriel,
    role: cible.role,
    region: cible.region,
    departement: cible.departement?.code ?? null,
    structure: cible.structure?.id ?? null,
    equipe: cible.equipe?.id ?? null,
    suppleance: suppleanceDe,
  }));
  return (
    await sql<AdresseConnue>`
      select exists (
          select from attribution a where a.personne_id = personne.id and a.role = d.role
            -- Once for oneself, whatever the structure.
            and (d.role in ('conseiller', 'candidat') or (
              a.region_code is not distinct from d.region and a.departement_code is not distinct from d.departement
              and a.structure_id is not distinct from d.structure and a.equipe_id is not distinct from d.equipe))
            and a.suppleance_de is not distinct from d.suppleance
            and a.retiree_le is null and (a.fin is null or a.fin > now())) as tient,
        personne.desactivee_le is not null as desactivee, est_boite_de_service(d.courriel) as boite,
        (select jsonb_build_object('id', i.id, 'version', i.version, 'expiree', i.expire_le <= now())
          from invitation i where i.courriel = d.courriel and i.role = d.role and i.statut = 'envoyee'
            and i.region_code is not distinct from d.region and i.departement_code is not distinct from d.departement
            and i.structure_id is not distinct from d.structure and i.equipe_id is not distinct from d.equipe)
          as "enCours"
      from jsonb_to_recordset(${JSON.stringify(lignes)}::jsonb) as d(rang integer, courriel text, role text, region text,
        departement text, structure uuid, equipe uuid, suppleance uuid)
      left join personne on personne.courriel = d.courriel
      order by d.rang`.execute(db)
  ).rows;
};

const expiration = sql`now() + make_interval(days => ${joursDInvitation})`;

/** Writes an invitation; undefined when the same waits already. */
export const ecrireInvitation = async (
  db: Database,
  nouvelle: NouvelleInvitation,
): Promise<string | undefined> => {
  const { cible } = nouvelle;
  const { rows } = await sql<{ id: string }>`
    insert into invitation (empreinte, courriel, prenom, nom, role, niveau, region_code, departement_code, structure_id,
      equipe_id, role_du, role_fin, suppleance_de, motif, invitee_par, expire_le)
    values (${nouvelle.empreinte}, ${nouvelle.courriel}, ${nouvelle.prenom}, ${nouvelle.nom}, ${cible.role},
      ${nouvelle.niveau}, ${cible.region}, ${cible.departement?.code ?? null}, ${cible.structure?.id ?? null},
      ${cible.equipe?.id ?? null}, ${debutDuJour(nouvelle.du)}, ${finDuJour(nouvelle.fin)}, ${nouvelle.suppleanceDe},
      ${nouvelle.motif}, acteur_personne(), ${expiration})
    on conflict do nothing returning id`.execute(db);
  return rows[0]?.id;
};

/** Gives an invitation a new link, the one before being of no use any more; false when it changed meanwhile. */
export const renouvelerInvitation = async (
  db: Database,
  {
    id,
    version,
    empreinte,
    modifiee,
  }: {
    readonly id: string;
    readonly version: number;
    readonly empreinte: Buffer;
    /** What is written anew where the invitation was asked for again after it expired. */
    readonly modifiee?: NouvelleInvitation;
  },
): Promise<boolean> => {
  const autres =
    modifiee === undefined
      ? sql``
      : sql`, prenom = ${modifiee.prenom}, nom = ${modifiee.nom}, motif = ${modifiee.motif},
          role_du = ${debutDuJour(modifiee.du)}, role_fin = ${finDuJour(modifiee.fin)},
          suppleance_de = ${modifiee.suppleanceDe}`;
  const { numAffectedRows } =
    await sql`update invitation set empreinte = ${empreinte}, expire_le = ${expiration},
      envois = envois + 1, envoyee_le = now(), invitee_par = acteur_personne(), version = version + 1 ${autres}
    where id = ${id} and version = ${version} and statut = 'envoyee'`.execute(db);
  return Number(numAffectedRows ?? 0n) === 1;
};

/** Somebody of an address, made where there was nobody. Theirs is the name that the account has. */
export const ouvrirCompte = async (
  db: Database,
  { courriel, prenom, nom }: Pick<InvitationLue, 'courriel' | 'prenom' | 'nom'>,
): Promise<{ readonly id: string; readonly ouvert: boolean; readonly desactivee: boolean }> => {
  const made = await sql<{ id: string }>`insert into personne (courriel, prenom, nom)
    values (${courriel}, ${prenom}, ${nom}) on conflict (courriel) do nothing returning id`.execute(db);
  const id = made.rows[0]?.id;
  if (id !== undefined) return { id, ouvert: true, desactivee: false };
  const known = await sql<{ id: string; desactivee: boolean }>`
    select id, desactivee_le is not null as desactivee from personne where courriel = ${courriel}`.execute(
    db,
  );
  const row = known.rows[0];
  if (row === undefined) throw new Error('an address that is taken has its person');
  return { ...row, ouvert: false };
};

/** Whether whoever promised the role may still give it. */
export const invitationTient = async (db: Database, id: string): Promise<boolean> =>
  (await sql<{ tient: boolean }>`select invitation_tient(${id}) as tient`.execute(db)).rows[0]?.tient ??
  false;

export const noterAcceptation = async (db: Database, id: string, personne: string): Promise<void> => {
  await sql`update invitation set acceptee_par = ${personne} where id = ${id}`.execute(db);
};

/** Name of whoever acts in this transaction, for those whom they write to. */
export const nomDeLActeur = async (db: Database): Promise<string | undefined> =>
  (
    await sql<{
      nom: string;
    }>`select prenom || ' ' || nom as nom from personne where id = acteur_personne()`.execute(db)
  ).rows[0]?.nom;

/** An invitation that expired before anybody answered; one to themselves is not theirs to send again. */
export const invitationExpiree = sql`statut = 'envoyee' and expire_le <= now()
  and courriel is distinct from (select acteur_courriel())`;

/** Régions and départements by code and by name in its search form, for files. */
export const listTerritoiresEcrits = async (
  db: Database,
): Promise<ReadonlyMap<string, { readonly sorte: 'region' | 'departement'; readonly code: string }>> => {
  const { rows } = await sql<{ nom: string; sorte: 'region' | 'departement'; code: string }>`
    select nom_recherche(nom) as nom, 'region' as sorte, code from region
    union all
    -- A département wins over the région of its name (La Réunion): it is the smaller.
    select nom_recherche(nom), 'departement', code from departement`.execute(db);
  return new Map(rows.map(({ nom, sorte, code }) => [nom, { sorte, code }]));
};
