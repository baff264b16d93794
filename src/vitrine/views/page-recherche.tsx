import { accord, capitale, nombre, pluriel } from '../../platform/francais/index.ts';
import { Alerte, EtatVide } from '../../platform/views/messages.tsx';
import { Pagination } from '../../platform/views/pagination.tsx';
import { ChampRecherche } from '../../platform/views/recherche.tsx';

export type ResultatRecherche = {
  readonly libelle: string;
  /** What tells it from others of the same name. */
  readonly detail: string;
  readonly href: string;
};

export type GroupeResultats = {
  readonly resultats: readonly ResultatRecherche[];
  readonly total: number;
  /** There are more than `total`: they were not counted further. */
  readonly auMoins?: boolean;
};

export type PageRechercheProps = {
  /** The text is this postal code: all its communes are shown, after the structures that are nearest. */
  readonly codePostal?: string | undefined;
  readonly proches: readonly ResultatRecherche[];
  /** Names that look like the text, when no commune bears it. */
  readonly ressemblances: readonly ResultatRecherche[];
  /** What is searched, cleaned; empty before anything is. */
  readonly q: string;
  /** Longest text that is searched, when this one is longer. */
  readonly tropLong?: number | undefined;
  readonly communes: GroupeResultats;
  readonly structures: GroupeResultats;
  readonly territoires: GroupeResultats;
  /** Page of the structures, from 1; the other groups stand on the first. */
  readonly page: number;
  readonly pages: number;
};

const exemples = [
  { q: '02000', pourquoi: 'un code postal' },
  { q: 'Saint-Quentin', pourquoi: 'une commune' },
  { q: 'tiers-lieu', pourquoi: 'un mot du nom d’une structure' },
  { q: '22020002600015', pourquoi: 'un numéro SIRET' },
  { q: 'Aisne', pourquoi: 'un département, une région, une intercommunalité' },
] as const;

type Noms = readonly [string, string];
const nomsDesGroupes = {
  communes: ['commune', 'communes'],
  structures: ['structure', 'structures'],
  territoires: ['département, région ou intercommunalité', 'départements, régions ou intercommunalités'],
} as const satisfies Record<string, Noms>;

const compte = ({ total, auMoins = false }: GroupeResultats, noms: Noms): string =>
  `${auMoins ? 'plus de ' : ''}${pluriel(total, ...noms)}`;

const adresse = (q: string): string => `/recherche?q=${encodeURIComponent(q)}`;

function Exemples() {
  return (
    <ul class="maillage-liens">
      {exemples.map(({ q, pourquoi }) => (
        <li key={q}>
          <a class="fr-link" href={adresse(q)}>
            {q}
          </a>
          <span class="maillage-liens__detail">{`\u00a0: ${pourquoi}`}</span>
        </li>
      ))}
    </ul>
  );
}

function Resultats({
  resultats,
  enColonnes = false,
}: {
  readonly resultats: readonly ResultatRecherche[];
  readonly enColonnes?: boolean;
}) {
  return (
    <ul class={enColonnes ? 'maillage-resultats maillage-resultats--colonnes' : 'maillage-resultats'}>
      {resultats.map(({ libelle, detail, href }) => (
        <li key={href}>
          <a class="fr-link" href={href}>
            {libelle}
          </a>
          {detail === '' ? null : <span class="maillage-resultats__detail">{detail}</span>}
        </li>
      ))}
    </ul>
  );
}

