import type { ComponentChildren } from 'preact';
import { dateLongue, liste as enumerer, euros, nombre, pluriel } from '../francais/index.ts';
import { champsTriables, colonnesUsuelles, ecrireTri } from '../listes/demande.ts';
import { formatsDe } from '../listes/formats.ts';
import type {
  Champ,
  Champs,
  Demande,
  Format,
  FormatPrive,
  Ligne,
  Liste,
  PageDeListe,
} from '../listes/index.ts';
import { EtatVide } from './messages.tsx';
import { Pagination } from './pagination.tsx';
import { type Colonne, Tableau } from './tableau.tsx';

/** Values that a filter offers; without them it is a field to type in. */
export type Choix = readonly { readonly valeur: string; readonly texte: string }[];

export type ListeProps<C extends Champs> = {
  readonly liste: Liste<C>;
  readonly demande: Demande;
  readonly resultat: PageDeListe<C>;
  readonly parPage: number;
  /** Path of the page that shows the list. */
  readonly chemin: string;
  /** Filters that the page itself sets: not offered, but part of the files. */
  readonly fixes?: Readonly<Record<string, string>> | undefined;
  /** Filters offered, in order, with the values to choose from. */
  readonly filtres: readonly { readonly nom: string; readonly choix?: Choix }[];
  /** Fields of the list that say nothing on this page. */
  readonly sans?: readonly string[] | undefined;
  /** How some cells are drawn, links first of all. */
  readonly cellules?: Readonly<Partial<Record<string, (ligne: Ligne<C>) => ComponentChildren>>> | undefined;
  /** Where the files of a list that is not open data are, without their extension; else among the open data. */
  readonly fichiers?:
    | { readonly base: string; readonly formats: readonly (Format | FormatPrive)[] }
    | undefined;
  /** Field that names the row. */
  readonly entete: string;
  /** What to say when the list is empty before any filter. */
  readonly vide: ComponentChildren;
};

const ecrire = (champ: Champ, valeur: Ligne[string]): string => {
  if (valeur === null || valeur === undefined) return '';
  if (typeof valeur === 'boolean') return valeur ? 'oui' : 'non';
  if (typeof valeur === 'number') return champ.type === 'euros' ? euros(valeur) : nombre(valeur);
  if (typeof valeur !== 'string') return enumerer(valeur.map((part) => ecrire(champ, part)));
  return champ.type === 'date' || /^\d{4}-\d{2}-\d{2}$/.test(valeur) ? dateLongue(valeur) : valeur;
};

/** The address of the list with something changed: back to the first page unless the page is what changes. */
const adresse = (
  { chemin, demande, liste }: Pick<ListeProps<Champs>, 'chemin' | 'demande' | 'liste'>,
  change: Partial<Demande>,
): string => {
  const next: Demande = { ...demande, page: 1, ...change };
  const parametres = new URLSearchParams(next.filtres);
  if (ecrireTri(next.tri) !== ecrireTri(liste.tri)) parametres.set('tri', ecrireTri(next.tri));
  if (next.colonnes) parametres.set('colonnes', next.colonnes.join(','));
  if (next.page > 1) parametres.set('page', String(next.page));
  const query = parametres.toString();
  return `${chemin}${query === '' ? '' : `?${query.replaceAll('%2C', ',')}`}#resultats`;
};

const inverse = (sens: 'asc' | 'desc'): 'asc' | 'desc' => (sens === 'asc' ? 'desc' : 'asc');

/** Numbers are most often wanted from the largest. */
const premierSens = ({ type }: Champ): 'asc' | 'desc' =>
  type === 'entier' || type === 'euros' || type === 'decimal' ? 'desc' : 'asc';

function Titre({ code, champ, props }: { code: string; champ: Champ; props: ListeProps<Champs> }) {
  if (champ.tri === undefined || props.resultat.total < 2) return champ.titre;
  const { tri } = props.demande;
  const actif = tri.champ === code;
  const sens = actif ? inverse(tri.sens) : premierSens(champ);
  return (
    <a
      class={`maillage-tri${actif ? ` maillage-tri--${tri.sens}` : ''}`}
      href={adresse(props, { tri: { champ: code, sens } })}
      title={`Trier par ${champ.titre.toLowerCase()}, ordre ${sens === 'asc' ? 'croissant' : 'décroissant'}`}
    >
      {champ.titre}
    </a>
  );
}

