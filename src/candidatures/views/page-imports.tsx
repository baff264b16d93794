import { instantLong } from '../../platform/francais/index.ts';
import type { Champs, Demande, Ligne, Liste, PageDeListe } from '../../platform/listes/index.ts';
import { type Choix, ListeDonnees, type ListeProps } from '../../platform/views/liste.tsx';

export type PageImportsProps = {
  readonly liste: Liste;
  readonly demande: Demande;
  readonly resultat: PageDeListe<Champs>;
  readonly parPage: number;
  readonly etats: Choix;
  readonly fichiers: ListeProps<Champs>['fichiers'];
};

const lien = (ligne: Ligne) => (
  <a href={`/administration/imports/${String('_cle' in ligne ? ligne['_cle'] : '')}`}>{ligne['fichier']}</a>
);

/** Every import, newest first. */
export function PageImports({ liste, demande, resultat, parPage, etats, fichiers }: PageImportsProps) {
  return (
    <>
      <h1>Imports</h1>
      <p class="fr-text--lead">
        Les fichiers du comité de sélection&nbsp;: ce qu’ils feraient, ce qu’ils ont fait, ligne par ligne.
      </p>
      <p>
        <a class="fr-btn" href="/administration/imports/nouveau">
          Importer un fichier
        </a>
      </p>
      <ListeDonnees
        liste={liste}
        demande={demande}
        resultat={resultat}
        parPage={parPage}
        chemin="/administration/imports"
        fichiers={fichiers}
        filtres={[{ nom: 'q' }, { nom: 'etat', choix: etats }]}
        cellules={{
          fichier: lien,
          le: ({ le }) => (typeof le === 'string' ? instantLong(le) : ''),
        }}
        entete="fichier"
        vide={<p>Aucun fichier n’a encore été déposé. Commencez par «&nbsp;Importer un fichier&nbsp;».</p>}
      />
    </>
  );
}
