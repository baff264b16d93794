import { sql } from 'kysely';
import { z } from 'zod';
import { capitale } from '../platform/francais/index.ts';
import {
  champ,
  contenant,
  defineListe,
  type Filtre,
  filtreChoix,
  filtreCode,
  filtreDate,
  filtreTexte,
} from '../platform/listes/index.ts';
import { montant, postes } from '../statistiques/index.ts';
import { libellePublic, nomRecherche } from '../structures/index.ts';

const denomination = z.object({
  identifiant: z.string().nullable(),
  raisonSociale: z.string().nullable(),
  libellePublic: z.string().nullable(),
  communeNom: z.string().nullable(),
  epciNom: z.string().nullable(),
  departementGenitif: z.string(),
});

const libelle = champ(
  'texte',
  'Structure',
  'Nom sous lequel la structure est annoncée.',
  sql`jsonb_build_object(
    'identifiant', structure.identifiant, 'raisonSociale', structure.raison_sociale,
    'libellePublic', structure.libelle_public, 'communeNom', commune.nom, 'epciNom', siege.nom,
    'departementGenitif', coalesce(departement.genitif, ''))`,
  { tri: sql`structure.recherche`, lire: (brut) => capitale(libellePublic(denomination.parse(brut))) },
);

// After `ligne_retenue l`: the structure of the line, its commune and what is derived from it.
const structureDeLaLigne = sql`
  join structure on structure.id = l.structure_id
  left join commune on commune.code = structure.commune_code
  left join epci on epci.code = commune.epci_code
  left join epci siege on siege.code = left(structure.identifiant, 9)
  left join departement on departement.code = commune.departement_code
  left join region on region.code = departement.region_code`;

// Communes are written in lower case for their own search; a structure and what is asked are in capitals.
const motsCherches = (texte: string) => {
  const mots = nomRecherche(texte).split(' ').filter(Boolean).map(contenant);
  return mots.length === 0
    ? sql`false`
    : sql`structure.recherche || ' ' || upper(coalesce(commune.nom_recherche, '')) like all (${mots}::text[])`;
};

const uuid = z.uuid('attend un identifiant, par exemple 0192f0c1-2a3b-7c4d-8e5f-6a7b8c9d0e1f');

const lieu = {
  commune_code: champ('texte', 'Code commune', 'Code Insee de la commune.', sql`commune.code`, {
    fichiersSeulement: true,
  }),
  commune: champ('texte', 'Commune', 'Commune de la structure.', sql`commune.nom`, {
    tri: sql`commune.nom_recherche`,
  }),
  epci_code: champ('texte', 'Code EPCI', 'SIREN de l’intercommunalité de la commune.', sql`epci.code`, {
    fichiersSeulement: true,
  }),
  epci: champ('texte', 'Intercommunalité', 'Intercommunalité (EPCI) de la commune.', sql`epci.nom`, {
    discret: true,
  }),
  departement_code: champ(
    'texte',
    'Code département',
    'Code du département de la commune.',
    sql`departement.code`,
    { fichiersSeulement: true },
  ),
  departement: champ('texte', 'Département', 'Département de la commune.', sql`departement.nom`),
  region_code: champ('texte', 'Code région', 'Code de la région du département.', sql`region.code`, {
    fichiersSeulement: true,
  }),
  region: champ('texte', 'Région', 'Région du département.', sql`region.nom`, { discret: true }),
} as const;

