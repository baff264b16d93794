import { formatsDe, mimes } from '../../platform/listes/index.ts';
import { licence, listes } from './catalogue.ts';

/** The catalogue of the open data in DCAT-AP, as JSON-LD. `modifie` is the instant of the last announcement. */
export const dcat = (adresse: string, modifie: string | null): Readonly<Record<string, unknown>> => ({
  '@context': {
    dcat: 'http://www.w3.org/ns/dcat#',
    dct: 'http://purl.org/dc/terms/',
    foaf: 'http://xmlns.com/foaf/0.1/',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
  },
  '@id': `${adresse}/donnees/catalogue.jsonld`,
  '@type': 'dcat:Catalog',
  'dct:title': { '@language': 'fr', '@value': 'Données ouvertes de Maillage' },
  'dct:description': {
    '@language': 'fr',
    '@value': 'Décisions de sélection des structures qui accueillent des conseillers numériques.',
  },
  'dct:language': { '@id': 'http://publications.europa.eu/resource/authority/language/FRA' },
  'dct:license': { '@id': licence.href },
  'foaf:homepage': { '@id': `${adresse}/donnees` },
  'dcat:dataset': listes.map((liste) => ({
    '@id': `${adresse}/donnees#${liste.code}`,
    '@type': 'dcat:Dataset',
    'dct:identifier': liste.code,
    'dct:title': { '@language': 'fr', '@value': liste.titre },
    'dct:description': { '@language': 'fr', '@value': liste.description },
    'dct:license': { '@id': licence.href },
    'dct:conformsTo': { '@id': `${adresse}/donnees/${liste.code}.schema.json` },
    ...(modifie === null ? {} : { 'dct:modified': { '@type': 'xsd:dateTime', '@value': modifie } }),
    'dcat:keyword': ['conseillers numériques', 'inclusion numérique', 'médiation numérique'],
    'dcat:distribution': formatsDe(liste).map((format) => ({
      '@type': 'dcat:Distribution',
      'dct:title': `${liste.titre} (${format.toUpperCase()})`,
      'dcat:accessURL': { '@id': `${adresse}/donnees` },
      'dcat:downloadURL': { '@id': `${adresse}/donnees/${liste.code}.${format}` },
      'dcat:mediaType': mimes[format].split(';')[0],
      'dct:license': { '@id': licence.href },
    })),
  })),
});
