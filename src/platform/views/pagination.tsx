import { nombre } from '../francais/index.ts';

export type PaginationProps = {
  /** Current page, from 1. */
  readonly page: number;
  readonly pages: number;
  readonly lien: (page: number) => string;
  /** What is paged: « structures ». */
  readonly de: string;
};

/** Pages shown beside the current one on each side; more where the list ends. */
const VOISINES = 2;

/** Numbers in view: five in a row around the current page, wherever it stands. */
export const fenetre = (page: number, pages: number): readonly number[] => {
  const debut = Math.max(1, Math.min(page - VOISINES, pages - 2 * VOISINES));
  const fin = Math.min(pages, debut + 2 * VOISINES);
  return Array.from({ length: fin - debut + 1 }, (_, rang) => debut + rang);
};

/** Pages of a long list, as plain links; nothing for a single one. */
export function Pagination({ page, pages, lien, de }: PaginationProps) {
  if (pages < 2) return null;
  const numeros = fenetre(page, pages);
  const bord = (classe: string, vers: number, texte: string, rel?: string) => (
    <li>
      <a class={`fr-pagination__link fr-pagination__link--${classe}`} href={lien(vers)} rel={rel}>
        {texte}
      </a>
    </li>
  );
  return (
    <nav
      class="fr-pagination"
      aria-label={`Pages de la liste des ${de}\u00a0: page ${nombre(page)} sur ${nombre(pages)}`}
    >
      <ul class="fr-pagination__list">
        {page > 1 ? bord('first', 1, 'Première page') : null}
        {page > 1 ? bord('prev fr-pagination__link--lg-label', page - 1, 'Page précédente', 'prev') : null}
        {numeros.map((numero) => (
          // On a narrow screen, the current page and its direct neighbours suffice.
          <li key={numero} class={Math.abs(numero - page) > 1 ? 'maillage-pagination__loin' : undefined}>
            {numero === page ? (
              <span class="fr-pagination__link" aria-current="page">
                <span class="fr-sr-only">Page </span>
                {nombre(numero)}
              </span>
            ) : (
              <a class="fr-pagination__link" href={lien(numero)}>
                <span class="fr-sr-only">Page </span>
                {nombre(numero)}
              </a>
            )}
          </li>
        ))}
        {page < pages ? bord('next fr-pagination__link--lg-label', page + 1, 'Page suivante', 'next') : null}
        {page < pages ? bord('last', pages, 'Dernière page') : null}
      </ul>
    </nav>
  );
}
