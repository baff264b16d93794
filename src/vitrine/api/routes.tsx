import { z } from 'zod';
import { dateDuDomaine } from '../../platform/dates.ts';
import { capitale } from '../../platform/francais/index.ts';
import { documentOpenapi, operations } from '../../platform/http/openapi.ts';
import { absent, type DeclaredRoute, defineRoute } from '../../platform/http/route.ts';
import {
  type Chiffres,
  getChiffres,
  indicateurs,
  listChiffres,
  type Territoire,
  ventilations,
} from '../../statistiques/index.ts';
import { libellePublic } from '../../structures/index.ts';
import { chercherCommunes, trouverCommune } from '../../territoires/index.ts';
import { listes } from '../donnees/catalogue.ts';
import { listStructuresProches } from '../proximite.store.ts';
import { PageApi } from '../views/page-api.tsx';
import { routesDeListe } from './listes.ts';
import { territoireExiste } from './store.ts';

const communeCode = z
  .string({ error: 'attend un code Insee de commune, par exemple 02408' })
  .regex(/^(\d{5}|2[AB]\d{3})$/, 'attend un code Insee de commune, par exemple 02408')
  .meta({ description: 'Code Insee de commune, actuel ou ancien.', examples: ['02408'] });

const commune = z.object({
  code: z.string().describe('Code Insee.'),
  nom: z.string(),
  departement_code: z.string(),
  epci_code: z.string().nullable(),
  population: z.int(),
  latitude: z.number().describe('Degrés, WGS 84.'),
  longitude: z.number().describe('Degrés, WGS 84.'),
  ancien_nom: z.string().nullable().describe('Nom ou commune d’avant, quand c’est lui qui a été reconnu.'),
});

const communes = defineRoute({
  path: '/api/v1/communes',
  access: { type: 'public' },
  limite: 'api',
  input: z.strictObject({
    q: z
      .string({ error: 'attend un nom de commune ou un code postal' })
      .trim()
      .min(1, 'attend un nom de commune ou un code postal')
      .max(100, 'attend 100 caractères au plus')
      .meta({
        description: 'Début d’un nom de commune, actuel ou ancien, ou d’un code postal.',
        examples: ['02000'],
      }),
  }),
  api: {
    etiquette: 'Communes',
    resume: 'Chercher une commune',
    description:
      'Communes dont le nom ou le code postal commence ainsi, les plus peuplées d’abord ; dix au plus.',
    exemple: '/api/v1/communes?q=02000',
    reponse: z.object({ donnees: z.array(commune) }),
  },
  handler: async ({ input, db }) => ({
    type: 'json',
    corps: {
      donnees: (await chercherCommunes(db, input.q)).map((found) => ({
        code: found.code,
        nom: found.nom,
        departement_code: found.departementCode,
        epci_code: found.epciCode,
        population: found.population,
        latitude: found.latitude,
        longitude: found.longitude,
        ancien_nom: found.ancienNom,
      })),
    },
  }),
});

const degres = (nom: string, bound: number, exemple: string) =>
  z.coerce
    .number({ error: `attend une ${nom} en degrés` })
    .min(-bound, `attend une ${nom} entre -${bound} et ${bound}`)
    .max(bound, `attend une ${nom} entre -${bound} et ${bound}`)
    .meta({ description: `${capitale(nom)} en degrés (WGS 84).`, examples: [exemple] })
    .optional();

const proximite = defineRoute({
  path: '/api/v1/proximite',
  access: { type: 'public' },
  limite: 'api',
  input: z
    .strictObject({
      commune: communeCode.optional(),
      latitude: degres('latitude', 90, '49.56'),
      longitude: degres('longitude', 180, '3.62'),
      limite: z.coerce
        .number({ error: 'attend un nombre de structures' })
        .int('attend un nombre entier')
        .min(1, 'attend 1 ou plus')
        .max(50, 'attend 50 au plus')
        .default(10)
        .meta({ description: 'Nombre de structures, 50 au plus (10 par défaut).', examples: ['3'] }),
    })
    .superRefine(({ commune: code, latitude, longitude }, contexte) => {
      const placed = latitude !== undefined && longitude !== undefined;
      if ((code === undefined) !== placed || (latitude === undefined) !== (longitude === undefined))
        contexte.addIssue({
          code: 'custom',
          path: ['commune'],
          message: 'attend soit commune, soit latitude et longitude ensemble',
        });
    }),
  api: {
    etiquette: 'Structures',
    resume: 'Structures les plus proches',
    description:
      'Structures retenues les plus proches d’une commune ou d’un point, à vol d’oiseau, avec ce que valent les positions.',
    exemple: '/api/v1/proximite?commune=02408&limite=3',
    reponse: z.object({
      donnees: z.array(
        z.object({
          id: z.string(),
          libelle: z.string(),
          commune: z.string().nullable(),
          commune_code: z.string().nullable(),
          postes: z.int(),
          latitude: z.number(),
          longitude: z.number(),
          precision_position: z
            .enum(['exacte', 'commune', 'approximative'])
            .describe('Position de la structure, de sa commune, ou d’une commune placée à peu près.'),
          kilometres: z.number().describe('Distance à vol d’oiseau.'),
        }),
      ),
    }),
  },
  handler: async ({ input, db }) => {
    const found = input.commune === undefined ? undefined : await trouverCommune(db, input.commune);
    if (input.commune !== undefined && !found) return absent;
    const place = found ?? { latitude: input.latitude ?? 0, longitude: input.longitude ?? 0 };
    const proches = await listStructuresProches(db, place, input.limite);
    return {
      type: 'json',
      corps: {
        donnees: proches.map((structure) => ({
          id: structure.id,
          libelle: capitale(libellePublic(structure)),
          commune: structure.communeNom,
          commune_code: structure.communeCode,
          postes: structure.postes,
          latitude: structure.position.latitude,
          longitude: structure.position.longitude,
          precision_position: structure.precision,
          kilometres: Math.round(structure.kilometres * 10) / 10,
        })),
      },
    };
  },
});

