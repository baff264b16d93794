import { expect, it } from 'vitest';
import {
  articleDePresse,
  catalogueDeDonnees,
  filAriane,
  jeuDeDonnees,
  organisme,
  siteWeb,
} from './donnees-structurees.ts';

const adresse = 'https://m.example';

it('the site says how it is searched', () => {
  expect(siteWeb(adresse, 'Des conseillers')).toMatchObject({
    '@type': 'WebSite',
    potentialAction: { target: { urlTemplate: 'https://m.example/recherche?q={recherche}' } },
  });
});

it('a breadcrumb has every step, the last at the address of the page', () => {
  const fil = [{ texte: 'Accueil', href: '/' }, { texte: 'Aisne' }];
  expect(filAriane(fil, adresse, '/departements/02')).toMatchObject({
    itemListElement: [
      { position: 1, name: 'Accueil', item: 'https://m.example/' },
      { position: 2, name: 'Aisne', item: 'https://m.example/departements/02' },
    ],
  });
  expect(filAriane([], adresse, '/')).toBeNull();
});

it('open data lead to their files', () => {
  const jeu = {
    nom: 'Structures',
    description: 'Les structures retenues',
    chemin: '/donnees#structures',
    fichiers: [{ mime: 'text/csv', chemin: '/donnees/structures.csv' }],
  };
  expect(jeuDeDonnees(adresse, jeu)).toMatchObject({
    '@type': 'Dataset',
    distribution: [{ contentUrl: 'https://m.example/donnees/structures.csv' }],
  });
  expect(jeuDeDonnees(adresse, jeu)).not.toHaveProperty('dateModified');
  expect(catalogueDeDonnees(adresse, 'Tout', [jeu])).toMatchObject({
    '@type': 'DataCatalog',
    dataset: [{ name: 'Structures' }],
  });
});

it('a structure says only what is known of it', () => {
  const connue = {
    chemin: '/structures/1',
    nom: 'Tiers-lieu de Gauchy',
    raisonSociale: 'COMMUNE DE GAUCHY',
    categorie: 'publique',
    siret: '21020340200014',
    adresse: 'Rue X',
    codePostal: '02430',
    commune: 'Gauchy',
    region: 'Hauts-de-France',
    position: { latitude: 49.8, longitude: 3.3 },
  } as const;
  expect(organisme(adresse, connue)).toMatchObject({
    '@type': 'GovernmentOrganization',
    legalName: 'COMMUNE DE GAUCHY',
    address: { '@type': 'PostalAddress', postalCode: '02430', addressCountry: 'FR' },
    location: { geo: { latitude: 49.8 } },
  });
  const inconnue = organisme(adresse, {
    ...connue,
    categorie: 'privee',
    raisonSociale: null,
    siret: null,
    adresse: null,
    codePostal: null,
    commune: null,
    region: null,
    position: null,
  });
  expect(Object.keys(inconnue)).toEqual(['@context', '@type', 'name', 'url']);
  expect(inconnue['@type']).toBe('Organization');
});

it('a communiqué is signed and dated', () => {
  expect(
    articleDePresse(adresse, {
      chemin: '/communiques/02/2021-03-24',
      titre: 'L’État finance 32 conseillers',
      resume: '16 structures',
      publieLe: '2021-03-18T09:00:00Z',
      signataire: 'Préfecture de l’Aisne',
      departement: 'Aisne',
      image: '/partage/communiques/02/2021-03-24.png',
    }),
  ).toMatchObject({
    '@type': 'NewsArticle',
    datePublished: '2021-03-18T09:00:00Z',
    author: { name: 'Préfecture de l’Aisne' },
    image: 'https://m.example/partage/communiques/02/2021-03-24.png',
  });
});
