export type EtapierProps = {
  /** Titles of all the steps, in order. */
  readonly etapes: readonly string[];
  /** Current step, from 1. */
  readonly etape: number;
  /** Heading level, 2 by default. */
  readonly niveau?: 1 | 2 | 3 | undefined;
};

/** Where one stands in a form of several pages: the step, its title, what comes next. */
export function Etapier({ etapes, etape, niveau = 2 }: EtapierProps) {
  const titre = etapes[etape - 1];
  if (titre === undefined) throw new RangeError(`No step ${etape} among ${etapes.length}`);
  const suivante = etapes[etape];
  const Titre = `h${niveau}` as const;
  return (
    <div class="fr-stepper">
      <Titre class="fr-stepper__title">
        <span class="fr-stepper__state">
          Étape {etape} sur {etapes.length}
          <span class="fr-sr-only">{'\u00a0: '}</span>
        </span>
        {titre}
      </Titre>
      {/* The official skin draws the bar from the attributes, ours from the elements. */}
      <div
        class="fr-stepper__steps"
        data-fr-current-step={etape}
        data-fr-steps={etapes.length}
        aria-hidden="true"
      >
        {etapes.map((texte, rang) => (
          <span
            key={texte}
            class={`maillage-etapier__pas${rang < etape ? ' maillage-etapier__pas--fait' : ''}`}
          />
        ))}
      </div>
      {suivante === undefined ? null : (
        <p class="fr-stepper__details">
          <span class="fr-text--bold">Étape suivante&nbsp;:</span> {suivante}
        </p>
      )}
    </div>
  );
}
