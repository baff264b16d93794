import { ListeChoix } from '../../platform/views/champs.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { EtatVide } from '../../platform/views/messages.tsx';
import { Pagination } from '../../platform/views/pagination.tsx';

export type LienCommunique = {
  readonly annee: string;
  readonly texte: string;
  readonly href: string;
  readonly detail: string;
};

export type PageCommuniquesProps = {
  /** The département chosen; null for all. */
  readonly departement: {
    readonly code: string;
    readonly nom: string;
    readonly locatif: string;
    readonly genitif: string;
  } | null;
  /** Those there are to choose from. */
  readonly departements: readonly {
    readonly code: string;
    readonly nom: string;
    readonly communiques: number;
  }[];
  /** « 3 communiqués » */
  readonly compte: string;
  /** The latest first. */
  readonly communiques: readonly LienCommunique[];
  readonly page: number;
  readonly pages: number;
};

/** Address of the list, filtered and paged. */
export const adresseCommuniques = (departement: string | undefined, page = 1): string => {
  const parametres = new URLSearchParams([
    ...(departement === undefined ? [] : [['departement', departement]]),
    ...(page === 1 ? [] : [['page', String(page)]]),
  ]);
  return parametres.size === 0 ? '/communiques' : `/communiques?${parametres}`;
};

function Filtre({ departement, departements }: Pick<PageCommuniquesProps, 'departement' | 'departements'>) {
  const known = departements.some(({ code }) => code === departement?.code);
  const choix = [
    ...departements.map(({ code, nom, communiques }) => ({
      valeur: code,
      libelle: `${nom} (${code})\u00a0: ${communiques}`,
    })),
    ...(departement === null || known
      ? []
      : [{ valeur: departement.code, libelle: `${departement.nom} (${departement.code})\u00a0: 0` }]),
  ];
  return (
    <form method="get" action="/communiques">
      <ListeChoix
        nom="departement"
        libelle="Département"
        indication="Avec le nombre de communiqués publiés"
        invite="Tous les départements"
        choix={choix}
        valeur={departement?.code}
        largeur="moyenne"
      />
      <button class="fr-btn" type="submit">
        Filtrer
      </button>
    </form>
  );
}

function Vide({ departement }: Pick<PageCommuniquesProps, 'departement'>) {
  return departement === null ? (
    <EtatVide titre="Aucun communiqué n’est publié" niveau={2}>
      <p>
        Les communiqués apparaîtront ici dès l’annonce d’une séance du comité de sélection. En attendant,
        voyez les <a href="/dates-cles">dates clés du programme</a>.
      </p>
    </EtatVide>
  ) : (
    <EtatVide titre={`Aucun communiqué n’est publié ${departement.locatif}`} niveau={2}>
      <p>
        <a href="/communiques">Voir les communiqués de tous les départements</a>
      </p>
    </EtatVide>
  );
}

/** Published communiqués by year, all or those of a département. */
export function PageCommuniques(props: PageCommuniquesProps) {
  const { departement, departements, compte, communiques, page, pages } = props;
  const annees = [...new Set(communiques.map(({ annee }) => annee))];
  return (
    <>
      <h1>{departement === null ? 'Communiqués' : `Communiqués ${departement.genitif}`}</h1>
      <p class="fr-text--lead">
        Les annonces des structures retenues et de leurs conseillers numériques, les plus récentes d’abord.
      </p>
      {departements.length > 1 || departement !== null ? (
        <Filtre departement={departement} departements={departements} />
      ) : null}
      {communiques.length === 0 ? (
        <Vide departement={departement} />
      ) : (
        <section aria-labelledby="liste" class="maillage-section">
          <h2 id="liste">{compte}</h2>
          {annees.map((annee) => (
            <section key={annee} aria-labelledby={`annee-${annee}`}>
              <h3 id={`annee-${annee}`}>{annee}</h3>
              <ListeLiens liens={communiques.filter((communique) => communique.annee === annee)} />
            </section>
          ))}
          <Pagination
            de="communiqués"
            page={page}
            pages={pages}
            lien={(next) => adresseCommuniques(departement?.code, next)}
          />
        </section>
      )}
      {communiques.length > 0 ? (
        <p>
          <a
            href={`/donnees/communiques.csv${departement === null ? '' : `?departement=${departement.code}`}`}
          >
            Télécharger la liste des communiqués (CSV)
          </a>{' '}
          ou <a href="/donnees#communiques">dans un autre format</a>
        </p>
      ) : null}
      <section aria-labelledby="suivre" class="maillage-section">
        <h2 id="suivre">Être prévenu</h2>
        <p>
          Un lecteur de flux vous prévient à chaque nouveau communiqué, sans inscription&nbsp;: donnez-lui
          cette adresse.
        </p>
        <ListeLiens
          liens={[
            { texte: 'Flux de tous les communiqués', href: '/communiques.atom', detail: '(format Atom)' },
            ...(departement === null
              ? []
              : [
                  {
                    texte: `Flux des communiqués ${departement.genitif}`,
                    href: `/departements/${departement.code}/communiques.atom`,
                    detail: '(format Atom)',
                  },
                ]),
          ]}
        />
      </section>
    </>
  );
}
