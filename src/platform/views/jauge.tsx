import type { ComponentChildren } from 'preact';
import { pourcentage } from '../francais/index.ts';

export type JaugeProps = {
  /** « Postes attribués ». */
  titre: string;
  valeur: number;
  /** The objective or the envelope; 0 or less: no bar, only the value. */
  maximum: number;
  /** Both already formatted, with their unit: « 181 postes », « 4 000 postes ». */
  valeurTexte: string;
  maximumTexte: string;
  /** Where the figure comes from, or how it is counted. */
  definition?: ComponentChildren;
};

/** Share of an objective, as a bar and in words. */
export function Jauge(props: JaugeProps) {
  const { titre, valeur, maximum, valeurTexte, maximumTexte, definition } = props;
  const part = partDe(valeur, maximum);
  return (
    <div class="maillage-jauge">
      <p class="maillage-jauge__titre">{titre}</p>
      <p class="maillage-jauge__nombres">
        <strong class="maillage-jauge__valeur">{valeurTexte}</strong>{' '}
        {part === null ? null : <span class="maillage-jauge__maximum">sur {maximumTexte}</span>}
      </p>
      {part === null ? null : (
        <p class="maillage-jauge__ligne">
          <svg class="maillage-jauge__barre" height="14" aria-hidden="true" focusable="false">
            <rect class="maillage-jauge__fond" width="100%" height="14" />
            {part.pourCent > 0 ? (
              <rect class="maillage-jauge__niveau" width={`${part.pourCent}%`} height="14" rx="6" />
            ) : null}
          </svg>
          <span class="maillage-jauge__part">{part.texte}</span>
        </p>
      )}
      {definition === undefined ? null : <p class="maillage-jauge__definition">{definition}</p>}
    </div>
  );
}

/** Width of the bar in percent, and the share in French; null without a maximum. */
function partDe(valeur: number, maximum: number): { pourCent: number; texte: string } | null {
  const texte = partEnFrancais(valeur, maximum);
  if (texte === null) return null;
  const pourCent = Math.min((valeur / maximum) * 100, 100);
  // A thin mark at least where there is something.
  return { pourCent: valeur > 0 ? Math.max(Math.floor(pourCent * 10) / 10, 0.5) : 0, texte };
}

/**
 * Share in percent with one decimal, but never « 0 % » of something nor « 100 % » of less than all; null without
 * a maximum.
 */
function partEnFrancais(valeur: number, maximum: number): string | null {
  if (!(maximum > 0)) return null;
  const dixiemes = Math.round((valeur / maximum) * 1000);
  if (valeur > 0 && dixiemes === 0) return `moins de ${pourcentage(0.1)}`;
  return pourcentage((valeur < maximum ? Math.min(dixiemes, 999) : dixiemes) / 10);
}
