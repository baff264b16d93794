import type { ComponentChildren } from 'preact';

/** A part of a page of text, under its own heading. */
export function Section({
  id,
  titre,
  children,
}: {
  readonly id: string;
  readonly titre: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section aria-labelledby={id} class="maillage-section">
      <h2 id={id}>{titre}</h2>
      {children}
    </section>
  );
}
