import { type GeoContext, type GeoProjection, geoConicConformal, geoMercator, geoPath } from 'd3-geo';
import type { MultiPolygon, Polygon, Position } from 'geojson';

/** Outline of a département: longitudes and latitudes in degrees (WGS 84), rings wound either way. */
export type Contour = {
  readonly code: string;
  readonly nom: string;
  readonly geometry: Polygon | MultiPolygon;
};

/** The same, drawn: SVG path data in the units of the map. */
export type Trace = { readonly code: string; readonly nom: string; readonly path: string };

/** Framed part of the map: overseas, or Paris and its neighbours enlarged. */
export type Encart = {
  readonly nom: string;
  readonly x: number;
  readonly y: number;
  readonly largeur: number;
  readonly hauteur: number;
};

/** West, south, east, north, in degrees (WGS 84). */
export type Bornes = readonly [number, number, number, number];

/** A map on which places are put: `null` for what is outside the frame, or overseas and without a frame. */
export type FondAPoints = {
  readonly fond: FondDeCarte;
  /** Codes of the outlines that the map is about; the others are neighbours. */
  readonly sujets: readonly string[];
  readonly placer: (
    longitude: number,
    latitude: number,
    departement: string | null,
  ) => { readonly x: number; readonly y: number } | null;
};

/** The map before its data. Units are such that whole numbers are precise enough (about 1 km). */
export type FondDeCarte = {
  readonly largeur: number;
  readonly hauteur: number;
  readonly traces: readonly Trace[];
  readonly encarts: readonly Encart[];
};

type Cadre = { readonly x: number; readonly y: number; readonly largeur: number; readonly hauteur: number };

const LARGEUR = 1200;
const METROPOLE: Cadre = { x: 8, y: 8, largeur: LARGEUR - 16, hauteur: 1150 };
const OUTRE_MER = ['971', '972', '973', '974', '976'];
const CENTRE_ILE_DE_FRANCE = ['75', '92', '93', '94'];
/** Room for the name, at the bottom of a frame. */
const TITRE = 48;
const MARGE = 14;

/**
 * Draws the départements: metropolitan France in a conic conformal projection (parallels 44° and 49°, as
 * Lambert-93), the five overseas départements and the centre of Île-de-France in frames. Of another code
 * beginning with 97 or 98 nothing is drawn: it must be said in words.
 */
export function tracerDepartements(contours: readonly Contour[]): FondDeCarte {
  return fondDeFrance(contours).fond;
}

/** The same map, on which places are put: each in the frame of its département, if it has one. */
export function fondDeFrance(contours: readonly Contour[]): FondAPoints {
  const bien = contours.map((contour) => ({ ...contour, geometry: orienter(contour.geometry) }));
  const metropole = bien.filter(({ code }) => !/^9[78]\d/.test(code));
  const traces = new Map<string, Trace>();
  const ajouter = ({ code, nom }: Contour, path: string): void => {
    const deja = traces.get(code);
    traces.set(code, { code, nom, path: deja === undefined ? path : deja.path + path });
  };
  const encarts: Encart[] = [];
  const projections = new Map<string, GeoProjection>();

  if (metropole.length > 0) {
    const projection = cadrer(geoConicConformal().parallels([44, 49]).rotate([-3, 0]), metropole, METROPOLE);
    projections.set('', projection);
    for (const contour of metropole) ajouter(contour, tracer(projection, contour));
  }

  const centre = metropole.filter(({ code }) => CENTRE_ILE_DE_FRANCE.includes(code));
  if (centre.length === CENTRE_ILE_DE_FRANCE.length) {
    const encart: Encart = { nom: 'Paris et alentours', x: LARGEUR - 301, y: 1, largeur: 300, hauteur: 208 };
    encarts.push(encart);
    const projection = cadrer(geoMercator(), centre, interieur(encart));
    // One path holds both drawings, so that both belong to one link.
    for (const contour of centre) {
      ajouter(contour, tracer(projection, contour));
      projections.set(contour.code, projection);
    }
  }

  const outreMer = bien.filter(({ code }) => OUTRE_MER.includes(code));
  const pas = (LARGEUR + MARGE) / OUTRE_MER.length;
  outreMer.forEach((contour, rang) => {
    const encart: Encart = {
      nom: contour.nom,
      x: Math.round(rang * pas) + 1,
      y: METROPOLE.y + METROPOLE.hauteur + 24,
      largeur: Math.floor(pas - MARGE) - 2,
      hauteur: 240,
    };
    encarts.push(encart);
    const projection = cadrer(geoMercator(), [contour], interieur(encart));
    projections.set(contour.code, projection);
    ajouter(contour, tracer(projection, contour));
  });

  const hauteur = METROPOLE.y * 2 + METROPOLE.hauteur + (outreMer.length > 0 ? 258 : 0);
  const ordre = bien.flatMap(({ code }) => traces.get(code) ?? []);
  const horsMetropole = /^9[78]\d/;
  return {
    fond: { largeur: LARGEUR, hauteur, traces: ordre, encarts },
    sujets: ordre.map(({ code }) => code),
    placer: (longitude, latitude, departement) => {
      const cadre = projections.get(departement ?? '');
      const projection = cadre ?? (horsMetropole.test(departement ?? '') ? undefined : projections.get(''));
      return projection ? poser(projection, [longitude, latitude], LARGEUR, hauteur) : null;
    },
  };
}

