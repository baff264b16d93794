import type { ComponentChildren } from 'preact';
import type { Evenement } from '../historique.ts';
import { Chronologie } from './chronologie.tsx';

export type HistoriqueProps = {
  readonly evenements: readonly Evenement[];
  /** Accessible name of the list: « Historique du communiqué ». */
  readonly nom: string;
  /** Address of what came before, where there is more. */
  readonly suite?: string | undefined;
  /** Address of the newest lines, where this page is not theirs. */
  readonly debut?: string | undefined;
  readonly vide: ComponentChildren;
};

/** What was done to an object, in sentences, the newest first. */
export function Historique({ evenements, nom, suite, debut, vide }: HistoriqueProps) {
  return (
    <>
      <Chronologie
        nom={nom}
        vide={vide}
        faits={evenements.map(({ id, instant, phrase, motif, auteur }) => ({
          cle: String(id),
          date: instant,
          titre: phrase,
          texte: motif === null ? undefined : <p>Motif&nbsp;: {motif}</p>,
          auteur,
        }))}
      />
      <Suite nom={nom} suite={suite} debut={debut} />
    </>
  );
}

/** The way to older lines and back, under a part of the journal. */
export function Suite({ nom, suite, debut }: Pick<HistoriqueProps, 'nom' | 'suite' | 'debut'>) {
  if (suite === undefined && debut === undefined) return null;
  return (
    <nav aria-label={`Pages\u00a0: ${nom}`}>
      <div class="maillage-actions">
        {debut === undefined ? null : (
          <a class="fr-link" href={debut}>
            Les plus récentes
          </a>
        )}
        {suite === undefined ? null : (
          <a class="fr-btn fr-btn--secondary" href={suite} rel="next">
            Plus anciennes
          </a>
        )}
      </div>
    </nav>
  );
}
