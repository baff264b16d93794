import { pluriel } from '../platform/francais/index.ts';
import { nombreDe, type Phrases } from '../platform/historique.ts';

export const phrases: Phrases = {
  'communique.publier': (contenu) =>
    `Communiqué publié\u00a0: ${pluriel(nombreDe(contenu, 'structures'), 'structure', 'structures')}, ${pluriel(nombreDe(contenu, 'postes'), 'poste', 'postes')}`,
  'communique.retirer': () => 'Communiqué retiré',
  'communique.reprendre': () => 'Communiqué repris en brouillon',
  'communique.reecrire': ({ retabli }) =>
    retabli === true ? 'Paragraphe rétabli dans sa rédaction proposée' : 'Paragraphe réécrit',
  'communication.definir_en_tete': () => 'En-tête de la préfecture défini',
};
