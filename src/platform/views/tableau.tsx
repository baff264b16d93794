import type { ComponentChildren } from 'preact';
import { EtatVide } from './messages.tsx';

export type Colonne<Ligne> = {
  /** Unique in the table. */
  cle: string;
  titre: string;
  /** What stands in the head instead of the bare title: a link that sorts. */
  tete?: ComponentChildren;
  /** The rows are in the order of this column. */
  tri?: 'asc' | 'desc' | undefined;
  cellule: (ligne: Ligne) => ComponentChildren;
  /** Numbers are set right, with figures of one width. */
  numerique?: boolean | undefined;
  /** Text taken from a file as it is: it may break anywhere, so that a word without end fits. */
  brut?: boolean | undefined;
  /** Never broken over two lines. */
  insecable?: boolean | undefined;
  /** The column that names the row (a row header). One at most; the first column by default. */
  entete?: boolean | undefined;
  /** What this column shows in the total row. */
  total?: ComponentChildren;
};

export type TableauProps<Ligne> = {
  /** Caption: what the table shows. */
  legende: string;
  /** Keep the caption for screen readers only, where a heading just above says it. */
  legendeMasquee?: boolean | undefined;
  colonnes: readonly Colonne<Ligne>[];
  lignes: readonly Ligne[];
  /** Stable key of a row. */
  cle: (ligne: Ligne, rang: number) => string;
  /** Label of the total row; without it there is none. */
  total?: string | undefined;
  /** What to say when there are no rows. */
  vide: ComponentChildren;
  id?: string | undefined;
};

// On a narrow screen rows become cards by `display: block`, which makes some browsers forget that
// this is a table: the roles say it again. Spread, because written in full they look redundant.
const ROLES = {
  table: { role: 'table' },
  groupe: { role: 'rowgroup' },
  ligne: { role: 'row' },
  colonne: { role: 'columnheader' },
  entete: { role: 'rowheader' },
  cellule: { role: 'cell' },
} as const;

/** Data table with caption; rows become cards on narrow screens. */
export function Tableau<Ligne>(props: TableauProps<Ligne>) {
  const { legende, legendeMasquee = false, colonnes, lignes, cle, total, vide, id } = props;
  if (lignes.length === 0) return <EtatVide titre={legende}>{vide}</EtatVide>;
  const nommeuse = colonnes.find((colonne) => colonne.entete) ?? colonnes[0];
  return (
    <div class="fr-table maillage-tableau" id={id}>
      <div class="fr-table__wrapper">
        <div class="fr-table__container">
          <div class="fr-table__content">
            <table {...ROLES.table}>
              <caption class={legendeMasquee ? 'fr-sr-only' : undefined}>{legende}</caption>
              <thead {...ROLES.groupe}>
                <tr {...ROLES.ligne}>
                  {colonnes.map((colonne) => (
                    <th
                      key={colonne.cle}
                      {...ROLES.colonne}
                      scope="col"
                      class={colonne.numerique ? 'fr-cell--right' : undefined}
                      aria-sort={
                        colonne.tri &&
                        (colonne.tri === 'asc' ? ('ascending' as const) : ('descending' as const))
                      }
                    >
                      {colonne.tete ?? colonne.titre}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody {...ROLES.groupe}>
                {lignes.map((ligne, rang) => (
                  <tr key={cle(ligne, rang)} {...ROLES.ligne}>
                    {colonnes.map((colonne) =>
                      colonne === nommeuse ? (
                        <th key={colonne.cle} {...ROLES.entete} scope="row" class={classes(colonne)}>
                          {colonne.cellule(ligne)}
                        </th>
                      ) : (
                        <td
                          key={colonne.cle}
                          {...ROLES.cellule}
                          class={classes(colonne)}
                          data-label={colonne.titre}
                        >
                          <Cellule>{colonne.cellule(ligne)}</Cellule>
                        </td>
                      ),
                    )}
                  </tr>
                ))}
              </tbody>
              {total === undefined ? null : (
                <tfoot {...ROLES.groupe}>
                  <tr {...ROLES.ligne}>
                    {colonnes.map((colonne) =>
                      colonne === nommeuse ? (
                        <th key={colonne.cle} {...ROLES.entete} scope="row">
                          {total}
                        </th>
                      ) : (
                        <td
                          key={colonne.cle}
                          {...ROLES.cellule}
                          class={classes(colonne)}
                          data-label={colonne.titre}
                        >
                          <Cellule>{colonne.total}</Cellule>
                        </td>
                      ),
                    )}
                  </tr>
                </tfoot>
              )}
            </table>
          </div>
        </div>
      </div>
    </div>
  );
}

/** Holds the content of a cell together beside its label; an empty cell stays empty, and a card leaves it out. */
function Cellule({ children }: { children?: ComponentChildren }) {
  const vide = children === undefined || children === null || children === '';
  return vide ? null : <div class="maillage-tableau__valeur">{children}</div>;
}

function classes<Ligne>({ numerique, brut, insecable }: Colonne<Ligne>): string | undefined {
  if (numerique) return 'fr-cell--right';
  if (insecable) return 'maillage-insecable';
  return brut ? 'maillage-tableau__brut' : undefined;
}
