/** Bytes of a logo at most. */
export const poidsMaxDuLogo = 500_000;

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const coteMax = 4000;

/** Width over height of a PNG picture, read in its content; null for anything else, whatever its name says. */
export const rapportDuPng = (octets: Uint8Array): number | null => {
  if (octets.byteLength < 33 || signature.some((byte, rang) => octets[rang] !== byte)) return null;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  // The first block is the head: its length, its name, then width and height.
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49484452) return null;
  const [largeur, hauteur] = [view.getUint32(16), view.getUint32(20)];
  const possible = (cote: number): boolean => cote > 0 && cote <= coteMax;
  return possible(largeur) && possible(hauteur) ? largeur / hauteur : null;
};
