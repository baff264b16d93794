/** A run of words: in both texts, in the first alone, or in the second alone. */
export type Difference = { readonly sort: 'commun' | 'retire' | 'ajoute'; readonly texte: string };

const mots = (texte: string): readonly string[] => texte.match(/\S+\s*/g) ?? [];

/** Word by word, what leads from one text to another: the longest common run of words is kept. */
export const differences = (avant: string, apres: string): readonly Difference[] => {
  const [a, b] = [mots(avant), mots(apres)];
  const width = b.length + 1;
  // Length of the longest common run from (i, j) on.
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  const same = (i: number, j: number): boolean => a[i]?.trimEnd() === b[j]?.trimEnd();
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const found: { sort: Difference['sort']; texte: string }[] = [];
  const say = (sort: Difference['sort'], texte = ''): void => {
    const last = found.at(-1);
    if (last?.sort === sort) last.texte += texte;
    else found.push({ sort, texte });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && same(i, j)) {
      say('commun', b[j]);
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) say('retire', a[i++]);
    else say('ajoute', b[j++]);
  }
  return found;
};

/** What a form brought for a field: as it was shown, as it was typed, as it is recorded now. */
type Champ = { readonly montre: string; readonly saisi: string; readonly enregistre: string };

/**
 * What a field should hold after two people wrote at once: what only one of them changed is theirs; where both did, the
 * text typed is kept and the other is shown beside it.
 */
export const reconcilier = ({ montre, saisi, enregistre }: Champ): { valeur: string; dispute: boolean } => {
  if (saisi === montre || saisi === enregistre) return { valeur: enregistre, dispute: false };
  return { valeur: saisi, dispute: enregistre !== montre };
};
