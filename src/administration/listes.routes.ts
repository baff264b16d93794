import type { Database } from '../platform/database/index.ts';
import { type DeclaredRoute, defineRoute } from '../platform/http/route.ts';
import {
  type Champs,
  type Demande,
  ecrireListe,
  fichierDeListe,
  formatsPrives,
  type Liste,
  lireListe,
  mimes,
  type PageDeListe,
  parcourirListe,
  schemaDeFichier,
} from '../platform/listes/index.ts';
import { access } from './pages.ts';

/** Rows of a page. */
export const parPage = 50;

const source = 'Données personnelles : ne les gardez pas plus longtemps que nécessaire.';

/** The page asked for of a list; undefined beyond its end. */
export const lirePage = async <C extends Champs>(
  db: Database,
  liste: Liste<C>,
  demande: Demande,
): Promise<PageDeListe<C> | undefined> => {
  const resultat = await lireListe(db, liste, {
    filtres: demande.filtres,
    tri: demande.tri,
    debut: (demande.page - 1) * parPage,
    limite: parPage,
  });
  return demande.page > 1 && resultat.lignes.length === 0 ? undefined : resultat;
};

/** The files of a list, as filtered. */
export const routesDeFichiers = (liste: Liste, base: string): readonly DeclaredRoute[] => [
  ...formatsPrives.map((format) =>
    defineRoute({
      path: `${base}.${format}`,
      access,
      limite: 'export',
      input: schemaDeFichier(liste, {}),
      handler: async ({ input: demande, db }) => ({
        type: 'fichier',
        ...(await fichierDeListe(liste, format, parcourirListe(db, liste, demande), source)),
        nom: `${liste.code}.${format}`,
      }),
    }),
  ),
  defineRoute({
    path: `${base}.json`,
    access,
    limite: 'export',
    input: schemaDeFichier(liste, {}),
    handler: async ({ input: demande, db }) => ({
      type: 'flot',
      mime: mimes.json,
      nom: `${liste.code}.json`,
      corps: ecrireListe(liste, 'json', parcourirListe(db, liste, demande), source),
    }),
  }),
];
