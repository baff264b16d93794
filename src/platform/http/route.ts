import type { VNode } from 'preact';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { Database } from '../database/index.ts';
import type { Phrases } from '../historique.ts';
import type { Role } from '../journal.ts';
import { type Formulaire, lireFormulaire, type Saisie } from './formulaire.ts';
import type { Identite } from './identite.ts';

/**
 * Who may open a route. There is no default: a route without its access rule does not compile.
 * `public`: anyone, seeing what is published. `lien`: whoever holds the secret at the end of the address, whose
 * digest is given to the database for that request alone. `porte`: the doors, for whoever comes in; they reach the
 * tables of signing in, and no others. `compte`: a person's own account, through the same tables; with
 * `avantSecondFacteur`, before a second proof is given. `connecte`: whoever has signed in, seeing what their acting role
 * sees; with `acces`, a page about one's own account is given the tables of signing in beside, by their own database
 * user. `role`: these acting roles; with `acces`, beside the tables of signing in too; with `parActes`, one request does
 * many acts, each in a transaction of its own (`agir`), and `db` sees nothing.
 */
export type Access =
  | { readonly type: 'public' }
  | { readonly type: 'lien'; readonly parametre: string }
  | { readonly type: 'porte' }
  | { readonly type: 'compte'; readonly avantSecondFacteur?: true }
  | { readonly type: 'connecte'; readonly acces?: true }
  | {
      readonly type: 'role';
      readonly roles: readonly [Role, ...Role[]];
      readonly acces?: true;
      readonly parActes?: true;
      /** Said to another role, with what to do. */
      readonly refus?: string;
    };

/** The browser programs there are, one folder of `islands/` each. */
export type Ilot = 'recherche' | 'carte' | 'essai-api' | 'brouillon';

/** What an answer leaves with the browser. */
type Temoins = {
  /** A session begins (its secret goes to the browser) or ends (null). */
  readonly session?: { readonly secret: string; readonly expire: string } | null;
  /** Known again when the browser comes back from another server, within minutes; null: forgotten. */
  readonly depart?: string | null;
};

