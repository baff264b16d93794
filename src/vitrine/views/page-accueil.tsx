import { nombre, pluriel } from '../../platform/francais/index.ts';
import { Carte } from '../../platform/views/carte.tsx';
import type { FondDeCarte } from '../../platform/views/cartographie.ts';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { EtatVide } from '../../platform/views/messages.tsx';
import { ChampRecherche } from '../../platform/views/recherche.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { Chiffres } from '../../statistiques/index.ts';
import { seuilsDesPostes } from '../seuils.ts';
import { Avancement, type Cadre, EnChiffres } from './parts.tsx';

export type DepartementAccueil = {
  readonly code: string;
  readonly nom: string;
  /** Null in an overseas collectivity. */
  readonly region: { readonly code: string; readonly nom: string } | null;
  readonly postes: number;
  readonly structures: number;
};

export type PageAccueilProps = {
  readonly chiffres: Chiffres;
  readonly programme: Cadre;
  readonly departements: readonly DepartementAccueil[];
  readonly fond: FondDeCarte;
  readonly communiques: readonly { readonly texte: string; readonly href: string }[];
};

/** The départements of each région, in the order of their names; overseas collectivities last. */
const parRegion = (departements: readonly DepartementAccueil[]) => {
  const codes = [...new Set(departements.map(({ region }) => region?.code))];
  return codes
    .map((code) => {
      const own = departements.filter(({ region }) => region?.code === code);
      return { code, nom: own[0]?.region?.nom ?? 'Collectivités d’outre-mer', departements: own };
    })
    .sort(
      (a, b) =>
        Number(a.code === undefined) - Number(b.code === undefined) || a.nom.localeCompare(b.nom, 'fr'),
    );
};

function Territoires({ departements }: { readonly departements: readonly DepartementAccueil[] }) {
  return (
    <div class="maillage-regions">
      {parRegion(departements).map(({ code: region, nom, departements: own }) => (
        <section key={nom}>
          <h4>{region === undefined ? nom : <a href={`/regions/${region}`}>{nom}</a>}</h4>
          <ul>
            {own.map((departement) => (
              <li key={departement.code}>
                <a href={`/departements/${departement.code}`}>
                  {departement.nom}&nbsp;({departement.code})
                </a>
                {departement.postes > 0 ? (
                  <span class="maillage-regions__postes">
                    {' '}
                    {pluriel(departement.postes, 'poste', 'postes')}
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Where posts were announced: the map and, beside it, the table that says the same. */
function Annonces({
  fond,
  departements,
  served,
}: {
  readonly fond: FondDeCarte;
  readonly departements: readonly DepartementAccueil[];
  readonly served: readonly DepartementAccueil[];
}) {
  return (
    <div class="fr-grid-row fr-grid-row--gutters">
      <div class="fr-col-12 fr-col-lg-7">
        <Carte
          id="carte"
          titre="Postes de conseillers numériques annoncés, par département"
          fond={fond}
          donnees={departements.map((departement) => ({
            code: departement.code,
            valeur: departement.postes,
            href: `/departements/${departement.code}`,
            texte:
              departement.postes > 0 ? pluriel(departement.postes, 'poste', 'postes') : 'aucun poste annoncé',
          }))}
          seuils={seuilsDesPostes}
          legende="Nombre de postes"
          aucun="Aucun poste annoncé"
          equivalent="annonces"
        />
      </div>
      <div class="fr-col-12 fr-col-lg-5">
        <Tableau
          id="annonces"
          legende="Départements où des postes sont annoncés"
          lignes={served}
          cle={({ code }) => code}
          vide=""
          colonnes={[
            {
              cle: 'nom',
              titre: 'Département',
              entete: true,
              cellule: ({ code, nom }) => (
                <a href={`/departements/${code}`}>
                  {nom}&nbsp;({code})
                </a>
              ),
            },
            {
              cle: 'structures',
              titre: 'Structures',
              numerique: true,
              cellule: (row) => nombre(row.structures),
            },
            { cle: 'postes', titre: 'Postes', numerique: true, cellule: (row) => nombre(row.postes) },
          ]}
        />
      </div>
    </div>
  );
}

/** Home: what the programme is in a sentence, where it stands, and the way to each département. */
export function PageAccueil({ chiffres, programme, departements, fond, communiques }: PageAccueilProps) {
  const served = departements.filter(({ postes: count }) => count > 0).sort((a, b) => b.postes - a.postes);
  return (
    <>
      <div class="maillage-accroche">
        <h1>Des conseillers numériques près de chez vous</h1>
        <p class="fr-text--lead">
          Ils aident chacun à se servir d’internet, d’un ordinateur ou d’un téléphone. L’État les
          finance&nbsp;: voici les structures choisies pour les accueillir.
        </p>
        <ChampRecherche
          id="recherche"
          libelle="Trouver les structures les plus proches"
          indication="Votre commune ou votre code postal, par exemple 02000 ; ou le nom d’une structure"
          action="/recherche"
          suggestions="/recherche/suggestions"
          bouton="Chercher"
        />
        <p>
          Votre structure veut en accueillir un&nbsp;?{' '}
          <a href="/candidater">Voir les appels à candidatures</a>
        </p>
      </div>
      <EnChiffres titre="Où en est le programme" chiffres={chiffres}>
        <Avancement chiffres={chiffres} programme={programme} />
      </EnChiffres>
      <section aria-labelledby="territoires" class="maillage-section">
        <h2 id="territoires">Votre département</h2>
        {served.length === 0 ? (
          <EtatVide titre="Aucune décision n’a encore été annoncée" niveau={3}>
            <p>
              Les structures retenues apparaîtront ici dès l’annonce de la première séance du comité de
              sélection.
            </p>
          </EtatVide>
        ) : (
          <Annonces fond={fond} departements={departements} served={served} />
        )}
        <p>
          <a href="/carte">Carte détaillée des structures</a> · <a href="/structures">liste des structures</a>{' '}
          · <a href="/france">chiffres de la France</a> · <a href="/dates-cles">dates clés</a>
        </p>
        <h3>Tous les départements et collectivités</h3>
        <Territoires departements={departements} />
      </section>
      {communiques.length > 0 ? (
        <section aria-labelledby="communiques" class="maillage-section">
          <h2 id="communiques">Derniers communiqués</h2>
          <ListeLiens liens={communiques} />
          <p>
            <a href="/communiques">Tous les communiqués</a>
          </p>
        </section>
      ) : null}
    </>
  );
}
