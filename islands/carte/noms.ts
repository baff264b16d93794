import type { Map as Carte } from 'maplibre-gl';
import { objet } from './lieux.ts';

/** Names are discreet: few, under the points, and read by nobody who does not see them. */
const MAXIMUM = 16;
/** Levels of zoom from which communes are named, and those of the départements around are asked for. */
const COMMUNES = 7.2;
const DETAIL = 8.5;
const VOISINS = 3;
const LARGEUR_LETTRE = 7.5;
const HAUTEUR = 16;

type Repere = {
  readonly code: string;
  readonly nom: string;
  readonly role: 'departement' | 'commune';
  readonly population: number;
  readonly place: [longitude: number, latitude: number];
};

const lire = (trait: unknown): Repere | null => {
  const { properties, geometry } = objet(trait);
  const { code, nom, role, population } = objet(properties);
  const { coordinates } = objet(geometry);
  if (!Array.isArray(coordinates)) return null;
  const [longitude, latitude]: readonly unknown[] = coordinates;
  if (typeof code !== 'string' || typeof nom !== 'string' || typeof population !== 'number') return null;
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return null;
  return {
    code,
    nom,
    role: role === 'departement' ? role : 'commune',
    population,
    place: [longitude, latitude],
  };
};

/** Empty when it does not come: the map does without names. */
const charger = async (adresse: string): Promise<readonly Repere[]> => {
  try {
    const reponse = await fetch(adresse);
    const { features } = objet(reponse.ok ? await reponse.json() : null);
    return Array.isArray(features) ? features.flatMap((trait: unknown) => lire(trait) ?? []) : [];
  } catch {
    return [];
  }
};

type Boite = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

const croise = (a: Boite, b: Boite): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Names on a background that has none; gives what chooses them again for a new view. */
export const nommerFond = (carte: Carte, adresse: string): (() => void) => {
  const couche = document.createElement('div');
  couche.className = 'carte-noms';
  couche.setAttribute('aria-hidden', 'true');
  carte.getCanvas().after(couche);
  const fichiers = new Map<string, readonly Repere[]>();
  let poses: readonly { readonly element: HTMLElement; readonly repere: Repere }[] = [];

  const demander = async (cle: string): Promise<void> => {
    if (fichiers.has(cle)) return;
    fichiers.set(cle, []);
    fichiers.set(cle, await charger(`${adresse}${cle}`));
    choisir();
  };
  const suivre = (): void => {
    for (const { element, repere } of poses) {
      const { x, y } = carte.project(repere.place);
      element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, -50%)`;
    }
  };
  const demanderAutour = (): void => {
    const { lng, lat } = carte.getCenter();
    const ecart = ({ place: [x, y] }: Repere): number => (x - lng) ** 2 * 0.45 + (y - lat) ** 2;
    const proches = (fichiers.get('') ?? [])
      .filter(({ role }) => role === 'departement')
      .toSorted((a, b) => ecart(a) - ecart(b));
    for (const { code } of proches.slice(0, VOISINS)) void demander(`?departement=${code}`);
  };
  const candidats = (): readonly Repere[] => {
    const role = carte.getZoom() < COMMUNES ? 'departement' : 'commune';
    const parCode = new Map(
      [...fichiers.values()].flat().flatMap((un) => (un.role === role ? [[un.code, un] as const] : [])),
    );
    const vue = carte.getBounds();
    return [...parCode.values()]
      .filter(({ place }) => vue.contains(place))
      .sort((a, b) => b.population - a.population);
  };
  const choisir = (): void => {
    if (carte.getZoom() >= DETAIL) demanderAutour();
    const cadre = carte.getContainer();
    const { left, top } = cadre.getBoundingClientRect();
    const prises: Boite[] = [
      ...cadre.querySelectorAll(
        '.carte-marque__rond, .carte-marque:not(.carte-marque--sans-nom) .carte-marque__nom, .maplibregl-ctrl',
      ),
    ].map((un) => un.getBoundingClientRect());
    const choix: Repere[] = [];
    for (const repere of candidats()) {
      if (choix.length === MAXIMUM) break;
      const { x, y } = carte.project(repere.place);
      const demi = (repere.nom.length * LARGEUR_LETTRE) / 2 + 4;
      const boite = {
        left: left + x - demi,
        right: left + x + demi,
        top: top + y - HAUTEUR / 2,
        bottom: top + y + HAUTEUR / 2,
      };
      const dedans =
        x > demi && x < cadre.clientWidth - demi && y > HAUTEUR && y < cadre.clientHeight - HAUTEUR;
      if (!dedans || prises.some((prise) => croise(prise, boite))) continue;
      prises.push(boite);
      choix.push(repere);
    }
    poses = choix.map((repere) => {
      const element = document.createElement('span');
      element.className = `carte-nom carte-nom--${repere.role}`;
      element.dataset['texte'] = repere.nom;
      return { element, repere };
    });
    couche.replaceChildren(...poses.map(({ element }) => element));
    suivre();
  };
  carte.on('move', suivre);
  void demander('');
  return choisir;
};
