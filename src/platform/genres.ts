/** What each kind of thing that the journal and mails tell of is called. */
const noms: Readonly<Record<string, string>> = {
  candidature: 'Candidature',
  communique: 'Communiqué',
  contours: 'Contours des territoires',
  courriel: 'Courriel',
  demo: 'Démonstration',
  emetteur: 'Fournisseur d’identité',
  engagement: 'Engagement de l’État',
  enveloppe: 'Enveloppe',
  fichier: 'Fichier',
  import: 'Import',
  import_depot: 'Fichier d’import',
  invitation: 'Invitation',
  journal: 'Journal',
  liste: 'Liste',
  lot_invitation: 'Fichier d’invitations',
  personne: 'Personne',
  plan_departemental: 'Plan départemental',
  prefecture: 'Préfecture',
  programme: 'Programme',
  regime: 'Régime',
  registre: 'Registre des traitements',
  revendication: 'Demande d’accès',
  seance: 'Séance',
  structure: 'Structure',
  tache: 'Tâche',
  vague: 'Vague',
};

/** The kind of a thing in words. */
export const nomDObjet = (type: string): string => noms[type] ?? type.replaceAll('_', ' ');
