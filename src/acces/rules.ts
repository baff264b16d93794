import { dateLongue, de } from '../platform/francais/index.ts';
import type { Role } from '../platform/journal.ts';

/** Minutes during which a sign-in link works. */
export const minutesDuLien = 15;

/** Days during which an invitation may be taken up. */
export const joursDInvitation = 15;

type Duree = { readonly heures: number; readonly inactivite: number };

/** Hours that a session lasts, and may stay without a request. */
const usuelle: Duree = { heures: 7 * 24, inactivite: 48 };
/** For those who decide for others: a working day, and a long lunch. */
export const dureeSensible: Duree = { heures: 12, inactivite: 2 };

export const rolesSensibles: readonly Role[] = ['administrateur', 'membre_comite', 'instructeur'];

/** How long a session lasts for whoever holds these roles: the strictest counts. */
export const dureeDeSession = (roles: readonly Role[]): Duree =>
  roles.some((role) => rolesSensibles.includes(role)) ? dureeSensible : usuelle;

/** Roles that act only after a second proof of who one is. */
const rolesASecondFacteur: ReadonlySet<Role> = new Set(['administrateur', 'membre_comite']);

export const demandeSecondFacteur = (role: Role | undefined): boolean =>
  role !== undefined && rolesASecondFacteur.has(role);

/** The roles that an act gives to people, in the order of the life cycle. */
export const rolesAttribuables = [
  'administrateur',
  'membre_comite',
  'instructeur',
  'gestionnaire',
  'coordinateur',
  'conseiller',
  'candidat',
] as const;
export type RoleAttribuable = (typeof rolesAttribuables)[number];

/** Roles in words. */
export const libellesDesRoles: Readonly<Record<Role, string>> = {
  visiteur: 'Visiteur',
  candidat: 'Candidat',
  gestionnaire: 'Gestionnaire de structure',
  conseiller: 'Conseiller numérique',
  coordinateur: 'Coordinateur',
  instructeur: 'Instructeur',
  membre_comite: 'Membre du comité',
  administrateur: 'Administrateur',
  operateur: 'Opérateur',
};

/** A role in words, with the name of its scope where it has one: « Instructeur – Aisne ». */
export const nomDeRole = (role: Role, perimetre?: string | null): string =>
  perimetre ? `${libellesDesRoles[role]} – ${perimetre}` : libellesDesRoles[role];

/** « suppléance de Claude Vasseur jusqu’au 31 mars 2026 » */
export const nomDeSuppleance = (supplee: string, fin: string): string =>
  `suppléance ${de(supplee)} jusqu’au ${dateLongue(fin)}`;

/** The days of a role after its name: « , du 1er mars 2027 au 31 mars 2027 », « , jusqu’au 31 mars 2027 ». */
export const joursDeRole = (
  { du = null, fin = null }: { readonly du?: string | null; readonly fin?: string | null },
  aujourdhui: string,
): string => {
  if (du !== null && du > aujourdhui)
    return fin === null ? `, à partir du ${dateLongue(du)}` : `, du ${dateLongue(du)} au ${dateLongue(fin)}`;
  return fin === null ? '' : `, jusqu’au ${dateLongue(fin)}`;
};

export const adresseComplete = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
export const adresseIncomplete = 'Écrivez une adresse complète, par exemple prenom.nom@exemple.fr.';

/** The form in which an e-mail is kept: the same mailbox is the same person. */
export const normaliserCourriel = (courriel: string): string => courriel.trim().toLowerCase();
