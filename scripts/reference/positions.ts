import { readFileSync } from 'node:fs';
import { normaliserNom } from '../../src/territoires/rules.ts';
import { round } from './csv.ts';

export type Placed = {
  readonly latitude: number;
  readonly longitude: number;
  readonly precision: 'exacte' | 'approximative';
};
export type Locatable = {
  readonly code: string;
  readonly nom: string;
  readonly departement: string;
  readonly epci: string | null;
};

type Record_ = {
  readonly nom: string;
  readonly autres: readonly string[];
  readonly latitude: number;
  readonly longitude: number;
  readonly seat: boolean;
  readonly population: number;
};

const countries = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'WF', 'NC']);

/** Villages of French Polynesia in GeoNames, which gives them no commune there. */
const polynesianVillages: Readonly<Record<string, string>> = {
  Afareaitu: 'Moorea-Maiao',
  Atuona: 'Hiva-Oa',
  Fare: 'Huahine',
  Hitiaa: 'Hitiaa O Te Ra',
  Mataura: 'Tubuai',
  Moerai: 'Rurutu',
  Papao: 'Papara',
  Afaahiti: 'Taiarapu-Est',
  Rikitea: 'Gambier',
  Taiohae: 'Nuku-Hiva',
  Tapuarava: 'Reao',
  Tevaitoa: 'Tumaraa',
  Vairao: 'Taiarapu-Ouest',
  Vaitape: 'Bora-Bora',
};

/**
 * Overseas communes that the source does not place (latitude, longitude of the main village or base, within a few
 * kilometres): a mean would lie in the ocean, up to a thousand kilometres away.
 */
const overseas: Readonly<Record<string, readonly [number, number]>> = {
  '97108': [15.89, -61.22],
  '97110': [16.3, -61.08],
  '97111': [16.31, -61.79],
  '97114': [16.14, -61.57],
  '97116': [16.33, -61.45],
  '97126': [15.96, -61.31],
  '97131': [15.87, -61.58],
  '97133': [15.95, -61.7],
  '97202': [14.49, -61.08],
  '97204': [14.71, -61.18],
  '97205': [14.64, -61.14],
  '97206': [14.48, -61.03],
  '97208': [14.73, -61.13],
  '97215': [14.87, -61.14],
  '97216': [14.82, -61.03],
  '97219': [14.8, -61.22],
  '97221': [14.53, -60.97],
  '97226': [14.43, -60.88],
  '97233': [14.7, -61.15],
  '97234': [14.67, -61.16],
  '97313': [4.89, -52.49],
  '97314': [4.21, -51.67],
  '97352': [3.62, -53.21],
  '97358': [4.82, -53.28],
  '97361': [5.74, -53.93],
  '97362': [3.81, -54.15],
  '97404': [-21.26, 55.38],
  '97406': [-21.13, 55.63],
  '98411': [-37.8, 77.57],
  '98412': [-49.35, 70.22],
  '98413': [-46.43, 51.86],
  '98414': [-66.66, 140.0],
  '98415': [-17.06, 42.73],
  '98806': [-21.66, 165.77],
  '98832': [-22.15, 166.93],
  '98833': [-21.39, 165.83],
  Anaa: [-17.35, -145.51],
  Arutua: [-15.25, -146.62],
  Fakarava: [-16.06, -145.62],
  Fangatau: [-15.82, -140.87],
  'Fatu-Hiva': [-10.51, -138.68],
  Hao: [-18.1, -140.91],
  Hikueru: [-17.53, -142.53],
  Makemo: [-16.63, -143.57],
  Manihi: [-14.46, -146.04],
  Maupiti: [-16.45, -152.26],
  Napuka: [-14.17, -141.27],
  Nukutavake: [-19.28, -138.77],
  Pukapuka: [-14.82, -138.81],
  Raivavae: [-23.87, -147.66],
  Rangiroa: [-14.97, -147.64],
  Rapa: [-27.62, -144.33],
  Rimatara: [-22.65, -152.81],
  Tahaa: [-16.62, -151.5],
  Tahuata: [-9.94, -139.11],
  Takaroa: [-14.48, -145.04],
  Taputapuatea: [-16.79, -151.41],
  Tatakoto: [-17.34, -138.45],
  'Teva I Uta': [-17.76, -149.42],
  Tureia: [-20.77, -138.57],
  'Ua-Huka': [-8.93, -139.56],
  'Ua-Pou': [-9.36, -140.05],
};

/** Records of the source that lie more than 70 km from the rest of their EPCI. */
const misplaced = new Set(['38363', '40271']);

