import { strToU8, type Zippable, zipSync } from 'fflate';
import type { Communique } from '../document.ts';
import { nomDeFichier } from '../rules.ts';
import { cartePng, carteSvg, type FondCarte } from './carte.ts';
import { csv } from './csv.ts';
import { EPOQUE_ZIP, odt } from './odt.ts';
import { pdf } from './pdf.ts';
import { texte } from './texte.ts';

/**
 * The press kit: the communiqué in PDF, ODT and plain text, the list in CSV, the map in SVG and PNG (no map where
 * the outline is not known). The same communiqué gives the same bytes.
 */
export async function kit(
  communique: Communique,
  { fond, fontsFolder }: { fond: FondCarte | null; fontsFolder: string },
): Promise<Uint8Array> {
  const contenus: [string, Uint8Array][] = [
    ['pdf', await pdf(communique, fontsFolder)],
    ['odt', await odt(communique)],
    ['txt', strToU8(texte(communique))],
    ['csv', strToU8(csv(communique))],
  ];
  if (fond !== null) {
    const svg = carteSvg(communique, fond);
    contenus.push(['svg', strToU8(svg)], ['png', await cartePng(svg, fontsFolder)]);
  }
  const fichiers: Zippable = {};
  for (const [extension, octets] of contenus) {
    const nom = nomDeFichier(communique, extension).replace(
      'communique',
      PREFIXES[extension] ?? 'communique',
    );
    // Already compressed formats are only stored.
    fichiers[nom] = [
      octets,
      { level: extension === 'txt' || extension === 'csv' || extension === 'svg' ? 9 : 0 },
    ];
  }
  return zipSync(fichiers, { mtime: EPOQUE_ZIP });
}

/** What is in a file is read in its name. */
const PREFIXES: Readonly<Record<string, string>> = { csv: 'laureats', svg: 'carte', png: 'carte' };