const niveaux = ['region', 'departement', 'epci', 'commune'] as const;
const codeDe = (quoi: string, exemple: string) =>
  z
    .string({ error: `attend un code de ${quoi}` })
    .regex(/^[0-9AB]{2,9}$/, `attend un code de ${quoi}, par exemple ${exemple}`)
    .optional()
    .meta({ description: `Code de ${quoi}.`, examples: [exemple] });

/** Amounts leave in euros, shares as they are. */
const chiffresJson = (chiffres: Chiffres): Readonly<Record<string, number>> =>
  Object.fromEntries(
    indicateurs.map(({ code, unite }) => [
      code.replace(/_centimes$/, ''),
      unite === 'centimes' ? chiffres[code] / 100 : chiffres[code],
    ]),
  );
const chiffresSchema = z.object(
  Object.fromEntries(
    indicateurs.map(({ code, definition }) => [
      code.replace(/_centimes$/, ''),
      z.number().describe(definition),
    ]),
  ),
);

const chiffres = defineRoute({
  path: '/api/v1/indicateurs',
  access: { type: 'public' },
  limite: 'api',
  input: z
    .strictObject({
      region: codeDe('région', '32'),
      departement: codeDe('département', '02'),
      epci: codeDe('l’intercommunalité (SIREN)', '200071892'),
      commune: communeCode.optional(),
      seance: dateDuDomaine
        .optional()
        .meta({ description: 'Date de séance du comité.', examples: ['2021-03-24'] }),
      par: z
        .enum(ventilations, { error: `attend ${ventilations.join(', ')}` })
        .optional()
        .meta({ description: 'Détaille les chiffres selon cette dimension.', examples: ['seance'] }),
    })
    .refine((input) => niveaux.filter((niveau) => input[niveau] !== undefined).length <= 1, {
      path: ['territoire'],
      message: 'attend un seul territoire : region, departement, epci ou commune',
    }),
  api: {
    etiquette: 'Indicateurs',
    resume: 'Chiffres d’un territoire',
    description: 'Structures, postes, montants : les mêmes nombres que sur les pages, avec leur définition.',
    exemple: '/api/v1/indicateurs?departement=02&par=seance',
    reponse: z.object({
      total: chiffresSchema,
      detail: z.array(chiffresSchema.extend({ cle: z.string().nullable() })).nullable(),
    }),
  },
  handler: async ({ input, db }) => {
    const niveau = niveaux.find((each) => input[each] !== undefined);
    const code = niveau && input[niveau];
    const territoire: Territoire = niveau && code ? { niveau, code } : { niveau: 'france' };
    if (niveau && code && !(await territoireExiste(db, niveau, code))) return absent;
    const filtre = { territoire, ...(input.seance === undefined ? {} : { seance: input.seance }) };
    const [total, detail] = await Promise.all([
      getChiffres(db, filtre),
      input.par === undefined ? null : listChiffres(db, input.par, filtre),
    ]);
    return {
      type: 'json',
      corps: {
        total: chiffresJson(total),
        detail: detail?.map(({ cle, ...row }) => ({ cle, ...chiffresJson(row) })) ?? null,
      },
    };
  },
});

const ressources: readonly DeclaredRoute[] = [
  ...listes.flatMap(routesDeListe),
  proximite,
  communes,
  chiffres,
];

export const routesApi: readonly DeclaredRoute[] = [
  ...ressources,
  defineRoute({
    path: '/api/v1/openapi.json',
    access: { type: 'public' },
    ouvert: true,
    input: z.object({}),
    handler: async ({ requete }) => ({ type: 'json', corps: documentOpenapi(ressources, requete.adresse) }),
  }),
  defineRoute({
    path: '/api',
    access: { type: 'public' },
    input: z.object({}),
    handler: async ({ requete }) => ({
      type: 'page',
      titre: 'API',
      description:
        'Lire les structures, décisions, séances et chiffres des conseillers numériques depuis un programme : mode d’emploi, exemples et essais.',
      fil: [
        { texte: 'Accueil', href: '/' },
        { texte: 'Données ouvertes', href: '/donnees' },
        { texte: 'API' },
      ],
      ilots: ['essai-api'],
      contenu: <PageApi operations={operations(ressources)} adresse={requete.adresse} />,
    }),
  }),
];
