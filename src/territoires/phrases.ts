import { pluriel } from '../platform/francais/index.ts';
import { nombreDe, type Phrases } from '../platform/historique.ts';

export const phrases: Phrases = {
  'territoires.importer_contours': (contenu) =>
    `${pluriel(nombreDe(contenu, 'ecrits'), 'contour importé', 'contours importés')}`,
};