/** What was found in a line, which leads to each kind: the first one may be long. */
function Bilan({ codePostal, communes, structures, territoires }: PageRechercheProps) {
  // Under a postal code the answer itself comes first.
  if (codePostal !== undefined) return null;
  const groupes = [
    { id: 'communes', groupe: communes, noms: nomsDesGroupes.communes },
    { id: 'structures', groupe: structures, noms: nomsDesGroupes.structures },
    { id: 'territoires', groupe: territoires, noms: nomsDesGroupes.territoires },
  ].filter(({ groupe }) => groupe.resultats.length > 0);
  if (groupes.length < 2) return null;
  return (
    <nav class="maillage-bilan" aria-label="Résultats">
      <ul>
        {groupes.map(({ id, groupe, noms }) => (
          <li key={id}>
            <a href={`#${id}`}>{compte(groupe, noms)}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A group of results, which says how many it leaves out; nothing when it is empty. */
function Groupe({
  id,
  noms,
  groupe,
  enColonnes = false,
}: {
  readonly id: string;
  readonly noms: Noms;
  readonly groupe: GroupeResultats;
  readonly enColonnes?: boolean;
}) {
  const { resultats, total, auMoins = false } = groupe;
  if (resultats.length === 0) return null;
  const autres = total - resultats.length;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{capitale(compte(groupe, noms))}</h2>
      <Resultats resultats={resultats} enColonnes={enColonnes} />
      {autres > 0 ? (
        <p class="maillage-resultats__autres">
          {`Et ${auMoins ? 'plus de ' : ''}${nombre(autres)} ${accord(autres, 'autre', 'autres')}\u00a0: précisez votre recherche pour ${accord(autres, 'la', 'les')} voir.`}
        </p>
      ) : null}
    </section>
  );
}

function AucunResultat() {
  return (
    <EtatVide titre="Aucun résultat" niveau={2}>
      <p>Pour trouver ce que vous cherchez, vous pouvez{'\u00a0:'}</p>
      <ul>
        <li>vérifier l’orthographe, ou n’écrire que le début d’un nom de commune{'\u00a0;'}</li>
        <li>chercher par le code postal de votre commune{'\u00a0;'}</li>
        <li>n’écrire qu’un mot du nom de la structure{'\u00a0;'}</li>
        <li>
          <a href="/#territoires">choisir un département dans la liste</a>.
        </li>
      </ul>
      <p>Une structure n’apparaît ici qu’une fois annoncée la décision qui la retient.</p>
    </EtatVide>
  );
}

/** What somebody may have meant, said before what was found under the text as it is. */
function VouliezVousDire({ ressemblances }: PageRechercheProps) {
  if (ressemblances.length === 0) return null;
  return (
    <section aria-labelledby="ressemblances">
      <h2 id="ressemblances">Vouliez-vous dire{'\u00a0:'}</h2>
      <Resultats resultats={ressemblances} />
    </section>
  );
}

/** People know their postal code: what is near it is the answer, before the names of its communes. */
function Proches({ codePostal, proches }: PageRechercheProps) {
  if (codePostal === undefined || proches.length === 0) return null;
  return (
    <section aria-labelledby="proches">
      <h2 id="proches">Structures les plus proches de {codePostal}</h2>
      <p>
        Distances à vol d’oiseau, depuis le milieu des communes de ce code postal{'\u00a0:'} plus par la
        route. Pour plus de justesse, choisissez <a href="#communes">votre commune</a>.
      </p>
      <Resultats resultats={proches} />
    </section>
  );
}

function Reponse(props: PageRechercheProps) {
  const { q, codePostal, communes, structures, territoires, ressemblances, page, pages } = props;
  const total = communes.total + structures.total + territoires.total;
  if (total === 0 && ressemblances.length === 0) return <AucunResultat />;
  return (
    <>
      {total === 0 ? <p>Rien ne porte exactement ce nom.</p> : null}
      <VouliezVousDire {...props} />
      <Proches {...props} />
      {page === 1 ? <Bilan {...props} /> : null}
      {page === 1 ? (
        <Groupe
          id="communes"
          noms={nomsDesGroupes.communes}
          groupe={communes}
          enColonnes={codePostal !== undefined}
        />
      ) : null}
      {structures.resultats.length === 0 ? null : (
        <section aria-labelledby="structures">
          <h2 id="structures">{compte(structures, nomsDesGroupes.structures)}</h2>
          <Resultats resultats={structures.resultats} />
          <Pagination
            de="structures"
            page={page}
            pages={pages}
            lien={(next) => `${adresse(q)}&page=${next}#structures`}
          />
        </section>
      )}
      {page === 1 ? <Groupe id="territoires" noms={nomsDesGroupes.territoires} groupe={territoires} /> : null}
    </>
  );
}

/** Search: one field for communes, structures and territories, and what was found. */
export function PageRecherche(props: PageRechercheProps) {
  const { q, tropLong } = props;
  return (
    <>
      <h1 class="maillage-recherche__titre">
        {q === '' || tropLong !== undefined ? 'Près de chez vous' : `Résultats pour «\u00a0${q}\u00a0»`}
      </h1>
      <ChampRecherche
        id="q"
        libelle="Trouver les structures les plus proches"
        indication="Commune, code postal ou nom d’une structure"
        action="/recherche"
        valeur={q}
        suggestions="/recherche/suggestions"
        bouton="Chercher"
      />
      {tropLong !== undefined ? (
        <Alerte ton="attention" titre="Votre recherche est trop longue" niveau={2}>
          <p>
            Écrivez au plus {nombre(tropLong)} caractères{'\u00a0:'} un nom, un code postal ou un numéro
            suffit.
          </p>
        </Alerte>
      ) : q === '' ? (
        <section aria-labelledby="exemples">
          <h2 id="exemples">Par exemple</h2>
          <Exemples />
        </section>
      ) : (
        <Reponse {...props} />
      )}
    </>
  );
}
