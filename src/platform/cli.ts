import { type Command, InvalidArgumentError } from 'commander';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './database/index.ts';
import type { Acteur } from './journal.ts';

/** What a command of a room is given. */
export type Outils = {
  readonly config: Config;
  readonly clock: Clock;
  /** Address of the site, for the links that commands print. */
  readonly adresse: string;
  /** Opens the database for the time of the work, embedded or external, whether or not a server is running. */
  readonly avecBase: <Valeur>(
    travail: (base: {
      readonly db: Database;
      /** Reaches the tables of signing in. */
      readonly acces: Database;
      readonly acteur: Acteur;
    }) => Promise<Valeur>,
  ) => Promise<Valeur>;
  /** Standard output: the result, and nothing else. */
  readonly ecrire: (texte: string) => void;
  /** A document, to standard output. */
  readonly ecrireOctets: (octets: string | Uint8Array) => void;
  /** Standard error: what accompanies. */
  readonly dire: (texte: string) => void;
  /** A line of progress that overwrites itself on a terminal, silent elsewhere. */
  readonly progres: (texte: string) => void;
};

export type DeclarerCommandes = (programme: Command, outils: Outils) => void;

/** A command under which several rooms put theirs: made by the first that asks. */
export const groupe = (programme: Command, nom: string, description: string): Command =>
  programme.commands.find((command) => command.name() === nom) ??
  programme.command(nom).description(description);

/** Parses an option that is a day; commander prints the sentence of an invalid one. */
export const jour = (texte: string): string => {
  const parsed =
    /^\d{4}-\d{2}-\d{2}$/.test(texte) &&
    !Number.isNaN(Date.parse(texte)) &&
    new Date(texte).toISOString().startsWith(texte);
  if (!parsed)
    throw new InvalidArgumentError('Écrivez la date sous la forme AAAA-MM-JJ, par exemple 2021-03-24.');
  return texte;
};

/** Parses an option that is an instant, with its offset, or a local time of Paris without one. */
export const instant = (texte: string): string => {
  try {
    return Temporal.Instant.from(texte).toString();
  } catch {
    try {
      return Temporal.PlainDateTime.from(texte).toZonedDateTime('Europe/Paris').toInstant().toString();
    } catch {
      throw new InvalidArgumentError(
        'Écrivez l’instant sous la forme AAAA-MM-JJTHH:MM (heure de Paris), par exemple 2021-03-18T10:00.',
      );
    }
  }
};

/** Parses an argument that is a whole number, with or without spaces. */
export const entier = (texte: string): number => {
  const value = Number(texte.replace(/\s/g, ''));
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('Écrivez un nombre entier, par exemple 250000000.');
  return value;
};
