import { z } from 'zod';
import { capitale } from '../../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute } from '../../platform/http/route.ts';
import {
  type Liste,
  ligneJson,
  lireSuite,
  lireUne,
  schemaDeFiltres,
  schemaDeLigne,
} from '../../platform/listes/index.ts';

const limite = z.coerce
  .number({ error: 'attend un nombre de lignes' })
  .int('attend un nombre entier')
  .min(1, 'attend 1 ou plus')
  .max(500, 'attend 500 au plus')
  .default(100)
  .meta({ description: 'Nombre de lignes, 500 au plus (100 par défaut).', examples: ['20'] });

const apres = z
  .string({ error: 'attend la valeur donnée par « suite »' })
  .regex(/^[\w.:-]{1,100}$/, 'attend la valeur donnée par « suite »')
  .optional()
  .meta({ description: 'Reprend après cette ligne : la valeur vient de l’adresse donnée par « suite ».' });

/** The whole list, page after page, in an order that what is added does not disturb. */
const toute = (liste: Liste, etiquette: string): DeclaredRoute =>
  defineRoute({
    path: `/api/v1/${liste.code}`,
    access: { type: 'public' },
    limite: 'api',
    input: schemaDeFiltres(liste, { limite, apres }),
    api: {
      etiquette,
      resume: liste.titre,
      description: liste.description,
      exemple: `/api/v1/${liste.code}?limite=2`,
      reponse: z.object({
        donnees: z.array(schemaDeLigne(liste.champs)),
        suite: z.url().nullable().describe('Adresse de la page suivante ; vide à la dernière.'),
      }),
    },
    handler: async ({ input, db, requete }) => {
      const { lignes, suite } = await lireSuite(db, liste, {
        filtres: input.filtres,
        apres: input.apres,
        limite: input.limite,
      });
      const next = new URLSearchParams({
        ...input.filtres,
        limite: String(input.limite),
        apres: suite ?? '',
      });
      return {
        type: 'json',
        corps: {
          donnees: lignes.map((ligne) => ligneJson(liste.champs, ligne)),
          suite: suite === null ? null : `${requete.adresse}${requete.chemin}?${next}`,
        },
      };
    },
  });

const une = (liste: Liste, etiquette: string): DeclaredRoute =>
  defineRoute({
    path: `/api/v1/${liste.code}/:cle`,
    access: { type: 'public' },
    limite: 'api',
    input: z.strictObject({
      cle: liste.cle.schema.meta({
        description: `Ce qui désigne une ligne de la liste « ${liste.titre} ».`,
        examples: [liste.cle.exemple],
      }),
    }),
    api: {
      etiquette,
      resume: capitale(liste.nom[0]),
      description: `La ligne demandée de la liste « ${liste.titre} ».`,
      exemple: `/api/v1/${liste.code}/${liste.cle.exemple}`,
      reponse: schemaDeLigne(liste.champs),
    },
    handler: async ({ input, db }) => {
      const ligne = await lireUne(db, liste, input.cle);
      return ligne ? { type: 'json', corps: ligneJson(liste.champs, ligne) } : absent;
    },
  });

/** The routes that every list has in the API. */
export const routesDeListe = (liste: Liste): readonly DeclaredRoute[] => {
  const etiquette = liste.titre;
  return liste.seule === false ? [toute(liste, etiquette)] : [toute(liste, etiquette), une(liste, etiquette)];
};