const filtres = {
  q: filtreTexte(
    'Nom, commune ou SIRET',
    'Mots du nom, de la commune ou du SIRET, dans n’importe quel ordre. Sans lettre ni chiffre, rien n’y répond.',
    'gauchy',
    motsCherches,
  ),
  region: { ...filtreCode('Région', 'Code de région', /^\d{2}$/, '32', sql`l.region_code`), tous: 'Toutes' },
  departement: filtreCode(
    'Département',
    'Code de département',
    /^(\d{2,3}|2[AB])$/,
    '02',
    sql`l.departement_code`,
  ),
  epci: filtreCode('Intercommunalité', 'SIREN d’intercommunalité', /^\d{9}$/, '200071892', sql`l.epci_code`),
  commune: filtreCode(
    'Commune',
    'Code Insee de commune',
    /^(\d{5}|2[AB]\d{3})$/,
    '02408',
    sql`l.commune_code`,
  ),
  seance: {
    ...filtreDate(
      'Séance',
      'Date de la séance du comité de sélection.',
      '2021-03-24',
      (valeur) => sql`l.seance_date = ${valeur}::date`,
    ),
    tous: 'Toutes',
  },
  categorie: filtreChoix(
    'Type',
    'Type de structure, qui choisit ses règles de financement.',
    ['publique', 'privee'],
    (valeur) => sql`l.categorie = ${valeur}`,
  ),
  zrr: filtreOuiNon(
    'En zone de revitalisation rurale (ZRR)',
    'En zone de revitalisation rurale à la date de la séance.',
    sql`l.zrr`,
  ),
  qpv: filtreOuiNon(
    'En quartier prioritaire (QPV)',
    'En quartier prioritaire de la ville à la date de la séance.',
    sql`l.qpv`,
  ),
  france_services: filtreOuiNon(
    'France Services',
    'Labellisée France Services à la date de la séance.',
    sql`l.france_services`,
  ),
} as const;

function filtreOuiNon(titre: string, description: string, colonne: ReturnType<typeof sql>): Filtre {
  return filtreChoix(
    titre,
    description,
    ['oui', 'non', 'inconnu'],
    (valeur) =>
      sql`${colonne} is not distinct from ${valeur === 'inconnu' ? null : valeur === 'oui'}::boolean`,
  );
}

const zonage = (titre: string, description: string, expression: ReturnType<typeof sql>) =>
  champ('booleen', titre, `${description} Vide quand ce n’est pas connu.`, expression, { discret: true });

/** The structures that received posts, one row each, with all that they received. */
export const listeStructures = defineListe({
  code: 'structures',
  titre: 'Structures retenues',
  description:
    'Structures retenues par le comité de sélection pour accueillir des conseillers numériques, avec leurs postes, toutes séances réunies.',
  nom: ['structure retenue', 'structures retenues'],
  relation: sql`ligne_retenue l ${structureDeLaLigne}`,
  groupe: sql`structure.id, commune.code, epci.code, siege.code, departement.code, region.code`,
  cle: {
    sql: sql`structure.id`,
    // By our identifier, which names it for ever, or by its own.
    schema: z.union([uuid, z.string().regex(/^[A-Z0-9]{6,14}$/)], {
      error: 'attend l’identifiant de la structure ou son SIRET, par exemple 22020002600015',
    }),
    condition: (cle) =>
      cle.includes('-') ? sql`l.structure_id = ${cle}::uuid` : sql`structure.identifiant = ${cle}`,
    exemple: '22020002600015',
  },
  tri: { champ: 'commune', sens: 'asc' },
  position: { latitude: 'latitude', longitude: 'longitude' },
  filtres,
  champs: {
    id: champ('texte', 'Identifiant', 'Identifiant de la structure dans Maillage.', sql`structure.id`, {
      fichiersSeulement: true,
    }),
    libelle,
    raison_sociale: champ(
      'texte',
      'Raison sociale',
      'Nom officiel, comme le fichier du comité l’écrit.',
      sql`structure.raison_sociale`,
      { discret: true },
    ),
    identifiant: champ(
      'texte',
      'SIRET',
      'Numéro SIRET ; RIDET en Nouvelle-Calédonie, numéro TAHITI en Polynésie française.',
      sql`structure.identifiant`,
      { discret: true, insecable: true },
    ),
    adresse: champ('texte', 'Adresse', 'Adresse postale.', sql`structure.adresse`, { discret: true }),
    code_postal: champ('texte', 'Code postal', 'Code postal de l’adresse.', sql`structure.code_postal`, {
      discret: true,
      insecable: true,
    }),
    ...lieu,
    latitude: champ(
      'decimal',
      'Latitude',
      'Latitude de la structure, ou de sa commune, en degrés (WGS 84).',
      sql`coalesce(structure.latitude, commune.latitude)`,
      { fichiersSeulement: true },
    ),
    longitude: champ(
      'decimal',
      'Longitude',
      'Longitude de la structure, ou de sa commune, en degrés (WGS 84).',
      sql`coalesce(structure.longitude, commune.longitude)`,
      { fichiersSeulement: true },
    ),
    precision_position: champ(
      'texte',
      'Position',
      'Ce que la position désigne : « structure », ou « commune » quand l’adresse n’est pas placée.',
      sql`case when structure.latitude is not null then 'structure'
        when commune.latitude is not null then 'commune' end`,
      { discret: true },
    ),
    categories: champ(
      'textes',
      'Type',
      'Type de structure des décisions : publique ou privee ; il choisit les règles de financement.',
      sql`array_agg(distinct l.categorie order by l.categorie)`,
      { discret: true },
    ),
    zrr: zonage('ZRR', 'En zone de revitalisation rurale.', sql`bool_or(l.zrr)`),
    qpv: zonage('QPV', 'En quartier prioritaire de la ville.', sql`bool_or(l.qpv)`),
    france_services: zonage(
      'France Services',
      'Labellisée France Services.',
      sql`bool_or(l.france_services)`,
    ),
    postes: champ('entier', 'Postes', postes.definition, postes.sql, { somme: true }),
    montant: champ('euros', 'Montant', montant.definition, montant.sql, { somme: true }),
    seances: champ(
      'textes',
      'Séance',
      'Dates des séances du comité qui l’ont retenue.',
      sql`array_agg(distinct l.seance_date::text order by l.seance_date::text)`,
      { tri: sql`min(l.seance_date)` },
    ),
  },
});

