import { pluriel } from '../platform/francais/index.ts';
import { nombreDe, type Phrases } from '../platform/historique.ts';

export const phrases: Phrases = {
  'demo.charger': (contenu) =>
    `Démonstration chargée\u00a0: ${pluriel(nombreDe(contenu, 'structures'), 'structure', 'structures')}, ${pluriel(nombreDe(contenu, 'postes'), 'poste', 'postes')}`,
  'demo.exercer': (contenu) =>
    `Vague d’exercice ouverte\u00a0: ${pluriel(nombreDe(contenu, 'candidatures'), 'candidature', 'candidatures')}`,
  'demo.retirer': () => 'Démonstration retirée',
};
