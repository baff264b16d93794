import { LRUCache } from 'lru-cache';
import { generationDe } from '../platform/database/changements.ts';
import type { Database } from '../platform/database/index.ts';
import { capitale } from '../platform/francais/index.ts';
import type { Tuiles } from '../platform/http/route.ts';
import type { CarteLieuxProps, LieuCarte, VueCarte } from '../platform/views/carte-lieux.tsx';
import {
  type Bornes,
  bornesDe,
  type Contour,
  type FondAPoints,
  fondDeFrance,
  fondDeTerritoire,
} from '../platform/views/cartographie.ts';
import { libellePublic } from '../structures/index.ts';
import { listContours, listDepartements } from '../territoires/index.ts';
import { getBornesCommunes, listPointsCarte, type TerritoireCarte } from './carte.store.ts';

/** Where nobody tells of changes no page is kept either: imported outlines then show within this time (milliseconds). */
const minute = 60_000;

/** What takes long and seldom changes is kept for each database until a change is told. */
const garder = <Valeur>(lire: (db: Database) => Promise<Valeur>): ((db: Database) => Promise<Valeur>) => {
  type Garde = { readonly valeur: Promise<Valeur>; readonly generation: number | null; readonly fin: number };
  const gardes = new WeakMap<Database, Garde>();
  return (db) => {
    const generation = generationDe(db);
    const garde = gardes.get(db);
    if (garde && garde.generation === generation && (generation !== null || garde.fin > Date.now()))
      return garde.valeur;
    const valeur = lire(db);
    gardes.set(db, { valeur, generation, fin: Date.now() + minute });
    // A failure is not kept.
    valeur.catch(() => gardes.delete(db));
    return valeur;
  };
};

/** Outlines of the départements, as the maps take them. */
export const contoursDepartements = garder(
  async (db): Promise<readonly Contour[]> =>
    (await listContours(db, 'departement')).map(({ code, nom, geometrie }) => ({
      code,
      nom,
      geometry: geometrie,
    })),
);
const departements = garder(async (db) => new Map((await listDepartements(db)).map((un) => [un.code, un])));
const france = garder(async (db) => fondDeFrance(await contoursDepartements(db)));

/** The structures of a territory with their public label: what the map, its list and its file show. */
export const listLieux = async (db: Database, territoire: TerritoireCarte): Promise<readonly LieuCarte[]> => {
  const [points, parCode] = await Promise.all([listPointsCarte(db, territoire), departements(db)]);
  return points.map((point) => ({
    id: point.id,
    libelle: capitale(
      libellePublic({
        ...point,
        departementGenitif: (point.departement && parCode.get(point.departement)?.genitif) ?? '',
      }),
    ),
    commune: point.communeNom,
    departement: point.departement,
    postes: point.postes,
    position:
      point.longitude === null || point.latitude === null
        ? null
        : { longitude: point.longitude, latitude: point.latitude },
    exacte: point.exacte,
    ...(point.distance === null ? {} : { distance: point.distance }),
  }));
};

const METROPOLE: Bornes = [-5.2, 41.3, 9.6, 51.15];

/** At least some 12 km wide, with air around: a single place is not shown as if under a lens. */
const elargir = ([ouest, sud, est, nord]: Bornes, largeur = 0.16, hauteur = 0.11): Bornes => {
  const [large, haut] = [Math.max(largeur - (est - ouest), 0) / 2, Math.max(hauteur - (nord - sud), 0) / 2];
  return [ouest - large, sud - haut, est + large, nord + haut];
};

const bornesDesPlaces = (
  places: readonly { readonly longitude: number; readonly latitude: number }[],
): Bornes | null =>
  places.length === 0
    ? null
    : [
        Math.min(...places.map(({ longitude }) => longitude)),
        Math.min(...places.map(({ latitude }) => latitude)),
        Math.max(...places.map(({ longitude }) => longitude)),
        Math.max(...places.map(({ latitude }) => latitude)),
      ];

const dansLaMetropole = ({ longitude, latitude }: { longitude: number; latitude: number }): boolean => {
  const [ouest, sud, est, nord] = METROPOLE;
  return longitude >= ouest && longitude <= est && latitude >= sud && latitude <= nord;
};

/** Where the structures of the mainland are, some région wide at least; all of it when they are all over. */
const bornesDeFrance = (lieux: readonly LieuCarte[]): Bornes => {
  const places = bornesDesPlaces(lieux.flatMap(({ position }) => position ?? []).filter(dansLaMetropole));
  if (places === null) return METROPOLE;
  const [ouest, sud, est, nord] = places;
  const air = 0.15;
  const larges = elargir([ouest - air, sud - air, est + air, nord + air], 3.2, 2.2);
  return larges[2] - larges[0] > 9 || larges[3] - larges[1] > 6.5 ? METROPOLE : larges;
};

