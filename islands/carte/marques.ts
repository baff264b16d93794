import { type Map as Carte, Marker, MercatorCoordinate, Popup } from 'maplibre-gl';
import {
  communeDuGroupe,
  decrireLieu,
  type Groupe,
  hrefStructure,
  nommerGroupe,
  nommerLieu,
  regrouper,
} from '../../src/platform/views/lieux.ts';
import type { Lieu } from './lieux.ts';

/** Nearer than this, in pixels, structures are one group. */
const RAYON = 46;
const MONDE = 512;

export type Marques = {
  /** Puts on the map what its view holds. */
  readonly rafraichir: () => void;
  /** Marks the point, or the group, of a structure; null: none. */
  readonly designer: (id: string | null) => void;
};

type Options = {
  readonly carte: Carte;
  readonly lieux: readonly Lieu[];
  /** Told which structures are pointed at. */
  readonly survoler: (ids: readonly string[]) => void;
  /** Told to show members that stand apart from this level of zoom on. */
  readonly ouvrir: (membres: readonly Lieu[], palier: number) => void;
};

type Marque = { readonly marker: Marker; readonly element: HTMLElement; readonly ids: readonly string[] };

const span = (classe: string, texte: string): HTMLElement => {
  const element = document.createElement('span');
  element.className = classe;
  // Written by the sheet: the mark has a name that says it all.
  element.dataset['texte'] = texte;
  element.setAttribute('aria-hidden', 'true');
  return element;
};

const diametre = (poids: number, minimum: number): string =>
  `${Math.round(Math.min(minimum + 4.5 * Math.sqrt(poids), 62))}px`;

const seul = (lieu: Lieu): HTMLElement => {
  const lien = document.createElement('a');
  lien.href = hrefStructure(lieu.id);
  lien.className = 'carte-marque carte-marque--lieu';
  lien.setAttribute('aria-label', nommerLieu(lieu));
  const bulle = span('carte-marque__bulle', lieu.libelle);
  bulle.append(span('carte-marque__detail', decrireLieu(lieu)));
  lien.append(span('carte-marque__rond', ''), span('carte-marque__nom', lieu.commune ?? ''), bulle);
  lien.style.setProperty('--diametre', diametre(lieu.postes, 18));
  // With a finger: a first touch says what it is, a second goes there.
  lien.addEventListener('click', (event) => {
    if ('pointerType' in event && event.pointerType === 'touch' && document.activeElement !== lien) {
      event.preventDefault();
      lien.focus({ preventScroll: true });
    }
  });
  return lien;
};

const groupe = ({ membres, poids }: Groupe<Lieu>, separable: boolean): HTMLElement => {
  const bouton = document.createElement('button');
  bouton.type = 'button';
  bouton.className = 'carte-marque carte-marque--groupe';
  bouton.setAttribute('aria-label', `${nommerGroupe(membres)}, ${separable ? 'agrandir' : 'voir la liste'}`);
  bouton.append(
    span('carte-marque__rond', String(membres.length)),
    span('carte-marque__nom', communeDuGroupe(membres) ?? ''),
  );
  bouton.style.setProperty('--diametre', diametre(poids, 28));
  return bouton;
};

/** What stands in one place is not told apart by any zoom: its names are listed. */
const listerIci = (carte: Carte, membres: readonly Lieu[], depuis: HTMLElement): void => {
  const contenu = document.createElement('div');
  const titre = document.createElement('p');
  titre.className = 'carte-liste__titre';
  titre.textContent = nommerGroupe(membres);
  const liste = document.createElement('ul');
  liste.className = 'carte-liste';
  liste.append(
    ...membres.map((lieu) => {
      const lien = document.createElement('a');
      lien.href = hrefStructure(lieu.id);
      lien.textContent = lieu.libelle;
      const ligne = document.createElement('li');
      ligne.append(lien);
      return ligne;
    }),
  );
  contenu.append(titre, liste);
  const [premier] = membres;
  if (!premier) return;
  const popup = new Popup({
    maxWidth: '19rem',
    offset: 22,
    padding: { top: 8, bottom: 8, left: 8, right: 8 },
  })
    .setLngLat([premier.lieu[0], premier.lieu[1]])
    .setDOMContent(contenu)
    .addTo(carte);
  const boite = popup.getElement();
  boite.setAttribute('role', 'dialog');
  boite.setAttribute('aria-label', nommerGroupe(membres));
  boite.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') popup.remove();
  });
  popup.on('close', () => depuis.focus({ preventScroll: true }));
  liste.querySelector('a')?.focus({ preventScroll: true });
};

