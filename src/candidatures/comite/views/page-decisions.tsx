import { pluriel } from '../../../platform/francais/index.ts';
import type { Demande, PageDeListe } from '../../../platform/listes/index.ts';
import { ChoixUnique, ZoneTexte } from '../../../platform/views/champs.tsx';
import { ListeDonnees } from '../../../platform/views/liste.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import type { ChampsDossiers, ChampsNotes, listeDossiers, listeNotes } from '../listes.ts';
import { nomsDesResultats, resultats } from '../rules.ts';
import type { Jauges, Seance } from '../seances.store.ts';
import { Cadre, nomDeSeance, tientLaSeance, type Vu } from './cadre.tsx';
import { JaugesDeSeance } from './jauges.tsx';

export type Choix = readonly { readonly valeur: string; readonly texte: string }[];

/** What became of each file of a batch. */
export type RapportDeLot = {
  readonly faites: number;
  readonly refus: readonly { readonly id: string; readonly numero: number; readonly message: string }[];
};

const choixDecision: Choix = [
  { valeur: 'a_decider', texte: 'À décider' },
  ...resultats.map((valeur) => ({ valeur, texte: nomsDesResultats[valeur] })),
];

function Lot({ seance, vu }: { readonly seance: Seance; readonly vu: Vu }) {
  return (
    <form id="lot" method="post" action={`/comite/${seance.id}/decisions/lot`} novalidate>
      <h2>Décider des dossiers cochés</h2>
      <ChoixUnique
        nom="resultat"
        libelle="Décision"
        obligatoire
        valeur={vu.saisie?.['resultat']}
        erreurs={vu.erreurs}
        choix={[
          {
            valeur: 'retenue',
            libelle: 'Retenir',
            indication: 'Chacun avec les postes que la préfecture propose, au régime souhaité.',
          },
          { valeur: 'liste_attente', libelle: 'Mettre sur liste d’attente, à la suite' },
          { valeur: 'ajournee', libelle: 'Ajourner' },
          { valeur: 'refusee', libelle: 'Refuser' },
        ]}
      />
      <ZoneTexte
        nom="motif"
        libelle="Motif"
        indication="Obligatoire pour refuser ou ajourner. Le même pour tous, écrit dans chaque lettre."
        lignes={3}
        longueur={3000}
        valeur={vu.saisie?.['motif']}
        erreurs={vu.erreurs}
      />
      <p>Chaque dossier est décidé à part&nbsp;: celui qui est refusé n’arrête pas les autres.</p>
      <button class="fr-btn" type="submit">
        Enregistrer ces décisions
      </button>
    </form>
  );
}

