import { ESPACE_INSECABLE, pluriel } from '../../platform/francais/index.ts';
import { pngDuSvg } from '../../platform/images.ts';
import { echapperXml } from '../../platform/xml.ts';
import type { Communique } from '../document.ts';
import { type Cercle, placerEtiquettes } from './etiquettes.ts';

type Position = readonly number[];
/** Outline of the département: GeoJSON geometry, longitudes and latitudes in degrees (WGS 84). */
export type Contour =
  | { type: 'Polygon'; coordinates: readonly (readonly Position[])[] }
  | { type: 'MultiPolygon'; coordinates: readonly (readonly (readonly Position[])[])[] };

export interface PointCarte {
  /** Degrees. */
  lon: number;
  lat: number;
  postes: number;
  /** Public label of the structure. */
  libelle: string;
  /** Short name to write beside the circle (the commune), or `null`. */
  etiquette: string | null;
}

export interface FondCarte {
  contour: Contour;
  points: readonly PointCarte[];
  /** « Contours : IGN ; positions : … », written under the map. */
  source: string | null;
}

const LARGEUR = 900;
const MARGE = 40;
const ENTETE = 76;
const PIED = 112;
const HAUTEUR_MAX = 1100;
const RAYON_UNITE = 7;

const COULEURS = { fond: '#ffffff', terre: '#eef1f5', trait: '#5b6472', point: '#1e3a5f', texte: '#1b1b1f' };

/**
 * The map of a département with one circle for each retained structure, its area in proportion to its posts.
 * One SVG file that stands on its own: attributes only, no style, no script; a title and a description in words.
 */
export function carteSvg(communique: Communique, fond: FondCarte): string {
  const { projeter, hauteur: dessin } = cadrer(fond.contour);
  const hauteur = ENTETE + dessin + PIED;
  const cercles = ecarter(
    [...fond.points]
      .sort((gauche, droite) => droite.postes - gauche.postes || (gauche.libelle < droite.libelle ? -1 : 1))
      .map((point): Cercle => {
        const [x, y] = projeter([point.lon, point.lat]);
        return { x, y, rayon: rayon(point.postes), etiquette: point.etiquette, titre: enLigne(point) };
      }),
  );
  const id = `carte-${communique.departement.code}`;
  const titre = `${communique.liste.intertitre.texte} – ${communique.departement.nom}`;
  const absents = communique.liste.lignes.length - fond.points.length;
  const notes = [
    ...(absents > 0
      ? [
          `${pluriel(absents, 'structure sans position connue n’y figure', 'structures sans position connue n’y figurent')} pas.`,
        ]
      : []),
    ...communique.marques,
    ...(fond.source === null ? [] : [fond.source]),
  ];
  const description = `Un cercle par structure, d’autant plus grand qu’elle compte de postes. ${fond.points.map(enLigne).join(' ; ')}.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LARGEUR} ${hauteur}" width="${LARGEUR}" height="${hauteur}" role="img" aria-labelledby="${id}-titre ${id}-description" lang="fr" font-family="Atkinson Hyperlegible, Arial, sans-serif" fill="${COULEURS.texte}">`,
    `<title id="${id}-titre">${echapperXml(titre)}</title>`,
    `<desc id="${id}-description">${echapperXml(description)}</desc>`,
    `<rect width="${LARGEUR}" height="${hauteur}" fill="${COULEURS.fond}"/>`,
    `<text x="${MARGE}" y="48" font-size="26" font-weight="700" fill="${COULEURS.point}">${echapperXml(titre)}</text>`,
    `<path d="${tracer(fond.contour, projeter)}" fill="${COULEURS.terre}" fill-rule="evenodd" stroke="${COULEURS.trait}" stroke-width="1.5" stroke-linejoin="round"/>`,
    ...cercles.map(
      ({ x, y, rayon: r, titre: texte }) =>
        `<circle cx="${x}" cy="${y}" r="${r}" fill="${COULEURS.point}" fill-opacity="0.8" stroke="${COULEURS.fond}" stroke-width="1.5"><title>${echapperXml(texte)}</title></circle>`,
    ),
    ...placerEtiquettes(cercles, { largeur: LARGEUR, haut: ENTETE - 20, bas: ENTETE + dessin + 20 }).map(
      ({ x, y, texte, ancre }) =>
        // A white edge under the letters keeps them readable over an outline.
        `<text x="${x}" y="${y}" font-size="15" text-anchor="${ancre}" stroke="${COULEURS.fond}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${echapperXml(texte)}</text>`,
    ),
    ...legende(fond.points, hauteur - PIED + 44),
    ...notes.map(
      (note, rang) =>
        `<text x="${MARGE}" y="${hauteur - 14 - 18 * (notes.length - 1 - rang)}" font-size="13" fill="#45454f">${echapperXml(note)}</text>`,
    ),
    '</svg>\n',
  ].join('\n');
}

