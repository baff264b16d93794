import type { ComponentChildren } from 'preact';
import type { Lien } from './liens.tsx';

/** What a form sends without showing it: identifiers, row version, token. */
export type ChampsCaches = Readonly<Record<string, string>>;

function Caches({ champs }: { readonly champs: ChampsCaches }) {
  return (
    <>
      {Object.entries(champs).map(([nom, valeur]) => (
        <input key={nom} type="hidden" name={nom} value={valeur} />
      ))}
    </>
  );
}

export type ConfirmationProps = {
  /** Unique in the page. */
  readonly id: string;
  /** A question: « Refuser la candidature de la Ville de Gauchy ? ». */
  readonly titre: string;
  /** Heading level, 2 by default. */
  readonly niveau?: 1 | 2 | 3 | undefined;
  /** What will happen, one fact each: who is told, what is committed, what can no longer be done. */
  readonly effets: readonly ComponentChildren[];
  readonly action: string;
  readonly champs?: ChampsCaches | undefined;
  /** The act again, as a verb: « Refuser la candidature », never « Oui ». */
  readonly bouton: string;
  /** Where to go without doing it. */
  readonly renoncer: Lien;
  /** The act cannot be undone: said in words, and the button is of another colour. */
  readonly definitif?: boolean | undefined;
  /** Fields to fill before confirming, such as a reason. */
  readonly children?: ComponentChildren;
};

/** Asks before a grave act: what will happen, then the act or the way back. */
export function Confirmation(props: ConfirmationProps) {
  const { id, titre, niveau = 2, effets, action, champs = {}, bouton, renoncer, definitif = false } = props;
  const Titre = `h${niveau}` as const;
  return (
    <section class="maillage-confirmation" aria-labelledby={id}>
      <Titre class="maillage-confirmation__titre" id={id}>
        {titre}
      </Titre>
      <p>Si vous confirmez&nbsp;:</p>
      <ul class="maillage-confirmation__effets">
        {effets.map((effet, rang) => (
          <li key={rang}>{effet}</li>
        ))}
      </ul>
      {definitif ? (
        <p class="maillage-confirmation__definitif">
          <strong>Vous ne pourrez pas revenir en arrière.</strong>
        </p>
      ) : null}
      <form method="post" action={action}>
        <Caches champs={champs} />
        {props.children}
        <div class="maillage-actions">
          <button class={`fr-btn${definitif ? ' maillage-btn--grave' : ''}`} type="submit">
            {bouton}
          </button>
          <a class="fr-link" href={renoncer.href}>
            {renoncer.texte}
          </a>
        </div>
      </form>
    </section>
  );
}

export type ActeFaitProps = {
  /** What was done, in a sentence: « La permanence du mardi est supprimée. ». */
  readonly children: ComponentChildren;
  /** Undoes it, where that can be: address, hidden fields, and until when in words. */
  readonly annulation?:
    | {
        readonly action: string;
        readonly champs?: ChampsCaches | undefined;
        /** « Annuler la suppression »; « Annuler » by default. */
        readonly bouton?: string | undefined;
        readonly delai?: ComponentChildren;
      }
    | undefined;
};

/** Says, after the redirect, that the act is done, and lets undo it. */
export function ActeFait({ children, annulation }: ActeFaitProps) {
  return (
    <div class="fr-alert fr-alert--success fr-alert--sm maillage-fait" role="status">
      <p>
        <span class="fr-sr-only">{'Succès\u00a0: '}</span>
        {children}
      </p>
      {annulation === undefined ? null : (
        <form class="maillage-fait__annulation" method="post" action={annulation.action}>
          <Caches champs={annulation.champs ?? {}} />
          <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
            {annulation.bouton ?? 'Annuler'}
          </button>
          {annulation.delai === undefined ? null : (
            <span class="maillage-fait__delai">{annulation.delai}</span>
          )}
        </form>
      )}
    </div>
  );
}
