import { type Refus, refuser } from '../../platform/result.ts';
import { adresseComplete, adresseIncomplete, normaliserCourriel, type RoleAttribuable } from '../rules.ts';

/** States of an invitation, as they are shown: « expirée » follows from the day. */
export const etatsDInvitation = {
  envoyee: 'envoyée',
  expiree: 'expirée',
  acceptee: 'acceptée',
  revoquee: 'révoquée',
} as const;
export type EtatInvitation = keyof typeof etatsDInvitation;

/** Times that an invitation may be sent again: beyond, the address is wrong or nobody reads it. */
export const envoisMax = 10;

export const avertissementBoite =
  'Cette adresse ressemble à la boîte d’un service. Un compte est personnel : qui lit cette boîte entrerait à la place de la personne. Vérifiez l’adresse.';

/** The addresses of the file to fill in, which nobody reads. */
export const adressesDuModele = ['prenom.nom@exemple.fr', 'autre.nom@exemple.fr'] as const;

type DeLaPersonne = Readonly<Record<'courriel' | 'prenom' | 'nom' | 'motif', string>>;

/** What is wrong with who is invited and why, all at once. */
export const manquesDInvitation = (ecrits: DeLaPersonne): readonly Refus<'courriel' | 'nom' | 'motif'>[] => {
  const adresse = normaliserCourriel(ecrits.courriel);
  return [
    ...(!adresseComplete.test(adresse) || adresse.length > 254
      ? [refuser('courriel', adresseIncomplete)]
      : []),
    ...(adressesDuModele.some((modele) => modele === adresse)
      ? [refuser('courriel', 'Cette adresse est un exemple : écrivez celle de la personne.')]
      : []),
    ...(ecrits.prenom.trim() === '' || ecrits.nom.trim() === ''
      ? [refuser('nom', 'Écrivez le prénom et le nom de la personne.')]
      : []),
    ...(ecrits.motif.trim() === ''
      ? [refuser('motif', 'Écrivez pourquoi ce rôle est donné, en quelques mots.')]
      : []),
  ];
};

/** Lines that a file may hold. */
export const lignesMax = 2000;

/** Invitations by file that somebody may send in a day. */
export const lignesParJour = (role: string): number => (role === 'administrateur' ? 2000 : 500);

const colonnes = ['courriel', 'prenom', 'nom', 'role', 'perimetre', 'motif', 'fin'] as const;
export type ColonneDeFichier = (typeof colonnes)[number];
export const colonnesDeFichier: readonly ColonneDeFichier[] = colonnes;
export const colonnesObligatoires: readonly ColonneDeFichier[] = [
  'courriel',
  'prenom',
  'nom',
  'role',
  'motif',
];

/** Without capitals, accents or signs: « Rôle » and « ROLE » are one. */
const simplifier = (texte: string): string =>
  texte
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const titres: Readonly<Record<ColonneDeFichier, readonly string[]>> = {
  courriel: ['courriel', 'email', 'e mail', 'mail', 'adresse electronique', 'adresse mail', 'adresse e mail'],
  prenom: ['prenom', 'prenoms'],
  nom: ['nom', 'nom de famille', 'nom d usage'],
  role: ['role', 'roles', 'profil'],
  perimetre: [
    'perimetre',
    'structure',
    'siret',
    'territoire',
    'departement',
    'region',
    'siret ou departement',
  ],
  motif: ['motif', 'raison', 'pourquoi', 'commentaire'],
  fin: ['fin', 'date de fin', 'date fin', 'jusqu au', 'echeance'],
};

