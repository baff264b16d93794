import type { FaitsCommunique, Laureat } from './rules.ts';

/** Facts for tests. The Aisne's are those of the communiqué of 18 March 2021. */

export function laureat(libelle: string, postes = 1, reste: Partial<Laureat> = {}): Laureat {
  return {
    libelle,
    libelleARelire: false,
    postes,
    commune: null,
    codeCommune: null,
    siret: null,
    itinerant: false,
    assemblee: false,
    ...reste,
  };
}

const ligne = (libelle: string, postes: number, commune: string, siret: string, itinerant = false): Laureat =>
  laureat(libelle, postes, { commune, siret, itinerant });

export const LAUREATS_AISNE: readonly Laureat[] = [
  ligne(
    'Espace France Services de la Communauté de Communes Champagne Picarde',
    2,
    'Saint-Erme-Outre-et-Ramecourt',
    '24020057600025',
  ),
  ligne(
    'espaces numériques de la Communauté d’Agglomération Chauny - Tergnier - La Fère',
    1,
    'Chauny',
    '20007178500014',
  ),
  ligne('bibliothèque municipale de Bohain-en-Vermandois', 1, 'Bohain-en-Vermandois', '21020092900011'),
  ligne(
    'Espace France Service itinérant de la Communauté de communes des Portes de la Thiérache',
    1,
    'Rozoy-sur-Serre',
    '24020063400022',
    true,
  ),
  ligne(
    "Espace France Services de la Communauté de communes du Val de L'Oise",
    1,
    'Mézières-sur-Oise',
    '20004042600013',
  ),
  ligne(
    'espaces numériques et Espace France Service itinérant de Saint-Quentin',
    1,
    'Saint-Quentin',
    '21020666000016',
    true,
  ),
  ligne('tiers-lieu de Gauchy', 1, 'Gauchy', '21020321200092'),
  ligne('espace de services publics de Chauny', 1, 'Chauny', '21020160400019'),
  ligne(
    'Espace France Services de la Communauté de Communes du Chemin des Dames',
    1,
    'Craonne',
    '24020059200030',
  ),
  laureat("Conseil départemental de l'Aisne", 16, {
    commune: 'Laon',
    siret: '22020002600015',
    assemblee: true,
  }),
  ligne('Espace France Services de Vailly-sur-Aisne', 1, 'Vailly-sur-Aisne', '21020731200013'),
  ligne('tiers-lieu de Flavy-le-Martel', 1, 'Flavy-le-Martel', '21020296600011'),
  ligne('ville de Brancourt-le-Grand', 1, 'Brancourt-le-Grand', '21020109100019'),
  ligne('ville de Château-Thierry', 1, 'Château-Thierry', '21020155400016'),
  ligne(
    'Espace France Services de la Communauté de communes Thiérache Sambre et Oise',
    1,
    'Guise',
    '20007198300015',
  ),
  ligne('Espace France Services à la sous-préfecture de Vervins', 1, 'Vervins', '21020762700014'),
];

export const FAITS_AISNE: FaitsCommunique = {
  etat: { type: 'publie' },
  mentions: [],
  departement: { code: '02', nom: 'Aisne', genitif: 'de l’Aisne', locatif: 'dans l’Aisne' },
  signature: { lieu: 'Laon', date: '2021-03-18' },
  signataire: null,
  seance: { date: '2021-03-24' },
  programme: {
    nom: 'Conseiller numérique France Services',
    annonceLe: '2020-11-17',
    enveloppeCentimes: 25_000_000_000,
    objectifPostes: 4000,
    finalite: 'faciliter l’usage du numérique pour tous',
  },
  plan: {
    nom: 'plan départemental de lutte contre l’illettrisme et l’illectronisme',
    genre: 'm',
    presenteLe: '2021-03-15',
  },
  vague: { rang: 1, priorites: ['les Espaces France Services', 'les tiers-lieux numériques'] },
  vagueSuivante: { rang: 2, ouverture: '2021-04' },
  totaux: { structures: 16, postes: 32 },
  assemblees: [
    {
      nom: 'Conseil départemental de l’Aisne',
      genre: 'm',
      postes: 16,
      lieux: [
        'les unités territoriales d’action sociale (UTAS)',
        'la bibliothèque départementale',
        'la maison départementale des personnes handicapées',
      ],
      coordinateur: true,
    },
  ],
  financement: {
    regimes: [
      { mode: 'forfait', plafondCentimes: 5_000_000, mois: 24, nature: 'publique', outreMer: false },
      { mode: 'taux', pourcent: 70, mois: 36, nature: null, outreMer: false },
    ],
    formationPourcent: 100,
  },
  laureats: LAUREATS_AISNE,
  enTete: {
    service: ['Préfecture de l’Aisne'],
    adresse: ['2 rue Paul-Doumer', '02000 Laon'],
    contact: {
      service: 'Bureau de la représentation de l’État et de la communication',
      telephone: '03 23 00 00 00',
      courriel: 'presse@prefecture-aisne.example',
    },
    logo: null,
  },
  redactions: {},
};

/** The same facts with another list; totals follow, and no assembly has a part. */
export function avecLaureats(
  laureats: readonly Laureat[],
  reste: Partial<FaitsCommunique> = {},
): FaitsCommunique {
  return {
    ...FAITS_AISNE,
    assemblees: [],
    laureats,
    totaux: {
      structures: laureats.length,
      postes: laureats.reduce((somme, { postes }) => somme + postes, 0),
    },
    ...reste,
  };
}
