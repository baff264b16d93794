import { capitale, euros, nombre, pluriel } from '../../platform/francais/index.ts';
import { ChiffresCles } from '../../platform/views/chiffres.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { EtatVide } from '../../platform/views/messages.tsx';
import { Pagination } from '../../platform/views/pagination.tsx';
import { ChampRecherche } from '../../platform/views/recherche.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import { type Chiffres, montant, postes, structures } from '../../statistiques/index.ts';
import { seancesLiees } from './page-commune.tsx';

export type PageEpciProps = {
  readonly epci: { readonly code: string; readonly nom: string; readonly nature: string };
  /** Those in which it lies, the one with most of its communes first. */
  readonly departements: readonly {
    readonly code: string;
    readonly nom: string;
    readonly communes: number;
  }[];
  readonly communes: readonly { readonly code: string; readonly nom: string; readonly postes: number }[];
  readonly chiffres: Chiffres;
  readonly structures: readonly {
    readonly id: string;
    readonly libelle: string;
    readonly commune: { readonly code: string; readonly nom: string } | null;
    readonly postes: number;
    /** In cents. */
    readonly montant: number;
    readonly seances: readonly string[];
  }[];
  readonly page: number;
  readonly pages: number;
};

function Retenues({ epci, chiffres, structures: retenues, page, pages }: PageEpciProps) {
  return (
    <>
      <section aria-labelledby="chiffres">
        <h2 id="chiffres">En chiffres</h2>
        <ChiffresCles
          chiffres={[
            {
              libelle: structures.nom,
              valeur: nombre(chiffres.structures),
              definition: structures.definition,
            },
            { libelle: postes.nom, valeur: nombre(chiffres.postes), definition: postes.definition },
            {
              libelle: montant.nom,
              valeur: euros(chiffres.montant_centimes),
              definition: montant.definition,
            },
          ]}
        />
      </section>
      <section aria-labelledby="structures">
        <h2 id="structures">Structures retenues</h2>
        <Tableau
          legende={`Structures retenues\u00a0: ${epci.nom}`}
          legendeMasquee
          lignes={retenues}
          cle={({ id }) => id}
          vide=""
          total="Ensemble"
          colonnes={[
            {
              cle: 'libelle',
              titre: 'Structure',
              brut: true,
              entete: true,
              cellule: ({ id, libelle }) => <a href={`/structures/${id}`}>{libelle}</a>,
            },
            {
              cle: 'commune',
              titre: 'Commune',
              cellule: ({ commune }) =>
                commune === null ? 'non renseignée' : <a href={`/communes/${commune.code}`}>{commune.nom}</a>,
            },
            {
              cle: 'postes',
              titre: 'Postes',
              numerique: true,
              cellule: (row) => nombre(row.postes),
              total: nombre(chiffres.postes),
            },
            {
              cle: 'montant',
              titre: 'Montant',
              numerique: true,
              cellule: (row) => euros(row.montant),
              total: euros(chiffres.montant_centimes),
            },
            { cle: 'seances', titre: 'Séance', cellule: (row) => seancesLiees(row.seances) },
          ]}
        />
        <Pagination
          de="structures"
          page={page}
          pages={pages}
          lien={(next) => `/epci/${epci.code}?page=${next}#structures`}
        />
      </section>
    </>
  );
}

/** An intercommunalité: what was retained in it, and the communes of which it is made. */
export function PageEpci(props: PageEpciProps) {
  const { epci, departements, communes, chiffres } = props;
  return (
    <>
      <p class="maillage-surtitre">{capitale(epci.nature)}</p>
      <h1>{epci.nom}</h1>
      {chiffres.structures === 0 ? (
        <EtatVide titre="Aucune structure annoncée dans cette intercommunalité" niveau={2}>
          <p>
            Les structures retenues apparaîtront ici dès l’annonce d’une séance du comité de sélection. En
            attendant, ouvrez la page d’une commune{'\u00a0:'} elle montre les structures les plus proches.
          </p>
        </EtatVide>
      ) : (
        <>
          <p class="fr-text--lead">
            {pluriel(chiffres.structures, 'structure retenue', 'structures retenues')} pour accueillir{' '}
            {pluriel(chiffres.postes, 'conseiller numérique', 'conseillers numériques')}.
          </p>
          <Retenues {...props} />
        </>
      )}
      <section aria-labelledby="communes">
        <h2 id="communes">{pluriel(communes.length, 'commune', 'communes')}</h2>
        <ListeLiens
          colonnes
          liens={communes.map((commune) => ({
            texte: commune.nom,
            href: `/communes/${commune.code}`,
            detail: commune.postes > 0 ? pluriel(commune.postes, 'poste', 'postes') : undefined,
          }))}
        />
      </section>
      <section aria-labelledby="departements">
        <h2 id="departements">{departements.length > 1 ? 'Départements' : 'Département'}</h2>
        <ListeLiens
          liens={departements.map((departement) => ({
            texte: `${departement.nom} (${departement.code})`,
            href: `/departements/${departement.code}`,
            detail:
              departements.length > 1 ? pluriel(departement.communes, 'commune', 'communes') : undefined,
          }))}
        />
      </section>
      <section aria-labelledby="ailleurs">
        <h2 id="ailleurs">Chercher ailleurs</h2>
        <ChampRecherche
          id="q"
          libelle="Une commune, une structure ou un territoire"
          indication="Nom, code postal, numéro SIRET ou code officiel"
          action="/recherche"
          suggestions="/recherche/suggestions"
        />
      </section>
    </>
  );
}
