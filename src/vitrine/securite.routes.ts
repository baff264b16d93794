import { z } from 'zod';
import { systemClock } from '../platform/clock.ts';
import { type DeclaredRoute, defineRoute } from '../platform/http/route.ts';

const chemin = '/.well-known/security.txt';
/** RFC 9116 advises less than a year; whoever reads it later asks again. */
const joursDeValidite = 180;

/** Where to tell of a weakness, for who looks for it (RFC 9116). */
export const routesSecurite: readonly DeclaredRoute[] = [
  defineRoute({
    path: chemin,
    access: { type: 'public' },
    // Its end is counted from the day it is asked for.
    sansMemoire: true,
    limite: 'page',
    input: z.object({}),
    handler: async ({ requete: { adresse, config } }) => {
      const { contactSecurite } = config;
      const jour = systemClock().toZonedDateTimeISO('UTC').startOfDay();
      const expire = jour.add({ days: joursDeValidite }).toInstant().toString();
      const contact =
        contactSecurite === undefined
          ? [
              '# L’exploitant de ce site n’a pas encore indiqué d’adresse : voyez les mentions légales.',
              '# The operator of this site has given no address yet: see its legal page.',
              `Contact: ${adresse}/mentions-legales`,
            ]
          : [`Contact: ${contactSecurite}`];
      return {
        type: 'fichier',
        mime: 'text/plain; charset=utf-8',
        corps: [
          ...contact,
          `Expires: ${expire}`,
          'Preferred-Languages: fr, en',
          `Canonical: ${adresse}${chemin}`,
          '',
        ].join('\n'),
      };
    },
  }),
];
