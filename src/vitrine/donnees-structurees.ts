/**
 * schema.org objects, for search engines: pure functions of what a page shows. `adresse` is the address under which
 * people reach the site, without a trailing slash.
 */

export type DonneeStructuree = Readonly<Record<string, unknown>>;

const contexte = { '@context': 'https://schema.org' };

/** The site and its search, for the home page. */
export const siteWeb = (adresse: string, description: string): DonneeStructuree => ({
  ...contexte,
  '@type': 'WebSite',
  '@id': `${adresse}/#site`,
  name: 'Maillage',
  inLanguage: 'fr',
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
