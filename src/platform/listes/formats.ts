import { stringify } from 'csv-stringify/sync';
import writeXlsxFile, { type Cell, type SheetData } from 'write-excel-file/node';
import { cellule } from '../csv.ts';
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

/** A value for a French spreadsheet: decimal comma, oui and non, a text that no formula can begin. */
const valeurCsv = (champ: Champ, valeur: Valeur): string => {
  const simple = valeurJson(champ, valeur);
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

const celluleXlsx = (champ: Champ, valeur: Valeur): Cell => {
  const simple = valeurJson(champ, valeur);
  if (simple === null || simple === undefined) return null;
  if (typeof simple === 'number') {
    if (champ.type === 'euros') return { value: simple, type: Number, format: '#,##0.00 "€"' };
    return { value: simple, type: Number, ...(champ.type === 'entier' ? { format: '#,##0' } : {}) };
  }
  if (typeof simple === 'boolean') return { value: simple ? 'oui' : 'non', type: String };
  if (champ.type === 'date' && typeof simple === 'string')
    return { value: new Date(`${simple}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' };
  // A cell of text is never read as a formula.
  return { value: Array.isArray(simple) ? simple.join(', ') : String(simple), type: String };
};

const largeurs: Readonly<Partial<Record<Champ['type'], number>>> = {
  texte: 32,
  textes: 28,
  euros: 18,
  date: 14,
};

async function* ecrireXlsx(
  liste: Liste,
  lignes: AsyncIterable<Ligne>,
  source: string,
): AsyncGenerator<Uint8Array> {
  const champs = Object.entries(liste.champs);
  const head = (value: string): Cell => ({ value, type: String, fontWeight: 'bold', wrap: true });
  const rows: SheetData = [champs.map(([, { titre }]) => head(titre))];
  for await (const ligne of lignes)
    rows.push(champs.map(([code, champ]) => celluleXlsx(champ, ligne[code] ?? null)));
  const described: SheetData = [
    [{ value: liste.titre, type: String, fontWeight: 'bold' }],
    [{ value: liste.description, type: String }],
    [{ value: source, type: String }],
    [],
    [head('Colonne'), head('Nom dans les autres fichiers'), head('Ce qu’elle contient')],
    ...champs.map(([code, { titre, description }]): SheetData[number] => [
      { value: titre, type: String },
      { value: code, type: String },
      { value: description, type: String, wrap: true },
    ]),
  ];
  yield await writeXlsxFile([
    {
      data: rows,
      sheet: liste.titre.slice(0, 31),
      columns: champs.map(([, { type }]) => ({ width: largeurs[type] ?? 14 })),
      stickyRowsCount: 1,
    },
    { data: described, sheet: 'Description', columns: [{ width: 32 }, { width: 28 }, { width: 90 }] },
  ]).toBuffer();
}

/**
 * A list as a file, written while its rows are read (a workbook when the last is read). `source` says whose data they
 * are and under which licence.
 */
export const ecrireListe = (
  liste: Liste,
  format: Format,
  lignes: AsyncIterable<Ligne>,
  source: string,
): AsyncIterable<string | Uint8Array> => {
  switch (format) {
    case 'csv':
      return ecrireCsv(liste, lignes);
    case 'json':
      return ecrireJson(liste, lignes);
    case 'xlsx':
      return ecrireXlsx(liste, lignes, source);
    case 'geojson':
      if (!liste.position) throw new Error(`the list ${liste.code} has no positions`);
      return ecrireGeojson(liste, lignes, liste.position);
  }
};
