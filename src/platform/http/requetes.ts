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

/** The fields of a form; null when the body is not what it says, or has fields without end. */
export const lireCorps = async (context: Context): Promise<Saisie | null> => {
  try {
    const body = await context.req.parseBody({ all: true });
    return Object.keys(body).length > champsMax ? null : body;
  } catch {
    return null;
  }
};
