import type { Position } from 'geojson';
import { z } from 'zod';
import type { Database } from '../platform/database/index.ts';
import { pluriel } from '../platform/francais/index.ts';
import { absent, type DeclaredRoute, defineRoute, type Json } from '../platform/http/route.ts';
import { CarteLieux } from '../platform/views/carte-lieux.tsx';
import { bornesDe, type Contour } from '../platform/views/cartographie.ts';
import { getChiffres } from '../statistiques/index.ts';
import { getDepartement, listContours } from '../territoires/index.ts';
import { listReperes, type TerritoireCarte } from './carte.store.ts';
import { contoursDepartements, donneesCarte, listLieux } from './carte.ts';

const departement = z
  .string()
  .regex(/^([0-9]{1,3}|2[ab])$/i, 'attend un code de département : 02, 2A, 971…')
  .transform((code) => code.toUpperCase().padStart(2, '0'));

const unTerritoire = z
  .strictObject({
    region: z
      .string()
      .regex(/^[0-9]{1,2}$/, 'attend un code de région : 32, 93…')
      .transform((code) => code.padStart(2, '0'))
      .optional(),
    departement: departement.optional(),
    epci: z
      .string()
      .regex(/^[0-9]{9}$/, 'attend le SIREN d’un EPCI, de neuf chiffres')
      .optional(),
  })
  .superRefine((donnes, contexte) => {
    const [, second] = Object.entries(donnes).flatMap(([nom, valeur]) => (valeur === undefined ? [] : [nom]));
    if (second !== undefined)
      contexte.addIssue({
        code: 'custom',
        path: [second],
        message: 'un seul territoire à la fois : region, departement ou epci',
      });
  })
  .transform(({ region, departement: code, epci }): TerritoireCarte => {
    if (region !== undefined) return { niveau: 'region', code: region };
    if (code !== undefined) return { niveau: 'departement', code };
    return epci === undefined ? { niveau: 'france' } : { niveau: 'epci', code: epci };
  });

const geojson = (features: readonly unknown[]): Json => ({
  type: 'json',
  mime: 'application/geo+json',
  corps: { type: 'FeatureCollection', features },
});

/** Some 10 m: what a dot on a map shows. */
const arrondir = (degres: number): number => Math.round(degres * 10_000) / 10_000;

/** Steps of the grid, in parts of a degree, from some 10 m to some 1 km. */
const GRILLES = [10_000, 1000, 500, 200, 100];
const POINTS_MAX = 40_000;

type Surface = Contour['geometry'];

const surLaGrille = (geometry: Surface, grille: number): Surface => {
  const ligne = (points: readonly Position[]): Position[] => {
    const gardes: Position[] = [];
    for (const [x = 0, y = 0] of points) {
      const point = [Math.round(x * grille) / grille, Math.round(y * grille) / grille];
      const dernier = gardes.at(-1);
      if (dernier?.[0] !== point[0] || dernier?.[1] !== point[1]) gardes.push(point);
    }
    return gardes;
  };
  // An islet lost between two steps of the grid leaves no ring behind.
  const surface = (anneaux: Position[][]): Position[][] => anneaux.map(ligne).filter((a) => a.length > 3);
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: surface(geometry.coordinates) }
    : {
        type: 'MultiPolygon',
        coordinates: geometry.coordinates.map(surface).filter((anneaux) => anneaux.length > 0),
      };
};

const compterPoints = (contours: readonly Contour[]): number =>
  contours.reduce((somme, { geometry }) => somme + geometry.coordinates.flat(2).length, 0);

/** Outlines on the finest grid that keeps them light; all on the same, so that borders meet. */
const alleger = (contours: readonly Contour[]): readonly Contour[] => {
  let allegees = contours;
  for (const grille of GRILLES) {
    allegees = contours.map((contour) => ({ ...contour, geometry: surLaGrille(contour.geometry, grille) }));
    if (compterPoints(allegees) <= POINTS_MAX) break;
  }
  return allegees;
};

type Role = 'departement' | 'commune' | 'voisin';

const traits = (contours: readonly Contour[], role: Role): readonly unknown[] =>
  contours.map(({ code, nom, geometry }) => ({ type: 'Feature', properties: { code, nom, role }, geometry }));