const readRecords = (file: string, idOf: ReadonlyMap<string, string>): Map<string, Record_[]> => {
  const records = new Map<string, Record_[]>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    // http://download.geonames.org/export/dump/readme.txt
    const [
      ,
      nom = '',
      ,
      autres = '',
      latitude,
      longitude,
      ,
      feature = '',
      country = '',
      ,
      ,
      a2,
      a3 = '',
      a4,
      population,
    ] = line.split('\t');
    const code =
      country === 'PF'
        ? idOf.get(normaliserNom(polynesianVillages[nom] ?? nom))
        : country === 'BL'
          ? '97701'
          : country === 'MF'
            ? '97801'
            : countries.has(country)
              ? [a4, a3, a2, line.split('\t')[10]].find((admin) => /^(\d{5}|2[AB]\d{3})$/.test(admin ?? ''))
              : undefined;
    if (code === undefined || misplaced.has(code)) continue;
    const known = records.get(code) ?? [];
    known.push({
      nom,
      autres: autres.split(','),
      latitude: Number(latitude),
      longitude: Number(longitude),
      seat:
        feature === 'PPLC' ||
        feature.startsWith('PPLA') ||
        (country === 'PF' && polynesianVillages[nom] !== undefined),
      population: Number(population),
    });
    records.set(code, known);
  }
  return records;
};

const mean = (places: readonly Placed[]): Placed | undefined => {
  if (places.length === 0) return undefined;
  const average = (pick: (place: Placed) => number): number =>
    round(places.reduce((sum, place) => sum + pick(place), 0) / places.length, 5);
  return {
    latitude: average((place) => place.latitude),
    longitude: average((place) => place.longitude),
    precision: 'approximative',
  };
};

const groupBy = (
  communes: readonly Locatable[],
  placed: ReadonlyMap<string, Placed>,
  key: (c: Locatable) => string | null,
) => {
  const groups = new Map<string, Placed[]>();
  for (const commune of communes) {
    const [name, place] = [key(commune), placed.get(commune.code)];
    if (name !== null && place) groups.set(name, [...(groups.get(name) ?? []), place]);
  }
  return groups;
};

/**
 * A position for every commune. `exacte`: the record of the commune's code that bears its name, or its seat.
 * `approximative`: another place of the commune (a former commune, a hamlet), else the mean of the known positions
 * of its EPCI, else of its département.
 */
export const placeCommunes = (
  file: string,
  communes: readonly Locatable[],
  successors: ReadonlyMap<string, string>,
): Map<string, Placed> => {
  const polynesia = communes.filter(({ departement }) => departement === '987');
  const records = readRecords(file, new Map(polynesia.map(({ code, nom }) => [normaliserNom(nom), code])));
  const placed = new Map<string, Placed>();
  const byPopulation = (a: Record_, b: Record_): number => b.population - a.population;
  for (const commune of communes) {
    const own = (records.get(commune.code) ?? []).toSorted(byPopulation);
    const name = normaliserNom(commune.nom);
    const exact =
      own.find((place) => normaliserNom(place.nom) === name) ??
      own.find((place) => place.autres.some((other) => normaliserNom(other) === name)) ??
      own.find((place) => place.seat);
    const island =
      overseas[commune.code] ?? (commune.departement === '987' ? overseas[commune.nom] : undefined);
    const found = exact ?? own[0];
    if (found) {
      const { latitude, longitude } = found;
      placed.set(commune.code, {
        latitude: round(latitude, 5),
        longitude: round(longitude, 5),
        precision: exact ? 'exacte' : 'approximative',
      });
    } else if (island) {
      placed.set(commune.code, { latitude: island[0], longitude: island[1], precision: 'approximative' });
    }
  }
  for (const [code, list] of [...records].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const successor = successors.get(code);
    const best = list.toSorted(byPopulation)[0];
    if (!successor || !best || placed.has(successor)) continue;
    const { latitude, longitude } = best;
    placed.set(successor, {
      latitude: round(latitude, 5),
      longitude: round(longitude, 5),
      precision: 'approximative',
    });
  }
  // Of an EPCI over two départements, the part in the commune's own first.
  const part = ({ epci, departement }: Locatable): string => `${epci} ${departement}`;
  const near = groupBy(communes, placed, part);
  const epci = groupBy(communes, placed, (commune) => commune.epci);
  const departement = groupBy(communes, placed, (commune) => commune.departement);
  return new Map(
    communes.map((commune): [string, Placed] => {
      const place =
        placed.get(commune.code) ??
        mean(commune.epci === null ? [] : (near.get(part(commune)) ?? [])) ??
        mean(epci.get(commune.epci ?? '') ?? []) ??
        mean(departement.get(commune.departement) ?? []);
      if (!place) throw new Error(`no position for ${commune.code} ${commune.nom}`);
      return [commune.code, place];
    }),
  );
};
