import { nombre } from '../francais/index.ts';

/** One line of the legend: classe 0 is « nothing », 1 to 5 go from least to most. */
export type ClasseLegende = { readonly classe: number; readonly texte: string };

/**
 * Thresholds that share the positive values out in classes of like size: the least value of each class, ascending.
 * Fewer than `maximum` when values repeat; none when nothing is positive.
 */
export function seuilsQuantiles(valeurs: readonly number[], maximum = 5): readonly number[] {
  const positives = valeurs.filter((valeur) => valeur > 0).toSorted((a, b) => a - b);
  const rangs = Array.from({ length: maximum }, (_, rang) => Math.floor((rang * positives.length) / maximum));
  return [...new Set(rangs.flatMap((rang) => positives[rang] ?? []))];
}

/** Class of a value: 0 when unknown or under the first threshold, else the rank of the last threshold reached. */
export function classeDe(valeur: number | null | undefined, seuils: readonly number[]): number {
  if (valeur === null || valeur === undefined) return 0;
  return seuils.filter((seuil) => valeur >= seuil).length;
}

/** Legend of the classes, each with the least and greatest value it really holds; empty classes are left out. */
export function legendeDe(
  valeurs: readonly number[],
  seuils: readonly number[],
  aucun: string,
  ecrire: (valeur: number) => string = nombre,
): readonly ClasseLegende[] {
  const pleines = seuils.flatMap((_, rang) => {
    const classe = rang + 1;
    const dedans = valeurs.filter((valeur) => classeDe(valeur, seuils) === classe);
    if (dedans.length === 0) return [];
    const [moins, plus] = [Math.min(...dedans), Math.max(...dedans)];
    return [{ classe, texte: moins === plus ? ecrire(moins) : `${ecrire(moins)} à ${ecrire(plus)}` }];
  });
  return [{ classe: 0, texte: aucun }, ...pleines];
}
