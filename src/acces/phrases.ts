import { pluriel } from '../platform/francais/index.ts';
import { nombreDe, type Phrases } from '../platform/historique.ts';

export const phrases: Phrases = {
  'acces.connexion': () => 'Connexion',
  'acces.deconnexion': () => 'Déconnexion',
  'acces.changer_role': () => 'Rôle exercé changé',
  'acces.creer_administrateur': () => 'Administrateur créé',
  'acces.exporter_donnees': () => 'Données personnelles exportées',
  'acces.effacer_personne': () => 'Données personnelles effacées',
  'acces.appliquer_conservation': (contenu) =>
    `Durées de conservation appliquées\u00a0: ${pluriel(nombreDe(contenu, 'total'), 'ligne effacée', 'lignes effacées')}`,
};
