import { instantLong, pluriel } from '../platform/francais/index.ts';
import { type Contenu, nombreDe, type Phrases, texteDe } from '../platform/historique.ts';

const sorts = (contenu: Contenu): string =>
  `${pluriel(nombreDe(contenu, 'creees'), 'ligne créée', 'lignes créées')}, ${pluriel(nombreDe(contenu, 'modifiees'), 'modifiée', 'modifiées')}, ${pluriel(nombreDe(contenu, 'rejetees'), 'rejetée', 'rejetées')}`;

export const phrases: Phrases = {
  'candidatures.importer': (contenu) => `Fichier de décisions importé\u00a0: ${sorts(contenu)}`,
  'candidatures.annoncer': (contenu) => {
    const instant = texteDe(contenu, 'instant');
    const departement = texteDe(contenu, 'departement');
    return `${pluriel(nombreDe(contenu, 'decisions'), 'décision annoncée', 'décisions annoncées')}${departement === undefined ? '' : ` dans le département ${departement}`}${instant === undefined ? '' : ` à partir du ${instantLong(instant)}`}`;
  },
  'candidatures.annuler_annonce': (contenu) =>
    `Annonce de ${pluriel(nombreDe(contenu, 'decisions'), 'décision', 'décisions')} annulée avant son heure`,
  'candidatures.rattacher': () => 'Séance rattachée à sa vague',
  'import_depot.deposer': (contenu) =>
    `Fichier déposé\u00a0: ${pluriel(nombreDe(contenu, 'lignes'), 'ligne', 'lignes')}`,
  'import_depot.simuler': (contenu) => `Aperçu prêt\u00a0: ${sorts(contenu)}`,
  'import_depot.confirmer': () => 'Import confirmé',
  'import_depot.importer': (contenu) => `Import terminé\u00a0: ${sorts(contenu)}`,
  'import_depot.echouer': () => 'Import arrêté, rien n’est écrit',
  'import_depot.reprendre': () => 'Aperçu à refaire',
  'import_depot.abandonner': () => 'Import abandonné, fichier effacé',
  'proposition.demander': () => 'Proposition de répartition demandée',
  'proposition.calculer': () => 'Proposition de répartition calculée',
  'proposition.echouer': () => 'Proposition de répartition arrêtée',
};
