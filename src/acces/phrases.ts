import { pluriel } from '../platform/francais/index.ts';
import { type Contenu, nombreDe, type Phrases, texteDe } from '../platform/historique.ts';
import { nomDeRole, rolesAttribuables } from './rules.ts';

/** The role that an act was about, if it left it. */
const role = (contenu: Contenu): string => {
  const known = rolesAttribuables.find((nom) => nom === contenu['role']);
  return known === undefined ? '' : `\u00a0: ${nomDeRole(known)}`;
};

export const phrases: Phrases = {
  'acces.ouvrir_compte': () => 'Compte ouvert pour candidater',
  'acces.connexion': () => 'Connexion',
  'acces.deconnexion': () => 'Déconnexion',
  'acces.changer_role': () => 'Rôle exercé changé',
  'acces.lier_identite': () => 'Identité d’un fournisseur liée au compte',
  'acces.delier_identite': () => 'Identité d’un fournisseur déliée du compte',
  'acces.refuser_oidc': (contenu) =>
    `Connexion par le fournisseur d’identité refusée\u00a0: ${texteDe(contenu, 'raison') ?? 'raison inconnue'} (${texteDe(contenu, 'cause') ?? 'sans précision'})`,
  'acces.installer_second_facteur': () => 'Second facteur installé',
  'acces.second_facteur': () => 'Second facteur donné',
  'acces.bloquer_second_facteur': (contenu) =>
    `Second facteur en attente après ${pluriel(nombreDe(contenu, 'echecs'), 'code faux', 'codes faux')}`,
  'acces.code_secours': (contenu) =>
    `Code de secours utilisé\u00a0: il en reste ${nombreDe(contenu, 'reste')}`,
  'acces.renouveler_codes_secours': () => 'Codes de secours renouvelés',
  'acces.retirer_second_facteur': () => 'Second facteur retiré',
  'acces.creer_administrateur': () => 'Administrateur créé',
  'acces.exporter_donnees': () => 'Données personnelles exportées',
  'acces.demander_effacement': () => 'Compte fermé, et effacement de ses données demandé',
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
