import { capitale, dateLongue, euros, instantLong, nombre, pluriel } from '../../platform/francais/index.ts';
import type { Demande, Liste, PageDeListe } from '../../platform/listes/index.ts';
import { ChiffresCles } from '../../platform/views/chiffres.tsx';
import { Historique, type HistoriqueProps } from '../../platform/views/historique.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { ListeDonnees } from '../../platform/views/liste.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { Chiffres } from '../../statistiques/index.ts';
import type { AnnonceParDepartement, SeanceSuivie } from '../seances.store.ts';
import { type ChampsSuivis, motDAnnonce, nomDeCategorie } from './page-structure.tsx';
import { Partie } from './partie.tsx';

export type PageSeanceProps = {
  readonly seance: SeanceSuivie;
  readonly chiffres: Chiffres;
  readonly annonces: readonly AnnonceParDepartement[];
  readonly liste: Liste<ChampsSuivis>;
  readonly demande: Demande;
  readonly decisions: PageDeListe<ChampsSuivis>;
  readonly parPage: number;
  /** Filters that the scope sets. */
  readonly fixes: Readonly<Record<string, string>>;
  /** Whoever looks has the page of structures, and that of communiqués. */
  readonly suitLesStructures: boolean;
  readonly suitLesCommuniques: boolean;
  readonly historique: Pick<HistoriqueProps, 'evenements' | 'suite' | 'debut'>;
};

const etatDe = ({ decisions, publiques, annonce }: AnnonceParDepartement): string => {
  if (annonce === null) return 'à annoncer';
  if (publiques === 0) return `annonce prévue le ${instantLong(annonce)}`;
  return publiques < decisions
    ? `${pluriel(publiques, 'annoncée', 'annoncées')}, le reste à annoncer`
    : `annoncées le ${instantLong(annonce)}`;
};

/** A session of the committee as those who follow it know it: what it decided, where that is announced, what was done. */
export function PageSeance(props: PageSeanceProps) {
  const { seance, chiffres, annonces, liste, demande, decisions, parPage, fixes, historique } = props;
  const { date, vague } = seance;
  const chemin = `/espace/seances/${date}`;
  return (
    <>
      <h1>Séance du {dateLongue(date)}</h1>
      {vague === null ? null : <p class="fr-text--lead">{vague}</p>}
      {fixes['structure'] === undefined ? null : (
        <p>
          Les chiffres et les annonces portent sur toute la France&nbsp;; la liste des décisions, sur votre
          structure.
        </p>
      )}
      <ChiffresCles
        chiffres={[
          { libelle: 'Structures retenues', valeur: nombre(chiffres.structures) },
          { libelle: 'Postes', valeur: nombre(chiffres.postes) },
          { libelle: 'Engagé par l’État', valeur: euros(chiffres.montant_centimes) },
        ]}
      />
      {annonces.some(({ publiques }) => publiques > 0) ? (
        <ListeLiens liens={[{ texte: 'Sa page publique', href: `/seances/${date}` }]} />
      ) : (
        <p>Aucune décision de cette séance n’est encore publique.</p>
      )}
      <Partie id="annonces" titre="Annonces">
        <Tableau
          legende="Annonce des décisions, par département"
          legendeMasquee
          lignes={annonces}
          cle={({ code }) => code}
          vide="Cette séance n’a encore retenu aucune structure."
          colonnes={[
            {
              cle: 'nom',
              titre: 'Département',
              entete: true,
              cellule: ({ code, nom }) =>
                props.suitLesCommuniques ? (
                  <a href={`/prefecture/communiques/${code}/${date}`}>
                    <span class="fr-sr-only">Communiqué&nbsp;: </span>
                    {nom}
                  </a>
                ) : (
                  nom
                ),
            },
            {
              cle: 'decisions',
              titre: 'Décisions',
              numerique: true,
              cellule: ({ decisions: nombreDe }) => nombre(nombreDe),
            },
            { cle: 'etat', titre: 'Annonce', cellule: etatDe },
          ]}
        />
      </Partie>
      <Partie id="decisions" titre="Décisions">
        <ListeDonnees
          liste={liste}
          demande={demande}
          resultat={decisions}
          parPage={parPage}
          chemin={chemin}
          fichiers={{ base: `${chemin}/decisions`, formats: ['csv', 'xlsx', 'ods'] }}
          sans={['seance', ...(fixes['departement'] === undefined ? [] : ['departement'])]}
          filtres={[
            { nom: 'q' },
            ...(annonces.length > 1 && fixes['structure'] === undefined
              ? [
                  {
                    nom: 'departement',
                    choix: annonces.map(({ code, nom }) => ({ valeur: code, texte: nom })),
                  },
                ]
              : []),
            {
              nom: 'annonce',
              choix: [
                { valeur: 'oui', texte: 'annoncée' },
                { valeur: 'non', texte: 'à annoncer' },
              ],
            },
          ]}
          cellules={{
            libelle: ({ structure_id: id, libelle, annoncee }) =>
              props.suitLesStructures || annoncee ? (
                <a href={props.suitLesStructures ? `/espace/structures/${id}` : `/structures/${id}`}>
                  {capitale(libelle ?? '')}
                </a>
              ) : (
                capitale(libelle ?? '')
              ),
            categorie: ({ categorie }) => nomDeCategorie(categorie),
            annonce: motDAnnonce,
          }}
          entete="libelle"
          vide="Aucune décision de cette séance n’est à lire ici."
        />
      </Partie>
      <Partie id="historique" titre="Historique">
        <Historique
          {...historique}
          nom="Historique de la séance"
          vide="Aucun acte sur cette séance n’est à lire ici."
        />
      </Partie>
    </>
  );
}
