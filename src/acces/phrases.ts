import { pluriel } from '../platform/francais/index.ts';
import { type Contenu, nombreDe, type Phrases } from '../platform/historique.ts';
import { nomDeRole, rolesAttribuables } from './rules.ts';

/** The role that an act was about, if it left it. */
const role = (contenu: Contenu): string => {
  const known = rolesAttribuables.find((nom) => nom === contenu['role']);
  return known === undefined ? '' : `\u00a0: ${nomDeRole(known)}`;
};

export const phrases: Phrases = {
  'acces.connexion': () => 'Connexion',
  'acces.deconnexion': () => 'Déconnexion',
  'acces.changer_role': () => 'Rôle exercé changé',
  'acces.creer_administrateur': () => 'Administrateur créé',
  'acces.exporter_donnees': () => 'Données personnelles exportées',
  'acces.effacer_personne': () => 'Données personnelles effacées',
  'acces.appliquer_conservation': (contenu) =>
    `Durées de conservation appliquées\u00a0: ${pluriel(nombreDe(contenu, 'total'), 'ligne effacée', 'lignes effacées')}`,
  'acces.donner_role': (contenu) => `Rôle donné${role(contenu)}`,
  'acces.retirer_role': (contenu) => `Rôle retiré${role(contenu)}`,
  'acces.rendre_role': (contenu) => `Rôle rendu${role(contenu)}`,
  'acces.prolonger_role': (contenu) => `Fin du rôle changée${role(contenu)}`,
  'acces.desactiver_personne': () => 'Compte désactivé',
  'acces.reactiver_personne': () => 'Compte réactivé',
  'acces.changer_courriel': () => 'Adresse électronique changée',
  'acces.inviter': (contenu) => `Invitation envoyée${role(contenu)}`,
  'acces.renvoyer_invitation': () => 'Invitation renvoyée',
  'acces.inviter_par_fichier': (contenu) =>
    `Invitations envoyées par un fichier\u00a0: ${pluriel(nombreDe(contenu, 'envoyees'), 'invitation', 'invitations')}`,
  'invitation.accepter': (contenu) => `Invitation acceptée${role(contenu)}`,
  'invitation.revoquer': () => 'Invitation révoquée',
  'acces.demander_acces': () => 'Accès d’une structure demandé',
  'acces.confirmer_courriel_de_demande': () => 'Adresse du demandeur confirmée',
  'revendication.editer_courrier': () => 'Courrier du code édité',
  'revendication.verifier_code': () => 'Code du courrier vérifié',
  'revendication.confirmer': () => 'Accès de la structure confirmé',
  'revendication.refuser': () => 'Accès de la structure refusé',
};
