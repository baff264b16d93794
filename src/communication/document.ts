import type { CleParagraphe, DateIso, EnTete, EtatCommunique } from './faits.ts';

/** One paragraph, as every format shows it, and as a template that may be reworded. */
export interface Paragraphe {
  cle: CleParagraphe;
  /** The text to show, figures filled in. */
  texte: string;
  /** The generated wording with placeholders in the place of figures: « Dans l’Aisne, {structures}… ». */
  gabarit: string;
  /** `reecrit`: the text comes from an accepted rewording; `perime`: there is one, but it no longer fits. */
  redaction: 'generee' | 'reecrite' | 'perimee';
}

export interface LigneLaureat {
  /** Public label with its capital: « Tiers-lieu de Gauchy ». */
  libelle: string;
  /** Commune and round, where the label does not say them: « Craonne, itinérant ». */
  precision: string | null;
  postes: number;
  /** « 1 poste », « 16 postes » */
  postesTexte: string;
  /** The whole line: « Tiers-lieu de Gauchy : 1 poste ». */
  texte: string;
  commune: string | null;
  codeCommune: string | null;
  siret: string | null;
  itinerant: boolean;
  /** « libellé à relire », in a draft only. */
  marque: string | null;
}

/** A figure of the communiqué as it is written, by the name of its placeholder. */
export type Chiffres = Readonly<Record<string, string>>;

/** The communiqué, from which all formats derive. Every text is ready to be shown: typography is done. */
export interface Communique {
  etat: EtatCommunique;
  /** Marks shown on top of every page: draft, embargo, demonstration. */
  marques: readonly string[];
  enTete: EnTete;
  /** « Communiqué de presse » */
  banniere: string;
  /** « Laon, le 18 mars 2021 » */
  lieuDate: string;
  titre: Paragraphe;
  paragraphes: readonly Paragraphe[];
  /**
   * The list follows the paragraphs, or closes the document where it is long: `renvoi` then says so in its place.
   */
  liste: { intertitre: Paragraphe; lignes: readonly LigneLaureat[]; renvoi: string | null };
  /** `null` where nothing is known of what comes next. */
  suite: { intertitre: string; paragraphe: Paragraphe } | null;
  signature: Signature | null;
  contact: { intertitre: string; lignes: readonly LigneContact[] } | null;
  /** For the people who prepare it; never printed. */
  avertissements: readonly string[];
  chiffres: Chiffres;
  departement: { code: string; nom: string };
  seance: DateIso;
  date: DateIso;
}

/** Who signs, as it stands under the text. */
export interface Signature {
  /** Lines above the name: « Pour le préfet et par délégation, », « La secrétaire générale ». */
  avant: readonly string[];
  nom: string;
  /** The act that gives the signature: « arrêté préfectoral n° 2021-12 du 4 janvier 2021 ». */
  delegation: string | null;
}

export interface LigneContact {
  texte: string;
  /** `mailto:` or `tel:` */
  lien: string | null;
}
