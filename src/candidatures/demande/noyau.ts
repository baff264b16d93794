import { z } from 'zod';
import { lireIdentifiant, nomRecherche } from '../../structures/index.ts';
import { type Champ, choisi, codeCommune, entre, lu, requis } from './champ.ts';
import { lireJour, lireMontant } from './lecture.rules.ts';

/** Most posts of one application, where its wave says no less. */
export const postesMax = 500;

/** Most places of one application. */
const lieuxMax = 50;

export const schemaLieu = z.object({
  lieu_id: z.uuid().optional(),
  nom: requis('Écrivez le nom du lieu.', 200),
  adresse: requis('Écrivez l’adresse du lieu.', 300),
  commune: codeCommune,
  itinerant: z
    .string()
    .default('')
    .transform((valeur) => valeur === 'oui'),
});

const telephone = (texte: string): string | undefined => {
  const compact = texte.replace(/[\s.\u00a0\u202f()/-]/g, '');
  return /^(\+\d{8,15}|0\d{9}|\d{6,9})$/.test(compact) ? compact : undefined;
};

/** Fourchette above which a monthly salary is a yearly one, and below which an hourly one. In cents. */
const salaire = (texte: string) => {
  const montant = lireMontant(texte);
  return montant !== undefined && montant >= 50_000 && montant <= 2_000_000 ? montant : undefined;
};

/** What the employer commits itself to. */
const engagements = [
  {
    valeur: 'gratuite',
    libelle: 'Les services rendus par le conseiller numérique sont gratuits pour les usagers.',
  },
  {
    valeur: 'temps',
    libelle: 'Le conseiller numérique consacre tout son temps de travail à l’accompagnement numérique.',
  },
  { valeur: 'formation', libelle: 'La structure laisse le conseiller suivre sa formation et ses réunions.' },
  {
    valeur: 'moyens',
    libelle: 'La structure lui fournit de quoi travailler : ordinateur, téléphone, déplacements, tenue.',
  },
  { valeur: 'suivi', libelle: 'La structure rend compte de l’activité et prévient de tout changement.' },
] as const;

const declarer = <Schema extends z.ZodType>(champ: Champ<Schema>): Champ<Schema> => champ;

