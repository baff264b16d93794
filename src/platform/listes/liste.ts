import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { dateDuDomaine } from '../dates.ts';

/** What a field holds: euros are integer cents inside, euros in files; dates are `yyyy-mm-dd`. */
export type TypesDeChamp = {
  readonly texte: string;
  readonly entier: number;
  readonly decimal: number;
  readonly euros: number;
  readonly date: string;
  readonly booleen: boolean;
  readonly textes: readonly string[];
};
export type TypeChamp = keyof TypesDeChamp;

/** One field of a list: its only definition, for the screen, the files, the API and their schemas. */
export type Champ<Type extends TypeChamp = TypeChamp> = {
  /** Head of the column. */
  readonly titre: string;
  /** What it is, in a French sentence: goes into the schema of the files. */
  readonly description: string;
  readonly type: Type;
  /** Expression over the relation (an aggregate where the list groups). */
  readonly sql: RawBuilder<unknown>;
  /** What it is sorted by; without it the list is not sorted by this field. */
  readonly tri?: RawBuilder<unknown>;
  /** What it is sorted by is never null: an index gives both orders. */
  readonly rempli?: boolean;
  /** Makes the value from what the expression gives, where SQL cannot. */
  readonly lire?: (brut: unknown) => TypesDeChamp[Type] | null;
  /** Its codes in words, for the files that people read; programs and pages are given the code. */
  readonly mots?: Readonly<Record<string, string>>;
  /** Added up over the whole list. */
  readonly somme?: boolean;
  /** On the screen only for whoever asks for it. */
  readonly discret?: boolean;
  /** A number or code: never broken over two lines. */
  readonly insecable?: boolean;
  /** In the files and the API only. */
  readonly fichiersSeulement?: boolean;
};

export type Champs = Readonly<Record<string, Champ>>;

/** Keeps of a list what answers a value; the same on the screen, in the files and in the API. */
export type Filtre = {
  readonly titre: string;
  readonly description: string;
  /** Reads the value; its message follows the name of the filter: « attend … ». */
  readonly schema: z.ZodType<string>;
  /** Over the rows of the relation, before they are grouped. */
  readonly condition: (valeur: string) => RawBuilder<unknown>;
  readonly exemple: string;
  /** What the choice of no value is called: « Toutes »; « Tout » unless said, which agrees with any title. */
  readonly tous?: string;
  /** Takes any text: what is typed may name somebody. */
  readonly libre?: true;
  /** How it is typed where there is nothing to choose from: text unless said. */
  readonly saisie?: 'date';
};

/** A list of the product: what it counts, where it comes from, its fields, filters and order. */
export type Liste<C extends Champs = Champs> = {
  /** Name in addresses: `/donnees/CODE.csv`, `/api/v1/CODE`. */
  readonly code: string;
  readonly titre: string;
  readonly description: string;
  /** « structure retenue », « structures retenues » */
  readonly nom: readonly [singulier: string, pluriel: string];
  /** What stands after `from`. */
  readonly relation: RawBuilder<unknown>;
  /** What stands after `group by`. */
  readonly groupe?: RawBuilder<unknown>;
  /** False: a row is part of something else, and the API gives none alone. */
  readonly seule?: false;
  /** Names a row for ever; the API goes on from it. */
  readonly cle: {
    readonly sql: RawBuilder<unknown>;
    readonly schema: z.ZodType<string>;
    /** Finds the row of a key that the schema has read. */
    readonly condition: (cle: string) => RawBuilder<unknown>;
    readonly exemple: string;
  };
  readonly champs: C;
  readonly filtres: Readonly<Record<string, Filtre>>;
  /** Names a field that can be sorted by. */
  readonly tri: Tri;
  /** The fields that place a row on a map, in degrees (WGS 84). */
  readonly position?: { readonly latitude: string; readonly longitude: string };
};

export type Ligne<C extends Champs = Champs> = {
  readonly [Code in keyof C]: TypesDeChamp[C[Code]['type']] | null;
};

export type Tri = { readonly champ: string; readonly sens: 'asc' | 'desc' };

/** Declares a field. A field is sorted by its own expression unless `tri` is another, or null. */
export const champ = <const Type extends TypeChamp>(
  type: Type,
  titre: string,
  description: string,
  expression: RawBuilder<unknown>,
  reste: Omit<Champ<Type>, 'type' | 'titre' | 'description' | 'sql' | 'tri'> & {
    readonly tri?: RawBuilder<unknown> | null;
  } = {},
): Champ<Type> => {
  const { tri = expression, ...options } = reste;
  return { type, titre, description, sql: expression, ...options, ...(tri === null ? {} : { tri }) };
};

/** Declares a list. Refuses, at start, one that names a field it does not have. */
export const defineListe = <C extends Champs>(liste: Liste<C>): Liste<C> => {
  const { position } = liste;
  const named = [liste.tri.champ, ...(position ? [position.latitude, position.longitude] : [])];
  const lost = named.filter((code) => liste.champs[code] === undefined);
  if (lost.length > 0) throw new Error(`list ${liste.code}: no field ${lost.join(', ')}`);
  return liste;
};

const code = (expression: RegExp, message: string): z.ZodType<string> =>
  z.string({ error: message }).regex(expression, message);

/** Filters that many lists share, over the columns given. */
export const filtreTexte = (
  titre: string,
  description: string,
  exemple: string,
  condition: Filtre['condition'],
): Filtre => ({
  titre,
  description,
  exemple,
  condition,
  libre: true,
  schema: z.string({ error: 'attend un texte' }).trim().max(100, 'attend 100 caractères au plus'),
});

export const filtreCode = (
  titre: string,
  description: string,
  expression: RegExp,
  exemple: string,
  colonne: RawBuilder<unknown>,
): Filtre => ({
  titre,
  description,
  exemple,
  schema: code(
    expression,
    `attend un ${description.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase())}, par exemple ${exemple}`,
  ),
  condition: (valeur) => sql`${colonne} = ${valeur}`,
});

export const filtreChoix = (
  titre: string,
  description: string,
  valeurs: readonly [string, ...string[]],
  condition: Filtre['condition'],
): Filtre => ({
  titre,
  description,
  exemple: valeurs[0],
  schema: z.enum(valeurs, { error: `attend ${valeurs.join(', ')}` }),
  condition,
});

export const filtreDate = (
  titre: string,
  description: string,
  exemple: string,
  condition: Filtre['condition'],
): Filtre => ({
  titre,
  description,
  exemple,
  schema: dateDuDomaine,
  saisie: 'date',
  condition,
});

/** A text that `like` takes as it is. */
export const contenant = (texte: string): string => `%${texte.replace(/[\\%_]/g, '\\$&')}%`;
