import { scaleLinear } from 'd3-scale';
import type { ComponentChildren } from 'preact';
import { nombre } from '../francais/index.ts';
import { Graphique } from './graphique.tsx';
import { EtatVide } from './messages.tsx';
import { type Colonne, Tableau } from './tableau.tsx';

export type Barre = {
  /** Unique in the chart. */
  readonly cle: string;
  readonly libelle: string;
  /** 0 or more; a negative value is written and not drawn. */
  readonly valeur: number;
  readonly href?: string | undefined;
};

export type BarresProps = {
  /** Unique in the page. */
  readonly id: string;
  readonly titre: string;
  /** Drawn in the order given. */
  readonly barres: readonly Barre[];
  /** What a bar stands for, head of the first column: « Structure ». */
  readonly objet: string;
  /** What is measured, head of the second column: « Postes ». */
  readonly mesure: string;
  /** Writes a value with its unit; whole numbers by default. */
  readonly ecrire?: ((valeur: number) => string) | undefined;
  /** End of the scale, where several charts are compared; the greatest value by default. */
  readonly maximum?: number | undefined;
  /** Label of the total row of the table: only where adding makes sense. */
  readonly total?: string | undefined;
  readonly definition?: ComponentChildren;
  /** What to say when there are no bars. */
  readonly vide: ComponentChildren;
};

const HAUTEUR = 18;

/** Horizontal bars, from zero. Labels and values are text of the page: they wrap, and never shrink with the drawing. */
export function Barres(props: BarresProps) {
  const { id, titre, barres, objet, mesure, ecrire = nombre, maximum, total, definition, vide } = props;
  if (barres.length === 0) return <EtatVide titre={titre}>{vide}</EtatVide>;
  const plusGrande = Math.max(maximum ?? 0, ...barres.map(({ valeur }) => valeur));
  const echelle = scaleLinear([0, plusGrande > 0 ? plusGrande : 1], [0, 100]).clamp(true);
  const colonnes: readonly Colonne<Barre>[] = [
    { cle: 'objet', titre: objet, cellule: ({ libelle }) => libelle, entete: true },
    {
      cle: 'mesure',
      titre: mesure,
      cellule: ({ valeur }) => ecrire(valeur),
      numerique: true,
      total: ecrire(barres.reduce((somme, { valeur }) => somme + valeur, 0)),
    },
  ];
  return (
    <Graphique
      id={id}
      titre={titre}
      definition={definition}
      tableau={
        <Tableau
          legende={titre}
          legendeMasquee
          colonnes={colonnes}
          lignes={barres}
          cle={({ cle }) => cle}
          total={total}
          vide={vide}
        />
      }
    >
      <ul class="maillage-barres">
        {barres.map(({ cle, libelle, valeur, href }) => (
          <li key={cle} class="maillage-barres__ligne">
            <span class="maillage-barres__libelle">
              {href === undefined ? libelle : <a href={href}>{libelle}</a>}
              <span class="fr-sr-only">{'\u00a0: '}</span>
            </span>
            <svg class="maillage-barres__barre" height={HAUTEUR} aria-hidden="true" focusable="false">
              <line class="maillage-barres__guide" x2="100%" y1={HAUTEUR / 2} y2={HAUTEUR / 2} />
              {valeur > 0 ? (
                // A thin mark at least where there is something.
                <rect
                  class="maillage-barres__niveau"
                  width={`${Math.max(arrondir(echelle(valeur)), 0.5)}%`}
                  height={HAUTEUR}
                />
              ) : null}
            </svg>
            <span class="maillage-barres__valeur">{ecrire(valeur)}</span>
          </li>
        ))}
      </ul>
    </Graphique>
  );
}

const arrondir = (pourCent: number): number => Math.floor(pourCent * 10) / 10;
