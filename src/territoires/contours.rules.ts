import { geoArea, geoCentroid, geoContains } from 'd3-geo';
import { type Resultat, refuser, reussi } from '../platform/result.ts';
import {
  type NiveauContour,
  type Polygones,
  type Position,
  reparerCodeDepartement,
  reparerCodeInsee,
} from './rules.ts';

export type ContourLu = { readonly code: string; readonly nom: string | null; readonly geometrie: Polygones };

export type FichierContours = { readonly niveau: NiveauContour; readonly contours: readonly ContourLu[] };

export type RefusContours =
  | 'json'
  | 'geojson'
  | 'vide'
  | 'proprietes'
  | 'geometrie'
  | 'coordonnees'
  | 'doublon';

type Point = [number, number];
type Ring = Point[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const signedArea = (ring: Ring): number =>
  ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);

/** Files wind their rings either way; drawing on a sphere takes the clockwise side as the inside. */
const wind = (rings: readonly Ring[]): Ring[] =>
  rings.map((ring, index) => (signedArea(ring) < 0 === (index === 0) ? ring : ring.toReversed()));

const parseRing = (value: unknown): Ring | 'geometrie' | 'coordonnees' => {
  if (!Array.isArray(value) || value.length < 4) return 'geometrie';
  const ring: Ring = [];
  for (const point of value) {
    const [x, y]: readonly unknown[] = Array.isArray(point) ? point : [];
    if (typeof x !== 'number' || typeof y !== 'number') return 'geometrie';
    // Metres of Lambert-93 are well beyond any degree.
    if (Math.abs(x) > 180 || Math.abs(y) > 90) return 'coordonnees';
    ring.push([x, y]);
  }
  const [first, last] = [ring[0], ring.at(-1)];
  return first && last && first[0] === last[0] && first[1] === last[1] ? ring : 'geometrie';
};

const parsePolygon = (value: unknown): Ring[] | 'geometrie' | 'coordonnees' => {
  if (!Array.isArray(value) || value.length === 0) return 'geometrie';
  const rings: Ring[] = [];
  for (const item of value) {
    const ring = parseRing(item);
    if (typeof ring === 'string') return ring;
    rings.push(ring);
  }
  return wind(rings);
};

const parseGeometry = (value: unknown): Polygones | 'geometrie' | 'coordonnees' => {
  if (!isObject(value)) return 'geometrie';
  const { type, coordinates } = value;
  if (type === 'Polygon') {
    const polygon = parsePolygon(coordinates);
    return typeof polygon === 'string' ? polygon : { type, coordinates: polygon };
  }
  if (type !== 'MultiPolygon' || !Array.isArray(coordinates) || coordinates.length === 0) return 'geometrie';
  const polygons: Ring[][] = [];
  for (const item of coordinates) {
    const polygon = parsePolygon(item);
    if (typeof polygon === 'string') return polygon;
    polygons.push(polygon);
  }
  return { type, coordinates: polygons };
};

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : null;

type Identity = { readonly niveau: NiveauContour; readonly code: string; readonly nom: string | null };

const identify = (properties: unknown): Identity | null => {
  if (!isObject(properties)) return null;
  const departement = textOf(properties['insee_dep']);
  if (departement !== null) {
    const mended = reparerCodeDepartement(departement);
    return mended ? { niveau: 'departement', code: mended.code, nom: textOf(properties['lib_dep']) } : null;
  }
  const code = textOf(properties['code']);
  if (code === null) return null;
  const nom = textOf(properties['nom']);
  const mended = code.length <= 3 ? reparerCodeDepartement(code) : reparerCodeInsee(code);
  return mended ? { niveau: code.length <= 3 ? 'departement' : 'commune', code: mended.code, nom } : null;
};

const featuresOf = (texte: string): Resultat<readonly unknown[], 'json' | 'geojson' | 'vide'> => {
  let data: unknown;
  try {
    data = JSON.parse(texte.replace(/^\uFEFF/, ''));
  } catch {
    return refuser(
      'json',
      'Ce fichier n’est pas du JSON : choisissez un fichier de contours au format GeoJSON.',
    );
  }
  const features = isObject(data) && data['type'] === 'FeatureCollection' ? data['features'] : undefined;
  if (!Array.isArray(features)) {
    return refuser(
      'geojson',
      'Ce fichier n’est pas une collection GeoJSON (« FeatureCollection ») de contours.',
    );
  }
  return features.length > 0 ? reussi(features) : refuser('vide', 'Ce fichier ne contient aucun contour.');
};

