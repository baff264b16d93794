import type { Demande, PageDeListe } from '../../../platform/listes/index.ts';
import { ChampSaisie, type ErreursFormulaire, ResumeErreurs } from '../../../platform/views/champs.tsx';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { ListeDonnees } from '../../../platform/views/liste.tsx';
import type { listeVagues } from '../liste.ts';
import { type EtatMontre, etatsDeVague } from '../rules.ts';
import { EtatDeVague } from './parts.tsx';

const estEtat = (etat: string): etat is EtatMontre => etat in etatsDeVague;

/** Every wave, the last first. */
export function PageVagues(props: {
  readonly liste: typeof listeVagues;
  readonly demande: Demande;
  readonly resultat: PageDeListe<(typeof listeVagues)['champs']>;
  readonly parPage: number;
  readonly chemin: string;
  /** A draft was just taken away. */
  readonly supprimee: boolean;
}) {
  const { chemin } = props;
  return (
    <>
      <h1>Vagues</h1>
      {props.supprimee ? <ActeFait>La vague en préparation est supprimée.</ActeFait> : null}
      <p class="fr-text--lead">
        Une vague appelle les structures à candidater, du jour de son ouverture à celui de sa clôture.
      </p>
      <p>
        <a class="fr-btn" href={`${chemin}/nouvelle`}>
          Préparer une vague
        </a>
      </p>
      <ListeDonnees
        {...props}
        fichiers={{ base: chemin, formats: ['csv', 'xlsx', 'ods'] }}
        filtres={[
          {
            nom: 'etat',
            choix: Object.entries(etatsDeVague).map(([valeur, texte]) => ({ valeur, texte })),
          },
        ]}
        entete="nom"
        cellules={{
          nom: ({ id, nom }) => <a href={`${chemin}/${id}`}>{nom}</a>,
          etat: ({ etat }) => (etat === null || !estEtat(etat) ? etat : <EtatDeVague etat={etat} />),
        }}
        vide={<p>Aucune vague n’a encore été préparée.</p>}
      />
    </>
  );
}

/** Opens a draft. */
export function PageNouvelleVague({
  adresse,
  erreurs,
  nom,
}: {
  readonly adresse: string;
  readonly erreurs: ErreursFormulaire;
  readonly nom: string;
}) {
  return (
    <>
      <h1>Préparer une vague</h1>
      <ResumeErreurs erreurs={erreurs} />
      <p>Elle reste en préparation, et personne d’autre ne la voit, jusqu’à ce que vous la publiiez.</p>
      <form method="post" action={adresse} novalidate>
        <ChampSaisie
          nom="nom"
          libelle="Nom de la vague"
          indication="Par exemple «&nbsp;Troisième vague&nbsp;»."
          obligatoire
          longueur={200}
          valeur={nom}
          erreurs={erreurs}
        />
        <button class="fr-btn" type="submit">
          Préparer la vague
        </button>
      </form>
    </>
  );
}
