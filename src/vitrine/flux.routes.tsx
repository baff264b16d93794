import { z } from 'zod';
import { type CommuniquePublie, listCommuniques } from '../communication/index.ts';
import type { Database } from '../platform/database/index.ts';
import { dateLongue, pluriel } from '../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute, type Fichier } from '../platform/http/route.ts';
import { getProgramme } from '../programme/index.ts';
import { type Departement, getDepartement } from '../territoires/index.ts';
import {
  type AdressePlan,
  atom,
  dernier,
  type EntreeAtom,
  maximumParPlan,
  nomDuFlux,
  partieDuPlan,
  planPourMoteurs,
  uuidNomme,
} from './flux.ts';
import { compterAdresses, listAdresses } from './information.store.ts';
import { lienDuCommunique } from './listes.ts';

/** Pages of which there is one, in the order of their weight. */
const pagesFixes = [
  '/',
  '/france',
  '/carte',
  '/recherche',
  '/dates-cles',
  '/communiques',
  '/structures',
  '/seances',
  '/candidater',
  '/candidater/simulateur',
  '/donnees',
  '/api',
  '/mentions-legales',
  '/accessibilite',
  '/donnees-personnelles',
  '/plan-du-site',
];

/** Pages of which the last announcement changes the content. */
const pagesVivantes = new Set([
  '/',
  '/france',
  '/carte',
  '/dates-cles',
  '/communiques',
  '/structures',
  '/seances',
  '/donnees',
]);

/** Entries of a feed: a reader that comes once a week misses none. */
const entreesParFlux = 50;

const xml = (mime: string, corps: string): Fichier => ({
  type: 'fichier',
  mime: `${mime}; charset=utf-8`,
  corps,
});

const entreeDe = (communique: CommuniquePublie, adresse: string): EntreeAtom => {
  const { departementNom, locatif, seance, date, structures, postes } = communique;
  const href = `${adresse}${lienDuCommunique(communique).href}`;
  const conseillers = pluriel(postes, 'conseiller numérique', 'conseillers numériques');
  return {
    id: communique.id,
    titre: `${departementNom}\u00a0: ${conseillers}, communiqué du ${dateLongue(date)}`,
    resume: `${pluriel(structures, 'structure retenue', 'structures retenues')} pour accueillir ${conseillers} ${locatif}. Séance du comité de sélection du ${dateLongue(seance)}.`,
    auteur: communique.signataire,
    href,
    publieLe: communique.publieLe,
    documents: [{ href: `${href}.pdf`, mime: 'application/pdf', titre: 'Le communiqué en PDF accessible' }],
  };
};

const fluxDe = async (db: Database, adresse: string, departement: Departement | null): Promise<Fichier> => {
  const [programme, communiques] = await Promise.all([
    getProgramme(db),
    listCommuniques(db, {
      departement: departement?.code,
      limite: entreesParFlux,
    }),
  ]);
  const code = departement?.code;
  return xml(
    'application/atom+xml',
    atom({
      // The programme's identifier belongs to this installation alone, whatever its address.
      id: uuidNomme(programme?.id ?? adresse, `communiques ${code ?? 'tous'}`),
      titre: nomDuFlux(departement),
      sousTitre: 'Structures retenues pour accueillir des conseillers numériques',
      soi: `${adresse}${code === undefined ? '' : `/departements/${code}`}/communiques.atom`,
      page: `${adresse}/communiques${code === undefined ? '' : `?departement=${code}`}`,
      ouvertLe: `${programme?.annonceLe ?? '2020-11-17'}T00:00:00Z`,
      entrees: communiques.map((communique) => entreeDe(communique, adresse)),
    }),
  );
};

const adressesDuPlan = async (db: Database, adresse: string): Promise<readonly AdressePlan[]> => {
  const rows = await listAdresses(db);
  const latest = dernier(rows.map(({ modifieLe }) => modifieLe));
  const fixed = pagesFixes.map((chemin) => ({
    adresse: `${adresse}${chemin}`,
    modifieLe: pagesVivantes.has(chemin) ? latest : null,
  }));
  return [...fixed, ...rows.map(({ chemin, modifieLe }) => ({ adresse: `${adresse}${chemin}`, modifieLe }))];
};

/** What programs read: feeds of communiqués, and the plan of the site for search engines. */
export const routesFlux: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/communiques.atom',
    access: { type: 'public' },
    input: z.object({}),
    handler: ({ db, requete }) => fluxDe(db, requete.adresse, null),
  }),
  defineRoute({
    path: '/departements/:code/communiques.atom',
    access: { type: 'public' },
    input: z.object({
      code: z.string().regex(/^([0-9]{1,3}|2[ab])$/i, 'attend un code de département : 02, 2A, 971…'),
    }),
    handler: async ({ input, db, requete }) => {
      const code = input.code.toUpperCase().padStart(2, '0');
      const departement = await getDepartement(db, code);
      if (!departement) return absent;
      return code === input.code
        ? fluxDe(db, requete.adresse, departement)
        : { type: 'redirection', vers: `/departements/${code}/communiques.atom` };
    },
  }),
  defineRoute({
    path: '/sitemap.xml',
    access: { type: 'public' },
    input: z.object({}),
    handler: async ({ db, requete: { adresse } }) =>
      xml(
        'application/xml',
        planPourMoteurs(await adressesDuPlan(db, adresse), (rang) => `${adresse}/sitemap-${rang}.xml`),
      ),
  }),
  defineRoute({
    path: '/:fichier{sitemap-[0-9]+\\.xml}',
    access: { type: 'public' },
    input: z.object({
      fichier: z
        .string()
        .transform((nom) => Number(/[0-9]+/.exec(nom)?.[0]))
        .pipe(z.number().int().min(1, 'commence à 1').max(1000, 'est trop grand')),
    }),
    handler: async ({ input, db, requete: { adresse } }) => {
      // Anybody may ask for parts that are not there: they are counted before any is read.
      const avant = (input.fichier - 1) * maximumParPlan - pagesFixes.length;
      if (avant > 0 && (await compterAdresses(db)) <= avant) return absent;
      const part = partieDuPlan(await adressesDuPlan(db, adresse), input.fichier);
      return part === null ? absent : xml('application/xml', part);
    },
  }),
  defineRoute({
    path: '/robots.txt',
    access: { type: 'public' },
    input: z.object({}),
    handler: async ({ requete: { adresse } }) => ({
      type: 'fichier',
      mime: 'text/plain; charset=utf-8',
      corps: [
        'User-agent: *',
        // Each report belongs to whoever has its link; the API answers programs, not search engines.
        'Disallow: /imports/',
        'Disallow: /api/v1/',
        '',
        `Sitemap: ${adresse}/sitemap.xml`,
        '',
      ].join('\n'),
    }),
  }),
];