/**
 * Reads official outlines: a GeoJSON FeatureCollection of polygons, all of départements or all of communes, named by
 * the properties `code` and `nom` or `insee_dep` and `lib_dep`. Refuses anything else, saying which contour is wrong.
 */
export const lireContours = (texte: string): Resultat<FichierContours, RefusContours> => {
  const features = featuresOf(texte);
  if (!features.ok) return features;
  const contours = new Map<string, ContourLu>();
  let niveau: NiveauContour | undefined;
  for (const [index, feature] of features.valeur.entries()) {
    const identity = isObject(feature) ? identify(feature['properties']) : null;
    if (!identity) {
      return refuser(
        'proprietes',
        `Le contour n° ${index + 1} ne porte pas de code de département ou de commune : les propriétés attendues sont « code » et « nom », ou « insee_dep » et « lib_dep ».`,
      );
    }
    if (niveau !== undefined && niveau !== identity.niveau) {
      return refuser(
        'proprietes',
        'Ce fichier mêle des départements et des communes : importez-les séparément.',
      );
    }
    niveau = identity.niveau;
    const nomme = `Le contour n° ${index + 1} (${[identity.code, identity.nom].filter(Boolean).join(', ')})`;
    const geometrie = parseGeometry(isObject(feature) ? feature['geometry'] : undefined);
    if (geometrie === 'coordonnees') {
      return refuser(
        'coordonnees',
        `${nomme} n’est pas en longitude et latitude (WGS 84) : convertissez le fichier avant de l’importer.`,
      );
    }
    if (geometrie === 'geometrie') {
      return refuser(
        'geometrie',
        `${nomme} n’est pas une surface (« Polygon » ou « MultiPolygon ») aux lignes fermées.`,
      );
    }
    if (contours.has(identity.code)) return refuser('doublon', `${nomme} figure deux fois dans ce fichier.`);
    contours.set(identity.code, { code: identity.code, nom: identity.nom, geometrie });
  }
  return reussi({ niveau: niveau ?? 'commune', contours: [...contours.values()] });
};

const polygonesDe = (geometrie: Polygones): readonly [number, number][][][] =>
  geometrie.type === 'Polygon' ? [geometrie.coordinates] : geometrie.coordinates;

/** Several outlines as one, side by side. */
export const reunir = (geometries: readonly Polygones[]): Polygones => {
  const polygons = geometries.flatMap(polygonesDe);
  const [only] = polygons;
  return only && polygons.length === 1
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: [...polygons] };
};

/** The middle of the widest stretch inside a polygon at a latitude (holes left out). */
const middleAt = (rings: readonly Ring[], latitude: number): Point | null => {
  const crossings = rings
    .flatMap((ring) =>
      ring.slice(1).flatMap(([x, y], index) => {
        const [fromX, fromY] = ring[index] ?? [x, y];
        return fromY > latitude === y > latitude
          ? []
          : [fromX + ((latitude - fromY) / (y - fromY)) * (x - fromX)];
      }),
    )
    .sort((a, b) => a - b);
  let best: Point | null = null;
  let widest = 0;
  for (let index = 0; index + 1 < crossings.length; index += 2) {
    const [west = 0, east = 0] = crossings.slice(index, index + 2);
    if (east - west > widest) {
      widest = east - west;
      best = [(west + east) / 2, latitude];
    }
  }
  return best;
};

const rounded = (degrees: number): number => Number(degrees.toFixed(5));

/** A point of the territory: its centroid, or a point of its largest part when the centroid falls outside. */
export const positionDans = (geometrie: Polygones): Position => {
  let [longitude, latitude] = geoCentroid(geometrie);
  if (!geoContains(geometrie, [longitude, latitude])) {
    const areaOf = (coordinates: Ring[]): number => geoArea({ type: 'Polygon', coordinates });
    const [largest = []] = polygonesDe(geometrie).toSorted((a, b) => areaOf(b) - areaOf(a));
    const [, middle] = geoCentroid({ type: 'Polygon', coordinates: largest });
    [longitude, latitude] = middleAt(largest, middle) ?? largest[0]?.[0] ?? [longitude, latitude];
  }
  return { latitude: rounded(latitude), longitude: rounded(longitude) };
};
