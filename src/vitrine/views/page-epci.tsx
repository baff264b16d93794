import type { ComponentChildren } from 'preact';
import type { listeStructures } from '../../candidatures/index.ts';
import { capitale, pluriel } from '../../platform/francais/index.ts';
import type { Demande, PageDeListe } from '../../platform/listes/index.ts';
import { ListeLiens } from '../../platform/views/liens.tsx';
import type { Choix } from '../../platform/views/liste.tsx';
import { EtatVide } from '../../platform/views/messages.tsx';
import type { Chiffres } from '../../statistiques/index.ts';
import { ChiffresDuTerritoire, ListeStructures } from './parts.tsx';

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
  readonly liste: typeof listeStructures;
  readonly demande: Demande;
  readonly resultat: PageDeListe<(typeof listeStructures)['champs']>;
  readonly parPage: number;
  readonly choix: { readonly seances: Choix; readonly categories: Choix };
  readonly carte: ComponentChildren;
};

function Retenues({ epci, chiffres, liste, demande, resultat, parPage, choix, carte }: PageEpciProps) {
  return (
    <>
      <section aria-labelledby="chiffres">
        <h2 id="chiffres">En chiffres</h2>
        <ChiffresDuTerritoire chiffres={chiffres} />
      </section>
      <section aria-labelledby="ou" class="maillage-section">
        <h2 id="ou">Où sont les structures</h2>
        {carte}
      </section>
      <section aria-labelledby="structures" class="maillage-section">
        <h2 id="structures">Structures retenues</h2>
        <ListeStructures
          liste={liste}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          chemin={`/epci/${epci.code}`}
          fixes={{ epci: epci.code }}
          filtres={[
            { nom: 'q' },
            { nom: 'seance', choix: choix.seances },
            { nom: 'categorie', choix: choix.categories },
          ]}
          sans={['epci', 'region']}
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
      <section aria-labelledby="communes" class="maillage-section">
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
    </>
  );
}
