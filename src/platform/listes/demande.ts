import { z } from 'zod';
import { numeroDePage } from '../http/route.ts';
import type { Champs, Filtre, Liste, Tri } from './liste.ts';

/** What somebody asks of a list, as the address says it. */
export type Demande = {
  readonly filtres: Readonly<Record<string, string>>;
  readonly tri: Tri;
  readonly page: number;
  /** Fields to show, in the order of the list; undefined: the usual ones. */
  readonly colonnes: readonly string[] | undefined;
};

/** « postes » ascending, « -postes » descending. */
export const ecrireTri = ({ champ, sens }: Tri): string => (sens === 'desc' ? `-${champ}` : champ);

// Typed without keys: beside them the other parameters of a route keep their own types. A field that a form left empty
// is none of them (platform/http/app.ts).
const filtresDe = (filtres: Readonly<Record<string, Filtre>>): Readonly<Record<never, z.ZodType>> =>
  Object.fromEntries(
    Object.entries(filtres).map(([nom, { schema, description, exemple }]) => [
      nom,
      schema.optional().meta({ description, examples: [exemple] }),
    ]),
  );

/** Reads the filters and the order of a list: what a file of it holds, whole. `autres`: the route's own parameters. */
export const schemaDeFichier = <Autres extends z.ZodRawShape>(liste: Liste, autres: Autres) =>
  z.object({ ...filtresDe(liste.filtres), tri: triDe(liste.champs), ...autres }).transform((lu) => {
    const valeurs: Readonly<Record<string, unknown>> = lu;
    return { ...lu, filtres: choisis(liste, valeurs, []), tri: lireTri(valeurs['tri']) ?? liste.tri };
  });

/** Reads the filters of a list alone, for a program. */
export const schemaDeFiltres = <Autres extends z.ZodRawShape>(liste: Liste, autres: Autres) =>
  z.strictObject({ ...filtresDe(liste.filtres), ...autres }).transform((lu) => {
    const valeurs: Readonly<Record<string, unknown>> = lu;
    return { ...lu, filtres: choisis(liste, valeurs, []) };
  });

/** The filters that were given a value. */
const choisis = (
  liste: Liste,
  valeurs: Readonly<Record<string, unknown>>,
  fixes: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(liste.filtres).flatMap((nom): readonly [string, string][] => {
      const valeur = fixes.includes(nom) ? undefined : valeurs[nom];
      return typeof valeur === 'string' && valeur !== '' ? [[nom, valeur]] : [];
    }),
  );

/** The fields that a list may be sorted by. */
export const champsTriables = (champs: Champs): readonly string[] =>
  Object.entries(champs).flatMap(([code, { tri }]) => (tri === undefined ? [] : [code]));

const triDe = (champs: Champs) => {
  const triables = champsTriables(champs);
  const message = `attend ${triables.join(', ')}, avec « - » devant pour l’ordre décroissant`;
  return z
    .string({ error: message })
    .optional()
    .transform((texte, contexte): Tri | undefined => {
      if (texte === undefined || texte === '') return undefined;
      const tri: Tri = texte.startsWith('-')
        ? { champ: texte.slice(1), sens: 'desc' }
        : { champ: texte, sens: 'asc' };
      if (triables.includes(tri.champ)) return tri;
      contexte.addIssue(message);
      return z.NEVER;
    });
};

/** Fields shown on the screen unless others are asked for. */
export const colonnesUsuelles = (champs: Champs): readonly string[] =>
  Object.entries(champs).flatMap(([code, { discret, fichiersSeulement }]) =>
    discret || fichiersSeulement ? [] : [code],
  );

const colonnesDe = (champs: Champs) => {
  const known = Object.entries(champs).flatMap(([code, { fichiersSeulement }]) =>
    fichiersSeulement ? [] : [code],
  );
  const message = `attend ${known.join(', ')}`;
  return z
    .union([z.string(), z.array(z.string())], { error: message })
    .optional()
    .transform((asked = [], contexte) => {
      const wanted = [asked]
        .flat()
        .flatMap((text) => text.split(','))
        .filter((code) => code !== '');
      if (wanted.length === 0) return undefined;
      if (wanted.every((code) => known.includes(code))) return known.filter((code) => wanted.includes(code));
      contexte.addIssue(message);
      return z.NEVER;
    });
};

/**
 * Reads what is asked of a list from an address: its filters (those in `fixes` are the page's own and cannot be
 * asked), `tri`, `page`, `colonnes`. `autres` are the other parameters of the route.
 */
export const schemaDeDemande = <Autres extends z.ZodRawShape>(
  liste: Liste,
  autres: Autres,
  fixes: readonly string[] = [],
) =>
  z
    .object({
      ...filtresDe(Object.fromEntries(Object.entries(liste.filtres).filter(([nom]) => !fixes.includes(nom)))),
      tri: triDe(liste.champs),
      colonnes: colonnesDe(liste.champs),
      page: numeroDePage,
      ...autres,
    })
    .transform((lu) => {
      const valeurs: Readonly<Record<string, unknown>> = lu;
      const demande: Demande = {
        filtres: choisis(liste, valeurs, fixes),
        tri: lireTri(valeurs['tri']) ?? liste.tri,
        page: typeof valeurs['page'] === 'number' ? valeurs['page'] : 1,
        colonnes: Array.isArray(valeurs['colonnes']) ? valeurs['colonnes'] : undefined,
      };
      return { ...lu, demande };
    });

const lireTri = (valeur: unknown): Tri | undefined =>
  typeof valeur === 'object' && valeur !== null && 'champ' in valeur && 'sens' in valeur
    ? { champ: String(valeur.champ), sens: valeur.sens === 'desc' ? 'desc' : 'asc' }
    : undefined;
