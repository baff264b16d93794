import type { ChampDuNoyau } from '../programme/index.ts';

/** The steps and fields of the form that every wave asks. */
export const etapes: Readonly<Record<string, string>> = {
  structure: 'Votre structure',
  contacts: 'Représentant légal et contact',
  lieux: 'Lieux d’intervention',
  postes: 'Postes et financement',
  projet: 'Votre projet',
  questions: 'Questions de la vague',
  pieces: 'Pièces jointes',
  engagements: 'Engagements',
};

const champ = (etape: string, libelle: string, type: string, obligatoire = true): ChampDuNoyau => ({
  etape,
  libelle,
  obligatoire,
  controle: { type },
});

export const noyau: Readonly<Record<string, ChampDuNoyau>> = {
  identifiant: champ('structure', 'SIRET de la structure', 'texte'),
  raison_sociale: champ('structure', 'Nom officiel de la structure', 'texte'),
  representant_nom: champ('contacts', 'Nom du représentant légal', 'texte'),
  contact_courriel: champ('contacts', 'Courriel de la personne à contacter', 'courriel'),
  lieux: champ('lieux', 'Lieux où le conseiller numérique accueillera le public', 'lieux'),
  postes: champ('postes', 'Nombre de postes demandés', 'entier'),
  salaire: champ('postes', 'Salaire mensuel brut prévu, en euros', 'decimal'),
  motivation: champ('projet', 'Votre projet', 'texte_long'),
  pieces: champ('pieces', 'Autres pièces utiles à votre dossier', 'pieces', false),
  engagements: champ('engagements', 'La structure s’engage', 'cases'),
};