/** Backgrounds kept for each reading of the outlines: cutting and projecting them takes longer than the queries. */
const fonds = new WeakMap<readonly Contour[], LRUCache<string, FondAPoints>>();

const fondGarde = (contours: readonly Contour[], bornes: Bornes, sujets: readonly string[]): FondAPoints => {
  const kept = fonds.get(contours) ?? new LRUCache<string, FondAPoints>({ max: 300 });
  fonds.set(contours, kept);
  const cle = `${bornes.join(' ')} ${sujets.join(' ')}`;
  const fond = kept.get(cle) ?? fondDeTerritoire(contours, bornes, sujets);
  kept.set(cle, fond);
  return fond;
};

type Cadrage = { readonly bornes: Bornes; readonly fond: FondAPoints };

const cadrer = async (
  db: Database,
  territoire: TerritoireCarte,
  lieux: readonly LieuCarte[],
): Promise<Cadrage> => {
  const contours = await contoursDepartements(db);
  if (territoire.niveau === 'france') {
    const bornes = bornesDeFrance(lieux);
    const ailleurs = lieux.some(({ position }) => position !== null && !dansLaMetropole(position));
    // The frames of overseas are on the drawing of the whole country alone.
    return bornes === METROPOLE || ailleurs
      ? { bornes, fond: await france(db) }
      : {
          bornes,
          fond: fondGarde(
            contours,
            bornes,
            contours.map(({ code }) => code),
          ),
        };
  }
  const encadrer = (bornes: Bornes, sujets: readonly string[]): Cadrage => {
    const larges = elargir(bornes);
    return { bornes: larges, fond: fondGarde(contours, larges, sujets) };
  };
  if (territoire.niveau === 'autour') {
    const places = [territoire, ...lieux.flatMap(({ position }) => position ?? [])];
    return encadrer(
      bornesDesPlaces(places) ?? METROPOLE,
      contours.map(({ code }) => code),
    );
  }
  const { niveau, code } = territoire;
  if (niveau === 'epci') {
    const bornes = await getBornesCommunes(db, { niveau, code });
    return encadrer(
      bornes ?? METROPOLE,
      contours.map((contour) => contour.code),
    );
  }
  const parCode = await departements(db);
  const sujets = contours.filter((contour) =>
    niveau === 'departement' ? contour.code === code : parCode.get(contour.code)?.region?.code === code,
  );
  const bornes = bornesDe(sujets) ?? (await getBornesCommunes(db, { niveau, code })) ?? METROPOLE;
  return encadrer(
    bornes,
    sujets.map((contour) => contour.code),
  );
};

/** Overseas départements that have structures: the first view of France does not show them. */
const listVues = async (db: Database, lieux: readonly LieuCarte[]): Promise<readonly VueCarte[]> => {
  const parCode = await departements(db);
  const codes = [...new Set(lieux.flatMap(({ departement }) => departement ?? []))]
    .filter((code) => /^9[78]\d/.test(code))
    .sort();
  return codes.flatMap((code) => {
    const siens = lieux.filter(({ departement }) => departement === code);
    const bornes = bornesDesPlaces(siens.flatMap(({ position }) => position ?? []));
    const nom = parCode.get(code)?.nom;
    return bornes && nom
      ? [{ nom, href: `/departements/${code}`, structures: siens.length, bornes: elargir(bornes) }]
      : [];
  });
};

const sourcesDe = (territoire: TerritoireCarte): CarteLieuxProps['sources'] => {
  const filtre =
    territoire.niveau === 'france' || territoire.niveau === 'autour'
      ? ''
      : `?${territoire.niveau}=${territoire.code}`;
  return {
    points: `/carte/structures.geojson${filtre}`,
    contours: `/carte/contours.geojson${territoire.niveau === 'departement' ? filtre : ''}`,
    reperes: '/carte/reperes.geojson',
  };
};

/**
 * All that `CarteLieux` asks for about a territory, or about what is nearest to a place (a commune, a structure); the
 * page adds an id, a title and the link to its full table, and names the browser program:
 *
 *     const carte = await donneesCarte(db, { niveau: 'departement', code }, requete.tuiles);
 *     <CarteLieux id="carte" titre="…" {...carte} tout={{ href: '#structures', texte: '…' }} />   // ilots: ['carte']
 */
export const donneesCarte = async (
  db: Database,
  territoire: TerritoireCarte,
  tuiles: Tuiles | undefined,
): Promise<Omit<CarteLieuxProps, 'id' | 'titre' | 'tout' | 'vide'>> => {
  const lieux = await listLieux(db, territoire);
  const [{ bornes, fond }, vues] = await Promise.all([
    cadrer(db, territoire, lieux),
    territoire.niveau === 'france' ? listVues(db, lieux) : [],
  ]);
  const repere = territoire.niveau === 'autour' ? territoire : undefined;
  return { fond, lieux, bornes, sources: sourcesDe(territoire), repere, sauf: repere?.sauf, vues, tuiles };
};
