import type { ComponentChildren } from 'preact';
import type { listeDecisions, listeStructures } from '../../candidatures/index.ts';
import { dateLongue, liste as enumerer, euros, nombre, pluriel } from '../../platform/francais/index.ts';
import type { Ligne } from '../../platform/listes/index.ts';
import { ChiffresCles } from '../../platform/views/chiffres.tsx';
import { Chronologie, type Fait } from '../../platform/views/chronologie.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import { montant, postes } from '../../statistiques/index.ts';
import { avantLaSeance } from './parts.tsx';

type Structure = Ligne<(typeof listeStructures)['champs']>;
type Decision = Ligne<(typeof listeDecisions)['champs']>;

export type PageStructureProps = {
  readonly structure: Structure;
  readonly decisions: readonly Decision[];
  readonly departement: { readonly locatif: string } | null;
  readonly lieux: readonly { readonly nom: string; readonly itinerant: boolean }[];
  readonly coordinateur: boolean;
  readonly communiques: readonly { readonly texte: string; readonly href: string }[];
  readonly carte: ComponentChildren;
};

const categorie = (valeur: string | null): string => (valeur === 'privee' ? 'privée' : (valeur ?? ''));

const financement = ({ regime, duree_mois: mois }: Decision): string =>
  `${regime === 'taux' ? 'part du salaire' : 'forfait'}, sur ${pluriel(mois ?? 0, 'mois', 'mois')}`;

function Identite({ structure }: { readonly structure: Structure }) {
  const { identifiant, raison_sociale: nom, categories } = structure;
  const faits: readonly (readonly [string, ComponentChildren])[] = [
    ['Nom officiel', nom],
    ['SIRET', identifiant],
    ['Type', enumerer((categories ?? []).map(categorie))],
    [
      'France Services',
      structure.france_services === null ? null : structure.france_services ? 'oui' : 'non',
    ],
  ];
  return (
    <dl class="maillage-fiche">
      {faits
        .filter(([, valeur]) => valeur !== null && valeur !== '')
        .map(([terme, valeur]) => (
          <div key={terme}>
            <dt>{terme}</dt>
            <dd>{valeur}</dd>
          </div>
        ))}
    </dl>
  );
}

function Situation({ structure }: { readonly structure: Structure }) {
  const { adresse, code_postal: codePostal, commune, commune_code: code } = structure;
  const { epci, epci_code: epciCode } = structure;
  return (
    <>
      <p>
        {adresse ?? 'Adresse non renseignée.'}
        {adresse === null || commune === null || adresse.includes(commune.toUpperCase()) ? null : (
          <>
            <br />
            {codePostal} {commune}
          </>
        )}
      </p>
      {code === null ? (
        <p>Sa commune n’est pas renseignée.</p>
      ) : (
        <ul>
          <li>
            Commune&nbsp;: <a href={`/communes/${code}`}>{commune}</a>
          </li>
          {epciCode === null ? null : (
            <li>
              Intercommunalité&nbsp;: <a href={`/epci/${epciCode}`}>{epci}</a>
            </li>
          )}
          {structure.departement_code === null ? null : (
            <li>
              Département&nbsp;:{' '}
              <a href={`/departements/${structure.departement_code}`}>{structure.departement}</a>
            </li>
          )}
        </ul>
      )}
      {structure.precision_position === 'commune' ? (
        <p>L’adresse n’est pas placée&nbsp;: la carte montre la commune.</p>
      ) : null}
    </>
  );
}

/** A structure: what it received, where it is, what happened. */
export function PageStructure(props: PageStructureProps) {
  const { structure, decisions, departement, lieux, coordinateur, communiques, carte } = props;
  const nombreDePostes = structure.postes ?? 0;
  const faits: readonly Fait[] = (structure.seances ?? []).map((seance) => {
    const siennes = decisions.filter((decision) => decision.seance === seance);
    const total = siennes.reduce((somme, decision) => somme + (decision.postes ?? 0), 0);
    return {
      cle: seance,
      date: seance,
      titre: <a href={`/seances/${seance}`}>Retenue par le comité de sélection</a>,
      texte: `${pluriel(total, 'poste attribué', 'postes attribués')}.`,
    };
  });
  return (
    <>
      <h1>{structure.libelle}</h1>
      <p class="fr-text--lead">
        Structure retenue pour accueillir{' '}
        {pluriel(nombreDePostes, 'conseiller numérique', 'conseillers numériques')}
        {departement ? ` ${departement.locatif}` : ''}.
      </p>
      <section aria-labelledby="recu">
        <h2 id="recu">Ce que la structure a reçu</h2>
        <ChiffresCles
          chiffres={[
            { libelle: postes.nom, valeur: nombre(nombreDePostes), definition: postes.definition },
            { libelle: montant.nom, valeur: euros(structure.montant ?? 0), definition: montant.definition },
          ]}
        />
        <Tableau
          legende="Décisions du comité de sélection"
          lignes={decisions}
          cle={({ id }) => id ?? ''}
          vide=""
          total={decisions.length > 1 ? 'Ensemble' : undefined}
          colonnes={[
            {
              cle: 'seance',
              titre: 'Séance',
              cellule: ({ seance }) => <a href={`/seances/${seance}`}>{dateLongue(seance ?? '')}</a>,
              entete: true,
            },
            { cle: 'categorie', titre: 'Type', cellule: (decision) => categorie(decision.categorie) },
            { cle: 'financement', titre: 'Financement', cellule: financement },
            {
              cle: 'postes',
              titre: 'Postes',
              numerique: true,
              cellule: (decision) => nombre(decision.postes ?? 0),
              total: nombre(nombreDePostes),
            },
            {
              cle: 'montant',
              titre: 'Montant',
              numerique: true,
              cellule: (decision) => euros(decision.montant ?? 0),
              total: euros(structure.montant ?? 0),
            },
          ]}
        />
      </section>
      <section aria-labelledby="ou" class="maillage-section">
        <h2 id="ou">Où est la structure</h2>
        <Situation structure={structure} />
        {lieux.length > 0 ? (
          <>
            <h3>Où ses conseillers doivent accueillir</h3>
            <ul>
              {lieux.map(({ nom, itinerant }) => (
                <li key={nom}>
                  {nom}
                  {itinerant ? ' (itinérant)' : ''}
                </li>
              ))}
            </ul>
          </>
        ) : null}
        {coordinateur ? <p>Un coordinateur animera l’équipe de ses conseillers.</p> : null}
        {carte ? (
          <>
            <h3>Les structures les plus proches</h3>
            {carte}
          </>
        ) : null}
      </section>
      <section aria-labelledby="historique" class="maillage-section">
        <h2 id="historique">Historique</h2>
        <p>{avantLaSeance}</p>
        <Chronologie faits={faits} nom="Ce qui lui est arrivé" vide="Rien n’est encore annoncé." />
        {communiques.length > 0 ? <ListeLiens nom="Communiqués" liens={communiques} /> : null}
      </section>
      <section aria-labelledby="identite" class="maillage-section">
        <h2 id="identite">Identité</h2>
        <Identite structure={structure} />
      </section>
    </>
  );
}
