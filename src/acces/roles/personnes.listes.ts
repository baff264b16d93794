import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { champ, defineListe, type Filtre, filtreChoix, filtreCode } from '../../platform/listes/index.ts';
import { etatsDInvitation } from '../invitations/invitations.rules.ts';
import { type EtatRevendication, etatsDeRevendication } from '../revendications/revendications.rules.ts';
import { etatDeRevendication, relationRevendications } from '../revendications/revendications.store.ts';
import { nomDeRole, type RoleAttribuable, rolesAttribuables } from '../rules.ts';
import { jointureDuLieu, lieu } from './roles.store.ts';

/** Roles and names come from the database's own columns: what is not one is written as nothing. */
const lireRoles = (brut: unknown): readonly string[] =>
  z
    .array(z.object({ role: z.enum(rolesAttribuables), lieu: z.string().nullable() }))
    .parse(brut)
    .map(({ role, lieu: nom }) => nomDeRole(role, nom));

const lireRole = (brut: unknown): string | null => {
  const role = z.enum(rolesAttribuables).safeParse(brut);
  return role.success ? nomDeRole(role.data) : null;
};

const jour = (instant: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`to_char(${instant} at time zone 'Europe/Paris', 'YYYY-MM-DD')`;

/** In the département, or on a structure or team that lies in it. */
const dansLeDepartement = (table: string, code: string): RawBuilder<unknown> => sql`(
  ${sql.ref(`${table}.departement_code`)} = ${code}
  or coalesce(${sql.ref(`${table}.structure_id`)}, (select structure_id from equipe where id = ${sql.ref(`${table}.equipe_id`)})) in (
    select structure.id from structure join commune on commune.code = structure.commune_code
    where commune.departement_code = ${code})
)`;

const filtreRole = (condition: Filtre['condition']): Filtre =>
  filtreChoix(
    'Rôle',
    'Rôle',
    rolesAttribuables as readonly [RoleAttribuable, ...RoleAttribuable[]],
    condition,
  );

const uuid = z.uuid('attend un identifiant');
const exempleUuid = '01890000-0000-7000-8000-000000000000';

/** The people whom the acting role sees: the row wall decides. */
export const listePersonnes = defineListe({
  code: 'personnes',
  titre: 'Personnes',
  description: 'Personnes qui ont un rôle sur votre périmètre.',
  nom: ['personne', 'personnes'],
  // Of an account that was erased nothing is left to show.
  relation: sql`(select id, prenom, nom, courriel, desactivee_le, vue_le, cree_le from personne
    where effacee_le is null) personne`,
  cle: {
    sql: sql`personne.id`,
    schema: uuid,
    condition: (cle) => sql`personne.id = ${cle}`,
    exemple: exempleUuid,
  },
  tri: { champ: 'nom', sens: 'asc' },
  champs: {
    id: champ('texte', 'Identifiant', 'Identifiant de la personne.', sql`personne.id::text`, {
      fichiersSeulement: true,
    }),
    nom: champ('texte', 'Nom', 'Nom et prénom.', sql`personne.nom || ' ' || personne.prenom`, {
      tri: sql`nom_recherche(personne.nom || ' ' || personne.prenom)`,
    }),
    courriel: champ('texte', 'Adresse électronique', 'Adresse du compte.', sql`personne.courriel`, {
      insecable: true,
    }),
    roles: champ(
      'textes',
      'Rôles',
      'Rôles en cours que vous pouvez voir.',
      sql`coalesce((
        select jsonb_agg(jsonb_build_object('role', a.role, 'lieu', ${lieu}) order by a.du, a.id)
        from attribution a ${jointureDuLieu('a')}
        where a.personne_id = personne.id and attribution_en_cours(a)), '[]')`,
      { tri: null, lire: lireRoles },
    ),
    etat: champ(
      'texte',
      'État du compte',
      'Actif ou désactivé.',
      sql`case when personne.desactivee_le is null then 'actif' else 'désactivé' end`,
    ),
    vue: champ('date', 'Dernier passage', 'Jour de la dernière connexion.', jour(sql`personne.vue_le`)),
    cree: champ('date', 'Compte ouvert le', 'Jour où le compte a été ouvert.', jour(sql`personne.cree_le`), {
      discret: true,
    }),
  },
  filtres: {
    role: filtreRole(
      (role) => sql`exists (select from attribution a
        where a.personne_id = personne.id and a.role = ${role} and attribution_en_cours(a))`,
    ),
    departement: {
      ...filtreCode('Département', 'code de département', /^(\d{2}|2[AB]|9[78]\d)$/, '02', sql`null`),
      condition: (code) => sql`exists (select from attribution a
        where a.personne_id = personne.id and attribution_en_cours(a) and ${dansLeDepartement('a', code)})`,
    },
    etat: filtreChoix('État du compte', 'État du compte', ['actif', 'desactive'], (etat) =>
      etat === 'actif' ? sql`personne.desactivee_le is null` : sql`personne.desactivee_le is not null`,
    ),
    // Set by the page of a search alone.
    recherche: {
      titre: 'Recherche',
      description: 'Recherche enregistrée.',
      schema: uuid,
      exemple: exempleUuid,
      condition: (recherche) => sql`exists (
        select from recherche_personne r where r.id = ${recherche} and r.personne_id = acteur_personne()
          and nom_recherche(concat_ws(' ', personne.prenom, personne.nom, personne.prenom, personne.courriel))
            like '%' || nom_recherche(r.terme) || '%')`,
    },
  },
});

export type ChampsPersonnes = (typeof listePersonnes)['champs'];

const etatsDeDemande = Object.keys(etatsDeRevendication) as [EtatRevendication, ...EtatRevendication[]];

const etat = sql`case when i.statut = 'envoyee' and i.expire_le <= now() then 'expiree' else i.statut end`;

/** The invitations that the acting role may send; one's own are in one's account. */
export const listeInvitations = defineListe({
  code: 'invitations',
  titre: 'Invitations',
  description: 'Invitations envoyées pour des rôles sur votre périmètre.',
  nom: ['invitation', 'invitations'],
  relation: sql`(
    select invitation.* from invitation
    where invitation.acceptee_par is distinct from (select acteur_personne())
      and invitation.courriel is distinct from
        (select courriel from personne where id = (select acteur_personne()))
  ) i left join personne inviteur on inviteur.id = i.invitee_par ${jointureDuLieu('i')}`,
  cle: { sql: sql`i.id`, schema: uuid, condition: (cle) => sql`i.id = ${cle}`, exemple: exempleUuid },
  tri: { champ: 'envoyee', sens: 'desc' },
  champs: {
    id: champ('texte', 'Identifiant', 'Identifiant de l’invitation.', sql`i.id::text`, {
      fichiersSeulement: true,
    }),
    nom: champ('texte', 'Personne', 'Nom et prénom.', sql`i.nom || ' ' || i.prenom`, {
      tri: sql`nom_recherche(i.nom || ' ' || i.prenom)`,
    }),
    courriel: champ('texte', 'Adresse électronique', 'Adresse invitée.', sql`i.courriel`, {
      insecable: true,
    }),
    role: champ('texte', 'Rôle', 'Rôle proposé.', sql`i.role`, { lire: lireRole }),
    lieu: champ('texte', 'Périmètre', 'Territoire, structure ou équipe.', lieu),
    etat: champ('texte', 'État', 'Envoyée, expirée, acceptée ou révoquée.', etat, {
      lire: (brut) => etatsDInvitation[z.enum(['envoyee', 'expiree', 'acceptee', 'revoquee']).parse(brut)],
    }),
    envoyee: champ('date', 'Envoyée le', 'Jour du dernier envoi.', jour(sql`i.envoyee_le`), {
      tri: sql`i.envoyee_le`,
    }),
    expire: champ('date', 'Expire le', 'Dernier jour du lien.', jour(sql`i.expire_le`), { discret: true }),
    envois: champ('entier', 'Envois', 'Nombre d’envois.', sql`i.envois`, { discret: true }),
    invitee_par: champ(
      'texte',
      'Invitée par',
      'Personne qui a invité, si vous pouvez la voir.',
      sql`inviteur.prenom || ' ' || inviteur.nom`,
      { discret: true },
    ),
  },
  filtres: {
    etat: filtreChoix(
      'État',
      'État',
      ['envoyee', 'expiree', 'acceptee', 'revoquee'],
      (valeur) => sql`${etat} = ${valeur}`,
    ),
    role: filtreRole((role) => sql`i.role = ${role}`),
    departement: {
      ...filtreCode('Département', 'code de département', /^(\d{2}|2[AB]|9[78]\d)$/, '02', sql`null`),
      condition: (code) => dansLeDepartement('i', code),
    },
  },
});

export type ChampsInvitations = (typeof listeInvitations)['champs'];

/** The claims of structures of one's territory. */
export const listeRevendications = defineListe({
  code: 'revendications',
  titre: 'Demandes d’accès des structures',
  description: 'Demandes d’accès de structures de votre territoire.',
  nom: ['demande', 'demandes'],
  relation: relationRevendications,
  cle: { sql: sql`r.id`, schema: uuid, condition: (cle) => sql`r.id = ${cle}`, exemple: exempleUuid },
  tri: { champ: 'cree', sens: 'desc' },
  champs: {
    id: champ('texte', 'Identifiant', 'Identifiant de la demande.', sql`r.id::text`, {
      fichiersSeulement: true,
    }),
    structure: champ(
      'texte',
      'Structure',
      'Structure dont l’accès est demandé.',
      sql`coalesce(structure.libelle_public, structure.raison_sociale, structure.identifiant)`,
    ),
    commune: champ('texte', 'Commune', 'Commune de la structure.', sql`commune.nom`, {
      tri: sql`commune.nom_recherche`,
    }),
    demandeur: champ('texte', 'Demandeur', 'Nom et prénom.', sql`r.nom || ' ' || r.prenom`),
    fonction: champ('texte', 'Fonction', 'Fonction dans la structure.', sql`r.fonction`, { discret: true }),
    etat: champ('texte', 'État', 'Où en est la demande.', etatDeRevendication, {
      lire: (brut) => {
        const lu = z.enum(etatsDeDemande).safeParse(brut);
        return lu.success ? etatsDeRevendication[lu.data] : null;
      },
    }),
    cree: champ('date', 'Demandée le', 'Jour de la demande.', jour(sql`r.cree_le`), { tri: sql`r.cree_le` }),
  },
  filtres: {
    etat: filtreChoix('État', 'État', etatsDeDemande, (valeur) => sql`${etatDeRevendication} = ${valeur}`),
    departement: {
      ...filtreCode('Département', 'code de département', /^(\d{2}|2[AB]|9[78]\d)$/, '02', sql`null`),
      condition: (code) => sql`commune.departement_code = ${code}`,
    },
  },
});

export type ChampsRevendications = (typeof listeRevendications)['champs'];
