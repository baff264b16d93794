import { pluriel } from './francais/index.ts';
import { nombreDe, type Phrases, texteDe } from './historique.ts';

/** The acts that belong to no room. */
export const phrases: Phrases = {
  'liste.exporter': (contenu) => {
    const { filtres, saisis } = contenu;
    const filtree =
      (typeof filtres === 'object' && filtres !== null && Object.keys(filtres).length > 0) ||
      (Array.isArray(saisis) && saisis.length > 0);
    const [titre, format] = [texteDe(contenu, 'titre'), texteDe(contenu, 'format')];
    return `Liste${titre === undefined ? '' : ` «\u00a0${titre}\u00a0»`} exportée${format === undefined ? '' : ` (${format.toUpperCase()})`}\u00a0: ${pluriel(nombreDe(contenu, 'lignes'), 'ligne', 'lignes')}${filtree ? ', filtrée' : ''}`;
  },
  'courriel.relancer': () => 'Courriel remis à l’envoi',
  'fichier.deposer': () => 'Fichier déposé',
  'fichier.admettre': () => 'Fichier examiné par l’antivirus et admis',
  'fichier.refuser': () => 'Fichier refusé par l’antivirus',
  'fichier.supprimer': () => 'Fichier supprimé',
  'fichier.effacer': () => 'Contenu du fichier détruit',
};
