import type { ComponentChildren } from 'preact';
import type { listeStructures } from '../../candidatures/index.ts';
import type { Demande, PageDeListe } from '../../platform/listes/index.ts';
import type { Choix } from '../../platform/views/liste.tsx';
import { EtatVide } from '../../platform/views/messages.tsx';
import type { Chiffres } from '../../statistiques/index.ts';
import {
  type ChiffresParSeance,
  Communiques,
  EnChiffres,
  OuSontLesStructures,
  ParSeance,
  Retenues,
  StructuresRetenues,
} from './parts.tsx';

export type PageDepartementProps = {
  readonly departement: { readonly code: string; readonly nom: string; readonly locatif: string };
  readonly chiffres: Chiffres;
  readonly seances: ChiffresParSeance;
  readonly liste: typeof listeStructures;
  readonly demande: Demande;
  readonly resultat: PageDeListe<(typeof listeStructures)['champs']>;
  readonly parPage: number;
  readonly choix: { readonly seances: Choix; readonly categories: Choix };
  readonly communiques: readonly { readonly texte: string; readonly href: string }[];
  readonly carte: ComponentChildren;
};

/** A département: what it received, where, session by session and structure by structure. */
export function PageDepartement(props: PageDepartementProps) {
  const { departement, chiffres, seances, liste, demande, resultat, parPage, choix, communiques, carte } =
    props;
  const { code, locatif } = departement;
  return (
    <>
      <h1>Les conseillers numériques {locatif}</h1>
      {chiffres.structures === 0 ? (
        <EtatVide titre={`Aucune structure annoncée ${locatif}`} niveau={2}>
          <p>
            Les structures retenues apparaîtront ici dès l’annonce d’une séance du comité de sélection. En
            attendant, <a href="/france">voyez les autres départements</a>.
          </p>
        </EtatVide>
      ) : (
        <>
          <Retenues chiffres={chiffres} />
          <EnChiffres chiffres={chiffres} />
          <OuSontLesStructures>{carte}</OuSontLesStructures>
          <ParSeance seances={seances} chiffres={chiffres} lieu={locatif} />
          <StructuresRetenues
            liste={liste}
            demande={demande}
            resultat={resultat}
            parPage={parPage}
            chemin={`/departements/${code}`}
            fixes={{ departement: code }}
            filtres={[
              { nom: 'q' },
              { nom: 'seance', choix: choix.seances },
              { nom: 'categorie', choix: choix.categories },
            ]}
            sans={['departement', 'region']}
          />
          <Communiques communiques={communiques} flux={`/departements/${code}/communiques.atom`} />
        </>
      )}
    </>
  );
}
