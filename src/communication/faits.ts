import type { Genre } from '../platform/francais/index.ts';

/** A day of the domain, ISO `yyyy-mm-dd`. */
export type DateIso = string;

/** Where the communiqué stands. A draft and an embargo are written on every page of every format. */
export type EtatCommunique =
  | { type: 'brouillon' }
  /** `jusqua`: ISO instant (`2021-03-18T10:00:00Z`), shown in Paris time. */
  | { type: 'sous_embargo'; jusqua: string }
  | { type: 'publie' };

/** The three forms of a département's name, from the reviewed table of `territoires/`. */
export interface DepartementNomme {
  /** `02`, `2A`, `971`. */
  code: string;
  /** « Aisne » */
  nom: string;
  /** « de l’Aisne », « de Paris » */
  genitif: string;
  /** « dans l’Aisne », « à Mayotte », « en Guadeloupe » */
  locatif: string;
}

/**
 * What falls to an assembly (Conseil départemental, Collectivité de Corse, Métropole de Lyon…) that is among
 * the retained structures. It must also be a line of `laureats` with `assemblee: true` and the same `libelle`.
 */
export interface PartAssemblee {
  /** « Conseil départemental de l’Aisne », without article. */
  nom: string;
  genre: Genre;
  postes: number;
  /** Where the posts go, noun phrases with their article: « la bibliothèque départementale ». */
  lieux: readonly string[];
  /** A coordinator recruited by the assembly leads them. */
  coordinateur: boolean;
}

export type NatureStructure = 'publique' | 'privee';

/** What the State pays for a post. Only the régimes of the kinds of structure actually retained are given. */
export type RegimeFinancement =
  | {
      mode: 'forfait';
      /** Cap for one post, subsidy only, in cents. */
      plafondCentimes: number;
      mois: number;
      /** `null`: every structure. */
      nature: NatureStructure | null;
      outreMer: boolean;
    }
  | {
      mode: 'taux';
      /** Share of the salary, in percent (70 for 70 %). */
      pourcent: number;
      mois: number;
      nature: NatureStructure | null;
      outreMer: boolean;
    };

export interface Laureat {
  /** Public label, without article: « tiers-lieu de Gauchy ». */
  libelle: string;
  /** The label was derived, nobody reviewed it: flagged in drafts only. */
  libelleARelire: boolean;
  postes: number;
  commune: string | null;
  codeCommune: string | null;
  siret: string | null;
  itinerant: boolean;
  /** This line is one of `assemblees`. */
  assemblee: boolean;
}

export interface ContactPresse {
  /** « Service départemental de la communication interministérielle » */
  service: string;
  telephone: string | null;
  courriel: string | null;
}

export interface LogoEnTete {
  octets: Uint8Array;
  type: 'png' | 'jpeg' | 'svg';
  /** Text alternative, compulsory: it is read out in the place of the picture. */
  alt: string;
  /** Width over height, for formats that need both. */
  rapport: number;
}

/** Letterhead of the signing service. Neutral by default: no State mark is drawn. */
export interface EnTete {
  /** Name of the service, one line an entry: « Préfecture », « de l’Aisne ». */
  service: readonly string[];
  /** Postal address, one line an entry. */
  adresse: readonly string[];
  contact: ContactPresse | null;
  logo: LogoEnTete | null;
}

/** Who signs for the préfecture, and by which delegation; a préfet signs by none. */
export interface Signataire {
  nom: string;
  /** « La secrétaire générale » */
  fonction: string;
  /** « arrêté préfectoral n° 2021-12 du 4 janvier 2021 » */
  delegation: string | null;
}

/** The paragraphs of a communiqué, in order; each may be reworded. */
export const CLES_PARAGRAPHES = [
  'titre',
  'chapo',
  'programme',
  'plan',
  'selection',
  'assemblee',
  'financement',
  'liste',
  'suite',
] as const;
export type CleParagraphe = (typeof CLES_PARAGRAPHES)[number];

/** A reworded paragraph. `origine` is the generated template that was on the screen when it was reworded. */
export interface Redaction {
  gabarit: string;
  origine: string;
}

/** Everything a communiqué says; nothing that is not here may be written in it. */
export interface FaitsCommunique {
  etat: EtatCommunique;
  /** Other marks to show on every page, e.g. « Données de démonstration ». */
  mentions: readonly string[];
  departement: DepartementNomme;
  signature: { lieu: string; date: DateIso };
  /** `null` where the préfecture named nobody for that day. */
  signataire: Signataire | null;
  seance: { date: DateIso };
  programme: {
    /** « Conseiller numérique », shown between guillemets. */
    nom: string;
    annonceLe: DateIso | null;
    /** National envelope, in cents. */
    enveloppeCentimes: number | null;
    objectifPostes: number | null;
    /** What it is for, in the infinitive: « faciliter l’usage du numérique pour tous ». */
    finalite: string | null;
  };
  /** `nom` without article: « plan départemental de lutte contre l’illettrisme et l’illectronisme ». */
  plan: { nom: string; genre: Genre; presenteLe: DateIso | null } | null;
  /** `priorites`: noun phrases with their article, « les Espaces France Services ». */
  vague: { rang: number | null; priorites: readonly string[] } | null;
  /** `ouverture`: a day (`2021-04-06`) or a month (`2021-04`). */
  vagueSuivante: { rang: number | null; ouverture: string | null } | null;
  /** From the indicators; must equal the sums of `laureats`. */
  totaux: { structures: number; postes: number };
  assemblees: readonly PartAssemblee[];
  financement: {
    regimes: readonly RegimeFinancement[];
    /** Share of the training paid by the State, in percent; `null`: not said. */
    formationPourcent: number | null;
  };
  laureats: readonly Laureat[];
  enTete: EnTete;
  redactions: Partial<Record<CleParagraphe, Redaction>>;
}