/** The lines of the decisions: what one session gave to one structure under one set of rules. */
export const listeDecisions = defineListe({
  code: 'decisions',
  titre: 'Décisions du comité',
  description:
    'Décisions « retenue » du comité de sélection, ligne par ligne : postes et montant par structure, séance et type de structure.',
  nom: ['ligne de décision', 'lignes de décision'],
  // A line is part of a decision.
  seule: false,
  relation: sql`ligne_retenue l ${structureDeLaLigne}
    join regime_variante on regime_variante.id = l.regime_variante_id
    join regime on regime.id = regime_variante.regime_id`,
  cle: {
    sql: sql`l.ligne_id`,
    schema: uuid,
    condition: (cle) => sql`l.ligne_id = ${cle}::uuid`,
    exemple: '0192f0c1-2a3b-7c4d-8e5f-6a7b8c9d0e1f',
  },
  tri: { champ: 'seance', sens: 'desc' },
  filtres: {
    ...filtres,
    structure: {
      titre: 'Structure',
      description: 'Identifiant de structure.',
      exemple: '0192f0c1-2a3b-7c4d-8e5f-6a7b8c9d0e1f',
      schema: uuid,
      condition: (valeur) => sql`l.structure_id = ${valeur}::uuid`,
    },
  },
  champs: {
    id: champ('texte', 'Identifiant', 'Identifiant de la ligne de décision.', sql`l.ligne_id`, {
      fichiersSeulement: true,
    }),
    seance: champ('date', 'Séance', 'Date de la séance du comité de sélection.', sql`l.seance_date`),
    structure_id: champ(
      'texte',
      'Identifiant de la structure',
      'Identifiant de la structure.',
      sql`l.structure_id`,
      {
        fichiersSeulement: true,
      },
    ),
    libelle,
    identifiant: champ('texte', 'SIRET', 'Numéro SIRET, RIDET ou TAHITI.', sql`structure.identifiant`, {
      discret: true,
      insecable: true,
    }),
    ...lieu,
    categorie: champ('texte', 'Type', 'Type de structure : publique ou privee.', sql`l.categorie`),
    regime: champ(
      'texte',
      'Financement',
      'Mode de financement : forfait (plafond sur la durée) ou taux (part du salaire).',
      sql`regime.mode`,
      { discret: true },
    ),
    duree_mois: champ(
      'entier',
      'Durée',
      'Durée du financement d’un poste, en mois.',
      sql`regime_variante.duree_mois`,
      {
        discret: true,
      },
    ),
    zrr: zonage('ZRR', 'En zone de revitalisation rurale à la date de la séance.', sql`l.zrr`),
    qpv: zonage('QPV', 'En quartier prioritaire de la ville à la date de la séance.', sql`l.qpv`),
    france_services: zonage('France Services', 'Labellisée France Services.', sql`l.france_services`),
    postes: champ('entier', 'Postes', 'Postes attribués par cette décision.', sql`l.postes`, { somme: true }),
    montant: champ(
      'euros',
      'Montant',
      'Montant engagé par l’État, formation comprise, en euros.',
      sql`l.montant_centimes`,
      { somme: true },
    ),
  },
});