function ChampFiltre({
  nom,
  choix,
  props,
}: {
  nom: string;
  choix?: Choix | undefined;
  props: ListeProps<Champs>;
}) {
  const filtre = props.liste.filtres[nom];
  if (!filtre) throw new Error(`the list ${props.liste.code} has no filter ${nom}`);
  const id = `filtre-${nom}`;
  const valeur = props.demande.filtres[nom] ?? '';
  return (
    <div class={choix ? 'fr-select-group' : 'fr-input-group'}>
      <label class="fr-label" for={id}>
        {filtre.titre}
      </label>
      {choix ? (
        <select class="fr-select" id={id} name={nom}>
          <option value="">{filtre.tous ?? 'Tout'}</option>
          {choix.map((option) => (
            <option key={option.valeur} value={option.valeur} selected={option.valeur === valeur}>
              {option.texte}
            </option>
          ))}
        </select>
      ) : filtre.saisie === 'date' ? (
        <input class="fr-input" id={id} name={nom} type="date" value={valeur} />
      ) : (
        <input class="fr-input" id={id} name={nom} type="search" value={valeur} maxlength={100} />
      )}
    </div>
  );
}

/** What the address holds, as hidden fields: a form changes its own part and keeps the rest. */
function Garde({ demande, liste }: Pick<ListeProps<Champs>, 'demande' | 'liste'>) {
  const tri = ecrireTri(demande.tri);
  const garde = { ...demande.filtres, ...(tri === ecrireTri(liste.tri) ? {} : { tri }) };
  return Object.entries(garde).map(([nom, valeur]) => (
    <input key={nom} type="hidden" name={nom} value={valeur} />
  ));
}

function Colonnes({ props, montrees }: { props: ListeProps<Champs>; montrees: readonly string[] }) {
  const { liste, sans = [], entete, demande, chemin } = props;
  const offered = Object.entries(liste.champs).filter(
    ([code, { fichiersSeulement }]) => !fichiersSeulement && !sans.includes(code) && code !== entete,
  );
  return (
    <details class="maillage-colonnes">
      <summary>Choisir les colonnes</summary>
      <form method="get" action={`${chemin}#resultats`}>
        <Garde demande={demande} liste={liste} />
        <fieldset class="fr-fieldset">
          <legend class="fr-sr-only">Colonnes à montrer</legend>
          <input type="hidden" name="colonnes" value={entete} />
          {offered.map(([code, { titre }]) => (
            <div key={code} class="fr-checkbox-group">
              <input
                type="checkbox"
                id={`colonne-${code}`}
                name="colonnes"
                value={code}
                checked={montrees.includes(code)}
              />
              <label class="fr-label" for={`colonne-${code}`}>
                {titre}
              </label>
            </div>
          ))}
        </fieldset>
        <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
          Montrer ces colonnes
        </button>
      </form>
    </details>
  );
}

function Ordre({ props }: { props: ListeProps<Champs> }) {
  const { liste, demande, sans = [] } = props;
  const triables = champsTriables(liste.champs).filter(
    (code) => !sans.includes(code) && !liste.champs[code]?.fichiersSeulement,
  );
  return (
    <div class="fr-select-group">
      <label class="fr-label" for="tri">
        Trier par
      </label>
      <select class="fr-select" id="tri" name="tri">
        {triables.flatMap((code) => {
          const champ = liste.champs[code];
          if (!champ) return [];
          const first = premierSens(champ);
          return [first, inverse(first)].map((sens) => (
            <option
              key={`${code} ${sens}`}
              value={ecrireTri({ champ: code, sens })}
              selected={demande.tri.champ === code && demande.tri.sens === sens}
            >
              {champ.titre}
              {sens === first ? '' : first === 'asc' ? ' (ordre inverse)' : ' (du plus petit)'}
            </option>
          ));
        })}
      </select>
    </div>
  );
}

function Filtres({ props }: { props: ListeProps<Champs> }) {
  const { chemin, demande, filtres, liste } = props;
  const [premier, ...autres] = filtres;
  const asked = Object.keys(demande.filtres).length > 0;
  const plus =
    autres.some(({ nom }) => demande.filtres[nom] !== undefined) ||
    ecrireTri(demande.tri) !== ecrireTri(liste.tri);
  return (
    <form class="maillage-filtres" method="get" action={`${chemin}#resultats`}>
      {demande.colonnes ? <input type="hidden" name="colonnes" value={demande.colonnes.join(',')} /> : null}
      {premier ? <ChampFiltre nom={premier.nom} choix={premier.choix} props={props} /> : null}
      {/* Folded on a small screen, where results come first; always open where there is room. */}
      <details class="maillage-filtres__plus" open={plus || premier === undefined}>
        <summary>{autres.length > 0 ? 'Autres filtres et ordre' : 'Ordre'}</summary>
        <div class="maillage-filtres__champs">
          {autres.map(({ nom, choix }) => (
            <ChampFiltre key={nom} nom={nom} choix={choix} props={props} />
          ))}
          <Ordre props={props} />
        </div>
      </details>
      <p class="maillage-filtres__actions">
        <button class="fr-btn fr-btn--secondary" type="submit">
          Mettre à jour la liste
        </button>
        {asked ? (
          <a class="fr-link" href={adresse(props, { filtres: {} })}>
            Retirer les filtres
          </a>
        ) : null}
      </p>
    </form>
  );
}

