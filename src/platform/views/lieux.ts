// What the map drawn on the server and the one in the browser say and gather alike.
import { a, de, pluriel } from '../francais/grammaire.ts';
import { nombre } from '../francais/nombres.ts';

export const hrefStructure = (id: string): string => `/structures/${id}`;

type Lieu = {
  readonly commune: string | null;
  readonly postes: number;
  /** Whether the position is the structure's own, or that of its commune; undefined: it has none. */
  readonly exacte: boolean | undefined;
  /** Metres. */
  readonly distance?: number | undefined;
};

/** « à moins de 500 m », « à 800 m », « à 21,1 km », « à 45 km ». */
export const distanceEnMots = (metres: number): string => {
  if (metres < 500) return `à moins de 500\u00a0m`;
  return metres < 950
    ? `à ${nombre(Math.round(metres / 50) * 50)}\u00a0m`
    : `à ${nombre(metres / 1000, metres < 29_950 ? 1 : 0)}\u00a0km`;
};

/** « Laon, 2 postes, à son adresse, à 3 km » */
export const decrireLieu = ({ commune, postes, exacte, distance }: Lieu): string =>
  [
    ...(commune === null ? [] : [commune]),
    pluriel(postes, 'poste', 'postes'),
    // What holds for most is said once beside the list.
    ...(exacte ? ['à son adresse'] : []),
    ...(distance === undefined ? [] : [distanceEnMots(distance)]),
  ].join(', ');

/** « Mairie de Laon, Laon : 2 postes » */
export const nommerLieu = (lieu: { libelle: string; commune: string | null; postes: number }): string =>
  `${lieu.libelle}${lieu.commune === null ? '' : `, ${lieu.commune}`}\u00a0: ${pluriel(lieu.postes, 'poste', 'postes')}`;

/** A thing on a map, in the units of the drawing; the heaviest come first. */
export type Pose<Lieu> = {
  readonly x: number;
  readonly y: number;
  readonly poids: number;
  readonly lieu: Lieu;
};

/** What stands together, where its heaviest member is. */
export type Groupe<Lieu> = {
  readonly x: number;
  readonly y: number;
  readonly poids: number;
  readonly membres: readonly Lieu[];
};

/**
 * Gathers what is nearer than `rayon` to something heavier. Two groups are never nearer than that to each other, and the
 * same points always give the same groups. Linear in the number of points, as long as they are not all in one place.
 */
export function regrouper<Lieu>(points: readonly Pose<Lieu>[], rayon: number): readonly Groupe<Lieu>[] {
  const ordre = points
    .map((point, rang) => ({ point, rang }))
    .sort((a, b) => b.point.poids - a.point.poids || a.rang - b.rang);
  const cases = new Map<string, { x: number; y: number; poids: number; membres: Lieu[] }[]>();
  const groupes: { x: number; y: number; poids: number; membres: Lieu[] }[] = [];
  for (const { point } of ordre) {
    const [colonne, ligne] = [Math.floor(point.x / rayon), Math.floor(point.y / rayon)];
    let proche: (typeof groupes)[number] | undefined;
    let ecart = rayon ** 2;
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (const groupe of cases.get(`${colonne + dx}/${ligne + dy}`) ?? []) {
          const distance = (groupe.x - point.x) ** 2 + (groupe.y - point.y) ** 2;
          if (distance < ecart) [proche, ecart] = [groupe, distance];
        }
      }
    }
    if (proche) {
      proche.poids += point.poids;
      proche.membres.push(point.lieu);
      continue;
    }
    const groupe = { x: point.x, y: point.y, poids: point.poids, membres: [point.lieu] };
    groupes.push(groupe);
    const cle = `${colonne}/${ligne}`;
    cases.set(cle, [...(cases.get(cle) ?? []), groupe]);
  }
  return groupes;
}

type Membres = readonly { readonly commune: string | null }[];

/** The commune in which all the members of a group are, when there is one. */
export function communeDuGroupe(membres: Membres): string | null {
  const [premier] = membres;
  return membres.every(({ commune }) => commune === premier?.commune) ? (premier?.commune ?? null) : null;
}

/** « du Havre », « des Lilas »; but « de La Rochelle ». */
const enPhrase = (commune: string): string =>
  commune.replace(/^Les? (?=\p{Lu})/u, (article) => article.toLowerCase());

/**
 * « 2 structures à Laon »; of several communes, « 12 structures, de Chauny à Vervins », in the order of the alphabet:
 * one of them alone would seem to have them all.
 */
export function nommerGroupe(membres: Membres): string {
  const compte = `${nombre(membres.length)} structures`;
  const commune = communeDuGroupe(membres);
  if (commune !== null) return `${compte} ${a(enPhrase(commune))}`;
  const noms = [...new Set(membres.flatMap((membre) => membre.commune ?? []))].sort((x, y) =>
    x.localeCompare(y, 'fr'),
  );
  const [premiere, derniere] = [noms[0], noms.at(-1)];
  return premiere === undefined || derniere === undefined || noms.length < 2
    ? compte
    : `${compte}, ${de(enPhrase(premiere))} ${a(enPhrase(derniere))}`;
}
