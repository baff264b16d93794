import { Temporal } from 'temporal-polyfill';
import { dateLongue } from '../platform/francais/index.ts';

/** The grounds on which a decision that gives rights may be withdrawn (CRPA, of 2016). */
export const fondementsDeRetrait = ['illegalite', 'conditions', 'fraude', 'demande'] as const;
export type FondementDeRetrait = (typeof fondementsDeRetrait)[number];

/** Of each ground: in words, its article, and how many months it may be used after the decision; null: at any time. */
export const droitDuRetrait: Readonly<
  Record<
    FondementDeRetrait,
    {
      readonly libelle: string;
      readonly indication: string;
      readonly article: string;
      readonly mois: number | null;
    }
  >
> = {
  illegalite: {
    libelle: 'La décision est illégale',
    indication: 'Dans les quatre mois qui suivent la décision (article L242-1).',
    article: 'L242-1',
    mois: 4,
  },
  conditions: {
    libelle: 'Les conditions de la subvention ne sont pas respectées',
    indication: 'Sans condition de délai (article L242-2).',
    article: 'L242-2',
    mois: null,
  },
  fraude: {
    libelle: 'La décision a été obtenue par fraude',
    indication: 'À tout moment (article L241-2).',
    article: 'L241-2',
    mois: null,
  },
  demande: {
    libelle: 'La structure le demande, pour une décision qui lui est plus favorable',
    indication: 'Sans condition de délai, si personne n’y perd un droit (article L242-4).',
    article: 'L242-4',
    mois: null,
  },
};

/** Why a decision taken on a day may not be withdrawn today on this ground; undefined where it may. Days of Paris. */
export const retraitTardif = (
  fondement: FondementDeRetrait,
  priseLe: string,
  aujourdhui: string,
): string | undefined => {
  const { mois } = droitDuRetrait[fondement];
  if (mois === null) return undefined;
  const dernier = Temporal.PlainDate.from(priseLe).add({ months: mois }).toString();
  return aujourdhui <= dernier
    ? undefined
    : `Une décision illégale ne se retire que dans les quatre mois\u00a0: celle-ci, du ${dateLongue(priseLe)}, pouvait l’être jusqu’au ${dateLongue(dernier)}. Choisissez un autre fondement s’il en est un, ou renoncez.`;
};