const nomsDeFormats = {
  csv: 'CSV',
  xlsx: 'Excel',
  ods: 'ODS',
  json: 'JSON',
  geojson: 'GeoJSON',
} as const;

function Fichiers({ liste, demande, fixes = {}, resultat, fichiers }: ListeProps<Champs>) {
  const parametres = new URLSearchParams({ ...fixes, ...demande.filtres });
  if (ecrireTri(demande.tri) !== ecrireTri(liste.tri)) parametres.set('tri', ecrireTri(demande.tri));
  const query = parametres.size > 0 ? `?${parametres}` : '';
  return (
    <p class="maillage-fichiers">
      Télécharger {resultat.total > 1 ? `ces ${pluriel(resultat.total, ...liste.nom)}` : 'cette liste'}
      {'\u00a0: '}
      {(fichiers?.formats ?? formatsDe(liste)).map((format, rang) => (
        <>
          {rang > 0 ? ', ' : ''}
          <a
            href={`${fichiers?.base ?? `/donnees/${liste.code}`}.${format}${query}`}
            download=""
            rel="nofollow"
          >
            {nomsDeFormats[format]}
          </a>
        </>
      ))}
      {fichiers ? null : (
        <>
          {' '}
          (<a href={`/donnees#${liste.code}`}>ce que contiennent les colonnes</a>)
        </>
      )}
    </p>
  );
}

/**
 * A list with its filters, order, columns and pages, all in the address: it needs no script, and a link to it shows
 * the same to somebody else. Its files hold what the filters keep.
 */
export function ListeDonnees<C extends Champs>(given: ListeProps<C>) {
  const props: ListeProps<Champs> = { ...given, cellules: cellulesDe(given) };
  const { liste, demande, resultat, parPage, sans = [], cellules = {}, entete, vide } = props;
  const filtered = Object.keys(demande.filtres).length > 0;
  if (resultat.total === 0 && !filtered) return <EtatVide titre={liste.titre}>{vide}</EtatVide>;
  const asked = demande.colonnes ?? colonnesUsuelles(liste.champs);
  const montrees = Object.keys(liste.champs).filter(
    (code) => (asked.includes(code) || code === entete) && !sans.includes(code),
  );
  const pages = Math.max(1, Math.ceil(resultat.total / parPage));
  const colonnes = montrees.flatMap((code): readonly Colonne<Ligne>[] => {
    const champ = liste.champs[code];
    if (!champ) return [];
    const somme = resultat.sommes[code];
    const numerique = champ.type === 'entier' || champ.type === 'euros' || champ.type === 'decimal';
    return [
      {
        cle: code,
        titre: champ.titre,
        tete: <Titre code={code} champ={champ} props={props} />,
        tri: demande.tri.champ === code ? demande.tri.sens : undefined,
        entete: code === entete,
        numerique,
        brut: champ.type === 'texte' && !champ.insecable,
        insecable: champ.insecable === true || champ.type === 'date',
        cellule: cellules[code] ?? ((ligne) => ecrire(champ, ligne[code] ?? null)),
        total: somme === undefined ? undefined : ecrire(champ, somme),
      },
    ];
  });
  return (
    <div class="maillage-liste" id="liste">
      <Filtres props={props} />
      {resultat.total === 0 ? (
        <div id="resultats">
          <EtatVide titre="Aucun résultat">
            <p>
              Rien ne répond à tous ces filtres. Essayez un mot plus court, ou{' '}
              <a href={adresse(props, { filtres: {} })}>retirez les filtres</a>.
            </p>
          </EtatVide>
        </div>
      ) : (
        <>
          <p class="maillage-liste__compte" id="resultats">
            {pluriel(resultat.total, ...liste.nom)}
            {filtered ? ` ${resultat.total > 1 ? 'répondent' : 'répond'} à ces filtres` : ''}
            {pages > 1 ? `, page ${demande.page} sur ${pages}` : ''}.
          </p>
          <Colonnes props={props} montrees={montrees} />
          <Tableau
            legende={liste.titre}
            legendeMasquee
            lignes={resultat.lignes}
            cle={(_, rang) => String(rang)}
            vide=""
            total={
              Object.keys(resultat.sommes).some((code) => montrees.includes(code)) ? 'Ensemble' : undefined
            }
            colonnes={colonnes}
          />
          <Pagination
            de={liste.nom[1]}
            page={demande.page}
            pages={pages}
            lien={(page) => adresse(props, { page })}
          />
          <Fichiers {...props} />
        </>
      )}
    </div>
  );
}

/** Cells are written for the rows of their own list; every row here is one of those. */
const cellulesDe = <C extends Champs>({ cellules = {} }: ListeProps<C>): ListeProps<Champs>['cellules'] =>
  cellules as ListeProps<Champs>['cellules'];
