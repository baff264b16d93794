/**
 * schema.org objects, for search engines: pure functions of what a page shows. `adresse` is the address under which
 * people reach the site, without a trailing slash.
 */

export type DonneeStructuree = Readonly<Record<string, unknown>>;

const contexte = { '@context': 'https://schema.org' };
const langue = { inLanguage: 'fr' };
const licence = 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/';
const site = (adresse: string) => ({ '@type': 'WebSite', '@id': `${adresse}/#site`, name: 'Maillage' });

/** The site and its search, for the home page. */
export const siteWeb = (adresse: string, description: string): DonneeStructuree => ({
  ...contexte,
  ...site(adresse),
  ...langue,
  url: `${adresse}/`,
  description,
  potentialAction: {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${adresse}/recherche?q={recherche}` },
    'query-input': 'required name=recherche',
  },
});

/** The breadcrumb of a page; null where it has fewer than two steps. The last step is the page itself. */
export const filAriane = (
  fil: readonly { readonly texte: string; readonly href?: string }[],
  adresse: string,
  chemin: string,
): DonneeStructuree | null =>
  fil.length < 2
    ? null
    : {
        ...contexte,
        '@type': 'BreadcrumbList',
        itemListElement: fil.map(({ texte, href }, rang) => ({
          '@type': 'ListItem',
          position: rang + 1,
          name: texte,
          item: `${adresse}${rang === fil.length - 1 ? chemin : (href ?? chemin)}`,
        })),
      };

export type JeuDeDonnees = {
  readonly nom: string;
  readonly description: string;
  /** Path of the page that presents it. */
  readonly chemin: string;
  /** ISO day or instant of its last change, where one is known. */
  readonly modifieLe?: string | undefined;
  readonly fichiers: readonly { readonly mime: string; readonly chemin: string }[];
};

const jeu = (adresse: string, donnees: JeuDeDonnees) => ({
  '@type': 'Dataset',
  name: donnees.nom,
  description: donnees.description,
  url: `${adresse}${donnees.chemin}`,
  license: licence,
  isAccessibleForFree: true,
  ...langue,
  spatialCoverage: { '@type': 'Country', name: 'France' },
  creator: { '@type': 'Organization', name: 'Maillage', url: `${adresse}/` },
  ...(donnees.modifieLe === undefined ? {} : { dateModified: donnees.modifieLe }),
  distribution: donnees.fichiers.map(({ mime, chemin }) => ({
    '@type': 'DataDownload',
    encodingFormat: mime,
    contentUrl: `${adresse}${chemin}`,
  })),
});

/** One set of open data, with its files. */
export const jeuDeDonnees = (adresse: string, donnees: JeuDeDonnees): DonneeStructuree => ({
  ...contexte,
  ...jeu(adresse, donnees),
  includedInDataCatalog: { '@type': 'DataCatalog', '@id': `${adresse}/donnees#catalogue` },
});

/** All the open data of the site. */
export const catalogueDeDonnees = (
  adresse: string,
  description: string,
  jeux: readonly JeuDeDonnees[],
): DonneeStructuree => ({
  ...contexte,
  '@type': 'DataCatalog',
  '@id': `${adresse}/donnees#catalogue`,
  name: 'Données ouvertes de Maillage',
  description,
  url: `${adresse}/donnees`,
  license: licence,
  ...langue,
  dataset: jeux.map((donnees) => jeu(adresse, donnees)),
});

export type OrganismeDecrit = {
  /** Path of its page. */
  readonly chemin: string;
  /** Public label. */
  readonly nom: string;
  readonly raisonSociale: string | null;
  readonly categorie: 'publique' | 'privee';
  /** Only a SIRET is an identifier that others know. */
  readonly siret: string | null;
  readonly adresse: string | null;
  readonly codePostal: string | null;
  readonly commune: string | null;
  readonly region: string | null;
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
};

/** A host structure, with its postal address. */
export const organisme = (adresse: string, structure: OrganismeDecrit): DonneeStructuree => {
  const { nom, raisonSociale, siret, position } = structure;
  const postale = Object.entries({
    streetAddress: structure.adresse,
    postalCode: structure.codePostal,
    addressLocality: structure.commune,
    addressRegion: structure.region,
  }).filter(([, value]) => value !== null);
  return {
    ...contexte,
    '@type': structure.categorie === 'publique' ? 'GovernmentOrganization' : 'Organization',
    name: nom,
    url: `${adresse}${structure.chemin}`,
    ...(raisonSociale === null || raisonSociale === nom ? {} : { legalName: raisonSociale }),
    ...(siret === null
      ? {}
      : { identifier: { '@type': 'PropertyValue', propertyID: 'SIRET', value: siret } }),
    ...(postale.length === 0
      ? {}
      : {
          address: { '@type': 'PostalAddress', ...Object.fromEntries(postale), addressCountry: 'FR' },
        }),
    ...(position === null
      ? {}
      : { location: { '@type': 'Place', geo: { '@type': 'GeoCoordinates', ...position } } }),
  };
};

export type CommuniqueDecrit = {
  readonly chemin: string;
  readonly titre: string;
  readonly resume: string;
  /** ISO instant. */
  readonly publieLe: string;
  /** « Préfecture de l’Aisne » */
  readonly signataire: string;
  /** « Aisne » */
  readonly departement: string;
  /** Path of a picture. */
  readonly image?: string | undefined;
};

/** A published communiqué. */
export const articleDePresse = (adresse: string, communique: CommuniqueDecrit): DonneeStructuree => ({
  ...contexte,
  '@type': 'NewsArticle',
  headline: communique.titre,
  description: communique.resume,
  url: `${adresse}${communique.chemin}`,
  mainEntityOfPage: `${adresse}${communique.chemin}`,
  datePublished: communique.publieLe,
  dateModified: communique.publieLe,
  ...langue,
  license: licence,
  isPartOf: site(adresse),
  author: { '@type': 'GovernmentOrganization', name: communique.signataire },
  publisher: { '@type': 'GovernmentOrganization', name: communique.signataire },
  contentLocation: { '@type': 'AdministrativeArea', name: communique.departement },
  ...(communique.image === undefined ? {} : { image: `${adresse}${communique.image}` }),
});
