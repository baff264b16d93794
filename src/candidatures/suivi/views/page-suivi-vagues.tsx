import { euros, nombre, pluriel, pourcentage } from '../../../platform/francais/index.ts';
import type { Demande, PageDeListe } from '../../../platform/listes/index.ts';
import { Barres } from '../../../platform/views/barres.tsx';
import { ChiffresCles } from '../../../platform/views/chiffres.tsx';
import { Jauge } from '../../../platform/views/jauge.tsx';
import { ListeDonnees } from '../../../platform/views/liste.tsx';
import type { listeSuivi } from '../liste.ts';
import type { Prevision } from '../rules.ts';
import type { Ensemble } from '../store.ts';

type Choix = readonly { readonly valeur: string; readonly texte: string }[];

export type PageSuiviDesVaguesProps = {
  readonly chemin: string;
  readonly liste: typeof listeSuivi;
  readonly demande: Demande;
  readonly resultat: PageDeListe<(typeof listeSuivi)['champs']>;
  readonly parPage: number;
  readonly ensemble: Ensemble;
  readonly prevision: Prevision;
  readonly objectif: { readonly postes: number; readonly nom: string } | null;
  readonly vagues: Choix;
  /** Those that the reader may choose from. */
  readonly departements: Choix;
  readonly regions: Choix | undefined;
  /** The reader sees drafts. */
  readonly brouillons: boolean;
};

const enJours = (valeur: number | null): { readonly valeur: string; readonly unite?: string } =>
  valeur === null
    ? { valeur: '–' }
    : { valeur: nombre(valeur, Number.isInteger(valeur) ? 0 : 1), unite: valeur < 2 ? 'jour' : 'jours' };

function PrevisionDePostes({ prevision, objectif }: Pick<PageSuiviDesVaguesProps, 'prevision' | 'objectif'>) {
  const { postes, partProposee, partRetenue } = prevision;
  const regle = `Postes retenus, plus ce qui attend. Un poste demandé sans avis compte ${
    partProposee === null
      ? 'entier, faute d’avis rendus'
      : `pour ${pourcentage(partProposee * 100)}, ce que les préfectures en proposent jusqu’ici`
  }\u00a0; un poste proposé compte ${
    partRetenue === null
      ? 'entier, faute de décisions'
      : `pour ${pourcentage(partRetenue * 100)}, ce que le comité en retient jusqu’ici`
  }.`;
  return (
    <Jauge
      titre={objectif === null ? 'Prévision' : `Prévision, rapportée à ${objectif.nom}`}
      valeur={postes}
      maximum={objectif?.postes ?? 0}
      valeurTexte={pluriel(postes, 'poste', 'postes')}
      maximumTexte={pluriel(objectif?.postes ?? 0, 'poste', 'postes')}
      definition={regle}
    />
  );
}

/** From drafts to posts retained: the whole, then by wave and territory. */
export function PageSuiviDesVagues(props: PageSuiviDesVaguesProps) {
  const { chemin, liste, demande, resultat, parPage, ensemble, prevision, objectif, brouillons } = props;
  const { champs } = liste;
  const { structuresImportees, postesImportes } = ensemble;
  const etape = (cle: keyof Ensemble, libelle: string) => ({
    cle,
    libelle,
    valeur: Number(ensemble[cle] ?? 0),
  });
  const avecFiltres = Object.keys(demande.filtres).length > 0;
  return (
    <>
      <h1>Suivi des vagues</h1>
      <p class="fr-text--lead">
        Des candidatures aux postes retenus, par vague et par territoire. Une décision compte une fois la
        séance du comité close.
      </p>
      <section aria-labelledby="ensemble">
        <h2 id="ensemble">{avecFiltres ? 'Ce que gardent les filtres' : 'Ensemble'}</h2>
        <ChiffresCles
          chiffres={[
            { libelle: 'Candidatures déposées', valeur: nombre(ensemble.deposees) },
            {
              libelle: 'Postes retenus',
              valeur: nombre(ensemble.postes),
              ...(ensemble.postesImportes === 0
                ? {}
                : { definition: `Dont ${nombre(ensemble.postesImportes)} par des sélections importées.` }),
            },
            { libelle: 'Montant engagé par l’État', valeur: euros(ensemble.montant_centimes) },
            {
              libelle: 'Du dépôt à l’avis',
              ...enJours(ensemble.delai_avis),
              definition:
                ensemble.delai_avis === null
                  ? 'Aucun avis n’est encore rendu.'
                  : champs.delai_avis.description,
            },
            {
              libelle: 'De l’avis à la décision',
              ...enJours(ensemble.delai_decision),
              definition:
                ensemble.delai_decision !== null
                  ? champs.delai_decision.description
                  : ensemble.decidees === 0
                    ? 'Aucune séance close n’a encore décidé de candidatures déposées ici.'
                    : 'Les candidatures décidées ne l’ont pas été après un avis sur leur dernier dépôt.',
            },
          ]}
        />
        <PrevisionDePostes prevision={prevision} objectif={objectif} />
        <div class="fr-grid-row fr-grid-row--gutters">
          <div class="fr-col-12 fr-col-md-6">
            <Barres
              id="dossiers"
              titre="Des candidatures aux structures retenues"
              objet="Étape"
              mesure="Nombre"
              barres={[
                ...(brouillons ? [etape('brouillons', 'Brouillons')] : []),
                etape('deposees', 'Candidatures déposées'),
                etape('avec_avis', 'Candidatures avec avis'),
                etape('structuresDIci', 'Structures retenues'),
              ]}
              definition={champs.structures.description}
              vide=""
            />
          </div>
          <div class="fr-col-12 fr-col-md-6">
            <Barres
              id="postes"
              titre="Des postes demandés aux postes retenus"
              objet="Étape"
              mesure="Postes"
              barres={[
                etape('postes_demandes', 'Postes demandés'),
                etape('postes_proposes', 'Postes proposés'),
                etape('postesDIci', 'Postes retenus'),
              ]}
              definition={champs.postes_proposes.description}
              vide=""
            />
          </div>
        </div>
        {postesImportes === 0 ? null : (
          <p>
            {`À part\u00a0: ${pluriel(structuresImportees, 'structure', 'structures')} et ${pluriel(postesImportes, 'poste retenu', 'postes retenus')} par des sélections importées. Leurs candidatures n’ont pas été déposées ici\u00a0: les deux graphiques ne les comptent pas.`}
          </p>
        )}
      </section>
      <section aria-labelledby="detail">
        <h2 id="detail">Par vague et par département</h2>
        <p>
          Demandés, proposés et retenus se comptent en postes. Les délais sont parmi les colonnes à choisir.
        </p>
        <ListeDonnees
          liste={liste}
          demande={demande}
          resultat={resultat}
          parPage={parPage}
          chemin={chemin}
          fichiers={{ base: chemin, formats: ['csv', 'xlsx', 'ods'] }}
          filtres={[
            { nom: 'vague', choix: props.vagues },
            ...(props.regions === undefined ? [] : [{ nom: 'region', choix: props.regions }]),
            { nom: 'departement', choix: props.departements },
          ]}
          sans={brouillons ? [] : ['brouillons']}
          entete="territoire"
          vide={<p>Aucune candidature et aucune décision n’est rattachée à une vague.</p>}
        />
      </section>
    </>
  );
}
