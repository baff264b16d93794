import { deposerCourriel } from '../../platform/courriel.ts';
import { type Database, databaseError } from '../../platform/database/index.ts';
import { dateLongue } from '../../platform/francais/index.ts';
import { type Refus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { nomDeRole } from '../rules.ts';
import { type Cible, type Donneur, peutDonner, peutDurer, supplee } from './roles.rules.ts';
import {
  type AttributionLue,
  getAttribution,
  getDepartementCible,
  getEquipeCible,
  getRegionCible,
  getStructureCible,
  perimetreNational,
} from './roles.store.ts';

export type RefusRole =
  | 'droits'
  | 'deja'
  | 'absent'
  | 'date'
  | 'motif'
  | 'dernier'
  | 'version'
  | 'suppleance';

export const horsDroits = (): Refus<'droits'> =>
  refuser(
    'droits',
    'Vous ne pouvez pas donner ce rôle sur ce périmètre : il dépasse ce que vous tenez vous-même.',
  );

/** Refuses an end that the acting role does not reach itself; undefined when nothing is wrong. */
export const verifierTerme = ({ fin }: Donneur, demandee: string | null): Refus<'date'> | undefined =>
  fin === null || peutDurer({ fin }, demandee)
    ? undefined
    : refuser(
        'date',
        `Votre propre rôle prend fin le ${dateLongue(fin)} : donnez une date de fin, ce jour-là au plus tard.`,
      );

export const sien = (): Refus<'droits'> =>
  refuser(
    'droits',
    'C’est votre propre rôle : vous pouvez le quitter, mais c’est à quelqu’un d’autre de le changer.',
  );

export const motifManque = (): Refus<'motif'> => refuser('motif', 'Écrivez pourquoi, en quelques mots.');
export const inconnu = (): Refus<'absent'> => refuser('absent', 'Cette personne ou ce rôle est introuvable.');
export const autreModification = (): Refus<'version'> =>
  refuser('version', 'Ce rôle vient d’être modifié ou retiré par quelqu’un d’autre. Relisez la page.');

/** The rule of the database about the last administrator, as a sentence. */
export const dernierAdministrateur = async <Valeur, Code extends string>(
  travail: () => Promise<Resultat<Valeur, Code>>,
): Promise<Resultat<Valeur, Code | 'dernier'>> => {
  try {
    return await travail();
  } catch (error) {
    const known = databaseError(error);
    if (known?.code === '23514' && known.constraint === 'dernier_administrateur')
      return refuser(
        'dernier',
        'Il doit toujours rester un administrateur en fonction, sans date de fin. Nommez-en d’abord un autre.',
      );
    throw error;
  }
};

/** The scope of a role that somebody holds. */
export const cibleDAttribution = async (
  db: Database,
  attribution: Pick<AttributionLue, 'role' | 'region' | 'departement' | 'structure' | 'equipe'>,
): Promise<Cible | undefined> => {
  const { role, region, departement, structure, equipe } = attribution;
  const found =
    region !== null
      ? await getRegionCible(db, region)
      : departement !== null
        ? await getDepartementCible(db, departement)
        : equipe !== null
          ? await getEquipeCible(db, { equipe })
          : structure !== null
            ? await getStructureCible(db, structure)
            : perimetreNational;
  return found && { ...found.cible, role };
};

/** Whether the acting role may change a role that somebody holds. */
export const peutGerer = async (
  db: Database,
  donneur: Donneur,
  attribution: Parameters<typeof cibleDAttribution>[1],
): Promise<boolean> => {
  const cible = await cibleDAttribution(db, attribution);
  return cible !== undefined && peutDonner(donneur, cible);
};

export type RoleADonner = {
  readonly personne: string;
  readonly cible: Cible;
  readonly motif: string;
  /** Days, both included; null: from now on, without end. */
  readonly du?: string | null;
  readonly fin?: string | null;
  /** Role that this one stands in for. */
  readonly suppleanceDe?: string | null;
  /** Address of the site, for the mail. */
  readonly adresse: string;
};

/** Checks what a role for a time says of its days; undefined when nothing is wrong. */
export const verifierPeriode = (
  { du = null, fin = null }: { readonly du?: string | null; readonly fin?: string | null },
  aujourdhui: string,
): Refus<'date'> | undefined => {
  if (fin !== null && fin < aujourdhui) return refuser('date', 'La date de fin est déjà passée.');
  if (fin !== null && du !== null && fin < du)
    return refuser('date', 'La date de fin est avant la date de début.');
  return undefined;
};

/** Checks a replacement: its role, its end, and that nobody stands in for themselves. */
export const verifierSuppleance = async (
  db: Database,
  demande: {
    readonly suppleanceDe: string;
    readonly cible: Cible;
    readonly fin: string | null;
    readonly courriel: string;
  },
): Promise<Resultat<AttributionLue, 'suppleance' | 'absent'>> => {
  const remplacee = await getAttribution(db, demande.suppleanceDe);
  if (remplacee === undefined || remplacee.retireeLe !== null) return inconnu();
  const cible = await cibleDAttribution(db, remplacee);
  if (cible === undefined || JSON.stringify(cible) !== JSON.stringify(demande.cible))
    return refuser('suppleance', 'Une suppléance donne le même rôle, sur le même périmètre.');
  if (!supplee(remplacee.role) || remplacee.suppleanceDe !== null)
    return refuser('suppleance', 'Ce rôle ne se supplée pas.');
  if (demande.fin === null) return refuser('suppleance', 'Une suppléance a une date de fin.');
  if (remplacee.courriel === demande.courriel)
    return refuser('suppleance', 'Une personne ne se supplée pas elle-même : choisissez quelqu’un d’autre.');
  return reussi(remplacee);
};

/** Tells whoever is stood in for, by whom and when. */
export const prevenirRemplacee = (
  db: Database,
  remplacee: Pick<AttributionLue, 'personne' | 'prenom' | 'nom' | 'courriel' | 'role' | 'lieu'>,
  suppleance: {
    readonly par: string;
    readonly jours: string;
    readonly motif: string;
    readonly adresse: string;
  },
): Promise<unknown> =>
  deposerCourriel(db, {
    destinataire: remplacee.courriel,
    objet: 'Votre suppléance dans Maillage',
    paragraphes: [
      `Bonjour ${remplacee.prenom} ${remplacee.nom},`,
      `${suppleance.par} pour ce rôle : ${nomDeRole(remplacee.role, remplacee.lieu)}${suppleance.jours}. Vous gardez le vôtre.`,
      `Motif : ${suppleance.motif}`,
      'Si c’est une erreur, écrivez à la personne qui gère les comptes de votre structure ou de votre préfecture.',
    ],
    lien: { texte: 'Voir mon compte', href: `${suppleance.adresse}/compte` },
    personne: remplacee.personne,
  });
