import { pluriel } from '../platform/francais/index.ts';
import { nombreDe, type Phrases, texteDe } from '../platform/historique.ts';

export const phrases: Phrases = {
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
};
