import type { ComponentChildren } from 'preact';

/** A link of the interface; `actif` marks the current page or section. */
export type Lien = { texte: string; href: string; actif?: boolean | undefined };

/** A step of the breadcrumb; the last one, the current page, has no address. */
export type Etape = { texte: string; href?: string | undefined };

/** Breadcrumb, from home to the current page. Nothing is shown for fewer than two steps. */
export function FilAriane({ etapes }: { etapes: readonly Etape[] }) {
  if (etapes.length < 2) return null;
  return (
    <nav class="fr-breadcrumb maillage-ariane" aria-label="Vous êtes ici">
      <ol class="fr-breadcrumb__list">
        {etapes.map((etape, rang) => (
          <li key={rang}>
            {etape.href === undefined || rang === etapes.length - 1 ? (
              <span class="fr-breadcrumb__link" aria-current="page">
                {etape.texte}
              </span>
            ) : (
              <a class="fr-breadcrumb__link" href={etape.href}>
                {etape.texte}
              </a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

export type ListeLiensProps = {
  /** Each link with, if wanted, a line that says more. */
  liens: readonly (Lien & { detail?: ComponentChildren })[];
  /** In columns, for long lists (all the départements). */
  colonnes?: boolean | undefined;
  /** Accessible name when the heading above does not suffice. */
  nom?: string | undefined;
};

/** List of links, each with an optional detail after it. */
export function ListeLiens({ liens, colonnes = false, nom }: ListeLiensProps) {
  return (
    <ul class={`maillage-liens${colonnes ? ' maillage-liens--colonnes' : ''}`} aria-label={nom}>
      {liens.map((lien) => (
        <li key={lien.href}>
          <a class="fr-link" href={lien.href} aria-current={lien.actif ? 'page' : undefined}>
            {lien.texte}
          </a>
          {lien.detail === undefined ? null : <span class="maillage-liens__detail"> {lien.detail}</span>}
        </li>
      ))}
    </ul>
  );
}

/** A file to download; `detail` is already written: « CSV, 12 ko ». */
export type Telechargement = { texte: string; href: string; detail: string; nomFichier?: string | undefined };

/** Downloads, each with its format and weight as part of the link. */
export function Telechargements({ fichiers }: { fichiers: readonly Telechargement[] }) {
  return (
    <ul class="maillage-telechargements">
      {fichiers.map((fichier) => (
        <li key={fichier.href} class="fr-download">
          <a class="fr-download__link" href={fichier.href} download={fichier.nomFichier ?? ''}>
            {fichier.texte} <span class="fr-download__detail">{fichier.detail}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
