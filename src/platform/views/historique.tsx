import type { ComponentChildren } from 'preact';
import type { Evenement } from '../historique.ts';
import type { ObjetNomme } from '../objets.ts';
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
  /** What a line was done to, where that is not the object of the page itself. */
  readonly nommer?: ((objet: Evenement['objet']) => ObjetNomme | undefined) | undefined;
};

/** What was done to an object, in sentences, the newest first. */
export function Historique({ evenements, nom, suite, debut, vide, nommer }: HistoriqueProps) {
  return (
    <>
      <Chronologie
        nom={nom}
        vide={vide}
        faits={evenements.map(({ id, instant, phrase, motif, auteur, objet }) => ({
          cle: String(id),
          date: instant,
          titre: phrase,
          texte: <Texte objet={nommer?.(objet)} motif={motif} />,
          auteur,
        }))}
      />
      <Suite nom={nom} suite={suite} debut={debut} />
    </>
  );
}

function Texte({ objet, motif }: { objet: ObjetNomme | undefined; motif: string | null }) {
  return (
    <>
      {objet === undefined ? null : (
        <p>
          {objet.href === undefined ? (
            objet.texte
          ) : (
            <a class="fr-link" href={objet.href}>
              {objet.texte}
            </a>
          )}
        </p>
      )}
      {motif === null ? null : <p>Motif&nbsp;: {motif}</p>}
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
