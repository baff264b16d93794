import type { ComponentChildren } from 'preact';
import { dateLongue, instantLong, moisLong } from '../francais/index.ts';
import { EtatVide } from './messages.tsx';

export type Fait = {
  /** Unique in the list. */
  readonly cle: string;
  /** ISO month, day or instant: « 2021-04 », « 2021-03-18 », « 2021-03-18T10:30:00Z ». */
  readonly date: string;
  readonly titre: ComponentChildren;
  readonly texte?: ComponentChildren;
  /** Who did it, where that is told. */
  readonly auteur?: string | undefined;
  /** Still to come: drawn hollow, and said. */
  readonly aVenir?: boolean | undefined;
};

export type ChronologieProps = {
  /** In the order in which they are to be read. */
  readonly faits: readonly Fait[];
  /** Accessible name of the list: « Dates clés de la vague ». */
  readonly nom: string;
  /** What to say when there is nothing. */
  readonly vide: ComponentChildren;
};

/** The date as it is said; its length tells a month, a day or an instant. */
const ecrireDate = (date: string): string => {
  if (date.length === 7) return moisLong(date);
  return date.length === 10 ? dateLongue(date) : instantLong(date);
};

/** Dated facts: key dates, history of an object. */
export function Chronologie({ faits, nom, vide }: ChronologieProps) {
  if (faits.length === 0) return <EtatVide titre={nom}>{vide}</EtatVide>;
  return (
    <ol class="maillage-chronologie" aria-label={nom}>
      {faits.map(({ cle, date, titre, texte, auteur, aVenir = false }) => (
        <li key={cle} class={aVenir ? 'maillage-chronologie__avenir' : undefined}>
          <p class="maillage-chronologie__date">
            <time datetime={date}>{ecrireDate(date)}</time>
            {aVenir ? ' (à venir)' : ''}
          </p>
          <p class="maillage-chronologie__titre">{titre}</p>
          {texte === undefined ? null : <div class="maillage-chronologie__texte">{texte}</div>}
          {auteur === undefined ? null : <p class="maillage-chronologie__auteur">Par {auteur}</p>}
        </li>
      ))}
    </ol>
  );
}
