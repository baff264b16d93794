import { scaleLinear, scaleUtc } from 'd3-scale';
import { curveLinear, curveStepAfter, line } from 'd3-shape';
import type { ComponentChildren } from 'preact';
import { dateLongue, nombre } from '../francais/index.ts';
import { ecarter, graduerDates, jour } from './axes.ts';
import { Graphique } from './graphique.tsx';
import { EtatVide } from './messages.tsx';
import { type Colonne, Tableau } from './tableau.tsx';

export type Point = {
  /** ISO day. */
  readonly date: string;
  readonly valeur: number;
};

export type Serie = {
  /** « Postes attribués ». */
  readonly nom: string;
  /** In the order of dates, one a day at most; values of 0 or more. */
  readonly points: readonly Point[];
};

export type CourbeProps = {
  /** Unique in the page. */
  readonly id: string;
  readonly titre: string;
  /** Four at most: beyond, lines can no longer be told apart. */
  readonly series: readonly Serie[];
  /** `marches`: a value holds until the next one (counts, sums); `ligne`: it moves from one to the next. */
  readonly forme?: 'marches' | 'ligne' | undefined;
  /** Writes a value with its unit; whole numbers by default. */
  readonly ecrire?: ((valeur: number) => string) | undefined;
  /** Writes a mark of the axis, where `ecrire` is long: « 1,5 M€ ». */
  readonly ecrireAxe?: ((valeur: number) => string) | undefined;
  /** Last day of the axis when it lies after the last point; with `marches`, lines run up to it. */
  readonly fin?: string | undefined;
  readonly definition?: ComponentChildren;
  /** What to say when there are no points. */
  readonly vide: ComponentChildren;
};

/** What was added at each date, summed up: the points of a cumulative curve. */
export function cumuler(points: readonly Point[]): readonly Point[] {
  let somme = 0;
  return points.map(({ date, valeur }) => {
    somme += valeur;
    return { date, valeur: somme };
  });
}

/** Height of a label, in hundredths of the height of the drawing. */
const ECART = 9;

/**
 * One to four values over time, from zero, each named where its line ends, and in a legend where room is short. Lines are stretched with the page; the text is not: it keeps its size on
 * every screen, as positions are percentages.
 */
