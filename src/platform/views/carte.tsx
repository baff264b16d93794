import { nombre } from '../francais/index.ts';
import type { FondDeCarte } from './cartographie.ts';
import { classeDe, legendeDe } from './classes.ts';
import { Chiffres } from './graphique.tsx';
import { Tableau } from './tableau.tsx';

export type DonneeCarte = {
  readonly code: string;
  readonly valeur: number;
  readonly href: string;
  /** What the shape says after its name: « 35 postes ». */
  readonly texte: string;
};

export type CarteProps = {
  /** Unique in the page. */
  id: string;
  /** What the map shows; its name. */
  titre: string;
  fond: FondDeCarte;
  /** A département of the map that is not here is drawn without a link. */
  donnees: readonly DonneeCarte[];
  /** Least value of each class, ascending, 5 at most: `seuilsQuantiles`, or fixed ones. */
  seuils: readonly number[];
  /** What the legend counts: « Nombre de postes ». */
  legende: string;
  /** Legend of the shapes without a value: « Aucun poste ». */
  aucun: string;
  /** Writes a value in the legend; whole numbers by default. */
  ecrire?: ((valeur: number) => string) | undefined;
  /** Id of the list or table that says the same in words, or of what opens it: the map never stands alone. */
  equivalent: string;
};

/** Choropleth of the départements; each shape is a link with a name. */
export function Carte(props: CarteProps) {
  const { id, titre, fond, donnees, seuils, legende, aucun, ecrire, equivalent } = props;
  const parCode = new Map(donnees.map((donnee) => [donnee.code, donnee]));
  const valeurs = donnees.map(({ valeur }) => valeur);
  return (
    <figure class="maillage-carte">
      <figcaption id={id} class="maillage-carte__titre">
        {titre}
      </figcaption>
      <p class="maillage-carte__passer">
        <a class="fr-link" href={`#${equivalent}`}>
          Passer la carte et lire la liste
        </a>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing that holds links, in no way a fieldset */}
      <svg
        class="maillage-carte__dessin"
        viewBox={`0 0 ${fond.largeur} ${fond.hauteur}`}
        role="group"
        aria-labelledby={id}
      >
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing here takes the focus */}
        <g aria-hidden="true">
          {fond.encarts.map(({ nom, x, y, largeur, hauteur }) => (
            <g key={nom}>
              <rect class="maillage-carte__encart" x={x} y={y} width={largeur} height={hauteur} rx="12" />
              <text class="maillage-carte__nom" x={x + largeur / 2} y={y + hauteur - 16} text-anchor="middle">
                {nom}
              </text>
            </g>
          ))}
        </g>
        {fond.traces.map(({ code, nom, path }) => {
          const donnee = parCode.get(code);
          const forme = (
            <path class={`carte-forme carte-classe-${classeDe(donnee?.valeur, seuils)}`} d={path} />
          );
          if (donnee === undefined) return <g key={code}>{forme}</g>;
          const texte = `${nom}\u00a0: ${donnee.texte}`;
          return (
            <a key={code} class="carte-lien" href={donnee.href} aria-label={texte}>
              <title>{texte}</title>
              {forme}
            </a>
          );
        })}
      </svg>
      <div class="maillage-carte__legende">
        <p id={`${id}-legende`}>{legende}</p>
        <ul aria-labelledby={`${id}-legende`}>
          {legendeDe(valeurs, seuils, aucun, ecrire).map(({ classe, texte }) => (
            <li key={classe}>
              <svg class="maillage-carte__cle" width="32" height="20" aria-hidden="true" focusable="false">
                <rect
                  class={`carte-forme carte-classe-${classe}`}
                  x="1"
                  y="1"
                  width="30"
                  height="18"
                  rx="3"
                />
              </svg>
              {texte}
            </li>
          ))}
        </ul>
      </div>
    </figure>
  );
}

export type CarteChiffreeProps = Omit<CarteProps, 'equivalent'> & {
  /** Head of the first column: « Département ». */
  readonly objet: string;
  /** Head of the second column: « Postes ». */
  readonly mesure: string;
  /** What to say when there are no data. */
  readonly vide: string;
};

/** A map with, under it, the table that says the same: for pages that have no list of their own. */
export function CarteChiffree({ objet, mesure, vide, ...carte }: CarteChiffreeProps) {
  const { id, titre, fond, donnees, ecrire = nombre } = carte;
  const noms = new Map(fond.traces.map(({ code, nom }) => [code, nom]));
  const equivalent = `${id}-chiffres`;
  return (
    <div class="maillage-carte-chiffree">
      <Carte {...carte} equivalent={equivalent} />
      <div id={equivalent}>
        <Chiffres titre={titre}>
          <Tableau
            legende={titre}
            legendeMasquee
            colonnes={[
              {
                cle: 'objet',
                titre: objet,
                cellule: ({ code, href }) => <a href={href}>{noms.get(code) ?? code}</a>,
                entete: true,
              },
              { cle: 'mesure', titre: mesure, cellule: ({ valeur }) => ecrire(valeur), numerique: true },
            ]}
            lignes={donnees}
            cle={({ code }) => code}
            vide={vide}
          />
        </Chiffres>
      </div>
    </div>
  );
}