const rayon = (postes: number): number => arrondi(RAYON_UNITE * Math.sqrt(Math.min(postes, 60)));
const arrondi = (valeur: number): number => Math.round(valeur * 10) / 10;
const enLigne = ({ libelle, postes }: PointCarte): string =>
  `${libelle}${ESPACE_INSECABLE}: ${pluriel(postes, 'poste', 'postes')}`;

function anneaux(contour: Contour): readonly (readonly Position[])[] {
  return contour.type === 'Polygon' ? contour.coordinates : contour.coordinates.flat();
}

/** Equirectangular at the middle latitude: over one département no other projection looks different. */
function cadrer(contour: Contour): { projeter: (position: Position) => [number, number]; hauteur: number } {
  let [ouest, est, sud, nord] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const anneau of anneaux(contour)) {
    for (const [lon = 0, lat = 0] of anneau) {
      ouest = Math.min(ouest, lon);
      est = Math.max(est, lon);
      sud = Math.min(sud, lat);
      nord = Math.max(nord, lat);
    }
  }
  if (!(est > ouest && nord > sud)) throw new Error('An outline without surface');
  const serrage = Math.cos((((sud + nord) / 2) * Math.PI) / 180);
  const large = (est - ouest) * serrage;
  const echelle = Math.min((LARGEUR - 2 * MARGE) / large, (HAUTEUR_MAX - ENTETE - PIED) / (nord - sud));
  const gauche = (LARGEUR - large * echelle) / 2;
  return {
    hauteur: Math.round((nord - sud) * echelle),
    projeter: ([lon = 0, lat = 0]) => [
      arrondi(gauche + (lon - ouest) * serrage * echelle),
      arrondi(ENTETE + (nord - lat) * echelle),
    ],
  };
}

function tracer(contour: Contour, projeter: (position: Position) => [number, number]): string {
  return anneaux(contour)
    .map((anneau) => {
      const points = anneau.map((position) => projeter(position).join(' '));
      return `M${points.filter((point, rang) => point !== points[rang - 1]).join('L')}Z`;
    })
    .join('');
}

/**
 * Structures of one town would hide each other: a circle that meets another steps aside, to the nearest free
 * place around its own; where there is none it stays, half hidden, and is still in the description.
 */
function ecarter(cercles: readonly Cercle[]): readonly Cercle[] {
  const places: Cercle[] = [];
  for (const cercle of cercles) {
    const essais = [cercle, ...autour(cercle)];
    const libre = essais.find(({ x, y, rayon: r }) =>
      places.every((autre) => Math.hypot(autre.x - x, autre.y - y) >= 0.95 * (autre.rayon + r)),
    );
    places.push(libre ?? cercle);
  }
  return places;
}

const DIRECTIONS = 12;

function* autour(cercle: Cercle): Generator<Cercle> {
  for (let ecart = RAYON_UNITE; ecart <= 10 * RAYON_UNITE; ecart += RAYON_UNITE / 2) {
    for (let direction = 0; direction < DIRECTIONS; direction += 1) {
      const angle = (2 * Math.PI * direction) / DIRECTIONS;
      yield {
        ...cercle,
        x: arrondi(cercle.x + Math.cos(angle) * ecart),
        y: arrondi(cercle.y + Math.sin(angle) * ecart),
      };
    }
  }
}

function legende(points: readonly PointCarte[], milieu: number): string[] {
  const tailles = [...new Set([1, 5, ...points.map(({ postes }) => postes)])].sort((a, b) => a - b);
  const max = Math.max(1, ...points.map(({ postes }) => postes));
  const montrees = tailles.filter((taille) => taille === 1 || taille === max || (taille === 5 && max > 8));
  let x = MARGE;
  return montrees.flatMap((taille) => {
    const r = rayon(taille);
    const centre = arrondi(x + r);
    const texte = pluriel(taille, 'poste', 'postes');
    x = centre + r + 10 + texte.length * 9 + 24;
    return [
      `<circle cx="${centre}" cy="${milieu}" r="${r}" fill="${COULEURS.point}" fill-opacity="0.8"/>`,
      `<text x="${arrondi(centre + r + 8)}" y="${milieu + 5}" font-size="15">${texte}</text>`,
    ];
  });
}

/** The same map as a picture, twice its size in pixels. `fontsFolder`: TrueType fonts, see `scripts/fonts.ts`. */
export const cartePng = (svg: string, fontsFolder: string): Promise<Uint8Array> =>
  pngDuSvg(svg, { largeur: 2 * LARGEUR, fontsFolder });