export function Courbe(props: CourbeProps) {
  const { id, titre, forme = 'marches', ecrire = nombre, ecrireAxe = ecrire, definition, vide } = props;
  const series = props.series.filter(({ points }) => points.length > 0);
  const dates = [...new Set(series.flatMap(({ points }) => points.map(({ date }) => date)))].toSorted();
  const [premiere, derniere] = [dates[0], dates.at(-1)];
  if (premiere === undefined || derniere === undefined) return <EtatVide titre={titre}>{vide}</EtatVide>;

  const debut = jour(premiere);
  const fin = jour(props.fin !== undefined && props.fin > derniere ? props.fin : derniere);
  // A single day stands in the middle.
  const x = fin > debut ? scaleUtc([debut, fin], [0, 100]) : () => 50;
  const valeurs = series.flatMap(({ points }) => points.map(({ valeur }) => valeur));
  const plusGrande = Math.max(...valeurs, 0);
  const y = scaleLinear([0, plusGrande > 0 ? plusGrande : 1], [100, 0]).nice(4);
  const entieres = valeurs.every(Number.isInteger);
  const marques = y.ticks(4).filter((marque) => !entieres || Number.isInteger(marque));
  const textesAxe = marques.map(ecrireAxe);
  const graduations = graduerDates(debut, fin);
  const pas = Math.ceil(graduations.length / 3);

  const traces = series.map((serie) => {
    const dernier = serie.points.at(-1);
    const prolonge = forme === 'marches' && dernier !== undefined && jour(dernier.date) < fin;
    const sommets = serie.points.map(({ date, valeur }) => [x(jour(date)), y(valeur)] as const);
    const bout = prolonge ? [[100, y(dernier.valeur)] as const] : [];
    const trace = line<readonly [number, number]>()
      .x(([gauche]) => arrondir(gauche))
      .y(([, haut]) => arrondir(haut))
      .curve(forme === 'marches' ? curveStepAfter : curveLinear);
    const arrivee = bout[0] ?? sommets.at(-1) ?? ([50, 100] as const);
    return {
      nom: serie.nom,
      path: trace([...sommets, ...bout]) ?? '',
      sommets,
      arrivee,
      texte: `${series.length > 1 ? `${serie.nom}\u00a0: ` : ''}${ecrire(dernier?.valeur ?? 0)}`,
    };
  });
  const hauteurs = ecarter(
    traces.map(({ arrivee }) => arrivee[1]),
    ECART,
    0,
    100,
  );
  // Points are marked while they can be told apart.
  const avecPoints = valeurs.length <= 60;

  return (
    <Graphique
      id={id}
      titre={titre}
      definition={definition}
      tableau={
        <Tableau
          legende={titre}
          legendeMasquee
          colonnes={colonnesDe(series, forme, ecrire)}
          lignes={dates}
          cle={(date) => date}
          vide={vide}
        />
      }
    >
      <div class="maillage-courbe">
        <svg
          class="maillage-courbe__axe"
          width={`${Math.max(...textesAxe.map(({ length }) => length)) * 0.64 + 0.7}em`}
          aria-hidden="true"
          focusable="false"
        >
          {marques.map((marque, rang) => (
            <text
              key={marque}
              x="100%"
              dx="-0.6em"
              y={`${arrondir(y(marque))}%`}
              dy="0.32em"
              text-anchor="end"
            >
              {textesAxe[rang]}
            </text>
          ))}
        </svg>
        <svg class="maillage-courbe__dessin" aria-hidden="true" focusable="false">
          {marques.map((marque) => (
            <line
              key={marque}
              class={`maillage-courbe__grille${marque === 0 ? ' maillage-courbe__grille--zero' : ''}`}
              x2="100%"
              y1={`${arrondir(y(marque))}%`}
              y2={`${arrondir(y(marque))}%`}
            />
          ))}
          {graduations.map(({ date, texte }, rang) => (
            <g key={texte} class={rang % pas === 0 ? undefined : 'maillage-courbe__large'}>
              <line
                class="maillage-courbe__tiret"
                x1={`${arrondir(x(date))}%`}
                x2={`${arrondir(x(date))}%`}
                y1="100%"
                y2="102%"
              />
              <text x={`${arrondir(x(date))}%`} y="100%" dy="1.6em" text-anchor={ancre(x(date))}>
                {texte}
              </text>
            </g>
          ))}
          <svg
            width="100%"
            height="100%"
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            overflow="visible"
            aria-hidden="true"
          >
            {traces.map(({ nom, path }, rang) => (
              <path key={nom} class={`maillage-courbe__trait maillage-serie-${rang + 1}`} d={path} />
            ))}
          </svg>
          {traces.map(({ nom, sommets }, rang) =>
            avecPoints
              ? sommets.map(([gauche, haut]) => (
                  <circle
                    key={`${nom} ${gauche}`}
                    class={`maillage-courbe__point maillage-serie-${rang + 1}`}
                    cx={`${arrondir(gauche)}%`}
                    cy={`${arrondir(haut)}%`}
                    r="4"
                  />
                ))
              : null,
          )}
          {traces.length === 1
            ? traces.map(({ nom, texte, arrivee }) => (
                <text
                  key={nom}
                  class="maillage-courbe__nom maillage-serie-1"
                  x={`${arrondir(arrivee[0])}%`}
                  y={`${arrondir(arrivee[1])}%`}
                  dy="-0.7em"
                  text-anchor={ancre(arrivee[0])}
                >
                  {texte}
                </text>
              ))
            : null}
        </svg>
        {traces.length > 1 ? (
          <svg
            class="maillage-courbe__axe maillage-courbe__large"
            width={`${Math.max(...traces.map(({ texte }) => texte.length)) * 0.62 + 1}em`}
            aria-hidden="true"
            focusable="false"
          >
            {traces.map(({ nom, texte }, rang) => (
              <text
                key={nom}
                class={`maillage-courbe__nom maillage-serie-${rang + 1}`}
                dx="0.8em"
                y={`${arrondir(hauteurs[rang] ?? 0)}%`}
                dy="0.32em"
              >
                {texte}
              </text>
            ))}
          </svg>
        ) : null}
      </div>
      {traces.length > 1 ? (
        <ul class="maillage-courbe__legende">
          {traces.map(({ nom, texte }, rang) => (
            <li key={nom}>
              <svg width="36" height="10" aria-hidden="true" focusable="false">
                <path class={`maillage-courbe__trait maillage-serie-${rang + 1}`} d="M0 5H36" />
              </svg>
              {texte}
            </li>
          ))}
        </ul>
      ) : null}
    </Graphique>
  );
}

const arrondir = (pourCent: number): number => Math.round(pourCent * 100) / 100;

/** A label near an edge of the drawing is written towards its middle. */
const ancre = (gauche: number): 'start' | 'middle' | 'end' => {
  if (gauche < 8) return 'start';
  return gauche > 88 ? 'end' : 'middle';
};

/** A column a series; in steps, a value holds until the next one. */
const colonnesDe = (
  series: readonly Serie[],
  forme: 'marches' | 'ligne',
  ecrire: (valeur: number) => string,
): readonly Colonne<string>[] => [
  { cle: 'date', titre: 'Date', cellule: dateLongue, entete: true },
  ...series.map(({ nom, points }) => ({
    cle: `serie ${nom}`,
    titre: nom,
    numerique: true,
    cellule: (date: string) => {
      const point =
        forme === 'marches'
          ? points.findLast((candidat) => candidat.date <= date)
          : points.find((candidat) => candidat.date === date);
      return point === undefined ? '' : ecrire(point.valeur);
    },
  })),
];
