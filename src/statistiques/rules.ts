/** Where figures are taken: everywhere, or on a territory derived from communes. */
export type Territoire =
  | { readonly niveau: 'france' }
  | { readonly niveau: 'region' | 'departement' | 'epci' | 'commune'; readonly code: string };

export type Filtre = {
  readonly territoire?: Territoire;
  /** Session date, `yyyy-mm-dd`. */
  readonly seance?: string;
  readonly categorie?: 'publique' | 'privee';
  readonly zrr?: boolean;
  readonly qpv?: boolean;
  readonly franceServices?: boolean;
};

export const ventilations = [
  'seance',
  'categorie',
  'zrr',
  'qpv',
  'france_services',
  'region',
  'departement',
  'epci',
  'commune',
] as const;
export type Ventilation = (typeof ventilations)[number];
