import type { ComponentChildren } from 'preact';

export type ChampRechercheProps = {
  /** Unique in the page. */
  readonly id: string;
  /** « Rechercher une commune ou une structure ». */
  readonly libelle: string;
  readonly indication?: ComponentChildren;
  /** Where the search is answered. */
  readonly action: string;
  /** What was searched. */
  readonly valeur?: string | undefined;
  /** Address that a browser island asks for suggestions; without it, or without JavaScript, a plain form. */
  readonly suggestions?: string | undefined;
  readonly bouton?: string | undefined;
  /** What else the address holds and must keep (filters): name and value. */
  readonly garde?: Readonly<Record<string, string>> | undefined;
};

/** Search field: a GET form whose word is `q`. */
export function ChampRecherche(props: ChampRechercheProps) {
  const { id, libelle, indication, action, valeur, suggestions, bouton = 'Rechercher', garde = {} } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is unknown to the screen readers of many users yet
    <form
      class="maillage-recherche"
      role="search"
      aria-label={libelle}
      method="get"
      action={action}
      data-ilot={suggestions === undefined ? undefined : 'recherche'}
      data-suggestions={suggestions}
    >
      {Object.entries(garde).map(([nom, contenu]) => (
        <input key={nom} type="hidden" name={nom} value={contenu} />
      ))}
      <label class="fr-label" for={id}>
        {libelle}
        {indication === undefined ? null : <span class="fr-hint-text">{indication}</span>}
      </label>
      <div class="fr-search-bar">
        <input
          class="fr-input"
          type="search"
          id={id}
          name="q"
          value={valeur}
          autocomplete="off"
          spellcheck={false}
        />
        <button class="fr-btn" type="submit">
          {bouton}
        </button>
      </div>
    </form>
  );
}
