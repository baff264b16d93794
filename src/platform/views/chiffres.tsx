import type { ComponentChildren } from 'preact';

export type ChiffreProps = {
  /** What is counted: « conseillers numériques ». */
  libelle: string;
  /** The number, already formatted. */
  valeur: string;
  /** « € », « postes »; left out where the label says it. */
  unite?: string | undefined;
  /** Definition of the indicator, in plain French. */
  definition?: ComponentChildren;
  href?: string | undefined;
};

/** One key figure; only inside `ChiffresCles`, whose list it belongs to. */
function Chiffre({ libelle, valeur, unite, definition, href }: ChiffreProps) {
  return (
    <div class="maillage-chiffre">
      <dt class="maillage-chiffre__libelle">{href === undefined ? libelle : <a href={href}>{libelle}</a>}</dt>
      <dd class="maillage-chiffre__valeur">
        {valeur}
        {unite === undefined ? null : <span class="maillage-chiffre__unite">{`\u00a0${unite}`}</span>}
      </dd>
      {definition === undefined ? null : <dd class="maillage-chiffre__definition">{definition}</dd>}
    </div>
  );
}

/** Key figures side by side, as a list of terms and values. */
export function ChiffresCles({ chiffres }: { chiffres: readonly ChiffreProps[] }) {
  return (
    <dl class="maillage-chiffres">
      {chiffres.map((chiffre) => (
        <Chiffre key={chiffre.libelle} {...chiffre} />
      ))}
    </dl>
  );
}
