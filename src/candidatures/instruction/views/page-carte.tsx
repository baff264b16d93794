import { nombre, pluriel } from '../../../platform/francais/index.ts';
import { Carte } from '../../../platform/views/carte.tsx';
import type { FondDeCarte } from '../../../platform/views/cartographie.ts';
import { ChampSaisie } from '../../../platform/views/champs.tsx';
import { seuilsQuantiles } from '../../../platform/views/classes.ts';
import { Alerte } from '../../../platform/views/messages.tsx';
import { Tableau } from '../../../platform/views/tableau.tsx';
import type { CommuneCarte, Portee } from '../carte.store.ts';
import { cheminListe } from '../requete.rules.ts';

/** What the map counts. */
export const mesures = {
  indice: 'Indice de fragilité numérique',
  existants: 'Postes décidés',
  demandes: 'Postes demandés',
  population: 'Population',
} as const;
export type Mesure = keyof typeof mesures;

export type PageCarteProps = {
  readonly departement: { readonly code: string; readonly nom: string; readonly genitif: string };
  readonly departements: readonly { readonly valeur: string; readonly texte: string }[];
  readonly mesure: Mesure;
  readonly kilometres: number;
  /** What was typed in place of a number of kilometres. */
  readonly refusee: string | undefined;
  readonly communes: readonly CommuneCarte[];
  readonly portees: readonly Portee[];
  /** Whether every commune of the map is listed too. */
  readonly detaillee: boolean;
  readonly choisie: Portee | undefined;
  readonly fond: FondDeCarte | undefined;
};

const dire = (mesure: Mesure, commune: CommuneCarte): string => {
  switch (mesure) {
    case 'indice':
      return commune.indice === null ? 'indice inconnu' : `indice ${nombre(commune.indice, 1)}`;
    case 'existants':
      return pluriel(commune.existants, 'poste décidé', 'postes décidés');
    case 'demandes':
      return pluriel(commune.demandes, 'poste demandé', 'postes demandés');
    case 'population':
      return pluriel(commune.population, 'habitant', 'habitants');
  }
};

function Choix({ departement, departements, mesure, kilometres, refusee, choisie }: PageCarteProps) {
  return (
    <form class="maillage-filtres" method="get" action={`${cheminListe}/carte`}>
      <div class="maillage-filtres__champs">
        {departements.length < 2 ? null : (
          <div class="fr-select-group">
            <label class="fr-label" for="departement">
              Département
            </label>
            <select class="fr-select" id="departement" name="departement">
              {departements.map(({ valeur, texte }) => (
                <option key={valeur} value={valeur} selected={valeur === departement.code}>
                  {texte}
                </option>
              ))}
            </select>
          </div>
        )}
        <div class="fr-select-group">
          <label class="fr-label" for="mesure">
            Ce que montre la carte
          </label>
          <select class="fr-select" id="mesure" name="mesure">
            {Object.entries(mesures).map(([valeur, texte]) => (
              <option key={valeur} value={valeur} selected={valeur === mesure && choisie === undefined}>
                {texte}
              </option>
            ))}
          </select>
        </div>
        <ChampSaisie
          nom="km"
          libelle="À portée, en kilomètres à vol d’oiseau"
          type="decimal"
          valeur={refusee ?? String(kilometres)}
          erreurs={
            refusee === undefined ? {} : { km: 'Écrivez un nombre de kilomètres de 1 à 100, par exemple 10.' }
          }
        />
      </div>
      <p class="maillage-filtres__actions">
        <button class="fr-btn fr-btn--secondary" type="submit">
          Mettre à jour la carte
        </button>
      </p>
    </form>
  );
}

