import type { Signataire } from './reglages.store.ts';

/** An office beside a name: « Ziad Khoury, le préfet ». */
export const enApposition = (fonction: string): string =>
  fonction.replace(/^(Le|La|Les|L’)(?=[\s\p{L}])/u, (article) => article.toLowerCase());

export type Chevauchement = {
  /** Who signs while both may. */
  readonly signe: Signataire;
  readonly autre: Signataire;
  /** First and last day on which both may; no last day where neither ends. */
  readonly du: string;
  readonly au: string | null;
};

const dernier = (fin: string | null): string => fin ?? '9999-12-31';

/** The signatures that are in force together on a day to come: the one that began last signs, the last named of two. */
export const chevauchements = (
  signataires: readonly Signataire[],
  aujourdhui: string,
): readonly Chevauchement[] => {
  const ordonnes = signataires.toSorted((left, right) =>
    `${left.debut} ${left.id}` < `${right.debut} ${right.id}` ? -1 : 1,
  );
  return ordonnes.flatMap((signe, rang) =>
    ordonnes.slice(0, rang).flatMap((autre) => {
      const fin = dernier(signe.fin) < dernier(autre.fin) ? signe.fin : autre.fin;
      return dernier(fin) < signe.debut || dernier(fin) < aujourdhui
        ? []
        : [{ signe, autre, du: signe.debut, au: fin }];
    }),
  );
};
