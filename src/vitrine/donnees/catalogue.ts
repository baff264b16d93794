import { listeDecisions, listeStructures } from '../../candidatures/index.ts';
import { listeCommuniques } from '../../communication/index.ts';
import type { Liste } from '../../platform/listes/index.ts';
import { listeDepartements, listeEpci, listeRegions, listeSeances } from '../../statistiques/index.ts';

/** Every list that the public may take away: as files, by the API, and whole in the archive. */
export const listes: readonly Liste[] = [
  listeStructures,
  listeDecisions,
  listeSeances,
  listeDepartements,
  listeRegions,
  listeEpci,
  listeCommuniques,
];

export const licence = {
  nom: 'Licence Ouverte 2.0',
  href: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/',
} as const;

export const attribution =
  'Décisions du comité de sélection des conseillers numériques (COSELEC), ANCT et préfectures ; Licence Ouverte 2.0. Positions des communes : GeoNames, CC BY 4.0';
