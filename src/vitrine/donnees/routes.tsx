import { z } from 'zod';
import { aujourdhui, systemClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/index.ts';
import { type DeclaredRoute, defineRoute } from '../../platform/http/route.ts';
import {
  ecrireListe,
  formatsDe,
  type Liste,
  mimes,
  parcourirListe,
  schemaDeFichier,
  tableSchema,
} from '../../platform/listes/index.ts';
import { PageDonnees } from '../views/page-donnees.tsx';
import { archiveDuJour } from './archive.ts';
import { attribution, licence, listes } from './catalogue.ts';
import { dcat } from './dcat.ts';
import { derniereAnnonce } from './store.ts';

/** « structures-02-2021-03-24.csv »: a file that holds a part says which. */
const nomDeFichier = (liste: Liste, filtres: Readonly<Record<string, string>>, format: string): string =>
  `${[liste.code, ...['region', 'departement', 'epci', 'commune', 'seance'].flatMap((nom) => filtres[nom] ?? [])].join('-')}.${format}`;

const fichiers = (liste: Liste): readonly DeclaredRoute[] =>
  formatsDe(liste).map((format) =>
    defineRoute({
      path: `/donnees/${liste.code}.${format}`,
      access: { type: 'public' },
      limite: 'export',
      // Streamed: it may be long, and is the same only for the same filters.
      sansMemoire: true,
      ouvert: true,
      input: schemaDeFichier(liste, {}),
      handler: async ({ input: demande, db }) => ({
        type: 'flot',
        mime: mimes[format],
        nom: nomDeFichier(liste, demande.filtres, format),
        corps: ecrireListe(liste, format, parcourirListe(db, liste, demande), attribution),
      }),
    }),
  );

const schema = (liste: Liste): DeclaredRoute =>
  defineRoute({
    path: `/donnees/${liste.code}.schema.json`,
    access: { type: 'public' },
    ouvert: true,
    input: z.object({}),
    handler: async ({ requete }) => ({ type: 'json', corps: tableSchema(liste, requete.adresse) }),
  });

/** Makes the archive of the day ahead of who will ask for it. */
export const preparerArchive = async (db: Database, adresse: string): Promise<void> => {
  await archiveDuJour(db, aujourdhui(systemClock), adresse);
};

export const routesDonnees: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/donnees',
    access: { type: 'public' },
    input: z.object({}),
    handler: async ({ db }) => ({
      type: 'page',
      titre: 'Données ouvertes',
      description:
        'Télécharger les structures retenues, les décisions, les séances et les chiffres des conseillers numériques : CSV, Excel, JSON et GeoJSON.',
      fil: [{ texte: 'Accueil', href: '/' }, { texte: 'Données ouvertes' }],
      contenu: <PageDonnees listes={listes} modifie={await derniereAnnonce(db)} licence={licence} />,
    }),
  }),
  ...listes.flatMap(fichiers),
  ...listes.map(schema),
  defineRoute({
    path: '/donnees/catalogue.jsonld',
    access: { type: 'public' },
    ouvert: true,
    input: z.object({}),
    handler: async ({ db, requete }) => ({
      type: 'json',
      mime: 'application/ld+json',
      corps: dcat(requete.adresse, await derniereAnnonce(db)),
    }),
  }),
  defineRoute({
    path: '/donnees/maillage.zip',
    access: { type: 'public' },
    limite: 'export',
    ouvert: true,
    input: z.object({}),
    handler: async ({ db, requete }) => {
      const { jour, octets } = await archiveDuJour(db, aujourdhui(systemClock), requete.adresse);
      return { type: 'fichier', mime: 'application/zip', corps: octets, nom: `maillage-${jour}.zip` };
    },
  }),
];