/** Height of the map of a territory: the same form as the map of France, so that both fill one box. */
const HAUTEUR = 1424;

/** Draws what is around a territory, as far as the frame goes; `sujets` are the outlines it is made of. */
export function fondDeTerritoire(
  contours: readonly Contour[],
  [ouest, sud, est, nord]: Bornes,
  sujets: readonly string[],
): FondAPoints {
  const coins = {
    type: 'MultiPoint' as const,
    coordinates: [
      [ouest, sud],
      [est, nord],
    ],
  };
  const projection = geoMercator()
    .precision(0)
    .fitExtent(
      [
        [60, 60],
        [LARGEUR - 60, HAUTEUR - 60],
      ],
      coins,
    )
    // Well beyond the frame: a box of another form shows more, and no cut edge.
    .clipExtent([
      [-400, -400],
      [LARGEUR + 400, HAUTEUR + 400],
    ]);
  const traces = contours
    .map((contour) => ({ ...contour, geometry: orienter(contour.geometry) }))
    .map((contour) => ({ code: contour.code, nom: contour.nom, path: tracer(projection, contour) }))
    .filter(({ path }) => path !== '');
  return {
    fond: { largeur: LARGEUR, hauteur: HAUTEUR, traces, encarts: [] },
    sujets,
    placer: (longitude, latitude) => poser(projection, [longitude, latitude], LARGEUR, HAUTEUR),
  };
}

function poser(projection: GeoProjection, place: [number, number], largeur: number, hauteur: number) {
  const [x, y] = projection(place) ?? [-1, -1];
  return x >= 0 && x <= largeur && y >= 0 && y <= hauteur ? { x, y } : null;
}

/** The bounds of outlines; `null` when there are none. */
export function bornesDe(contours: readonly Contour[]): Bornes | null {
  let [ouest, sud, est, nord] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of contours) {
    for (const anneau of orienter(geometry).coordinates.flat()) {
      for (const [longitude = 0, latitude = 0] of anneau) {
        ouest = Math.min(ouest, longitude);
        sud = Math.min(sud, latitude);
        est = Math.max(est, longitude);
        nord = Math.max(nord, latitude);
      }
    }
  }
  return ouest < est && sud < nord ? [ouest, sud, est, nord] : null;
}

function interieur({ x, y, largeur, hauteur }: Encart): Cadre {
  return { x: x + MARGE, y: y + MARGE, largeur: largeur - 2 * MARGE, hauteur: hauteur - TITRE - MARGE };
}

