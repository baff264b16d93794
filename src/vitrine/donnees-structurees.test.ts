import { expect, it } from 'vitest';
import { filAriane, organisme, siteWeb } from './donnees-structurees.ts';

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
