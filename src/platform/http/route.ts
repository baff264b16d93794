import type { VNode } from 'preact';
import { z } from 'zod';
import type { Database } from '../database/index.ts';

/**
 * Who may open a route. There is no default: a route without its access rule does not compile.
 * `public`: anyone, seeing what is published. `lien`: whoever holds the secret at the end of the address, whose
 * digest is given to the database for that request alone.
 */
export type Access = { readonly type: 'public' } | { readonly type: 'lien'; readonly parametre: string };

/** A page, before the layout is put around it. */
export type Page = {
  readonly type: 'page';
  readonly titre: string;
  readonly description: string;
  readonly contenu: VNode;
  readonly fil: readonly { readonly texte: string; readonly href?: string }[];
  readonly statut?: 200 | 400 | 404 | 410;
  /** Kept out of search engines and of every cache. */
  readonly prive?: boolean;
  readonly liens?: readonly { readonly texte: string; readonly href: string }[];
};

/** A file to download or to show. */
export type Fichier = {
  readonly type: 'fichier';
  readonly mime: string;
  readonly corps: string | Uint8Array;
  /** Offered under this name; shown in the browser when absent. */
  readonly nom?: string;
  readonly prive?: boolean;
};

/** Nothing there: said alike for what does not exist and for what may not be seen. */
export type Absent = { readonly type: 'absent' };
export type Redirection = { readonly type: 'redirection'; readonly vers: string };
export type Reponse = Page | Fichier | Absent | Redirection;

export type Contexte<Input> = {
  readonly input: Input;
  /** Reads as the public role: unpublished rows do not exist for it. */
  readonly db: Database;
};

export type Route<Input = unknown> = {
  readonly path: string;
  readonly access: Access;
  /** Parses path parameters and query string together; a value that fails is answered with a 400 that says why. */
  readonly input: z.ZodType<Input>;
  readonly handler: (contexte: Contexte<Input>) => Promise<Reponse>;
};

/** Input is parsed and handled in one closure, so that routes of different inputs stand in one list. */
export type DeclaredRoute = {
  readonly path: string;
  readonly access: Access;
  readonly handle: (
    raw: Readonly<Record<string, string>>,
    db: Database,
  ) => Promise<Reponse | { readonly type: 'invalide'; readonly raisons: readonly string[] }>;
};

/** Declares a route: path, access rule, input schema, handler. */
export const defineRoute = <Input>(route: Route<Input>): DeclaredRoute => ({
  path: route.path,
  access: route.access,
  handle: async (raw, db) => {
    const parsed = route.input.safeParse(raw);
    if (!parsed.success) {
      return {
        type: 'invalide',
        raisons: parsed.error.issues.map((issue) => `${issue.path.join('.')} : ${issue.message}`),
      };
    }
    return route.handler({ input: parsed.data, db });
  },
});

/** A page number of a list, from 1. */
export const numeroDePage = z.coerce
  .number({ error: 'attend un numéro de page' })
  .int('attend un numéro entier')
  .min(1, 'commence à 1')
  .max(100_000, 'est trop grand')
  .default(1);

export const absent: Absent = { type: 'absent' };
