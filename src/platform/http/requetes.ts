import type { Context } from 'hono';
import type { Saisie } from './formulaire.ts';
import type { Brut, DeclaredRoute } from './route.ts';

/**
 * One value is a text, several a list: `?colonnes=a&colonnes=b`. A field that a form left empty asks for nothing: without
 * a script, a browser sends it all the same.
 */
export const brut = (context: Context): Brut => ({
  ...Object.fromEntries(
    Object.entries(context.req.queries()).flatMap(([name, values]) => {
      const given = values.filter((value) => value !== '');
      return given.length === 0 ? [] : [[name, given.length === 1 ? (given[0] ?? '') : given] as const];
    }),
  ),
  ...context.req.param(),
});

/** What the route reads of an address, in one order: what is added to it draws no other page. */
export const lus = (parametres: URLSearchParams, { parametres: connus }: DeclaredRoute): URLSearchParams => {
  const read = new URLSearchParams([...parametres].filter(([nom]) => connus.has(nom)));
  read.sort();
  return read;
};

/** Characters of an address, its parameters included: beyond, no page of ours leads there. */
export const longueurMax = 4000;

/** Bytes of a form, and of one that brings files. */
export const poidsMax = 1_048_576;
export const poidsMaxFichiers = 31_457_280;
const champsMax = 2000;
export const formesDeCorps = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** A character that nobody types and that no text of the database holds. */
const nul = '\0';

const valeurIllisible = (valeur: string | File): boolean =>
  (typeof valeur === 'string' ? valeur : valeur.name).includes(nul);

/** The fields of a form; null when the body is not what it says, has fields without end, or what no text holds. */
export const lireCorps = async (context: Context): Promise<Saisie | null> => {
  try {
    const body = await context.req.parseBody({ all: true });
    const champs = Object.entries(body).map(([nom, valeur]) => [nom, [valeur].flat()] as const);
    const nombre = champs.reduce((total, [, valeurs]) => total + valeurs.length, 0);
    if (nombre > champsMax) return null;
    return champs.some(([nom, valeurs]) => nom.includes(nul) || valeurs.some(valeurIllisible)) ? null : body;
  } catch {
    return null;
  }
};
