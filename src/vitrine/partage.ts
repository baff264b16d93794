import { fontsFolder } from '../platform/fonts.ts';
import { pngDuSvg } from '../platform/images.ts';
import { echapperXml } from '../platform/xml.ts';

export type ImageDePartage = {
  readonly titre: string;
  /** Three at most, already written: « 32 », « postes ». */
  readonly chiffres: readonly { readonly valeur: string; readonly libelle: string }[];
  /** A warning that must go with the figures: « Données de démonstration ». */
  readonly mention?: string | undefined;
};

const LARGEUR = 1200;
const HAUTEUR = 630;
const MARGE = 72;
const UTILE = LARGEUR - 2 * MARGE;
const HAUT_DU_TITRE = 164;
/** Where figures begin; without figures the title has all the room. */
const HAUT_DES_CHIFFRES = 432;
const INTERLIGNE = 1.16;

const FOND = '#0d5b63';
const CLAIR = '#d6eef0';

/** Widths of the bold letters of our font, in thousandths of the size, rounded up; others count as wide. */
const LARGEURS: readonly (readonly [string, number])[] = [
  ["'’|,.:;j!", 280],
  ['`l i[]\u00a0\u202f', 340],
  ['()-fr{}t"', 410],
  ['*_/\\1I', 460],
  ['cyzsvx~7FLa9J–', 560],
  ['<>ehknouE2^3bdgpq5?$+=STZ468PB', 640],
  ['0RKUVCHADY&NXGw€«»', 720],
  ['@O#QM', 840],
  ['Wmœ%', 980],
];
const parLettre = new Map(
  LARGEURS.flatMap(([lettres, largeur]) => [...lettres].map((lettre) => [lettre, largeur])),
);

/** Width of a text in pixels, never less than the true one. */
const largeurDe = (texte: string, corps: number): number => {
  const letters = [...texte.normalize('NFD').replace(/\p{M}/gu, '')];
  return letters.reduce((sum, letter) => sum + ((parLettre.get(letter) ?? 1050) * corps) / 1000, 0);
};

/** A word wider than the line, in pieces that fit. */
const morceler = (mot: string, corps: number, largeur: number): readonly string[] => {
  const pieces: string[] = [];
  let piece = '';
  for (const letter of mot) {
    if (piece !== '' && largeurDe(piece + letter, corps) > largeur) {
      pieces.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...pieces, piece];
};

const couper = (texte: string, corps: number, largeur: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const mot of texte.split(/[ \t\n]+/).flatMap((word) => morceler(word, corps, largeur))) {
    const longer = line === '' ? mot : `${line} ${mot}`;
    if (largeurDe(longer, corps) <= largeur) line = longer;
    else {
      lines.push(line);
      line = mot;
    }
  }
  return [...lines, line];
};

type Pose = { readonly lignes: readonly string[]; readonly corps: number };

/** The greatest size at which a text fits; what does not fit at the least one is cut. */
const poser = (
  texte: string,
  place: { readonly largeur: number; readonly hauteur: number; readonly corps: readonly number[] },
): Pose => {
  const poses = place.corps.map((corps) => ({ corps, lignes: couper(texte, corps, place.largeur) }));
  const fits = ({ lignes, corps }: Pose): boolean => lignes.length * corps * INTERLIGNE <= place.hauteur;
  const last = poses.at(-1) ?? { corps: 24, lignes: [texte] };
  const lines = Math.max(1, Math.floor(place.hauteur / (last.corps * INTERLIGNE)));
  const cut = last.lignes
    .slice(0, lines)
    .map((ligne, rang) => (rang === lines - 1 ? `${ligne.replace(/[\s\p{P}]?.$/u, '')}…` : ligne));
  return poses.find(fits) ?? { corps: last.corps, lignes: cut };
};

const ecrire = ({ lignes, corps }: Pose, x: number, haut: number, attributs: string): readonly string[] =>
  lignes.map(
    (ligne, rang) =>
      `<text x="${x}" y="${Math.round(haut + corps + rang * corps * INTERLIGNE)}" font-size="${corps}" ${attributs}>${echapperXml(ligne)}</text>`,
  );

/** The mesh of a territory, as on the pages: a centre and its neighbours, in a square of 32. */
const embleme = (attributs: string): string => {
  const voisins = ['16 4', '26.4 10', '26.4 22', '16 28', '5.6 22', '5.6 10'];
  const cercles = voisins.map((voisin) => {
    const [x, y] = voisin.split(' ');
    return `<circle cx="${x}" cy="${y}" r="2.5"/>`;
  });
  const traits = `M${voisins.join('L')}Z${voisins.map((voisin) => `M16 16L${voisin}`).join('')}`;
  return `<g ${attributs}><path d="${traits}" fill="none" stroke="#ffffff" stroke-width="1.6"/><g fill="#ffffff"><circle cx="16" cy="16" r="4.5"/>${cercles.join('')}</g></g>`;
};

const dessiner = ({ titre, chiffres, mention }: ImageDePartage): string => {
  const shown = chiffres.slice(0, 3);
  const column = UTILE / Math.max(1, shown.length);
  const bas = shown.length === 0 ? HAUTEUR - MARGE : HAUT_DES_CHIFFRES - 24;
  const place = { largeur: UTILE, hauteur: bas - HAUT_DU_TITRE, corps: [76, 68, 60, 52, 46, 40, 34] };
  const gras = 'font-weight="700" fill="#ffffff"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LARGEUR} ${HAUTEUR}" width="${LARGEUR}" height="${HAUTEUR}" font-family="Atkinson Hyperlegible">`,
    `<rect width="${LARGEUR}" height="${HAUTEUR}" fill="${FOND}"/>`,
    embleme('transform="translate(690 -40) scale(22)" opacity="0.07"'),
    embleme(`transform="translate(${MARGE - 8} 58) scale(2)"`),
    `<text x="${MARGE + 68}" y="103" font-size="38" ${gras}>Maillage</text>`,
    ...(mention === undefined
      ? []
      : [
          `<text x="${LARGEUR - MARGE}" y="101" font-size="26" text-anchor="end" fill="${CLAIR}">${echapperXml(mention)}</text>`,
        ]),
    ...ecrire(poser(titre, place), MARGE, HAUT_DU_TITRE, gras),
    ...(shown.length === 0
      ? []
      : [
          `<rect x="${MARGE}" y="${HAUT_DES_CHIFFRES - 2}" width="${UTILE}" height="2" fill="#ffffff" opacity="0.35"/>`,
        ]),
    ...shown.flatMap(({ valeur, libelle }, rang) => {
      const x = MARGE + rang * column;
      const large = column - 28;
      const figure = poser(valeur, { largeur: large, hauteur: 78, corps: [62, 54, 46, 40, 34, 28] });
      const label = poser(libelle, { largeur: large, hauteur: 68, corps: [29, 26, 24] });
      return [
        ...ecrire(figure, x, HAUT_DES_CHIFFRES + 76 - figure.corps, gras),
        ...ecrire(label, x, HAUT_DES_CHIFFRES + 88, `fill="${CLAIR}"`),
      ];
    }),
    '</svg>',
  ].join('\n');
};

/** The picture shown where a page is shared, 1200 × 630 pixels: a title, up to three figures, no mark of the State. */
export const imageDePartage = (image: ImageDePartage): Promise<Uint8Array> =>
  pngDuSvg(dessiner(image), { largeur: LARGEUR, fontsFolder });
