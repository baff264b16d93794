import { type RawBuilder, sql } from 'kysely';
import { type Compte, defineTacheAFaire, type TacheAFaire } from '../platform/a-faire.ts';
import { pluriel } from '../platform/francais/index.ts';
import type { Role } from '../platform/journal.ts';
import { peuDeCodes } from './connexion/second-facteur.rules.ts';
import { invitationExpiree } from './invitations/invitations.store.ts';
import { revendicationATraiter } from './revendications/revendications.store.ts';
import { rolesAttribuables } from './rules.ts';

const tous: readonly [Role, ...Role[]] = rolesAttribuables;

const jour = (instant: RawBuilder<unknown>) =>
  sql`to_char((${instant}) at time zone 'Europe/Paris', 'YYYY-MM-DD')`;

/** What waits for those who look after people, and for each of one's own account. */
export const aFaire: readonly TacheAFaire[] = [
  defineTacheAFaire({
    type: 'acces.revendication',
    roles: ['instructeur', 'administrateur'],
    libelle: (nombre) => pluriel(nombre, 'demande d’accès à traiter', 'demandes d’accès à traiter'),
    href: '/revendications',
    requete: sql<Compte>`select count(*) as nombre, ${jour(sql`min(expire_le)`)} as echeance,
      min('/revendications/' || id) as href from revendication where ${revendicationATraiter}`,
  }),
  defineTacheAFaire({
    type: 'acces.invitation_expiree',
    roles: ['gestionnaire', 'instructeur', 'administrateur'],
    libelle: (nombre) =>
      pluriel(nombre, 'invitation restée sans réponse', 'invitations restées sans réponse'),
    href: '/invitations?etat=expiree',
    requete: sql<Compte>`select count(*) as nombre, null as echeance, min('/invitations/' || id) as href
      from invitation where ${invitationExpiree}`,
  }),
  defineTacheAFaire({
    type: 'acces.courriel',
    roles: tous,
    libelle: () => 'Nouvelle adresse électronique à confirmer, par le lien que vous y avez reçu',
    href: '/compte/courriel',
    requete: sql<Compte>`select count(changement_expire_le) as nombre, ${jour(sql`min(changement_expire_le)`)} as echeance,
      null as href from acteur_compte()`,
  }),
  defineTacheAFaire({
    type: 'acces.second_facteur',
    roles: tous,
    libelle: () => 'Second facteur à installer\u00a0: l’un de vos rôles le demande',
    href: '/compte/second-facteur',
    requete: sql<Compte>`select count(*) as nombre, null as echeance, null as href from acteur_compte()
      where second_facteur_du and not second_facteur`,
  }),
  defineTacheAFaire({
    type: 'acces.codes_de_secours',
    roles: tous,
    libelle: () => 'Codes de secours presque épuisés\u00a0: il est temps d’en refaire',
    href: '/compte/second-facteur',
    requete: sql<Compte>`select count(*) as nombre, null as echeance, null as href from acteur_compte()
      where second_facteur and codes <= ${peuDeCodes}`,
  }),
  defineTacheAFaire({
    type: 'acces.role_finissant',
    roles: tous,
    libelle: (nombre) => pluriel(nombre, 'de vos rôles se termine', 'de vos rôles se terminent'),
    href: '/compte',
    evenement: true,
    requete: sql<Compte>`select roles_finissants as nombre, ${jour(sql`role_fin - interval '1 microsecond'`)} as echeance,
      null as href from acteur_compte()`,
  }),
  defineTacheAFaire({
    type: 'acces.suppleance',
    roles: tous,
    libelle: (nombre) => pluriel(nombre, 'suppléance à venir', 'suppléances à venir'),
    href: '/compte/historique',
    evenement: true,
    requete: sql<Compte>`select suppleances as nombre, ${jour(sql`suppleance_du`)} as echeance, null as href
      from acteur_compte()`,
  }),
];
