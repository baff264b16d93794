import type { ComponentChildren } from 'preact';

/** A part of the page under its heading. */
export function Partie({
  id,
  titre,
  children,
}: {
  readonly id: string;
  readonly titre: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="maillage-partie" aria-labelledby={id}>
      <h2 id={id}>{titre}</h2>
      {children}
    </section>
  );
}
