/** Nature of what a former code or name was. */
export type NatureAncienne =
  | 'fusionnee'
  | 'deleguee'
  | 'associee'
  | 'arrondissement_municipal'
  | 'ancien_nom'
  | 'ancien_code';

/** `officielle`: from an imported official outline; `exacte`: of the commune's own seat; `approximative`: nearby. */
export type PrecisionPosition = 'officielle' | 'exacte' | 'approximative';

/** WGS 84, decimal degrees. */
export type Position = { readonly latitude: number; readonly longitude: number };

/** A code as it should be written, and whether it had to be mended (a lost leading zero, spaces, a small letter). */
export type CodeRepare = { readonly code: string; readonly repare: boolean };

export type NiveauContour = 'departement' | 'commune';

/** Outer rings clockwise, holes the other way (the inside for d3-geo); longitude, latitude in degrees (WGS 84). */
export type Polygones =
  | { readonly type: 'Polygon'; readonly coordinates: [number, number][][] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: [number, number][][][] };

export type Contour = {
  readonly code: string;
  readonly nom: string;
  readonly geometrie: Polygones;
  /** False for the coarse outlines that come with the product. */
  readonly officiel: boolean;
  readonly source: string;
};

const articles = new Set(['le', 'la', 'les', 'l']);
const abbreviations: Readonly<Record<string, string>> = {
  st: 'saint',
  ste: 'sainte',
  sts: 'saints',
  stes: 'saintes',
};

const wordsOf = (texte: string): string[] =>
  texte
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    // The abbreviations of postal addresses: « Flavy s/ Martel », « Nanteuil ss/ Muret ».
    .replaceAll(/\bss\//g, ' sous ')
    .replaceAll(/\bs\//g, ' sur ')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => abbreviations[word] ?? word);

const withoutArticle = (words: readonly string[]): readonly string[] => {
  const first = words.findIndex((word) => !articles.has(word));
  // « Les » alone is what somebody has begun to type.
  return first === -1 ? words.slice(-1) : words.slice(first);
};

/**
 * The form under which names are compared and searched: no accents, capitals, hyphens or apostrophes, St and Ste in
 * full, no leading article. Empty when nothing of the text can be compared. Applying it twice changes nothing.
 */
export const normaliserNom = (texte: string): string => withoutArticle(wordsOf(texte)).join(' ');

/**
 * The same for a commune as files and addresses write it: « SAINT QUENTIN CEDEX », « LYON 03 », « PARIS 12E
 * ARRONDISSEMENT » lose what is not the name.
 */
export const normaliserNomImporte = (texte: string): string => {
  const name = normaliserNom(texte);
  const short = name
    .replace(/ cedex( \d+)?$/, '')
    .replace(/ \d{1,2} ?(er|e|eme|nd|nde|ere)?( arr| arrt| arrdt| arrondissement)?$/, '');
  return short === '' ? name : short;
};

const departements = new Set([
  ...Array.from({ length: 95 }, (_, index) => String(index + 1).padStart(2, '0')).filter(
    (code) => code !== '20',
  ),
  ...['2A', '2B', '971', '972', '973', '974', '975', '976', '977', '978', '984', '986', '987', '988'],
]);

const compact = (texte: string): string => texte.replaceAll(/\s/g, '').toUpperCase();

const repaired = (texte: string, code: string): CodeRepare => ({ code, repare: texte !== code });

/**
 * A département's code from « 2 », « 02 », « 002 », « 2a », « 971 »; `null` when it is none. « 20 » and « 97 » are
 * refused: they do not say which département.
 */
export const reparerCodeDepartement = (texte: string): CodeRepare | null => {
  const bare = compact(texte).replace(/^0+(?=.)/, '');
  const code = bare.length === 1 ? `0${bare}` : bare;
  return departements.has(code) ? repaired(texte, code) : null;
};

/** A postal code from « 2000 » or « 02 000 »; `null` when it is none. */
export const reparerCodePostal = (texte: string): CodeRepare | null => {
  const bare = compact(texte);
  if (!/^\d{4,5}$/.test(bare)) return null;
  const code = bare.padStart(5, '0');
  return /^(0[1-9]|[1-8]\d|9[0-578])/.test(code) ? repaired(texte, code) : null;
};

/**
 * A commune's INSEE code from « 2408 » or « 2a004 »; `null` when it is none. Corsican codes of before 1976 (20004) are
 * kept as they are: they are known as former codes.
 */
export const reparerCodeInsee = (texte: string): CodeRepare | null => {
  const bare = compact(texte);
  if (!/^(\d{4,5}|2[AB]\d{3})$/.test(bare)) return null;
  const code = bare.padStart(5, '0');
  return /^(0[1-9]|[1-8]\d|9[0-578]|2[AB])/.test(code) ? repaired(texte, code) : null;
};

/**
 * The département that a postal code suggests, as a hint only: some codes cross a border, and a département is
 * always derived from the commune. 97133 is Saint-Barthélemy and 97150 Saint-Martin. `null` when none.
 */
export const departementSelonCodePostal = (codePostal: string): string | null => {
  const code = reparerCodePostal(codePostal)?.code;
  if (code === undefined) return null;
  if (code === '97133') return '977';
  if (code === '97150') return '978';
  if (code.startsWith('20')) return /^20[01]/.test(code) ? '2A' : '2B';
  const hint = /^9[78]/.test(code) ? code.slice(0, 3) : code.slice(0, 2);
  return departements.has(hint) ? hint : null;
};

const earthRadiusMetres = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres (haversine on a sphere of mean radius: right within 0.5 %). */
export const distanceMetres = (from: Position, to: Position): number => {
  const deltaLatitude = radians(to.latitude - from.latitude);
  const deltaLongitude = radians(to.longitude - from.longitude);
  const h =
    Math.sin(deltaLatitude / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(deltaLongitude / 2) ** 2;
  return 2 * earthRadiusMetres * Math.asin(Math.min(1, Math.sqrt(h)));
};
