import type { Centimes } from '../../platform/money.ts';
import type { Categorie, Territoire } from '../rules.ts';

export type Mode = 'forfait' | 'taux';

/** For whom a régime has figures of its own: by kind of structure and territory. */
export const publics = [
  {
    code: 'publique_metropole',
    categorie: 'publique',
    territoire: 'metropole',
    libelle: 'Structures publiques, Hexagone et Corse',
  },
  {
    code: 'publique_outre_mer',
    categorie: 'publique',
    territoire: 'outre_mer',
    libelle: 'Structures publiques, outre-mer',
  },
  {
    code: 'privee_metropole',
    categorie: 'privee',
    territoire: 'metropole',
    libelle: 'Structures privées, Hexagone et Corse',
  },
  {
    code: 'privee_outre_mer',
    categorie: 'privee',
    territoire: 'outre_mer',
    libelle: 'Structures privées, outre-mer',
  },
] as const satisfies readonly {
  readonly code: string;
  readonly categorie: Categorie;
  readonly territoire: Territoire;
  readonly libelle: string;
}[];

/** Figures of a régime for one public. Amounts in cents, the rate per thousand, the duration in months. */
export type VarianteEcrite = {
  readonly categorie: Categorie;
  readonly territoire: Territoire;
  readonly dureeMois: number;
  readonly plafond: Centimes | null;
  readonly tauxPourMille: number | null;
  readonly baseSalaire: 'brut' | 'charge' | null;
  readonly formation: Centimes;
};

export type RegimeEcrit = {
  readonly code: string;
  readonly libelle: string;
  readonly mode: Mode;
  /** First day in force. */
  readonly debut: string;
  /** First day out of force; null: no end known. */
  readonly fin: string | null;
  readonly source: string;
  readonly variantes: readonly VarianteEcrite[];
};

export type SaisieRegime = Readonly<Record<string, string>>;

export const modesDeRegime: Readonly<Record<string, string>> = {
  forfait: 'forfait',
  taux: 'taux du salaire',
};

export const etatsDeRegime: Readonly<Record<string, string>> = {
  en_vigueur: 'en vigueur',
  a_venir: 'à venir',
  fini: 'fini',
};