/** Where each column stands in a header; what is missing, and what is not known. */
export const lireEntete = (
  cellules: readonly string[],
): {
  readonly rangs: ReadonlyMap<ColonneDeFichier, number>;
  readonly manquantes: readonly ColonneDeFichier[];
  readonly inconnues: readonly string[];
} => {
  const rangs = new Map<ColonneDeFichier, number>();
  const inconnues: string[] = [];
  for (const [rang, cellule] of cellules.entries()) {
    const colonne = colonnes.find((nom) => titres[nom].includes(simplifier(cellule)));
    if (colonne !== undefined && !rangs.has(colonne)) rangs.set(colonne, rang);
    else if (cellule.trim() !== '') inconnues.push(cellule);
  }
  return { rangs, inconnues, manquantes: colonnesObligatoires.filter((colonne) => !rangs.has(colonne)) };
};

const nomsDeRoles: Readonly<Record<RoleAttribuable, readonly string[]>> = {
  administrateur: ['administrateur', 'administratrice'],
  membre_comite: ['membre comite', 'membre du comite', 'membre de comite'],
  instructeur: ['instructeur', 'instructrice'],
  gestionnaire: ['gestionnaire', 'gestionnaire de structure'],
  coordinateur: ['coordinateur', 'coordinatrice'],
  conseiller: ['conseiller', 'conseillere', 'conseiller numerique', 'conseillere numerique'],
  candidat: ['candidat', 'candidate'],
};

/** A role as people write it. */
export const lireRoleEcrit = (texte: string): RoleAttribuable | undefined => {
  const ecrit = simplifier(texte);
  return (Object.keys(nomsDeRoles) as RoleAttribuable[]).find((role) => nomsDeRoles[role].includes(ecrit));
};

/** A day as people write it, 2026-03-31 or 31/03/2026; undefined when there is no such day. */
export const lireJourEcrit = (texte: string): string | undefined => {
  const ecrit = texte.trim();
  const [, annee, mois, jour] =
    /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(
      ecrit.replace(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/, '$3-$2-$1'),
    ) ?? [];
  if (annee === undefined || mois === undefined || jour === undefined) return undefined;
  const iso = `${annee}-${mois.padStart(2, '0')}-${jour.padStart(2, '0')}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  const real = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso);
  return real && iso >= '1900-01-01' && iso <= '2100-12-31' ? iso : undefined;
};

export type PerimetreEcrit =
  | { readonly sorte: 'region' | 'departement'; readonly code: string }
  | { readonly sorte: 'numero'; readonly numero: string }
  | { readonly sorte: 'nom'; readonly nom: string };

/** A scope as people write it: « region:32 », « 02 », « Aisne », a SIRET with spaces. */
export const lirePerimetreEcrit = (texte: string): PerimetreEcrit | undefined => {
  const ecrit = texte.trim();
  if (ecrit === '') return undefined;
  const [, sorte, code] = /^(r[eé]gion|d[eé]partement)\s*:?\s*(\d{1,3}|2[ab])$/i.exec(ecrit) ?? [];
  if (sorte !== undefined && code !== undefined)
    return {
      sorte: /^r/i.test(sorte) ? 'region' : 'departement',
      code: code.toUpperCase().padStart(2, '0'),
    };
  if (/^(\d{1,2}|2[ab]|9[78]\d)$/i.test(ecrit))
    return { sorte: 'departement', code: ecrit.toUpperCase().padStart(2, '0') };
  const numero = ecrit.replace(/[\s.\u00a0\u202f-]/g, '').toUpperCase();
  if (/^[A-Z]?\d{6,14}$/.test(numero)) return { sorte: 'numero', numero };
  return { sorte: 'nom', nom: ecrit };
};

/** A line of a file of invitations, as it is kept between the preview and the report. */
export type LigneDeLot = {
  /** Line of the file, as an editor counts. */
  readonly ligne: number;
  readonly valeurs: Readonly<Record<ColonneDeFichier, string>>;
  /** Name of the scope, where there is one. */
  readonly lieu?: string;
  /** What stops this line; it is not sent while there is one. */
  readonly erreurs: readonly string[];
  /** What asks for a tick: without it, this line is left out. */
  readonly avertissements: readonly string[];
  /** The same invitation, which waits already. */
  readonly invitation?: string;
  /** Once sent. */
  readonly envoyee?: boolean;
};
