import type { SaisieCandidature } from './champ.ts';

/** Everything that an application to a wave without questions asks for, right. */
export const saisieComplete: SaisieCandidature = {
  identifiant: '21020381600013',
  raison_sociale: 'Commune de Gauchy',
  nature: 'commune',
  categorie: 'publique',
  adresse: '1 place de la Mairie, 02430',
  commune: '02340',
  representant_civilite: 'madame',
  representant_prenom: 'Noé',
  representant_nom: 'Marchand',
  representant_fonction: 'Maire',
  contact_prenom: 'Morgan',
  contact_nom: 'Petit',
  contact_fonction: 'Directrice',
  contact_courriel: 'morgan.petit@gauchy.example',
  contact_telephone: '03 23 21 82 82',
  lieux: [
    { nom: 'Médiathèque', adresse: '2 rue des Écoles', commune: '02340', itinerant: '' },
    { nom: 'Bus', adresse: '1 place de la Mairie', commune: '02408', itinerant: 'oui' },
  ],
  postes: '2',
  coordinateurs: '',
  regime: 'forfait',
  salaire: '1 850,50',
  debut: '2021-09-01',
  candidat_identifie: 'non',
  motivation: 'Accompagner les habitants dans leurs démarches.',
  engagements: ['gratuite', 'temps', 'formation', 'moyens', 'suivi'],
};
