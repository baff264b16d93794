import { fontsFolder } from '../platform/fonts.ts';
import type { Fichier } from '../platform/http/route.ts';
import { pngDuSvg } from '../platform/images.ts';
import type { LogoEnTete } from './faits.ts';

/** Pixels of a drawn logo in height: three times what a page gives it, for the finest screens. */
const hauteur = 192;

/**
 * The logo as a picture for a page. A drawing is sent as pixels: as SVG it could carry scripts and styles, and what our
 * policy would leave of it would not be what the other formats show.
 */
export const imageDuLogo = async ({ type, octets, rapport }: LogoEnTete): Promise<Fichier> => {
  if (type !== 'svg') return { type: 'fichier', mime: `image/${type}`, corps: octets };
  const largeur = Math.min(Math.max(Math.round(hauteur * rapport), 1), 4000);
  const svg = new TextDecoder().decode(octets);
  return { type: 'fichier', mime: 'image/png', corps: await pngDuSvg(svg, { largeur, fontsFolder }) };
};
