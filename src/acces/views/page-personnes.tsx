import type { Champs } from '../../platform/listes/index.ts';
import { ChampSaisie, type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';
import { type Choix, ListeDonnees, type ListeProps } from '../../platform/views/liste.tsx';
import type { ChampsPersonnes } from '../roles/personnes.listes.ts';
import { nomDeRole, rolesAttribuables } from '../rules.ts';

/** What every list of people is drawn from. */
export type ListeAffichee<C extends Champs> = Pick<
  ListeProps<C>,
  'liste' | 'demande' | 'resultat' | 'parPage'
> & {
  /** Départements to choose from, where there are several. */
  readonly departements: Choix;
};

export const choixDeRoles: Choix = rolesAttribuables.map((valeur) => ({ valeur, texte: nomDeRole(valeur) }));

/** The people of one's territory or structure: search, filters, files. */
export function PagePersonnes(
  props: ListeAffichee<ChampsPersonnes> & {
    /** A search under way: its page and what it looks for. */
    readonly recherche: { readonly id: string; readonly terme: string } | undefined;
    readonly erreurs: ErreursFormulaire;
  },
) {
  const { liste, demande, resultat, parPage, departements, recherche, erreurs } = props;
  return (
    <>
      <h1>{recherche === undefined ? 'Personnes' : `Personnes : recherche « ${recherche.terme} »`}</h1>
      <ResumeErreurs erreurs={erreurs} />
      <div class="maillage-actions">
        <a class="fr-btn" href="/invitations/nouvelle">
          Inviter une personne
        </a>
        <a class="fr-link" href="/invitations">
          Invitations envoyées
        </a>
      </div>
      <form method="post" action="/personnes/recherche" class="maillage-recherche-personnes">
        <ChampSaisie
          nom="terme"
          libelle="Chercher par nom ou adresse électronique"
          autocomplete="off"
          longueur={100}
          valeur={recherche?.terme}
          erreurs={erreurs}
        />
        <div class="maillage-actions">
          <button class="fr-btn fr-btn--secondary" type="submit">
            Chercher
          </button>
          {recherche === undefined ? null : (
            <a class="fr-link" href="/personnes">
              Voir toutes les personnes
            </a>
          )}
        </div>
      </form>
      <ListeDonnees
        liste={liste}
        demande={demande}
        resultat={resultat}
        parPage={parPage}
        chemin={recherche === undefined ? '/personnes' : `/personnes/recherche/${recherche.id}`}
        fixes={recherche === undefined ? {} : { recherche: recherche.id }}
        fichiers={{ base: '/personnes', formats: ['csv', 'xlsx', 'ods'] }}
        filtres={[
          { nom: 'role', choix: choixDeRoles },
          ...(departements.length > 1 ? [{ nom: 'departement', choix: departements }] : []),
          {
            nom: 'etat',
            choix: [
              { valeur: 'actif', texte: 'Actif' },
              { valeur: 'desactive', texte: 'Désactivé' },
            ],
          },
        ]}
        cellules={{
          nom: ({ id, nom }) => <a href={`/personnes/${id}`}>{nom}</a>,
        }}
        entete="nom"
        vide={
          recherche === undefined ? (
            <p>
              Personne n’a encore de rôle sur votre périmètre.{' '}
              <a href="/invitations/nouvelle">Invitez une personne</a>.
            </p>
          ) : (
            <p>
              Personne de votre périmètre ne répond à cette recherche. Essayez une partie du nom, ou{' '}
              <a href="/invitations/nouvelle">invitez la personne</a>.
            </p>
          )
        }
      />
    </>
  );
}
