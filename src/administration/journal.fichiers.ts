import { stringify } from 'csv-stringify/sync';
import { cellule } from '../platform/csv.ts';
import type { Database } from '../platform/database/index.ts';
import { type Evenement, lirePageDeJournal, type Phrases, type Recherche } from '../platform/historique.ts';

export const formatsDuJournal = ['csv', 'json'] as const;
export type FormatDuJournal = (typeof formatsDuJournal)[number];

/** Lines read together: a page of the journal after another, so that it is never held whole. */
const lot = 1_000;

const ligne = ({ id, instant, acte, objet, personne, role, auteur, phrase, motif, contenu }: Evenement) => ({
  numero: id,
  instant,
  phrase,
  acte,
  objet_type: objet.type,
  objet_id: objet.id,
  auteur,
  personne,
  role,
  motif,
  contenu,
});

const colonnes = [
  'numero',
  'instant',
  'phrase',
  'acte',
  'objet_type',
  'objet_id',
  'auteur',
  'personne',
  'role',
  'motif',
  'contenu',
] as const satisfies readonly (keyof ReturnType<typeof ligne>)[];

const csv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { delimiter: ';', record_delimiter: '\r\n' },
  );

async function* parcourir(
  db: Database,
  phrases: Phrases,
  recherche: Recherche,
): AsyncGenerator<readonly Evenement[]> {
  let avant = recherche.avant;
  do {
    const { evenements, suite } = await lirePageDeJournal(
      db,
      phrases,
      { ...recherche, ...(avant === undefined ? {} : { avant }) },
      lot,
    );
    yield evenements;
    avant = suite;
  } while (avant !== undefined);
}

const ecrire = (evenement: Evenement): readonly string[] => {
  const valeurs = ligne(evenement);
  return colonnes.map((colonne) => {
    const valeur = valeurs[colonne];
    return cellule(typeof valeur === 'object' && valeur !== null ? JSON.stringify(valeur) : valeur);
  });
};

/** The lines found, newest first, as a file that is written while it is read. */
export async function* ecrireJournal(
  db: Database,
  phrases: Phrases,
  recherche: Recherche,
  format: FormatDuJournal,
): AsyncGenerator<string> {
  // The mark by which a spreadsheet knows UTF-8.
  if (format === 'csv') yield `\ufeff${csv([colonnes])}`;
  let before = '[\n';
  for await (const evenements of parcourir(db, phrases, recherche)) {
    if (evenements.length === 0) continue;
    if (format === 'csv') yield csv(evenements.map(ecrire));
    else {
      yield before + evenements.map((evenement) => JSON.stringify(ligne(evenement))).join(',\n');
      before = ',\n';
    }
  }
  if (format === 'json') yield before === '[\n' ? '[]\n' : '\n]\n';
}