/** Choropleth of the communes, and what each application would bring within reach. */
export function PageCarte(props: PageCarteProps) {
  const { departement, mesure, kilometres, communes, portees, choisie, fond, detaillee } = props;
  const valeurDe = (commune: CommuneCarte): number =>
    choisie === undefined ? (commune[mesure] ?? 0) : choisie.codes.includes(commune.code) ? 1 : 0;
  const donnees = communes.map((commune) => ({
    code: commune.code,
    valeur: valeurDe(commune),
    href: `/communes/${commune.code}`,
    texte:
      choisie === undefined
        ? dire(mesure, commune)
        : valeurDe(commune) === 1
          ? 'nouvellement à portée'
          : 'sans changement',
  }));
  const valeurs = donnees.map(({ valeur }) => valeur);
  const sansIndice = communes.every(({ indice }) => indice === null);
  const lien = (id: string) =>
    `${cheminListe}/carte?${new URLSearchParams({ departement: departement.code, km: String(kilometres), candidature: id })}`;
  const enListe = `${cheminListe}/carte?${new URLSearchParams({ departement: departement.code, mesure, km: String(kilometres), liste: 'oui' })}#communes`;
  return (
    <>
      <h1>Carte des candidatures {departement.genitif}</h1>
      <p class="fr-text--lead">
        Ce que chaque candidature rapprocherait des habitants&nbsp;: les communes à moins de{' '}
        {pluriel(kilometres, 'kilomètre', 'kilomètres')} de ses lieux, et qu’aucun poste décidé n’atteint
        encore.
      </p>
      <p>
        <a class="fr-link" href={cheminListe}>
          Revenir à la liste des candidatures
        </a>
      </p>
      <Choix {...props} />
      {sansIndice && mesure === 'indice' && choisie === undefined ? (
        <Alerte ton="info">
          L’indice de fragilité numérique des communes n’a pas encore été importé&nbsp;: l’administration
          nationale l’importe. La carte montre en attendant les postes et la population.
        </Alerte>
      ) : null}
      {choisie === undefined ? null : (
        <Alerte ton="info">
          La carte montre ce que rapprocherait la candidature «&nbsp;{choisie.structure}&nbsp;».{' '}
          <a
            href={`${cheminListe}/carte?${new URLSearchParams({ departement: departement.code, km: String(kilometres) })}`}
          >
            Revenir à toutes les candidatures
          </a>
        </Alerte>
      )}
      {fond === undefined ? null : (
        <Carte
          id="carte-candidatures"
          titre={choisie === undefined ? `${mesures[mesure]} par commune` : 'Communes nouvellement à portée'}
          fond={fond}
          donnees={donnees}
          seuils={choisie === undefined ? seuilsQuantiles(valeurs) : [1]}
          legende={choisie === undefined ? mesures[mesure] : 'À portée'}
          aucun={choisie === undefined ? 'Aucun ou inconnu' : 'Sans changement'}
          ecrire={(valeur) =>
            choisie === undefined ? nombre(valeur, Number.isInteger(valeur) ? 0 : 1) : 'Nouvellement à portée'
          }
          equivalent="portees"
        />
      )}
      <p class="fr-text--sm">
        Une commune sans contour est un cercle, plus grand quand elle est plus peuplée ou quand des postes y
        sont décidés ou demandés. Sa position est approchée.
      </p>
      <h2 id="portees">Ce que rapprocherait chaque candidature</h2>
      {portees.length > 0 && portees.every(({ codes }) => codes.length === 0) ? (
        <p>
          À cette distance, aucune candidature ne rapproche de nouvelle commune&nbsp;: celles qui sont autour
          de ses lieux sont déjà à portée d’un poste décidé.
        </p>
      ) : null}
      <Tableau
        legende={`Communes nouvellement à moins de ${pluriel(kilometres, 'kilomètre', 'kilomètres')}`}
        lignes={portees}
        cle={({ id }) => id}
        vide={<p>Aucune candidature n’attend de décision dans ce département.</p>}
        colonnes={[
          {
            cle: 'structure',
            titre: 'Structure',
            entete: true,
            brut: true,
            cellule: ({ id, structure }) => <a href={`${cheminListe}/${id}`}>{structure}</a>,
          },
          {
            cle: 'postes',
            titre: 'Postes demandés',
            numerique: true,
            cellule: ({ postes }) => nombre(postes),
          },
          {
            cle: 'communes',
            titre: 'Communes rapprochées',
            numerique: true,
            cellule: ({ id, communes: nouvelles }) =>
              nouvelles === 0 ? (
                '0'
              ) : (
                <a href={lien(id)} aria-label={`${nombre(nouvelles)}, les voir sur la carte`}>
                  {nombre(nouvelles)}
                </a>
              ),
          },
          {
            cle: 'population',
            titre: 'Habitants rapprochés',
            numerique: true,
            cellule: ({ population }) => nombre(population),
          },
          {
            cle: 'indice',
            titre: 'Indice moyen de ces communes',
            numerique: true,
            cellule: ({ indice }) => (indice === null ? '' : nombre(indice, 1)),
          },
        ]}
      />
      <h2 id="communes">Les communes</h2>
      {choisie === undefined && !detaillee ? (
        <p>
          <a class="fr-link" href={enListe}>
            Lire les {pluriel(communes.length, 'commune', 'communes')} de la carte
          </a>
        </p>
      ) : (
        <>
          {choisie === undefined ? null : (
            <p>{pluriel(choisie.codes.length, 'commune rapprochée', 'communes rapprochées')}</p>
          )}
          <Tableau
            legende="Communes"
            lignes={
              choisie === undefined ? communes : communes.filter(({ code }) => choisie.codes.includes(code))
            }
            cle={({ code }) => code}
            vide=""
            colonnes={[
              { cle: 'nom', titre: 'Commune', entete: true, cellule: ({ nom }) => nom },
              {
                cle: 'population',
                titre: 'Population',
                numerique: true,
                cellule: ({ population }) => nombre(population),
              },
              {
                cle: 'indice',
                titre: 'Indice',
                numerique: true,
                cellule: ({ indice }) => (indice === null ? '' : nombre(indice, 1)),
              },
              {
                cle: 'existants',
                titre: 'Postes décidés',
                numerique: true,
                cellule: ({ existants }) => nombre(existants),
              },
              {
                cle: 'demandes',
                titre: 'Postes demandés',
                numerique: true,
                cellule: ({ demandes }) => nombre(demandes),
              },
            ]}
          />
        </>
      )}
    </>
  );
}