/** Points and groups as links and buttons over the map: reached by keyboard, read by a screen reader. */
export const poserMarques = ({ carte, lieux, survoler, ouvrir }: Options): Marques => {
  const poses = lieux.map((lieu) => {
    const { x, y } = MercatorCoordinate.fromLngLat([lieu.lieu[0], lieu.lieu[1]]);
    return { x: x * MONDE, y: y * MONDE, poids: lieu.postes, lieu };
  });
  const parZoom = new Map<number, readonly Groupe<Lieu>[]>();
  /** Once a zoom level for the whole map: moving it changes no group. */
  const groupesDe = (zoom: number): readonly Groupe<Lieu>[] => {
    const groupes = parZoom.get(zoom) ?? regrouper(poses, RAYON / 2 ** zoom);
    parZoom.set(zoom, groupes);
    return groupes;
  };
  const zoomMaximal = Math.floor(carte.getMaxZoom());
  /** The first level, after the one of now, at which members no longer make one group; null: they never part. */
  const palierDe = (membres: readonly Lieu[]): number | null => {
    const ids = new Set(membres.map(({ id }) => id));
    for (let zoom = Math.floor(carte.getZoom()) + 1; zoom <= zoomMaximal; zoom += 1) {
      const ensemble = groupesDe(zoom).some(
        (un) => un.membres.filter(({ id }) => ids.has(id)).length === ids.size,
      );
      if (!ensemble) return zoom;
    }
    return null;
  };

  const marques = new Map<string, Marque>();
  let designe: string | null = null;
  const designer = (id: string | null): void => {
    designe = id;
    for (const { element, ids } of marques.values())
      element.classList.toggle('est-designe', id !== null && ids.includes(id));
  };

  const creer = (un: Groupe<Lieu>): Marque => {
    const [premier] = un.membres;
    if (!premier) throw new Error('a group without members');
    const ids = un.membres.map(({ id }) => id);
    const unique = un.membres.length === 1;
    const palier = unique ? null : palierDe(un.membres);
    const element = unique ? seul(premier) : groupe(un, palier !== null);
    if (!unique)
      element.addEventListener('click', (event) => {
        // A click on the map itself closes what is listed.
        event.stopPropagation();
        if (palier === null) listerIci(carte, un.membres, element);
        else ouvrir(un.membres, palier);
      });
    for (const type of ['mouseenter', 'focus']) element.addEventListener(type, () => survoler(ids));
    for (const type of ['mouseleave', 'blur']) element.addEventListener(type, () => survoler([]));
    const marker = new Marker({ element }).setLngLat([premier.lieu[0], premier.lieu[1]]).addTo(carte);
    return { marker, element, ids };
  };

  const rafraichir = (): void => {
    const { clientWidth: largeur, clientHeight: hauteur } = carte.getContainer();
    const visibles = groupesDe(Math.max(0, Math.min(zoomMaximal, Math.floor(carte.getZoom() + 0.001))))
      .map((un) => ({ un, point: carte.project(premierLieu(un)) }))
      .filter(({ point: { x, y } }) => x > -20 && y > -20 && x < largeur + 20 && y < hauteur + 20)
      // The order of the tab key: as one reads.
      .sort((a, b) => Math.round((a.point.y - b.point.y) / 60) || a.point.x - b.point.x);
    const voulues = new Map(visibles.map((visible) => [cleDe(visible.un), visible]));
    let perdu: string | undefined;
    for (const [cle, { marker, element, ids }] of marques) {
      if (voulues.has(cle)) continue;
      if (element === document.activeElement) [perdu] = ids;
      marker.remove();
      marques.delete(cle);
      // It will not tell that the pointer has left it.
      survoler([]);
    }
    for (const [cle, { un }] of voulues) if (!marques.has(cle)) marques.set(cle, creer(un));
    if (![...marques.values()].some(({ element }) => element === document.activeElement))
      for (const cle of voulues.keys()) {
        const element = marques.get(cle)?.element;
        if (element) element.parentNode?.append(element);
      }
    for (const [cle, { point }] of voulues) {
      const { classList } = marques.get(cle)?.element ?? {};
      classList?.toggle('carte-marque--a-droite', point.x > largeur / 2);
      classList?.toggle('carte-marque--en-bas', point.y > hauteur * 0.7);
    }
    designer(designe);
    if (perdu === undefined) return;
    // What had the focus has opened: its first member has it now.
    const heritiere = [...marques.values()].find(({ ids }) => perdu !== undefined && ids.includes(perdu));
    (heritiere?.element ?? carte.getCanvas()).focus({ preventScroll: true });
  };
  return { rafraichir, designer };
};

const premierLieu = ({ membres: [premier] }: Groupe<Lieu>): [number, number] =>
  premier ? [premier.lieu[0], premier.lieu[1]] : [0, 0];

const cleDe = ({ membres }: Groupe<Lieu>): string => `${membres[0]?.id}:${membres.length}`;

/** Hides the names that would cover another name or a point, or lie under a button; the heaviest keep theirs. */
export const dementeler = (conteneur: HTMLElement): void => {
  const marques = [...conteneur.querySelectorAll<HTMLElement>('.carte-marque')];
  const boites = marques.map((marque) => ({
    marque,
    rond: marque.querySelector('.carte-marque__rond')?.getBoundingClientRect(),
    nom: marque.querySelector('.carte-marque__nom')?.getBoundingClientRect(),
  }));
  const boutons = [...conteneur.querySelectorAll('.maplibregl-ctrl')].map((un) => un.getBoundingClientRect());
  const prises = [...boites.flatMap(({ rond }) => rond ?? []), ...boutons];
  const choix = boites
    .toSorted((a, b) => (b.rond?.width ?? 0) - (a.rond?.width ?? 0))
    .map(({ marque, rond, nom }) => {
      const libre =
        nom !== undefined &&
        prises.every(
          (prise) =>
            prise === rond ||
            nom.right < prise.left ||
            prise.right < nom.left ||
            nom.bottom < prise.top ||
            prise.bottom < nom.top,
        );
      if (libre) prises.push(nom);
      return { marque, libre };
    });
  for (const { marque, libre } of choix) marque.classList.toggle('carte-marque--sans-nom', !libre);
};
