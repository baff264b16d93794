import { instantLong, pluriel } from '../platform/francais/index.ts';
import { type Contenu, nombreDe, type Phrases, texteDe } from '../platform/historique.ts';
import { phrasesComite } from './comite/index.ts';
import { phrases as phrasesInstruction } from './instruction/phrases.ts';

const sorts = (contenu: Contenu, rejets = true): string =>
  [
    pluriel(nombreDe(contenu, 'creees'), 'ligne créée', 'lignes créées'),
    pluriel(nombreDe(contenu, 'modifiees'), 'modifiée', 'modifiées'),
    ...(rejets ? [pluriel(nombreDe(contenu, 'rejetees'), 'rejetée', 'rejetées')] : []),
  ].join(', ');

const depotDe = (contenu: Contenu): string => {
  const depot = nombreDe(contenu, 'depot');
  return depot === 0 ? '' : `\u00a0: dépôt n°\u00a0${depot}`;
};

export const phrases: Phrases = {
  'candidature.commencer': () => 'Candidature commencée',
  'candidature.deposer': (contenu) => `Candidature déposée${depotDe(contenu)}`,
  'candidature.redeposer': (contenu) => `Candidature déposée à nouveau${depotDe(contenu)}`,
  'candidature.corriger': (contenu) => `Corrections renvoyées à la préfecture${depotDe(contenu)}`,
  'candidature.demander_correction': () => 'Correction demandée par la préfecture',
  'candidature.reprendre': () => 'Instruction reprise sans correction',
  'candidature.rendre_avis': () => 'Avis rendu par la préfecture',
  'candidature.fusionner': () => 'Candidature réunie avec une autre',
  'candidature.retenir': () => 'Candidature retenue par le comité',
  'candidature.refuser': () => 'Candidature refusée par le comité',
  'candidature.ajourner': () => 'Décision ajournée par le comité',
  'candidature.mettre_en_attente': () => 'Candidature mise sur liste d’attente',
  'candidature.promouvoir': () => 'Candidature retenue depuis la liste d’attente',
  'candidature.rouvrir': () => 'Décision rouverte par le comité',
  'candidature.notifier': (contenu) =>
    contenu['type'] === 'retrait'
      ? 'Lettre de retrait de la décision envoyée'
      : contenu['type'] === 'promotion'
        ? 'Lettre de promotion envoyée'
        : 'Lettre de décision envoyée',
  'candidature.retirer_decision': () => 'Décision retirée',
  'seance.ouvrir': () => 'Séance du comité ouverte',
  'seance.clore': () => 'Séance du comité close',
  'seance.rouvrir': () => 'Séance du comité rouverte',
  'candidature.annuler_modifications': (contenu) =>
    `Modifications non déposées abandonnées${depotDe(contenu)}`,
  'candidature.abandonner': () => 'Brouillon abandonné',
  'candidature.retirer': () => 'Candidature retirée par la structure',
  'candidature.se_desister': () => 'Postes rendus par la structure',
  'candidature.changer_porteur': () => 'Candidature portée par quelqu’un d’autre',
  'candidature.permettre_de_deposer': (contenu) => {
    const permis = contenu['personnes'];
    const nombre = Array.isArray(permis) ? permis.length : 0;
    return nombre === 0
      ? 'Dépôt réservé à la personne qui porte la candidature'
      : `Dépôt permis à ${pluriel(nombre, 'collègue', 'collègues')}`;
  },
  ...phrasesInstruction,
  'candidatures.importer': (contenu) => `Fichier de décisions importé\u00a0: ${sorts(contenu)}`,
  'candidatures.importer_seance': (contenu) => `Décisions importées\u00a0: ${sorts(contenu, false)}`,
  'candidatures.annoncer': (contenu) => {
    const instant = texteDe(contenu, 'instant');
    const lieu = texteDe(contenu, 'lieu');
    return `Annonce de ${pluriel(nombreDe(contenu, 'decisions'), 'décision', 'décisions')}${lieu === undefined ? '' : ` ${lieu}`}${instant === undefined ? '' : `, à partir du ${instantLong(instant)}`}`;
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
  ...phrasesComite,
  'import_depot.abandonner': () => 'Import abandonné, fichier effacé',
  'proposition.demander': () => 'Proposition de répartition demandée',
  'proposition.calculer': () => 'Proposition de répartition calculée',
  'proposition.echouer': () => 'Proposition de répartition arrêtée',
};