/** A département, its communes where they are known, and the départements around it. */
const contoursDe = async (db: Database, code: string): Promise<readonly unknown[]> => {
  const [tous, communes] = await Promise.all([contoursDepartements(db), listContours(db, 'commune', code)]);
  const lui = tous.filter((contour) => contour.code === code);
  const [ouest, sud, est, nord] = bornesDe(lui) ?? [0, 0, 0, 0];
  const marge = 1;
  const voisins = tous.filter((contour) => {
    const [o, s, e, n] = bornesDe([contour]) ?? [0, 0, 0, 0];
    const proche = o < est + marge && e > ouest - marge && s < nord + marge && n > sud - marge;
    return proche && contour.code !== code;
  });
  return [
    ...traits(alleger(voisins), 'voisin'),
    ...traits(alleger(lui), 'departement'),
    ...traits(
      alleger(communes.map((un) => ({ code: un.code, nom: un.nom, geometry: un.geometrie }))),
      'commune',
    ),
  ];
};

/** Names on the background: of the whole country, and of one département. */
const reperesDeFrance = 300;
const reperesDuDepartement = 400;

const accueil = { texte: 'Accueil', href: '/' };

/** The map of all structures, and the files that maps in the browser read. */
export const routesCarte: readonly DeclaredRoute[] = [
  defineRoute({
    path: '/carte',
    access: { type: 'public' },
    input: z.object({}),
    handler: async ({ db, requete }) => {
      const [carte, chiffres] = await Promise.all([
        donneesCarte(db, { niveau: 'france' }, requete.tuiles),
        getChiffres(db),
      ]);
      return {
        type: 'page',
        titre: 'Carte des structures',
        description:
          'Où sont les structures retenues pour accueillir des conseillers numériques : la carte, et la liste qui l’accompagne.',
        fil: [accueil, { texte: 'Carte des structures' }],
        ilots: ['carte'],
        contenu: (
          <>
            <h1>Carte des structures</h1>
            <p class="fr-text--lead">
              {chiffres.structures === 0
                ? 'Les structures retenues apparaîtront ici dès l’annonce de la première séance du comité de sélection.'
                : `${pluriel(chiffres.structures, 'structure retenue', 'structures retenues')} pour accueillir des conseillers numériques, avec ${pluriel(chiffres.postes, 'poste', 'postes')}.`}
            </p>
            <CarteLieux
              id="carte"
              titre="Structures retenues, d’autant plus grandes qu’elles ont de postes"
              {...carte}
              tout={{ href: '/#territoires', texte: 'Toutes les structures, département par département' }}
              vide="Aucune structure n’a encore été annoncée."
            />
          </>
        ),
      };
    },
  }),
  defineRoute({
    path: '/carte/structures.geojson',
    access: { type: 'public' },
    input: unTerritoire,
    handler: async ({ input, db }) =>
      geojson(
        (await listLieux(db, input)).map(({ id, libelle, commune, postes, position, exacte }) => ({
          type: 'Feature',
          properties: { id, libelle, commune, postes, exacte },
          geometry: position && {
            type: 'Point',
            coordinates: [arrondir(position.longitude), arrondir(position.latitude)],
          },
        })),
      ),
  }),
  defineRoute({
    path: '/carte/reperes.geojson',
    access: { type: 'public' },
    input: z.strictObject({ departement: departement.optional() }),
    handler: async ({ input, db }) => {
      if (input.departement !== undefined && !(await getDepartement(db, input.departement))) return absent;
      const reperes = await listReperes(
        db,
        input.departement === undefined ? reperesDeFrance : reperesDuDepartement,
        input.departement,
      );
      return geojson(
        reperes.map(({ longitude, latitude, ...properties }) => ({
          type: 'Feature',
          properties,
          geometry: { type: 'Point', coordinates: [arrondir(longitude), arrondir(latitude)] },
        })),
      );
    },
  }),
  defineRoute({
    path: '/carte/contours.geojson',
    access: { type: 'public' },
    input: z.strictObject({ departement: departement.optional() }),
    handler: async ({ input, db }) => {
      if (input.departement === undefined)
        return geojson(traits(alleger(await contoursDepartements(db)), 'departement'));
      return (await getDepartement(db, input.departement))
        ? geojson(await contoursDe(db, input.departement))
        : absent;
    },
  }),
];
