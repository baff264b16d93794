import type { MapOptions } from 'maplibre-gl';

type Style = Exclude<MapOptions['style'], string | undefined>;
type Couche = Style['layers'][number];

/** Colours of the sheet, so that both skins and the dark scheme are followed. */
const couleurs = (figure: HTMLElement) => {
  const style = getComputedStyle(figure);
  const lire = (nom: string, sinon: string): string =>
    style.getPropertyValue(`--carte-${nom}`).trim() || sinon;
  return {
    mer: lire('mer', '#eaf2f4'),
    voisin: lire('voisin', '#f6f8f7'),
    sol: lire('sol', '#fff'),
    bord: lire('bord', '#9fb2b6'),
  };
};

const contours = (figure: HTMLElement): Couche[] => {
  const { mer, voisin, sol, bord } = couleurs(figure);
  return [
    { id: 'mer', type: 'background', paint: { 'background-color': mer } },
    {
      id: 'sol',
      type: 'fill',
      source: 'contours',
      filter: ['!=', ['get', 'role'], 'commune'],
      paint: { 'fill-color': ['match', ['get', 'role'], 'voisin', voisin, sol], 'fill-antialias': false },
    },
    {
      id: 'communes',
      type: 'line',
      source: 'contours',
      minzoom: 8.5,
      filter: ['==', ['get', 'role'], 'commune'],
      paint: { 'line-color': bord, 'line-width': 0.6, 'line-opacity': 0.5 },
    },
    {
      id: 'bords',
      type: 'line',
      source: 'contours',
      filter: ['!=', ['get', 'role'], 'commune'],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': bord, 'line-width': ['interpolate', ['linear'], ['zoom'], 5, 0.8, 10, 1.8] },
    },
  ];
};

/** Raster tiles where the operator has chosen some, else our own outlines: no other server is asked. */
export const composerFond = (figure: HTMLElement): Style => {
  const { tuiles, contours: adresse } = figure.dataset;
  if (tuiles !== undefined)
    return {
      version: 8,
      sources: { tuiles: { type: 'raster', tiles: [tuiles], tileSize: 256, maxzoom: 19 } },
      layers: [
        { id: 'mer', type: 'background', paint: { 'background-color': couleurs(figure).mer } },
        { id: 'tuiles', type: 'raster', source: 'tuiles' },
      ],
    };
  return {
    version: 8,
    sources: {
      contours: {
        type: 'geojson',
        // The worker has no address of its own to complete a short one.
        data: new URL(adresse ?? '', location.href).href,
        tolerance: 0.2,
      },
    },
    layers: contours(figure),
  };
};
