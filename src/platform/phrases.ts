import type { Phrases } from './historique.ts';

/** The acts that belong to no room. */
export const phrases: Phrases = {
  'courriel.relancer': () => 'Courriel remis à l’envoi',
  'fichier.deposer': () => 'Fichier déposé',
  'fichier.admettre': () => 'Fichier examiné par l’antivirus et admis',
  'fichier.refuser': () => 'Fichier refusé par l’antivirus',
  'fichier.supprimer': () => 'Fichier supprimé',
  'fichier.effacer': () => 'Contenu du fichier détruit',
};
