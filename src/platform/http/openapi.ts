import { z } from 'zod';
import type { DeclaredRoute, DescriptionApi } from './route.ts';

type Schema = Readonly<Record<string, unknown>>;

export type Parametre = {
  readonly nom: string;
  readonly place: 'path' | 'query';
  readonly requis: boolean;
  readonly description: string;
  readonly exemple: string;
  readonly schema: Schema;
};

export type Operation = DescriptionApi & {
  /** `/api/v1/structures/{id}` */
  readonly chemin: string;
  readonly parametres: readonly Parametre[];
};

const objet = (valeur: unknown): Schema =>
  typeof valeur === 'object' && valeur !== null && !Array.isArray(valeur)
    ? Object.fromEntries(Object.entries(valeur))
    : {};

/** What of a schema the OpenAPI document says: what goes in, as JSON Schema 2020-12, without what it cannot say. */
const enJsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema: _, ...reste } = objet(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  return reste;
};

/** The operations of the API, read from the routes that are part of it. */
export const operations = (routes: readonly DeclaredRoute[]): readonly Operation[] =>
  routes.flatMap((route): readonly Operation[] => {
    if (!route.api) return [];
    const chemin = route.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}');
    const { properties, required } = enJsonSchema(route.input, 'input');
    const requis = Array.isArray(required) ? required : [];
    const parametres = Object.entries(objet(properties)).map(([nom, given]): Parametre => {
      const { description, examples, ...schema } = objet(given);
      const place = chemin.includes(`{${nom}}`) ? 'path' : 'query';
      return {
        nom,
        place,
        requis: place === 'path' || requis.includes(nom),
        description: typeof description === 'string' ? description : '',
        exemple: Array.isArray(examples) ? String(examples[0] ?? '') : '',
        schema,
      };
    });
    return [{ ...route.api, chemin, parametres }];
  });

const probleme = {
  description:
    'La demande n’est pas comprise, ou rien n’y répond : ce que dit « detail » est pour les humains.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Probleme' } } },
} as const;

/** The OpenAPI 3.1 document of the API. */
export const documentOpenapi = (routes: readonly DeclaredRoute[], adresse: string): Schema => ({
  openapi: '3.1.0',
  info: {
    title: 'Maillage',
    version: '1',
    summary: 'Les conseillers numériques : structures retenues, décisions, chiffres.',
    description:
      'Lecture libre, sans clé, depuis n’importe quel site (CORS). 300 demandes par minute et par adresse IP. Réponses en JSON, avec ETag : renvoyez-le dans If-None-Match. Les listes se suivent par « suite ».',
    license: { name: 'Licence Ouverte 2.0', url: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/' },
  },
  servers: [{ url: adresse }],
  paths: Object.fromEntries(
    operations(routes).map(({ chemin, parametres, resume, description, etiquette, reponse }) => [
      chemin,
      {
        get: {
          operationId: chemin
            .replace('/api/v1/', '')
            .replace(/[^a-z]+/gi, '_')
            .replace(/_$/, ''),
          summary: resume,
          description,
          tags: [etiquette],
          parameters: parametres.map((parametre) => ({
            name: parametre.nom,
            in: parametre.place,
            required: parametre.requis,
            description: parametre.description,
            ...(parametre.exemple === '' ? {} : { example: parametre.exemple }),
            schema: parametre.schema,
          })),
          responses: {
            200: {
              description: resume,
              headers: { ETag: { description: 'Empreinte de la réponse.', schema: { type: 'string' } } },
              content: { 'application/json': { schema: enJsonSchema(reponse, 'output') } },
            },
            304: { description: 'Rien n’a changé depuis l’empreinte donnée dans If-None-Match.' },
            400: probleme,
            404: probleme,
            429: {
              ...probleme,
              headers: {
                'Retry-After': { description: 'Secondes à attendre.', schema: { type: 'integer' } },
              },
            },
          },
        },
      },
    ]),
  ),
  components: {
    schemas: {
      Probleme: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          erreurs: {
            type: 'array',
            items: {
              type: 'object',
              required: ['parametre', 'message'],
              properties: { parametre: { type: 'string' }, message: { type: 'string' } },
            },
          },
        },
      },
    },
  },
});
