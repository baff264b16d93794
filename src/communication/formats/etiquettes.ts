export interface Cercle {
  x: number;
  y: number;
  rayon: number;
  etiquette: string | null;
  titre: string;
}

interface Etiquette {
  x: number;
  y: number;
  texte: string;
  ancre: 'start' | 'end' | 'middle';
}

interface Cadre {
  gauche: number;
  droite: number;
  haut: number;
  bas: number;
}

const CORPS = 15;
/** Mean width of a letter, generous: better no name than two that touch. */
const LETTRE = 0.56 * CORPS;

/**
 * Names beside circles, where there is room: right, left, above, below, in this order; none over a circle,
 * another name or the edge. A name that finds no room is left out (it is in the list of the communiqué).
 */
export function placerEtiquettes(
  cercles: readonly Cercle[],
  page: { largeur: number; haut: number; bas: number },
): readonly Etiquette[] {
  const pris: Cadre[] = cercles.map(({ x, y, rayon }) => ({
    gauche: x - rayon,
    droite: x + rayon,
    haut: y - rayon,
    bas: y + rayon,
  }));
  const posees: Etiquette[] = [];
  const ecrites = new Set<string>();
  for (const { x, y, rayon, etiquette } of cercles) {
    if (etiquette === null || ecrites.has(etiquette)) continue;
    const large = etiquette.length * LETTRE;
    const essais: Etiquette[] = [
      { x: x + rayon + 5, y: y + 5, texte: etiquette, ancre: 'start' },
      { x: x - rayon - 5, y: y + 5, texte: etiquette, ancre: 'end' },
      { x, y: y - rayon - 5, texte: etiquette, ancre: 'middle' },
      { x, y: y + rayon + CORPS, texte: etiquette, ancre: 'middle' },
    ];
    const bonne = essais.find((essai) => {
      const cadre = encombrement(essai, large);
      return dedans(cadre, page) && !pris.some((autre) => seTouchent(cadre, autre));
    });
    if (bonne === undefined) continue;
    pris.push(encombrement(bonne, large));
    ecrites.add(etiquette);
    posees.push({ ...bonne, x: Math.round(bonne.x), y: Math.round(bonne.y) });
  }
  return posees;
}

function encombrement({ x, y, ancre }: Etiquette, large: number): Cadre {
  const gauche = ancre === 'start' ? x : ancre === 'end' ? x - large : x - large / 2;
  return { gauche, droite: gauche + large, haut: y - 0.8 * CORPS, bas: y + 0.25 * CORPS };
}

function dedans(cadre: Cadre, page: { largeur: number; haut: number; bas: number }): boolean {
  return (
    cadre.gauche > 4 && cadre.droite < page.largeur - 4 && cadre.haut > page.haut && cadre.bas < page.bas
  );
}

function seTouchent(un: Cadre, autre: Cadre): boolean {
  return un.gauche < autre.droite && autre.gauche < un.droite && un.haut < autre.bas && autre.haut < un.bas;
}
