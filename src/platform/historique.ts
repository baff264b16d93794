import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from './database/index.ts';
import type { Role } from './journal.ts';

/** What an act left in the journal, read back with care: an older act may have left less. */
export type Contenu = Readonly<Record<string, unknown>>;

/** The sentence of each act of a room, without its final stop: « Plan départemental défini ». */
export type Phrases = Readonly<Record<string, (contenu: Contenu) => string>>;

/** A text of the content, if it is there. */
export const texteDe = (contenu: Contenu, cle: string): string | undefined => {
  const value = contenu[cle];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** A number of the content, 0 where it is not there. */
export const nombreDe = (contenu: Contenu, cle: string): number => {
  const value = contenu[cle];
  return typeof value === 'number' ? value : 0;
};

/** A role as the author of an act: « un instructeur ». */
const auteurs: Readonly<Record<Role, string>> = {
  visiteur: 'une personne sans rôle',
  candidat: 'un candidat',
  gestionnaire: 'un gestionnaire',
  conseiller: 'un conseiller',
  coordinateur: 'un coordinateur',
  instructeur: 'un instructeur',
  membre_comite: 'un membre du comité',
  administrateur: 'un administrateur',
  operateur: 'l’opérateur du service',
};

export type Evenement = {
  readonly id: number;
  readonly instant: string;
  readonly acte: string;
  readonly objet: { readonly type: string; readonly id: string };
  /** The person who acted, if it was one. */
  readonly personne: string | null;
  readonly role: string;
  /** Name of the person where it may be seen, else the role: « un instructeur ». */
  readonly auteur: string;
  readonly phrase: string;
  readonly motif: string | null;
  /** Name of the département whose file the line belongs to. */
  readonly departement: string | null;
  readonly contenu: Contenu;
};

export type Recherche = {
  /** This line alone. */
  readonly numero?: number;
  /** Who acted. */
  readonly personne?: string;
  readonly acte?: string;
  readonly objetType?: string;
  readonly objetId?: string;
  /** Days of Paris, both included. */
  readonly du?: string;
  readonly au?: string;
  /** Only lines before this one: the next page. */
  readonly avant?: number;
  /** Only what was done after this instant. */
  readonly apres?: string;
  /** Not what the acting person did. */
  readonly desAutres?: boolean;
  /** Acts left out; « acces.* »: all those of a room. */
  readonly sauf?: readonly string[];
  /** All that belongs to the file of this structure. */
  readonly structure?: string;
  readonly limite?: number;
};

/** The instant at which a day begins in Paris, some days later. */
const debutDuJour = (jour: string, plus = 0): Date =>
  new Date(
    Temporal.PlainDate.from(jour).add({ days: plus }).toZonedDateTime('Europe/Paris').epochMilliseconds,
  );

const estRole = (role: string): role is Role => role in auteurs;

/** Why a line was written: what it says itself or, of an act on a person, what is kept apart until it is erased. */
export const motifDeLaLigne = sql<string | null>`coalesce(journal.motif, (
  select valeurs ->> 'motif' from journal_personnel where journal_id = journal.id and valeurs ? 'motif' limit 1))`;

/** The lines that answer a search, as the acting person may read them. */
const lignes = (db: Database, recherche: Recherche) => {
  const { numero, personne, acte, objetType, objetId, du, au, avant, apres, desAutres = false } = recherche;
  const { sauf = [], structure } = recherche;
  let query = db.selectFrom('journal');
  if (numero !== undefined) query = query.where('journal.id', '=', numero);
  if (personne !== undefined) query = query.where('journal.personne_id', '=', personne);
  if (acte !== undefined) query = query.where('journal.acte', '=', acte);
  if (objetType !== undefined) query = query.where('journal.objet_type', '=', objetType);
  if (objetId !== undefined) query = query.where('journal.objet_id', '=', objetId);
  if (du !== undefined) query = query.where('journal.instant', '>=', debutDuJour(du));
  if (au !== undefined) query = query.where('journal.instant', '<', debutDuJour(au, 1));
  if (avant !== undefined) query = query.where('journal.id', '<', avant);
  if (apres !== undefined) query = query.where('journal.instant', '>', sql<Date>`${apres}::timestamptz`);
  if (desAutres) query = query.where(sql<boolean>`journal.personne_id is distinct from acteur_personne()`);
  for (const tu of sauf)
    query = query.where('journal.acte', 'not like', tu.replaceAll('_', '\\_').replaceAll('*', '%'));
  if (structure !== undefined)
    query = query.where((eb) =>
      eb.or([
        eb('journal.structure_id', '=', structure),
        eb.and([eb('objet_type', '=', 'structure'), eb('objet_id', '=', structure)]),
      ]),
    );
  return query;
};

/** How many lines answer a search, and the number after the newest of them. */
export const compterJournal = async (
  db: Database,
  recherche: Recherche,
): Promise<{ readonly nombre: number; readonly apres: number }> =>
  lignes(db, recherche)
    .select((eb) => [
      eb.fn.countAll<number>().as('nombre'),
      eb.fn.coalesce(eb.fn.max('journal.id'), sql<number>`0`).as('derniere'),
    ])
    .executeTakeFirstOrThrow()
    .then(({ nombre, derniere }) => ({ nombre, apres: derniere + 1 }));

/**
 * The lines of the journal that the acting person may read, newest first, in sentences; 50 unless said otherwise.
 * `phrases`: those of every room, as an object may be touched by several.
 */
export const chercherJournal = async (
  db: Database,
  phrases: Phrases,
  recherche: Recherche = {},
): Promise<readonly Evenement[]> => {
  const rows = await lignes(db, recherche)
    // Through the row wall: a name that may not be seen is not there.
    .leftJoin('personne', (join) =>
      join.onRef('personne.id', '=', 'journal.personne_id').on('personne.effacee_le', 'is', null),
    )
    .leftJoin('departement', 'departement.code', 'journal.departement_code')
    .select([
      'journal.id',
      'journal.instant',
      'journal.personne_id',
      'journal.role',
      'journal.acte',
      'journal.objet_type',
      'journal.objet_id',
      motifDeLaLigne.as('motif'),
      'journal.contenu',
      'personne.prenom',
      'personne.nom',
      'departement.nom as departement',
    ])
    .orderBy('journal.id', 'desc')
    .limit(recherche.limite ?? 50)
    .execute();
  return rows.map((row) => {
    const contenu: Contenu =
      typeof row.contenu === 'object' && row.contenu !== null && !Array.isArray(row.contenu)
        ? row.contenu
        : {};
    const role = estRole(row.role) ? auteurs[row.role] : row.role;
    return {
      id: row.id,
      instant: row.instant.toISOString(),
      acte: row.acte,
      objet: { type: row.objet_type, id: row.objet_id },
      personne: row.personne_id,
      role: row.role,
      auteur: row.prenom === null || row.nom === null ? role : `${row.prenom} ${row.nom}`,
      // An act of a version that is gone keeps its name.
      phrase: phrases[row.acte]?.(contenu) ?? row.acte,
      motif: row.motif,
      departement: row.departement,
      contenu,
    };
  });
};

/** Everything that was done to an object and may be read, newest first. */
export const lireHistorique = (
  db: Database,
  phrases: Phrases,
  objetType: string,
  objetId: string,
): Promise<readonly Evenement[]> => chercherJournal(db, phrases, { objetType, objetId, limite: 500 });

/** A page of lines, and after which one the next page goes on. */
export type PageDeJournal = {
  readonly evenements: readonly Evenement[];
  readonly suite: number | undefined;
};

/** One page of what `chercherJournal` finds; `recherche.avant` is the `suite` of the page before. */
export const lirePageDeJournal = async (
  db: Database,
  phrases: Phrases,
  recherche: Recherche,
  parPage = 50,
): Promise<PageDeJournal> => {
  const found = await chercherJournal(db, phrases, { ...recherche, limite: parPage + 1 });
  const evenements = found.slice(0, parPage);
  return { evenements, suite: found.length > parPage ? evenements.at(-1)?.id : undefined };
};
