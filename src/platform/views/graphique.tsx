import type { ComponentChildren } from 'preact';

export type GraphiqueProps = {
  /** Unique in the page. */
  readonly id: string;
  /** What the drawing shows; its name. */
  readonly titre: string;
  /** Where the figures come from, or how they are counted. */
  readonly definition?: ComponentChildren;
  /** The table that says the same: a drawing never stands alone. */
  readonly tableau: ComponentChildren;
  /** The table is in view from the start. */
  readonly ouvert?: boolean | undefined;
  /** The drawing. */
  readonly children: ComponentChildren;
};

/** Frame of a chart: its title, the drawing, and the figures in a table under it. */
export function Graphique({ id, titre, definition, tableau, ouvert = false, children }: GraphiqueProps) {
  return (
    <figure class="maillage-graphique" aria-labelledby={id}>
      <figcaption id={id} class="maillage-graphique__titre">
        {titre}
      </figcaption>
      {children}
      {definition === undefined ? null : <p class="maillage-graphique__definition">{definition}</p>}
      <Chiffres titre={titre} ouvert={ouvert}>
        {tableau}
      </Chiffres>
    </figure>
  );
}

/** The figures of a drawing, folded under it. */
export function Chiffres({
  titre,
  ouvert = false,
  children,
}: {
  readonly titre: string;
  readonly ouvert?: boolean | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    <details class="maillage-chiffres-du-dessin" open={ouvert}>
      <summary>
        Voir les chiffres<span class="fr-sr-only">{`\u00a0: ${titre}`}</span>
      </summary>
      {children}
    </details>
  );
}
