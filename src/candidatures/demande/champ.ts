import { z } from 'zod';
import { nombre } from '../../platform/francais/index.ts';
import { lireEntier } from './lecture.rules.ts';

/** The short pages of the form, in order. `questions` only where the wave asks some. */
export const etapes = {
  structure: 'La structure',
  contacts: 'Représentant légal et contact',
  lieux: 'Lieux d’intervention',
  postes: 'Postes et financement',
  projet: 'Le projet',
  questions: 'Questions de la vague',
  pieces: 'Pièces jointes',
  engagements: 'Engagements',
} as const;
export type Etape = keyof typeof etapes;

export type ChoixDeChamp = {
  readonly valeur: string;
  readonly libelle: string;
  readonly indication?: string;
};

/** How a field is shown and typed. */
export type Controle =
  | {
      readonly type: 'texte' | 'courriel' | 'telephone' | 'entier' | 'decimal' | 'date' | 'texte_long';
      readonly autocomplete?: string;
      readonly longueur?: number;
    }
  | { readonly type: 'choix' | 'liste' | 'cases'; readonly choix: readonly ChoixDeChamp[] }
  | { readonly type: 'commune' }
  | { readonly type: 'lieux' }
  | { readonly type: 'pieces' };

/** A field of the form, declared once: what is shown, what is read, what is refused. */
export type Champ<Schema extends z.ZodType = z.ZodType> = {
  readonly libelle: string;
  readonly indication?: string;
  readonly etape: Etape;
  readonly controle: Controle;
  readonly obligatoire: boolean;
  /** Reads what was typed; an unanswered field that may be so gives null. */
  readonly schema: Schema;
};

/** A place as it is typed. `commune` is an INSEE code once chosen, else the words to look it up. */
export type LieuSaisi = {
  readonly lieu_id?: string;
  readonly nom: string;
  readonly adresse: string;
  readonly commune: string;
  /** `oui` where it is ticked. */
  readonly itinerant: string;
};

/** What is typed, field by field, as `candidature.saisie` keeps it. */
export type ValeurSaisie = string | readonly string[] | readonly LieuSaisi[];
export type SaisieCandidature = Readonly<Record<string, ValeurSaisie>>;

export const requis = (message: string, longueur: number) =>
  z
    .string({ error: message })
    .trim()
    .min(1, message)
    .max(longueur, `Raccourcissez : ${nombre(longueur)} caractères au plus.`);

export const facultatif = (longueur: number) =>
  z
    .string()
    .trim()
    .max(longueur, `Raccourcissez : ${nombre(longueur)} caractères au plus.`)
    .default('')
    .transform((texte) => texte || null);

/** Reads a text by a function that gives nothing of what it does not understand. */
export const lu = <Valeur>(lire: (texte: string) => Valeur | undefined, vide: string, faux: string) =>
  z.string({ error: vide }).transform((texte, contexte): Valeur => {
    const valeur = texte.trim() === '' ? undefined : lire(texte);
    if (valeur !== undefined) return valeur;
    contexte.addIssue(texte.trim() === '' ? vide : faux);
    return z.NEVER;
  });

export const entre = (minimum: number, maximum: number) => (texte: string) => {
  const valeur = lireEntier(texte);
  return valeur !== undefined && valeur >= minimum && valeur <= maximum ? valeur : undefined;
};

export const choisi = <const Choix extends readonly [string, ...string[]]>(choix: Choix, message: string) =>
  z.enum(choix, { error: message });

/** An INSEE code: a commune that was chosen, not the words that look for it. Whether it exists is asked of the territories. */
export const codeCommune = z
  .string({ error: 'Choisissez la commune.' })
  .trim()
  .min(1, 'Choisissez la commune.')
  .regex(/^(\d{5}|2[AB]\d{3})$/, 'Choisissez la commune parmi celles trouvées.');

/** A field with its name: what pages and files are made of. */
export type ChampNomme = Champ & { readonly nom: string };
