import { type DeclaredRoute, defineRoute } from '../platform/http/route.ts';
import type { Role } from '../platform/journal.ts';
import {
  fichierDeListe,
  formatsPrives,
  type Liste,
  parcourirListe,
  schemaDeFichier,
} from '../platform/listes/index.ts';

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
      input: schemaDeFichier(liste, {}),
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
