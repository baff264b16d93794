import { dateLongue, euros, liste, nombre, pluriel } from '../../platform/francais/index.ts';
import { ChiffresCles } from '../../platform/views/chiffres.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { EtatVide } from '../../platform/views/messages.tsx';
import { Pagination } from '../../platform/views/pagination.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import { type Chiffres, montant, postes, structures } from '../../statistiques/index.ts';

export type StructureDepartement = {
  readonly id: string;
  readonly libelle: string;
  readonly commune: string | null;
  readonly postes: number;
  /** In cents. */
  readonly montant: number;
  readonly seances: readonly string[];
};

export type PageDepartementProps = {
  readonly departement: {
    readonly code: string;
    readonly nom: string;
    readonly genitif: string;
    readonly locatif: string;
    readonly region: string | null;
  };
  readonly chiffres: Chiffres;
  readonly seances: readonly (Chiffres & { readonly cle: string | null })[];
  readonly structures: readonly StructureDepartement[];
  readonly communiques: readonly { readonly texte: string; readonly href: string }[];
  readonly page: number;
  readonly pages: number;
};

/** A département: what it received, session by session and structure by structure. */
export function PageDepartement(props: PageDepartementProps) {
  const { departement, chiffres, seances, structures: retenues, communiques, page, pages } = props;
  const { locatif } = departement;
  return (
    <>
      <h1>Les conseillers numériques {locatif}</h1>
      {retenues.length === 0 ? (
        <EtatVide titre={`Aucune structure annoncée ${locatif}`} niveau={2}>
          <p>
            Les structures retenues apparaîtront ici dès l’annonce d’une séance du comité de sélection. En
            attendant, <a href="/">voyez les autres départements</a>.
          </p>
        </EtatVide>
      ) : (
        <>
          <p class="fr-text--lead">
            {pluriel(chiffres.structures, 'structure retenue', 'structures retenues')} pour accueillir{' '}
            {pluriel(chiffres.postes, 'conseiller numérique', 'conseillers numériques')}.
          </p>
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
          <section aria-labelledby="seances">
            <h2 id="seances">Par séance du comité de sélection</h2>
            <Tableau
              legende={`Structures et postes retenus ${locatif}, par séance`}
              legendeMasquee
              lignes={seances}
              cle={({ cle }) => cle ?? ''}
              vide="Aucune séance."
              // A structure retained twice counts once in the total of structures.
              total="Ensemble"
              colonnes={[
                {
                  cle: 'date',
                  titre: 'Séance',
                  cellule: ({ cle }) => (cle === null ? '' : dateLongue(cle)),
                  entete: true,
                },
                {
                  cle: 'structures',
                  titre: 'Structures',
                  numerique: true,
                  cellule: (row) => nombre(row.structures),
                  total: nombre(chiffres.structures),
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
                  cellule: (row) => euros(row.montant_centimes),
                  total: euros(chiffres.montant_centimes),
                },
              ]}
            />
          </section>
          <section aria-labelledby="structures">
            <h2 id="structures">Structures retenues</h2>
            <Tableau
              legende={`Structures retenues ${locatif}`}
              legendeMasquee
              lignes={retenues}
              cle={({ id }) => id}
              vide="Aucune structure."
              total="Ensemble"
              colonnes={[
                {
                  cle: 'libelle',
                  titre: 'Structure',
                  brut: true,
                  cellule: ({ libelle }) => libelle,
                  entete: true,
                },
                { cle: 'commune', titre: 'Commune', cellule: ({ commune }) => commune ?? 'non renseignée' },
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
                { cle: 'seances', titre: 'Séance', cellule: (row) => liste(row.seances.map(dateLongue)) },
              ]}
            />
            <Pagination
              de="structures"
              page={page}
              pages={pages}
              lien={(next) => `/departements/${departement.code}?page=${next}#structures`}
            />
          </section>
          {communiques.length > 0 ? (
            <section aria-labelledby="communiques">
              <h2 id="communiques">Communiqués</h2>
              <ListeLiens liens={communiques} />
            </section>
          ) : null}
        </>
      )}
    </>
  );
}