/** The files of a session, and deciding on them. */
export function PageDecisions({
  seance,
  jauges,
  liste,
  demande,
  resultat,
  parPage,
  departements,
  propositions,
  administrateur,
  suivi,
  rapport,
  vu,
}: {
  readonly seance: Seance;
  readonly jauges: Jauges;
  readonly liste: typeof listeDossiers;
  readonly demande: Demande;
  readonly resultat: PageDeListe<ChampsDossiers>;
  readonly parPage: number;
  readonly departements: Choix;
  /** Proposals that can be shown beside the files. */
  readonly propositions: Choix;
  readonly administrateur: boolean;
  /** The reader asked to see the page move by itself. */
  readonly suivi: boolean;
  readonly rapport?: RapportDeLot | undefined;
  readonly vu: Vu;
}) {
  const base = `/comite/${seance.id}`;
  const ouverte = seance.statut === 'ouverte';
  const decide = ouverte && tientLaSeance(seance.fonction, administrateur);
  return (
    <Cadre
      seance={seance}
      onglet="decisions"
      administrateur={administrateur}
      vu={vu}
      titre={`Dossiers et décisions – ${nomDeSeance(seance)}`}
    >
      {rapport === undefined ? null : (
        <Alerte ton="attention" titre="Tous les dossiers n’ont pas été décidés" niveau={2}>
          <p>{pluriel(rapport.faites, 'décision est enregistrée', 'décisions sont enregistrées')}.</p>
          <ul>
            {rapport.refus.map(({ id, numero, message }) => (
              <li key={id}>
                <a href={`${base}/dossiers/${id}`}>Candidature n° {numero}</a>&nbsp;: {message}
              </li>
            ))}
          </ul>
        </Alerte>
      )}
      <JaugesDeSeance jauges={jauges} />
      {ouverte ? (
        <p>
          {suivi ? (
            <a class="fr-link" href={`${base}/decisions`}>
              Arrêter d’actualiser toutes les 10 secondes
            </a>
          ) : (
            <a class="fr-link" href={`${base}/decisions?suivi=oui`}>
              Actualiser cette page toutes les 10 secondes
            </a>
          )}
        </p>
      ) : null}
      {demande.filtres['proposition'] === undefined ? null : (
        <p>
          La colonne «&nbsp;Proposition&nbsp;» montre{' '}
          <a href={`${base}/propositions/${demande.filtres['proposition']}`}>
            {propositions.find(({ valeur }) => valeur === demande.filtres['proposition'])?.texte}
          </a>
          &nbsp;: elle éclaire, le comité décide.
        </p>
      )}
      <ListeDonnees
        liste={liste}
        demande={demande}
        resultat={resultat}
        parPage={parPage}
        chemin={`${base}/decisions`}
        fixes={{ seance: seance.id }}
        fichiers={{ base: '/comite/dossiers', formats: ['csv', 'xlsx', 'ods'] }}
        filtres={[
          { nom: 'q' },
          { nom: 'decision', choix: choixDecision },
          { nom: 'departement', choix: departements },
          {
            nom: 'avis',
            choix: [
              { valeur: 'favorable', texte: 'Favorable' },
              { valeur: 'defavorable', texte: 'Défavorable' },
              { valeur: 'sans', texte: 'Sans avis' },
            ],
          },
          {
            nom: 'priorite',
            choix: [
              { valeur: 'oui', texte: 'Oui' },
              { valeur: 'non', texte: 'Non' },
            ],
          },
          ...(propositions.length === 0 ? [] : [{ nom: 'proposition', choix: propositions }]),
        ]}
        cellules={{
          structure: ({ id, structure, vue }) => (
            <>
              {decide ? (
                <input
                  class="maillage-comite__coche"
                  type="checkbox"
                  form="lot"
                  name="dossiers"
                  value={`${id}:${vue ?? 0}`}
                  checked={vu.coches?.some((coche) => coche.startsWith(`${id}:`))}
                  aria-label={`Choisir ${structure}`}
                />
              ) : null}{' '}
              <a href={`${base}/dossiers/${id}`}>{structure}</a>
            </>
          ),
          decision: ({ id, decision, structure }) =>
            decide ? (
              <a href={`${base}/dossiers/${id}#decision`} aria-label={`${decision} : décider ${structure}`}>
                {decision}
              </a>
            ) : (
              decision
            ),
        }}
        entete="structure"
        vide={<p>Aucun dossier n’attend de décision dans cette vague.</p>}
      />
      {decide && resultat.lignes.length > 0 ? <Lot seance={seance} vu={vu} /> : null}
    </Cadre>
  );
}

/** Where the members agree, file by file. */
export function PageNotes({
  seance,
  liste,
  demande,
  resultat,
  parPage,
  departements,
  administrateur,
}: {
  readonly seance: Seance;
  readonly liste: typeof listeNotes;
  readonly demande: Demande;
  readonly resultat: PageDeListe<ChampsNotes>;
  readonly parPage: number;
  readonly departements: Choix;
  readonly administrateur: boolean;
}) {
  const base = `/comite/${seance.id}`;
  return (
    <Cadre
      seance={seance}
      onglet="notes"
      administrateur={administrateur}
      titre={`Notes des membres – ${nomDeSeance(seance)}`}
    >
      <p>
        Chaque note de 0 à 5 compte selon le poids de son critère. Le rang suit le score, bonus de priorité
        compris&nbsp;: il éclaire le comité et ne décide rien.
      </p>
      <ListeDonnees
        liste={liste}
        demande={demande}
        resultat={resultat}
        parPage={parPage}
        chemin={`${base}/notes`}
        fixes={{ seance: seance.id }}
        fichiers={{ base: '/comite/notes', formats: ['csv', 'xlsx', 'ods'] }}
        filtres={[
          { nom: 'q' },
          {
            nom: 'accord',
            choix: [
              { valeur: 'desaccord', texte: 'En désaccord' },
              { valeur: 'accord', texte: 'D’accord' },
              { valeur: 'sans_note', texte: 'Sans note' },
            ],
          },
          { nom: 'departement', choix: departements },
        ]}
        cellules={{
          structure: ({ id, structure }) => <a href={`${base}/dossiers/${id}`}>{structure}</a>,
          membres: ({ membres }) =>
            membres === null ? null : (
              <ul class="maillage-comite__membres">
                {membres.map((membre) => (
                  <li key={membre}>{membre}</li>
                ))}
              </ul>
            ),
        }}
        entete="structure"
        vide={<p>Aucun dossier n’attend de décision dans cette vague.</p>}
      />
    </Cadre>
  );
}
