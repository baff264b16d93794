/** What may be asked again of a structure, field by field: the names of the form's core. */
export const champsCorrigibles: Readonly<Record<string, string>> = {
  identifiant: 'SIRET, RIDET ou n° TAHITI',
  raison_sociale: 'Nom officiel de la structure',
  nature: 'Nature de la structure',
  categorie: 'Publique ou privée',
  commune: 'Commune du siège',
  adresse: 'Adresse postale',
  representant_prenom: 'Prénom du représentant légal',
  representant_nom: 'Nom du représentant légal',
  representant_fonction: 'Fonction du représentant légal',
  contact_courriel: 'Courriel de la personne à contacter',
  contact_telephone: 'Téléphone de la personne à contacter',
  lieux: 'Lieux d’intervention',
  postes: 'Nombre de postes demandés',
  coordinateurs: 'Postes de coordinateur',
  regime: 'Financement souhaité',
  salaire: 'Salaire mensuel brut prévu',
  debut: 'Arrivée souhaitée',
  candidat_identifie: 'Personne déjà trouvée',
  motivation: 'Projet',
  engagements: 'Engagements',
  priorites: 'Priorités',
  pieces: 'Pièces jointes',
};

export type ChampCorrigible = { readonly nom: string; readonly libelle: string };
