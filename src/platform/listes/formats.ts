import { setImmediate as tour } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import { cellule } from '../csv.ts';
import { composerClasseur } from './atelier.ts';
import type { ValeurDeClasseur } from './classeur.ts';
import type { Champ, Champs, Ligne, Liste } from './liste.ts';

/** The files that every list comes as; a list without positions has no GeoJSON. */
const formats = ['csv', 'xlsx', 'json', 'geojson'] as const;
export type Format = (typeof formats)[number];

export const mimes: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  geojson: 'application/geo+json; charset=utf-8',
};

export const formatsDe = (liste: Pick<Liste, 'position'>): readonly Format[] =>
  formats.filter((format) => format !== 'geojson' || liste.position !== undefined);

type Valeur = Ligne[string];

/** Euros leave as euros, whatever the file: 54805 or 54805.5. */
const enEuros = (centimes: number): number => centimes / 100;

/** A value for a program: euros as a number of euros, lists as arrays. */
const valeurJson = (champ: Champ, valeur: Valeur): unknown =>
  champ.type === 'euros' && typeof valeur === 'number' ? enEuros(valeur) : valeur;

/** A row for a program. */
export const ligneJson = (champs: Champs, ligne: Ligne): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(champs).map(([code, champ]) => [code, valeurJson(champ, ligne[code] ?? null)]),
  );

/** A code in words, where the field has them. */
const enMots = ({ mots }: Champ, valeur: Valeur): Valeur =>
  typeof valeur === 'string' ? (mots?.[valeur] ?? valeur) : valeur;

/** A value for a French spreadsheet: decimal comma, oui and non, a text that no formula can begin. */
const valeurCsv = (champ: Champ, valeur: Valeur): string => {
  const simple = valeurJson(champ, enMots(champ, valeur));
  if (simple === null || simple === undefined) return '';
  if (typeof simple === 'number') return String(simple).replace('.', ',');
  if (typeof simple === 'boolean') return simple ? 'oui' : 'non';
  return cellule(Array.isArray(simple) ? simple.join(', ') : String(simple));
};

const csv = (cells: readonly string[]): string =>
  stringify([[...cells]], { delimiter: ';', record_delimiter: '\r\n' });

async function* ecrireCsv(liste: Liste, lignes: AsyncIterable<Ligne>): AsyncGenerator<string> {
  const champs = Object.entries(liste.champs);
  // The mark by which a spreadsheet knows UTF-8.
  yield `\ufeff${csv(champs.map(([code]) => code))}`;
  for await (const ligne of lignes)
    yield csv(champs.map(([code, champ]) => valeurCsv(champ, ligne[code] ?? null)));
}

async function* ecrireJson(liste: Liste, lignes: AsyncIterable<Ligne>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const ligne of lignes) {
    yield before + JSON.stringify(ligneJson(liste.champs, ligne));
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* ecrireGeojson(
  liste: Liste,
  lignes: AsyncIterable<Ligne>,
  position: NonNullable<Liste['position']>,
): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let before = '\n';
  for await (const ligne of lignes) {
    const [longitude, latitude] = [ligne[position.longitude], ligne[position.latitude]];
    const placed = typeof longitude === 'number' && typeof latitude === 'number';
    yield before +
      JSON.stringify({
        type: 'Feature',
        geometry: placed ? { type: 'Point', coordinates: [longitude, latitude] } : null,
        properties: ligneJson(liste.champs, ligne),
      });
    before = ',\n';
  }
  yield '\n]}\n';
}

/** A value that may go to the thread that makes the workbook. */
const valeurClasseur = (champ: Champ, valeur: Valeur): ValeurDeClasseur => {
  const dit = enMots(champ, valeur ?? null);
  if (dit === null || dit === undefined) return null;
  if (typeof dit === 'object') return dit.join(', ');
  return champ.type === 'euros' && typeof dit === 'number' ? enEuros(dit) : dit;
};

async function* ecrireXlsx(
  liste: Liste,
  lignes: AsyncIterable<Ligne>,
  source: string,
): AsyncGenerator<Uint8Array> {
  const champs = Object.entries(liste.champs);
  const valeurs = async function* () {
    for await (const ligne of lignes)
      yield champs.map(([code, champ]) => valeurClasseur(champ, ligne[code] ?? null));
  };
  yield await composerClasseur(
    {
      titre: liste.titre,
      description: liste.description,
      source,
      colonnes: champs.map(([code, { titre, description, type }]) => ({ code, titre, description, type })),
    },
    valeurs(),
  );
}

/** Characters that leave together: each piece costs the server a turn. */
const paquet = 65_536;

/** Puts small pieces together, and lets others be served after each: a long file is one reader's, the server is all's. */
async function* parPaquets(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const piece of pieces) {
    held += piece;
    if (held.length < paquet) continue;
    yield held;
    held = '';
    await tour();
  }
  yield held;
}

/**
 * A list as a file, written as fast as it is read by who asked (a workbook at once, when its turn comes and it is
 * whole). `source` says whose data they are and under which licence.
 */
export const ecrireListe = (
  liste: Liste,
  format: Format,
  lignes: AsyncIterable<Ligne>,
  source: string,
): AsyncIterable<string | Uint8Array> => {
  switch (format) {
    case 'csv':
      return parPaquets(ecrireCsv(liste, lignes));
    case 'json':
      return parPaquets(ecrireJson(liste, lignes));
    case 'xlsx':
      return ecrireXlsx(liste, lignes, source);
    case 'geojson':
      if (!liste.position) throw new Error(`the list ${liste.code} has no positions`);
      return parPaquets(ecrireGeojson(liste, lignes, liste.position));
  }
};
