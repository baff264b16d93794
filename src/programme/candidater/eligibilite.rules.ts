import type { Categorie } from '../rules.ts';

export type Reponse = 'oui' | 'non' | 'a_verifier';

type Nature = {
  readonly libelle: string;
  readonly indication?: string;
  readonly categorie: Categorie | null;
  readonly reponse: Reponse;
  readonly phrase: string;
};

/** The kinds of structure, and whether each may take an advisor in (rules.md, S42). */
export const natures = {
  collectivite: {
    libelle: 'Une collectivité',
    indication: 'Commune, intercommunalité, département, région, syndicat.',
    categorie: 'publique',
    reponse: 'oui',
    phrase: 'Les collectivités et leurs groupements peuvent accueillir un conseiller numérique.',
  },
  etablissement: {
    libelle: 'Un établissement public local ou administratif',
    indication: 'Centre communal d’action sociale, établissement public de l’État à caractère administratif.',
    categorie: 'publique',
    reponse: 'oui',
    phrase:
      'Les établissements rattachés à une collectivité et les établissements publics administratifs peuvent accueillir un conseiller numérique.',
  },
  gip: {
    libelle: 'Un groupement d’intérêt public ou une chambre consulaire',
    categorie: 'publique',
    reponse: 'oui',
    phrase:
      'Les groupements d’intérêt public et les chambres consulaires peuvent accueillir un conseiller numérique.',
  },
  epic: {
    libelle: 'Un établissement public industriel et commercial',
    categorie: 'publique',
    reponse: 'a_verifier',
    phrase:
      'Seuls certains établissements publics industriels et commerciaux peuvent accueillir un conseiller numérique\u00a0: demandez à votre préfecture si le vôtre en fait partie.',
  },
  service_etat: {
    libelle: 'Un service de l’État',
    indication: 'Préfecture, direction départementale, rectorat.',
    categorie: null,
    reponse: 'non',
    phrase:
      'Les services de l’État ne peuvent pas candidater. Une collectivité ou une association de votre territoire le peut.',
  },
  association: {
    libelle: 'Une association ou une fondation',
    categorie: 'privee',
    reponse: 'oui',
    phrase:
      'Les associations et les structures privées d’intérêt général peuvent accueillir un conseiller numérique.',
  },
  ess: {
    libelle: 'Une entreprise de l’économie sociale et solidaire',
    indication: 'Coopérative, mutuelle, entreprise solidaire d’utilité sociale.',
    categorie: 'privee',
    reponse: 'oui',
    phrase: 'Les entreprises de l’économie sociale et solidaire peuvent accueillir un conseiller numérique.',
  },
  habitat: {
    libelle: 'Une entreprise sociale pour l’habitat',
    categorie: 'privee',
    reponse: 'oui',
    phrase: 'Les entreprises sociales pour l’habitat peuvent accueillir un conseiller numérique.',
  },
  entreprise: {
    libelle: 'Une autre entreprise',
    categorie: 'privee',
    reponse: 'non',
    phrase:
      'Une entreprise dont le but est seulement de gagner de l’argent ne peut pas candidater. Une structure d’intérêt général le peut\u00a0: demandez à votre préfecture en cas de doute.',
  },
  particulier: {
    libelle: 'Un particulier',
    categorie: null,
    reponse: 'non',
    phrase:
      'Une personne seule ne peut pas accueillir un conseiller numérique. Si vous voulez le devenir vous-même, cherchez une structure qui recrute près de chez vous.',
  },
} as const satisfies Readonly<Record<string, Nature>>;
export type NomDeNature = keyof typeof natures;
export const nomsDeNatures = Object.keys(natures) as readonly NomDeNature[];

/** Where the answer comes from. */
export const sourceEligibilite = {
  texte: 'aide du dispositif Conseiller numérique, «\u00a0Comment entrer dans le dispositif\u00a0»',
  href: 'https://aide.conseiller-numerique.gouv.fr/fr/article/comment-entrer-dans-le-dispositif-a27r6c/',
} as const;
