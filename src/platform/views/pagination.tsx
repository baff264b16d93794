export type PaginationProps = {
  /** Current page, from 1. */
  readonly page: number;
  readonly pages: number;
  readonly lien: (page: number) => string;
  /** What is paged: « structures ». */
  readonly de: string;
};

/** Pages of a long list; nothing for a single one. */
export function Pagination({ page, pages, lien, de }: PaginationProps) {
  if (pages < 2) return null;
  return (
    <nav class="fr-pagination" aria-label={`Pages de la liste des ${de}`}>
      <ul class="fr-pagination__list">
        {page > 1 ? (
          <li>
            <a class="fr-pagination__link" href={lien(page - 1)} rel="prev">
              Page précédente
            </a>
          </li>
        ) : null}
        <li>
          <span class="fr-pagination__link" aria-current="page">
            Page {page} sur {pages}
          </span>
        </li>
        {page < pages ? (
          <li>
            <a class="fr-pagination__link" href={lien(page + 1)} rel="next">
              Page suivante
            </a>
          </li>
        ) : null}
      </ul>
    </nav>
  );
}