/** A page, before the layout is put around it. */
export type Page = Temoins & {
  readonly type: 'page';
  readonly titre: string;
  readonly description: string;
  readonly contenu: VNode;
  readonly fil: readonly { readonly texte: string; readonly href?: string }[];
  /** From 400 on, what the act wrote is undone. */
  readonly statut?: 200 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 429 | 503;
  /** Kept out of search engines and of every cache. */
  readonly prive?: boolean;
  /** Kept out of search engines alone: a filtered view, a page for builders. */
  readonly noindex?: boolean;
  /** Seconds after which the browser asks again, where its reader asked to follow what is under way. */
  readonly actualiser?: number | undefined;
  /** The address of record, where this one is a view of it; else the path. */
  readonly canonique?: string;
  /** Browser programs that make the page handier; it works without them. */
  readonly ilots?: readonly Ilot[];
  /** Path of the picture shown when the page is shared. */
  readonly partage?: string;
  /** Feeds that a reader of news may follow from here. */
  readonly flux?: readonly { readonly titre: string; readonly href: string }[];
  /** schema.org objects, for search engines. */
  readonly donneesStructurees?: readonly Readonly<Record<string, unknown>>[];
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

/** A file written while it is read from the database: never held whole, never kept. */
export type Flot = {
  readonly type: 'flot';
  readonly mime: string;
  readonly corps: AsyncIterable<string | Uint8Array>;
  readonly nom?: string;
  /** Headers of this file, stricter than those of the site: they stand in their place. */
  readonly entetes?: Readonly<Record<string, string>>;
};

/** An answer for a program. */
export type Json = {
  readonly type: 'json';
  readonly corps: unknown;
  readonly statut?: 200 | 400 | 404;
  readonly mime?: string;
};

/** Nothing there: said alike for what does not exist and for what may not be seen. */
export type Absent = { readonly type: 'absent' };
export type Redirection = Temoins & {
  readonly type: 'redirection';
  /** Local, or an address that the program made: never one that was asked for. */
  readonly vers: string;
};
export type Reponse = Page | Fichier | Flot | Json | Absent | Redirection;

export type Requete = {
  /** Path without the query string. */
  readonly chemin: string;
  readonly parametres: URLSearchParams;
  /** Address under which people reach the site, without a trailing slash. */
  readonly adresse: string;
  /** Where maps take their background, and whom they thank; undefined: our own outlines. */
  readonly tuiles: Tuiles | undefined;
  /** What the browser says of itself. */
  readonly appareil: string;
  /** Network address that asks, to count what it asks; never written. */
  readonly client: string;
  readonly config: Config;
  /** What the browser brings back of its departure for another server. */
  readonly depart: string | undefined;
  /** The sentence of every act, for histories. */
  readonly phrases: Phrases;
  /** Whether the doors of the demonstration are open to this request. */
  readonly demonstration: () => Promise<boolean>;
};

/** Raster tiles: their address, with {z}, {x} and {y}, and the words of thanks that go with them. */
export type Tuiles = { readonly adresse: string; readonly source: string };

type Entrant<A extends Access> = A extends { readonly type: 'compte' | 'connecte' | 'role' }
  ? Identite
  : A extends { readonly type: 'porte' }
    ? Identite | null
    : undefined;

type SecondeBase<A extends Access> = A extends { readonly acces: true } ? Database : undefined;

/** Runs a work in a transaction of its own as whoever asks, kept whatever becomes of the others. */
export type Agir = <Valeur>(travail: (db: Database) => Promise<Valeur>) => Promise<Valeur>;
type ActeParActe<A extends Access> = A extends { readonly parActes: true } ? Agir : undefined;

export type Contexte<Input, A extends Access = Access> = {
  readonly input: Input;
  /** Sees what the access rule says: published rows, the tables of signing in, what the acting role sees. */
  readonly db: Database;
  /** The tables of signing in, where the access rule asks for both: in transactions of its own, that nothing undoes. */
  readonly acces: SecondeBase<A>;
  readonly agir: ActeParActe<A>;
  readonly requete: Requete;
  /** Who asks, where the access rule wants to know. */
  readonly identite: Entrant<A>;
};

/** How a route stands in the OpenAPI document; its input schema gives the parameters. */
export type DescriptionApi = {
  readonly resume: string;
  readonly description: string;
  readonly etiquette: string;
  /** Shape of a successful answer. */
  readonly reponse: z.ZodType;
  /** Path and query of a request that answers on the demonstration; each is run by a test. */
  readonly exemple: string;
};

/**
 * What is counted: by the address that asks; `compte`, by the account that somebody wants to enter; `personne`, by
 * whoever sends forms once signed in.
 */
export type Limite =
  | 'recherche'
  | 'api'
  | 'export'
  | 'page'
  | 'formulaire'
  | 'connexion'
  | 'compte'
  | 'personne';

export type Route<Input = unknown, A extends Access = Access> = {
  readonly path: string;
  readonly access: A;
  /** Parses path parameters and query string together; a value that fails is answered with a 400 that says why. */
  readonly input: z.ZodType<Input>;
  readonly handler: (contexte: Contexte<Input, A>) => Promise<Reponse>;
  readonly limite?: Limite;
  /** A page of the API: errors are answered as problems in JSON, other sites may read it. */
  readonly api?: DescriptionApi;
  /** Open data: pages of other sites may read it. */
  readonly ouvert?: boolean;
  /** The answer depends on more than the address and the data, or is too large to keep. */
  readonly sansMemoire?: boolean;
  readonly parActes?: boolean;
};

export type Brut = Readonly<Record<string, string | readonly string[]>>;

/** A parameter that was not understood, and what it should have been. */
export type Raison = { readonly parametre: string; readonly message: string };

type Invalide = { readonly type: 'invalide'; readonly raisons: readonly Raison[] };

/** What a form sends, beside the address: an act of the domain behind a button. */
export type Acte<Input = unknown, Champs = unknown, A extends Access = Access> = {
  readonly path: string;
  readonly access: A;
  readonly input: z.ZodType<Input>;
  /** Reads the fields; what fails comes back to the handler, which shows the form again with what was typed. */
  readonly champs: z.ZodType<Champs>;
  readonly handler: (
    contexte: Contexte<Input, A> & { readonly formulaire: Formulaire<Champs> },
  ) => Promise<Reponse>;
  /** `formulaire` unless said. */
  readonly limite?: Limite;
  /** Takes files: a larger body is let in. */
  readonly fichiers?: boolean;
  /** The account that is asked about, where attempts are counted by account too. */
  readonly compte?: (saisie: Saisie) => string | undefined;
  /**
   * A door whose acts open their own transactions: it waits for another server without holding a connection, or writes
   * what must stay when it refuses.
   */
  readonly parActes?: boolean;
};

/** What a request brings to a route, once its access rule has let it in. */
export type Entree = {
  readonly raw: Brut;
  readonly saisie: Saisie;
  readonly db: Database;
  /** Only where the access rule asks for it. */
  readonly acces?: Database | undefined;
  readonly agir?: Agir | undefined;
  readonly requete: Requete;
  readonly identite: Identite | null;
};

/** Input is parsed and handled in one closure, so that routes of different inputs stand in one list. */
export type DeclaredRoute = Pick<
  Route,
  'path' | 'access' | 'limite' | 'api' | 'ouvert' | 'sansMemoire' | 'parActes'
> & {
  readonly methode: 'GET' | 'POST';
  readonly fichiers?: boolean;
  readonly compte?: (saisie: Saisie) => string | undefined;
  readonly input: z.ZodType;
  /** Names of the parameters that its schema knows. */
  readonly parametres: ReadonlySet<string>;
  readonly handle: (entree: Entree) => Promise<Reponse | Invalide>;
};

const raison = (issue: z.core.$ZodIssue): Raison => {
  const parametre = issue.path.join('.') || 'adresse';
  if (issue.code === 'unrecognized_keys')
    return { parametre: issue.keys.join(', '), message: 'n’est pas un paramètre de cette page' };
  return { parametre, message: issue.message };
};

/** The parameters that a schema reads: those of an object, through what is done to it afterwards. */
const nomsDesParametres = (input: z.ZodType): ReadonlySet<string> => {
  const { properties } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  return new Set(Object.keys(properties ?? {}));
};

const lireAdresse = <Input>(input: z.ZodType<Input>, connus: ReadonlySet<string>, raw: Brut) => {
  const illisibles = Object.entries(raw).flatMap(([parametre, valeurs]) =>
    connus.has(parametre) && [valeurs].flat().some((valeur) => valeur.includes('\0')) ? [parametre] : [],
  );
  if (illisibles.length > 0) {
    const message = 'contient un caractère qui n’existe dans aucun texte';
    return { type: 'invalide' as const, raisons: illisibles.map((parametre) => ({ parametre, message })) };
  }
  // Where a schema says nothing itself: Zod's own messages are not for readers.
  const parsed = input.safeParse(raw, {
    error: ({ code }) =>
      code === 'invalid_type' ? 'attend une seule valeur' : 'n’est pas une valeur possible',
  });
  return parsed.success
    ? { type: 'compris' as const, valeur: parsed.data }
    : { type: 'invalide' as const, raisons: parsed.error.issues.map(raison) };
};

/** The access rule was applied before: what it lets in is what the handler's type says. */
const ouvert = <A extends Access>({ db, acces, agir, requete, identite }: Entree) => ({
  db,
  acces: acces as SecondeBase<A>,
  agir: agir as ActeParActe<A>,
  requete,
  identite: identite as Entrant<A>,
});

/** Declares a route that shows: path, access rule, input schema, handler. */
export const defineRoute = <Input, const A extends Access>(route: Route<Input, A>): DeclaredRoute => {
  const { path, access, input, handler, ...reste } = route;
  const parametres = nomsDesParametres(input);
  return {
    ...reste,
    methode: 'GET',
    path,
    access,
    input,
    parametres,
    handle: async (entree) => {
      const adresse = lireAdresse(input, parametres, entree.raw);
      if (adresse.type === 'invalide') return adresse;
      return handler({ input: adresse.valeur, ...ouvert<A>(entree) });
    },
  };
};

/**
 * Declares an act behind a form: path, access rule, schemas of the address and of the fields, handler. It runs in one
 * transaction, kept when the answer is below 400 and undone else.
 */
export const defineActe = <Input, Champs, const A extends Access>(
  acte: Acte<Input, Champs, A>,
): DeclaredRoute => {
  const { path, access, input, champs, handler, limite = 'formulaire', ...reste } = acte;
  const parametres = nomsDesParametres(input);
  return {
    ...reste,
    methode: 'POST',
    path,
    access,
    input,
    limite,
    parametres,
    handle: async (entree) => {
      const adresse = lireAdresse(input, parametres, entree.raw);
      if (adresse.type === 'invalide') return adresse;
      const formulaire = lireFormulaire(champs, entree.saisie);
      return handler({ input: adresse.valeur, ...ouvert<A>(entree), formulaire });
    },
  };
};

/** A page number of a list, from 1. */
export const numeroDePage = z.coerce
  .number({ error: 'attend un numéro de page' })
  .int('attend un numéro entier')
  .min(1, 'commence à 1')
  .max(100_000, 'est trop grand')
  .default(1);

export const absent: Absent = { type: 'absent' };
