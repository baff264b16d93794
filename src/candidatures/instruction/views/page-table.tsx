import { nombre, pluriel } from '../../../platform/francais/index.ts';
import type { Demande, PageDeListe } from '../../../platform/listes/index.ts';
import { ListeDonnees } from '../../../platform/views/liste.tsx';
import { Badge, type Ton } from '../../../platform/views/messages.tsx';
import type { listeInstruction } from '../liste.ts';
import { cheminListe, requeteDe } from '../requete.rules.ts';

type Choix = readonly { readonly valeur: string; readonly texte: string }[];

export type PageTableProps = {
  readonly liste: typeof listeInstruction;
  readonly demande: Demande;
  readonly resultat: PageDeListe<(typeof listeInstruction)['champs']>;
  readonly parPage: number;
  readonly etats: Choix;
  readonly vagues: Choix;
  readonly departements: Choix;
  readonly agents: Choix;
  readonly priorites: readonly string[];
  /** Only who instructs chooses files to act on. */
  readonly instruit: boolean;
};

/** Colour of an alert, said in words too. */
const tonsAlertes: Readonly<Record<string, Ton>> = {
  'doublon possible': 'attention',
  'structure à vérifier': 'attention',
  'message non lu': 'info',
};

const avis: Choix = [
  { valeur: 'attendu', texte: 'Avis attendu' },
  { valeur: 'favorable', texte: 'Favorable' },
  { valeur: 'defavorable', texte: 'Défavorable' },
  { valeur: 'aucun', texte: 'Aucun avis' },
];

const alertes: Choix = [
  { valeur: 'doublon', texte: 'Doublon possible' },
  { valeur: 'a_verifier', texte: 'Structure à vérifier' },
  { valeur: 'message', texte: 'Message non lu' },
  { valeur: 'correction_en_retard', texte: 'Correction en retard' },
];

function Alertes({ dites }: { readonly dites: readonly string[] }) {
  return (
    <>
      {dites.map((dite) => (
        <span key={dite}>
          <Badge ton={tonsAlertes[dite] ?? 'neutre'}>{dite}</Badge>{' '}
        </span>
      ))}
    </>
  );
}

/** The table of a préfecture: every submitted application of its territory. */
export function PageTable(props: PageTableProps) {
  const { liste, demande, resultat, parPage, departements, agents, priorites, instruit } = props;
  const requete = requeteDe(demande);
  return (
    <>
      <h1>Candidatures à instruire</h1>
      <p class="fr-text--lead">
        Donnez votre avis sur chaque candidature avant la séance du comité. Une candidature change seule
        d’état&nbsp;: déposée, à corriger, instruite, décidée.
      </p>
      <p>
        <a class="fr-link" href={`${cheminListe}/carte`}>
          Carte des candidatures et des postes
        </a>
      </p>
      <ListeDonnees
        liste={liste}
        demande={demande}
        resultat={resultat}
        parPage={parPage}
        chemin={cheminListe}
        filtres={[
          { nom: 'texte' },
          { nom: 'vague', choix: props.vagues },
          { nom: 'etat', choix: props.etats },
          { nom: 'avis', choix: avis },
          { nom: 'agent', choix: agents },
          { nom: 'alerte', choix: alertes },
          { nom: 'territoire' },
          ...(departements.length > 1 ? [{ nom: 'departement', choix: departements }] : []),
          ...(priorites.length > 0
            ? [{ nom: 'priorite', choix: priorites.map((valeur) => ({ valeur, texte: valeur })) }]
            : []),
        ]}
        entete="structure"
        fichiers={{ base: cheminListe, formats: ['csv', 'xlsx', 'ods'] }}
        cellules={{
          structure: (ligne) => (
            <div class="maillage-instruction__structure">
              {instruit ? (
                <input
                  class="maillage-instruction__choix"
                  type="checkbox"
                  form="lot"
                  name="candidature"
                  value={ligne.id ?? ''}
                  aria-label={`Choisir ${ligne.structure ?? ''}`}
                />
              ) : null}
              <span>
                <a href={`${cheminListe}/${ligne.id}${requete}`}>{ligne.structure}</a>{' '}
                <Alertes dites={ligne.alertes ?? []} />
              </span>
            </div>
          ),
          numero: ({ numero }) => (numero === null ? '' : nombre(numero)),
          alertes: ({ alertes: dites }) => <Alertes dites={dites ?? []} />,
        }}
        vide={
          <p>
            Aucune candidature n’est déposée dans votre territoire. Elles apparaissent ici dès que les
            structures les déposent.
          </p>
        }
      />
      {instruit && resultat.total > 0 ? (
        <form id="lot" method="get" action={`${cheminListe}/lot`} class="maillage-actions">
          <input type="hidden" name="retour" value={requete} />
          <button class="fr-btn" type="submit">
            Traiter les candidatures cochées
          </button>
          <span class="fr-hint-text">
            {pluriel(Math.min(parPage, resultat.total), 'candidature', 'candidatures')} au plus à la
            fois&nbsp;: affecter, rendre un avis, rappeler ou demander une correction.
          </span>
        </form>
      ) : null}
    </>
  );
}
