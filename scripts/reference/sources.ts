/** What the data files of `@etalab/decoupage-administratif` hold, as far as it is read here. */
export type Zone = 'metro' | 'drom' | 'com';
export type Region = { readonly code: string; readonly nom: string; readonly zone: Zone };
export type Departement = {
  readonly code: string;
  readonly nom: string;
  readonly region: string;
  readonly zone: Zone;
};
export type Arrondissement = { readonly code: string; readonly nom: string; readonly departement: string };
export type Epci = {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly membres: readonly { readonly code: string }[];
};

export type CommuneActuelle = {
  readonly type: 'commune-actuelle';
  readonly code: string;
  readonly nom: string;
  readonly departement: string;
  readonly arrondissement?: string;
  readonly population?: number;
  readonly codesPostaux?: readonly string[];
  readonly anciensCodes?: readonly string[];
};
export type Commune =
  | CommuneActuelle
  | {
      readonly type: 'commune-deleguee' | 'commune-associee';
      readonly code: string;
      readonly nom: string;
      readonly chefLieu: string;
    }
  | {
      readonly type: 'arrondissement-municipal';
      readonly code: string;
      readonly nom: string;
      readonly commune: string;
    };

/** A state of a commune between two dates (edition of 2019 only). */
export type Historique = { readonly code: string; readonly nom: string; readonly dateFin?: string };
