import { dateLongue, pluriel } from '../../platform/francais/index.ts';
import { type Contenu, nombreDe, type Phrases, texteDe } from '../../platform/historique.ts';

const avis = (contenu: Contenu): string =>
  contenu['favorable'] === true
    ? `favorable, ${pluriel(nombreDe(contenu, 'postes'), 'poste proposé', 'postes proposés')}`
    : 'défavorable';
const prefecture = (contenu: Contenu): string =>
  texteDe(contenu, 'niveau') === 'region' ? 'la préfecture de région' : 'la préfecture de département';

export const phrases: Phrases = {
  'candidature.rendre_avis': (contenu) => `Avis de ${prefecture(contenu)}\u00a0: ${avis(contenu)}`,
  'candidature.informer': (contenu) =>
    `Avis de ${prefecture(contenu)}, pour information\u00a0: ${avis(contenu)}`,
  'candidature.affecter': () => 'Candidature affectée à un agent de la préfecture',
  'candidature.desaffecter': () => 'Candidature affectée à personne',
  'candidature.noter': () => 'Note de la préfecture ajoutée',
  'candidature.effacer_note': () => 'Note de la préfecture effacée',
  'candidature.demander_correction': (contenu) => {
    const echeance = texteDe(contenu, 'echeance');
    return `Correction demandée à la structure${echeance === undefined ? '' : `, au plus tard le ${dateLongue(echeance)}`}\u00a0: ${pluriel(nombreDe(contenu, 'champs'), 'réponse', 'réponses')}`;
  },
  'candidature.changer_correction': (contenu) => {
    const echeance = texteDe(contenu, 'echeance');
    return `Demande de correction changée${echeance === undefined ? '' : `\u00a0: réponse au plus tard le ${dateLongue(echeance)}`}`;
  },
  'candidature.relancer': () => 'Rappel de la correction attendue envoyé à la structure',
  'candidature.reprendre': () => 'Candidature reprise sans la correction demandée',
  'candidature.fusionner': (contenu) =>
    `Candidature signalée comme doublon\u00a0: gardée, la n°\u00a0${nombreDe(contenu, 'numero')}`,
  'candidature.separer': () => 'Candidature rétablie\u00a0: elle n’est plus un doublon',
  'fragilite.importer': (contenu) =>
    `Indice de fragilité numérique importé\u00a0: ${pluriel(nombreDe(contenu, 'communes'), 'commune', 'communes')}`,
  'candidature.ecrire': (contenu) =>
    texteDe(contenu, 'cote') === 'prefecture' ? 'Message de la préfecture' : 'Message de la structure',
};
