import type { Database } from '../platform/database/index.ts';
import { type DeclaredRoute, defineRoute } from '../platform/http/route.ts';
import type { Role } from '../platform/journal.ts';
import type { Demande } from '../platform/listes/index.ts';
import {
  type Champs,
  fichierDeListe,
  formatsPrives,
  type Liste,
  lireListe,
  parcourirListe,
  schemaDeFichier,
} from '../platform/listes/index.ts';

/** Rows of a page. */
export const parPage = 50;

export const lirePage = <C extends Champs>(
  db: Database,
  liste: Liste<C>,
  demande: Demande,
  fixes: Readonly<Record<string, string>> = {},
) =>
  lireListe(db, liste, {
    filtres: { ...demande.filtres, ...fixes },
    tri: demande.tri,
    debut: (demande.page - 1) * parPage,
    limite: parPage,
  });

/** The files of a list, holding what the acting role sees of it. */
export const routesDeFichiers = (
  liste: Liste,
  base: string,
  roles: readonly [Role, ...Role[]],
): readonly DeclaredRoute[] =>
  formatsPrives.map((format) =>
    defineRoute({
      path: `${base}.${format}`,
      access: { type: 'role', roles },
      limite: 'export',
      input: schemaDeFichier(liste),
      handler: async ({ input: demande, db }) => ({
        type: 'fichier',
        ...(await fichierDeListe(
          liste,
          format,
          parcourirListe(db, liste, demande),
          'Données personnelles : ne les gardez pas plus longtemps que nécessaire.',
        )),
        nom: `${liste.code}.${format}`,
      }),
    }),
  );