function cadrer(projection: GeoProjection, contours: readonly Contour[], cadre: Cadre): GeoProjection {
  const coin: [number, number] = [cadre.x, cadre.y];
  const oppose: [number, number] = [cadre.x + cadre.largeur, cadre.y + cadre.hauteur];
  const ensemble = {
    type: 'GeometryCollection' as const,
    geometries: contours.map(({ geometry }) => geometry),
  };
  // Precision 0: no points added along straight lines.
  return projection.precision(0).fitExtent([coin, oppose], ensemble);
}

/** d3 takes a ring wound the other way for the rest of the globe, and files disagree on the way. */
function orienter(geometry: Polygon | MultiPolygon): MultiPolygon {
  const polygones = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return {
    type: 'MultiPolygon',
    coordinates: polygones.map((anneaux) =>
      anneaux.map((anneau, rang) => (aire(anneau) > 0 === (rang === 0) ? anneau.toReversed() : anneau)),
    ),
  };
}

/** Signed area of a ring, positive when counterclockwise with y upwards. */
function aire(anneau: readonly Position[]): number {
  let somme = 0;
  let [xAvant = 0, yAvant = 0] = anneau.at(-1) ?? [];
  for (const [x = 0, y = 0] of anneau) {
    somme += xAvant * y - x * yAvant;
    xAvant = x;
    yAvant = y;
  }
  return somme / 2;
}

/** Path data on the grid of whole numbers; islets smaller than a few units are left out unless alone. */
function tracer(projection: GeoProjection, contour: Contour): string {
  const anneaux: Position[][] = [];
  let anneau: Position[] = [];
  const context: GeoContext = {
    beginPath: () => undefined,
    arc: () => undefined,
    moveTo: (x, y) => {
      anneau = [[Math.round(x), Math.round(y)]];
      anneaux.push(anneau);
    },
    // Each point is rounded on its own, so that two neighbours keep one common border.
    lineTo: (x, y) => {
      anneau.push([Math.round(x), Math.round(y)]);
    },
    closePath: () => undefined,
  };
  geoPath(projection, context)(contour.geometry);
  const simples = anneaux
    .map((points) => alleger(points))
    .map((points) => ({ points, surface: Math.abs(aire(points)) }))
    .filter(({ surface }) => surface > 0);
  const plusGrande = Math.max(0, ...simples.map(({ surface }) => surface));
  return simples
    .filter(({ surface }) => surface >= 6 || surface === plusGrande)
    .map(({ points }) => ecrire(points))
    .join('');
}

/** Drops points that repeat the one before or lie on the straight line between their neighbours. */
function alleger(points: readonly Position[]): Position[] {
  const gardes: Position[] = [];
  for (const point of points) {
    const dernier = gardes.at(-1);
    if (dernier !== undefined && memePoint(dernier, point)) continue;
    const avant = gardes.at(-2);
    if (avant !== undefined && dernier !== undefined && entre(avant, dernier, point)) gardes.pop();
    gardes.push(point);
  }
  const [premier] = gardes;
  const dernier = gardes.at(-1);
  if (premier !== undefined && dernier !== undefined && gardes.length > 1 && memePoint(premier, dernier))
    gardes.pop();
  return gardes;
}

function memePoint([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position): boolean {
  return ax === bx && ay === by;
}

function entre([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, [cx = 0, cy = 0]: Position): boolean {
  const aligne = (bx - ax) * (cy - by) === (by - ay) * (cx - bx);
  return aligne && (bx - ax) * (cx - bx) + (by - ay) * (cy - by) > 0;
}

/** « M12 34l5-6 7 8z »: relative steps, no separator before a minus sign. */
function ecrire(points: readonly Position[]): string {
  let [xAvant = 0, yAvant = 0] = points[0] ?? [];
  let texte = `M${xAvant} ${yAvant}l`;
  points.slice(1).forEach(([x = 0, y = 0], rang) => {
    const [dx, dy] = [x - xAvant, y - yAvant];
    texte += `${rang === 0 || dx < 0 ? '' : ' '}${dx}${dy < 0 ? '' : ' '}${dy}`;
    xAvant = x;
    yAvant = y;
  });
  return `${texte}z`;
}
