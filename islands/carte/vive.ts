import {
  Map as Carte,
  type IControl,
  LngLat,
  LngLatBounds,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import feuilleMaplibre from 'maplibre-gl/dist/maplibre-gl.css?url';
// A file of our own beside the program: the policy of the pages allows no worker made from text.
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { ecrireAdresse, lireAdresse, placeDe } from './adresse.ts';
import feuille from './carte.css?url';
import { composerFond } from './fond.ts';
import { chargerLieux, type Lieu } from './lieux.ts';
import { suivre } from './liste.ts';
import { dementeler, poserMarques } from './marques.ts';
import { nommerFond } from './noms.ts';

const francais = {
  'Map.Title': 'Carte : flèches pour la déplacer, plus et moins pour l’agrandir ou la réduire',
  'NavigationControl.ZoomIn': 'Agrandir la carte',
  'NavigationControl.ZoomOut': 'Réduire la carte',
  'ScaleControl.Meters': 'm',
  'ScaleControl.Kilometers': 'km',
  'Popup.Close': 'Fermer',
  'CooperativeGesturesHandler.WindowsHelpText': 'Ctrl + molette pour agrandir la carte',
  'CooperativeGesturesHandler.MacHelpText': '⌘ + molette pour agrandir la carte',
  'CooperativeGesturesHandler.MobileHelpText': 'Deux doigts pour déplacer la carte',
};

const ajouterFeuille = (href: string): Promise<void> =>
  new Promise((resolve, reject) => {
    if (document.querySelector(`link[href="${href}"]`)) return resolve();
    const lien = document.createElement('link');
    lien.rel = 'stylesheet';
    lien.href = href;
    lien.onload = () => resolve();
    lien.onerror = () => reject(new Error(`${href} ne se charge pas`));
    document.head.append(lien);
  });

const lireBornes = (texte: string | undefined): [number, number, number, number] | null => {
  const [ouest, sud, est, nord] = (texte ?? '').split(' ').map(Number);
  return ouest === undefined || sud === undefined || est === undefined || nord === undefined
    ? null
    : [ouest, sud, est, nord];
};

const boutonEnsemble = (revenir: () => void): IControl => {
  const boite = document.createElement('div');
  boite.className = 'maplibregl-ctrl maplibregl-ctrl-group';
  const bouton = document.createElement('button');
  bouton.type = 'button';
  bouton.className = 'carte-ensemble';
  bouton.title = 'Revenir à la vue d’ensemble';
  bouton.setAttribute('aria-label', bouton.title);
  bouton.addEventListener('click', revenir);
  boite.append(bouton);
  return { onAdd: () => boite, onRemove: () => boite.remove() };
};

/**
 * Nearest first to the place that the page is about, else to the middle; at the scale of a view, degrees corrected for
 * the latitude are distance enough.
 */
const dansLaVue = (carte: Carte, lieux: readonly Lieu[], repere: LngLat | null): readonly Lieu[] => {
  const vue = carte.getBounds();
  const { lng, lat } = repere ?? carte.getCenter();
  const serrage = Math.cos((lat * Math.PI) / 180);
  const ecart = ({ lieu: [x, y] }: Lieu): number => ((x - lng) * serrage) ** 2 + (y - lat) ** 2;
  return lieux.filter(({ lieu: [x, y] }) => vue.contains([x, y])).toSorted((a, b) => ecart(a) - ecart(b));
};

const attendre = (carte: Carte): Promise<void> =>
  new Promise((resolve, reject) => {
    const trop = setTimeout(() => reject(new Error('la carte ne se dessine pas')), 20_000);
    carte.once('load', () => {
      clearTimeout(trop);
      resolve();
    });
  });

/** Puts the map that moves in the place of the drawing. Whatever fails before that leaves the drawing. */
export const animer = async (figure: HTMLElement): Promise<void> => {
  const cadre = figure.querySelector<HTMLElement>('.carte-lieux__cadre');
  const cote = document.getElementById(figure.dataset['liste'] ?? '');
  const bornes = lireBornes(figure.dataset['bornes']);
  const points = figure.dataset['points'];
  if (!cadre || !cote || !bornes || points === undefined) return;

  const [lieux] = await Promise.all([
    chargerLieux(points),
    ajouterFeuille(feuilleMaplibre),
    ajouterFeuille(feuille),
  ]);
  const boite = document.createElement('div');
  boite.className = 'carte-vive';
  cadre.append(boite);
  setWorkerUrl(new URL(worker, location.href).href);
  const tuiles = figure.dataset['tuiles'] !== undefined;
  const depart = lireAdresse();
  let posee: Carte | undefined;
  try {
    const carte = new Carte({
      container: boite,
      style: composerFond(figure),
      ...(depart ?? { bounds: bornes, fitBoundsOptions: { padding: 24 } }),
      minZoom: 1,
      maxZoom: tuiles ? 18 : 14,
      maxPitch: 0,
      dragRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      attributionControl: false,
      cooperativeGestures: true,
      locale: francais,
    });
    posee = carte;
    carte.touchZoomRotate.disableRotation();
    carte.keyboard.disableRotation();
    carte.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    carte.addControl(
      boutonEnsemble(() => carte.fitBounds(bornes, { padding: 24 })),
      'top-right',
    );
    carte.addControl(new ScaleControl({ maxWidth: 90 }), 'bottom-left');
    await attendre(carte);
    prendrePlace({ carte, figure, boite, cote, lieux, deplacee: depart !== null });
  } catch (erreur) {
    // Its worker and its drawing context go with it.
    posee?.remove();
    boite.remove();
    throw erreur;
  }
};

type Place = {
  readonly carte: Carte;
  readonly figure: HTMLElement;
  readonly boite: HTMLElement;
  readonly cote: HTMLElement;
  readonly lieux: readonly Lieu[];
  /** Whether the first view is another than the drawing's: the list follows at once. */
  readonly deplacee: boolean;
};

/** The place from which the page counts distances. */
const poserRepere = (carte: Carte, figure: HTMLElement): LngLat | null => {
  const { repere, repereNom } = figure.dataset;
  const [longitude, latitude] = (repere ?? '').split(' ').map(Number);
  if (repere === undefined || longitude === undefined || latitude === undefined) return null;
  const element = document.createElement('span');
  element.className = 'carte-repere';
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', repereNom ?? '');
  const marker = new Marker({ element }).setLngLat([longitude, latitude]).addTo(carte);
  return marker.getLngLat();
};

const prendrePlace = ({ carte, figure, boite, cote, lieux: publies, deplacee }: Place): void => {
  const tous = publies.filter(({ id }) => id !== figure.dataset['sauf']);
  const repere = poserRepere(carte, figure);
  const lieux = repere
    ? tous.map((lieu) => ({ ...lieu, distance: repere.distanceTo(new LngLat(lieu.lieu[0], lieu.lieu[1])) }))
    : tous;
  const liste = suivre(cote, (id) => marques.designer(id));
  const marques = poserMarques({
    carte,
    lieux,
    survoler: (ids) => liste.designer(ids),
    ouvrir: (membres, premier) => {
      const etendue = new LngLatBounds();
      for (const { lieu } of membres) etendue.extend([lieu[0], lieu[1]]);
      const vise = carte.cameraForBounds(etendue, { padding: 70, maxZoom: carte.getMaxZoom() });
      // A few neighbours fill no view: as near as it takes to tell them apart, so that one still knows where one is.
      const utile = membres.length > 6 ? (vise?.zoom ?? premier) : premier + 0.2;
      const zoom = Math.max(premier, Math.min(vise?.zoom ?? premier, utile));
      carte.easeTo({ center: vise?.center ?? etendue.getCenter(), zoom });
    },
  });
  const { reperes, tuiles } = figure.dataset;
  const nommer = reperes === undefined || tuiles !== undefined ? () => undefined : nommerFond(carte, reperes);
  const ecrireNoms = (): void => {
    dementeler(boite);
    nommer();
  };
  let palier = Math.floor(carte.getZoom());
  carte.on('zoom', () => {
    const nouveau = Math.floor(carte.getZoom());
    if (nouveau !== palier) marques.rafraichir();
    palier = nouveau;
  });
  let minuterie = 0;
  let place = placeDe(carte);
  carte.on('moveend', () => {
    marques.rafraichir();
    ecrireNoms();
    // Once it rests: a screen reader hears one count, not one a step.
    clearTimeout(minuterie);
    minuterie = window.setTimeout(() => {
      const nouvelle = placeDe(carte);
      // A window made larger moves nothing.
      if (nouvelle === place) return;
      place = nouvelle;
      ecrireAdresse(place);
      liste.montrer(dansLaVue(carte, lieux, repere));
    }, 250);
  });
  addEventListener('hashchange', () => {
    const vue = lireAdresse();
    if (vue) carte.jumpTo(vue);
  });
  carte.on('resize', () => {
    marques.rafraichir();
    ecrireNoms();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    carte.setStyle(composerFond(figure)),
  );
  for (const lien of figure.querySelectorAll<HTMLElement>('[data-vue]')) {
    const bornes = lireBornes(lien.dataset['vue']);
    lien.addEventListener('click', (event) => {
      if (!bornes) return;
      event.preventDefault();
      carte.fitBounds(bornes, { padding: 24, animate: false });
      carte.getCanvas().focus({ preventScroll: true });
    });
  }
  marques.rafraichir();
  // Around a place, the map shows more than the nearest ones that the page has listed.
  if (deplacee || repere) liste.montrer(dansLaVue(carte, lieux, repere));
  figure.querySelector('[data-source]')?.removeAttribute('hidden');
  figure.classList.add('carte-lieux--vive');
  ecrireNoms();
};
