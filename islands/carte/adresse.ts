import type { Map as Carte } from 'maplibre-gl';

export type Vue = { readonly zoom: number; readonly center: [number, number] };

const forme = /carte=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)/;

/** The place written in the address, as `#carte=zoom/latitude/longitude`; null when there is none that makes sense. */
export const lireAdresse = (): Vue | null => {
  const [zoom, latitude, longitude] = (forme.exec(location.hash) ?? []).slice(1).map(Number);
  if (zoom === undefined || latitude === undefined || longitude === undefined) return null;
  const sensee = zoom <= 22 && Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180;
  return sensee ? { zoom, center: [longitude, latitude] } : null;
};

/** The place of a view, as the address writes it. */
export const placeDe = (carte: Carte): string => {
  const { lng, lat } = carte.getCenter();
  const decimales = Math.max(2, Math.ceil(carte.getZoom() / 3));
  return `carte=${carte.getZoom().toFixed(2)}/${lat.toFixed(decimales)}/${lng.toFixed(decimales)}`;
};

/** Replaced, not added: back leaves the page, and coming back finds the place again. */
export const ecrireAdresse = (place: string): void => history.replaceState(history.state, '', `#${place}`);