/** The core of the form; a wave adds its questions. The names are those of `candidature.saisie`. */
export const noyau = {
  identifiant: declarer({
    etape: 'structure',
    libelle: 'SIRET de la structure',
    indication:
      '14 chiffres, celui de l’établissement qui emploiera. En Nouvelle-Calédonie le RIDET, en Polynésie française le n° TAHITI.',
    controle: { type: 'texte', autocomplete: 'off', longueur: 30 },
    obligatoire: true,
    schema: z.string({ error: 'Écrivez le SIRET de la structure.' }).transform((texte, contexte) => {
      const numero = lireIdentifiant(texte);
      if (numero.ok) return numero.valeur;
      contexte.addIssue(numero.message);
      return z.NEVER;
    }),
  }),
  raison_sociale: declarer({
    etape: 'structure',
    libelle: 'Nom officiel de la structure',
    controle: { type: 'texte', autocomplete: 'organization', longueur: 200 },
    obligatoire: true,
    schema: requis('Écrivez le nom officiel de la structure.', 200).refine(
      (nom) => nomRecherche(nom) !== '',
      {
        error: 'Écrivez le nom officiel de la structure, avec des lettres.',
      },
    ),
  }),
  nature: declarer({
    etape: 'structure',
    libelle: 'Nature de la structure',
    indication: 'Par exemple commune, centre social, association, entreprise de l’économie sociale.',
    controle: { type: 'texte', longueur: 100 },
    obligatoire: true,
    schema: requis('Écrivez la nature de la structure.', 100),
  }),
  categorie: declarer({
    etape: 'structure',
    libelle: 'La structure est-elle publique ou privée\u00a0?',
    controle: {
      type: 'choix',
      choix: [
        {
          valeur: 'publique',
          libelle: 'Publique',
          indication: 'Collectivité, établissement public, groupement d’intérêt public.',
        },
        {
          valeur: 'privee',
          libelle: 'Privée',
          indication: 'Association, entreprise, fondation, coopérative.',
        },
      ],
    },
    obligatoire: true,
    schema: choisi(['publique', 'privee'], 'Choisissez si la structure est publique ou privée.'),
  }),
  adresse: declarer({
    etape: 'structure',
    libelle: 'Adresse postale',
    indication: 'Numéro et rue, lieu-dit, boîte postale.',
    controle: { type: 'texte', autocomplete: 'street-address', longueur: 300 },
    obligatoire: true,
    schema: requis('Écrivez l’adresse de la structure.', 300),
  }),
  commune: declarer({
    etape: 'structure',
    libelle: 'Commune du siège',
    controle: { type: 'commune' },
    obligatoire: true,
    schema: codeCommune,
  }),
  representant_civilite: declarer({
    etape: 'contacts',
    libelle: 'Civilité du représentant légal',
    controle: {
      type: 'choix',
      choix: [
        { valeur: '', libelle: 'Ne pas préciser' },
        { valeur: 'madame', libelle: 'Madame' },
        { valeur: 'monsieur', libelle: 'Monsieur' },
      ],
    },
    obligatoire: false,
    schema: z
      .enum(['', 'madame', 'monsieur'], { error: 'Choisissez parmi ces civilités.' })
      .default('')
      .transform((valeur) => valeur || null),
  }),
  representant_prenom: declarer({
    etape: 'contacts',
    libelle: 'Prénom du représentant légal',
    controle: { type: 'texte', autocomplete: 'off', longueur: 100 },
    obligatoire: true,
    schema: requis('Écrivez le prénom du représentant légal.', 100),
  }),
  representant_nom: declarer({
    etape: 'contacts',
    libelle: 'Nom du représentant légal',
    controle: { type: 'texte', autocomplete: 'off', longueur: 100 },
    obligatoire: true,
    schema: requis('Écrivez le nom du représentant légal.', 100),
  }),
  representant_fonction: declarer({
    etape: 'contacts',
    libelle: 'Fonction du représentant légal',
    indication: 'Maire, présidente, directeur…',
    controle: { type: 'texte', autocomplete: 'off', longueur: 150 },
    obligatoire: true,
    schema: requis('Écrivez la fonction du représentant légal.', 150),
  }),
  contact_prenom: declarer({
    etape: 'contacts',
    libelle: 'Prénom de la personne à contacter',
    controle: { type: 'texte', autocomplete: 'given-name', longueur: 100 },
    obligatoire: true,
    schema: requis('Écrivez le prénom de la personne à contacter.', 100),
  }),
  contact_nom: declarer({
    etape: 'contacts',
    libelle: 'Nom de la personne à contacter',
    controle: { type: 'texte', autocomplete: 'family-name', longueur: 100 },
    obligatoire: true,
    schema: requis('Écrivez le nom de la personne à contacter.', 100),
  }),
  contact_fonction: declarer({
    etape: 'contacts',
    libelle: 'Fonction de la personne à contacter',
    controle: { type: 'texte', autocomplete: 'organization-title', longueur: 150 },
    obligatoire: true,
    schema: requis('Écrivez la fonction de la personne à contacter.', 150),
  }),
  contact_courriel: declarer({
    etape: 'contacts',
    libelle: 'Courriel de la personne à contacter',
    indication: 'Par exemple prenom.nom@mairie.fr',
    controle: { type: 'courriel', autocomplete: 'email', longueur: 254 },
    obligatoire: true,
    schema: requis('Écrivez le courriel de la personne à contacter.', 254).pipe(
      z.email('Écrivez une adresse de courriel complète, par exemple prenom.nom@mairie.fr.'),
    ),
  }),
  contact_telephone: declarer({
    etape: 'contacts',
    libelle: 'Téléphone de la personne à contacter',
    indication: 'Par exemple 03 23 21 82 82, ou +687 25 12 34.',
    controle: { type: 'telephone', autocomplete: 'tel', longueur: 30 },
    obligatoire: true,
    schema: lu(
      telephone,
      'Écrivez le téléphone de la personne à contacter.',
      'Écrivez un numéro de téléphone, par exemple 03 23 21 82 82.',
    ),
  }),
  lieux: declarer({
    etape: 'lieux',
    libelle: 'Lieux où le conseiller numérique accueillera le public',
    controle: { type: 'lieux' },
    obligatoire: true,
    schema: z
      .array(schemaLieu, { error: 'Ajoutez au moins un lieu.' })
      .min(1, 'Ajoutez au moins un lieu.')
      .max(lieuxMax, `Gardez ${lieuxMax} lieux au plus.`),
  }),
  postes: declarer({
    etape: 'postes',
    libelle: 'Nombre de postes demandés',
    controle: { type: 'entier', longueur: 3 },
    obligatoire: true,
    schema: lu(
      entre(1, postesMax),
      'Écrivez le nombre de postes demandés.',
      `Écrivez un nombre entier de 1 à ${postesMax}.`,
    ),
  }),
  coordinateurs: declarer({
    etape: 'postes',
    libelle: 'Dont postes de coordinateur',
    indication: 'Un coordinateur anime une équipe de conseillers. Laissez vide s’il n’y en a pas.',
    controle: { type: 'entier', longueur: 3 },
    obligatoire: false,
    schema: z
      .string()
      .default('')
      .transform((texte) => texte.trim() || '0')
      .pipe(lu(entre(0, postesMax), '', `Écrivez un nombre entier de 0 à ${postesMax}.`)),
  }),
  regime: declarer({
    etape: 'postes',
    libelle: 'Financement souhaité',
    controle: {
      type: 'choix',
      choix: [
        {
          valeur: 'forfait',
          libelle: 'Forfait',
          indication: 'L’État verse une somme fixe pour chaque poste.',
        },
        { valeur: 'taux', libelle: 'Taux', indication: 'L’État prend en charge une part du salaire.' },
      ],
    },
    obligatoire: true,
    schema: choisi(['forfait', 'taux'], 'Choisissez le financement souhaité.'),
  }),
  salaire: declarer({
    etape: 'postes',
    libelle: 'Salaire mensuel brut prévu, en euros',
    indication: 'Pour un poste à temps plein, par exemple 1 850.',
    controle: { type: 'decimal', longueur: 15 },
    obligatoire: true,
    schema: lu(
      salaire,
      'Écrivez le salaire mensuel brut prévu.',
      'Écrivez un salaire mensuel brut entre 500 et 20 000 €, par exemple 1 850.',
    ),
  }),
  debut: declarer({
    etape: 'projet',
    libelle: 'Arrivée souhaitée du conseiller',
    indication: 'Jour, mois, année, par exemple 01/09/2021.',
    controle: { type: 'date' },
    obligatoire: true,
    schema: lu(
      lireJour,
      'Écrivez la date d’arrivée souhaitée.',
      'Écrivez une date qui existe, par exemple 01/09/2021.',
    ),
  }),
  candidat_identifie: declarer({
    etape: 'projet',
    libelle: 'Une personne à recruter est-elle déjà trouvée\u00a0?',
    controle: {
      type: 'choix',
      choix: [
        { valeur: 'oui', libelle: 'Oui' },
        { valeur: 'non', libelle: 'Non' },
      ],
    },
    obligatoire: true,
    schema: choisi(['oui', 'non'], 'Dites si vous avez déjà une personne à recruter.').transform(
      (valeur) => valeur === 'oui',
    ),
  }),
  priorites: declarer({
    etape: 'projet',
    libelle: 'Le projet répond-il à une priorité de la vague\u00a0?',
    controle: { type: 'cases', choix: [] },
    obligatoire: false,
    schema: z.array(z.string().max(200)).max(50).default([]),
  }),
  motivation: declarer({
    etape: 'projet',
    libelle: 'Le projet',
    indication:
      'À quels besoins répond-il, pour quels publics, avec quels partenaires ? 5 000 caractères au plus.',
    controle: { type: 'texte_long', longueur: 5000 },
    obligatoire: true,
    schema: requis('Décrivez votre projet.', 5000),
  }),
  pieces: declarer({
    etape: 'pieces',
    libelle: 'Autres pièces utiles au dossier',
    indication: 'Délibération, lettre de soutien, fiche de poste…',
    controle: { type: 'pieces' },
    obligatoire: false,
    schema: z.unknown().transform(() => null),
  }),
  engagements: declarer({
    etape: 'engagements',
    libelle: 'La structure s’engage',
    indication: 'Cochez chaque engagement.',
    controle: { type: 'cases', choix: engagements },
    obligatoire: true,
    schema: z
      .array(z.string(), { error: 'Cochez chaque engagement.' })
      .refine((coches) => engagements.every(({ valeur }) => coches.includes(valeur)), {
        error: 'Cochez chaque engagement : tous sont demandés pour candidater.',
      }),
  }),
} as const;

export type NomDeChamp = keyof typeof noyau;

const schemas = <Champs extends Readonly<Record<string, { readonly schema: z.ZodType }>>>(champs: Champs) =>
  Object.fromEntries(Object.entries(champs).map(([nom, { schema }]) => [nom, schema])) as {
    readonly [Nom in keyof Champs]: Champs[Nom]['schema'];
  };

/** Who the structure is: what a structure that is known already says no more. */
export const champsIdentite = ['identifiant', 'raison_sociale'] as const;

/** Reads who the structure says it is. */
export const schemaIdentite = z.object(schemas(noyau)).pick({ identifiant: true, raison_sociale: true });
export type IdentiteDeclaree = z.output<typeof schemaIdentite>;

/** Reads the rest of the core of what is typed. */
export const schemaDemande = z
  .object(schemas(noyau))
  .omit({ identifiant: true, raison_sociale: true, pieces: true });

/** An application as it is submitted: every field of the core read, but who the structure is. */
export type Demande = z.output<typeof schemaDemande>;
