import { pluriel } from '../../../platform/francais/index.ts';
import type { Demande, PageDeListe } from '../../../platform/listes/index.ts';
import { ChampSaisie, ChoixUnique, ZoneTexte } from '../../../platform/views/champs.tsx';
import { Confirmation } from '../../../platform/views/confirmation.tsx';
import { ListeDonnees } from '../../../platform/views/liste.tsx';
import { droitDuRetrait, fondementsDeRetrait } from '../../retrait.rules.ts';
import type { Seance } from '../seances.store.ts';
import type { ChampsSuites, listeSuites } from '../suites.liste.ts';
import type { Suite } from '../suites.store.ts';
import { Cadre, nomDeSeance, type Vu } from './cadre.tsx';
import type { Choix } from './page-decisions.tsx';

function Promotion({
  seance,
  premiere,
  vu,
}: {
  readonly seance: Seance;
  readonly premiere: Suite;
  readonly vu: Vu;
}) {
  return (
    <Confirmation
      id="promouvoir"
      titre={`Retenir ${premiere.structure}, au rang ${premiere.rang ?? ''} ?`}
      effets={[
        'ses postes et leur montant sont engagés, si l’enveloppe, l’objectif et les quotas le permettent\u00a0;',
        'une lettre part à la structure\u00a0;',
        'la préfecture pourra annoncer cette décision.',
      ]}
      action={`/comite/${seance.id}/suites/${premiere.id}/promouvoir`}
      champs={{ version: String(premiere.version) }}
      bouton="Retenir ce dossier"
      renoncer={{ texte: 'Revenir à la séance', href: `/comite/${seance.id}` }}
    >
      <ChampSaisie
        nom="postes"
        libelle="Postes accordés"
        type="entier"
        obligatoire
        valeur={vu.saisie?.['postes'] ?? String(premiere.postesDemandes)}
        erreurs={vu.erreurs}
      />
      <ChampSaisie
        nom="motif_promotion"
        libelle="D’où viennent ces postes"
        obligatoire
        longueur={500}
        valeur={vu.saisie?.['motif_promotion']}
        erreurs={vu.erreurs}
      />
    </Confirmation>
  );
}

/** What became of the decisions of a closed session: waiting list, withdrawals. */
export function PageSuites({
  seance,
  liste,
  demande,
  resultat,
  parPage,
  departements,
  premiere,
  administrateur,
  vu,
}: {
  readonly seance: Seance;
  readonly liste: typeof listeSuites;
  readonly demande: Demande;
  readonly resultat: PageDeListe<ChampsSuites>;
  readonly parPage: number;
  readonly departements: Choix;
  /** Whose turn it is on the waiting list. */
  readonly premiere: Suite | undefined;
  readonly administrateur: boolean;
  readonly vu: Vu;
}) {
  const base = `/comite/${seance.id}`;
  return (
    <Cadre
      seance={seance}
      onglet="suites"
      administrateur={administrateur}
      vu={vu}
      titre={`Suites – ${nomDeSeance(seance)}`}
    >
      {premiere === undefined ? <p>Aucun dossier n’est sur liste d’attente.</p> : null}
      {premiere !== undefined && administrateur ? (
        <Promotion seance={seance} premiere={premiere} vu={vu} />
      ) : null}
      <h2>Structures retenues et sur liste d’attente</h2>
      <ListeDonnees
        liste={liste}
        demande={demande}
        resultat={resultat}
        parPage={parPage}
        chemin={`${base}/suites`}
        fixes={{ seance: seance.id }}
        fichiers={{ base: '/comite/suites', formats: ['csv', 'xlsx', 'ods'] }}
        filtres={[
          { nom: 'q' },
          {
            nom: 'suite',
            choix: [
              { valeur: 'attente', texte: 'Liste d’attente' },
              { valeur: 'retenue', texte: 'Retenue' },
              { valeur: 'retiree', texte: 'Décision retirée' },
              { valeur: 'renoncee', texte: 'La structure a renoncé' },
            ],
          },
          { nom: 'departement', choix: departements },
        ]}
        cellules={{
          structure: ({ candidature, structure }) => (
            <a href={`${base}/dossiers/${candidature}`}>{structure}</a>
          ),
          suite: ({ id, suite, structure }) => (
            <>
              {suite}
              {administrateur && suite?.startsWith('Retenue') ? (
                <>
                  <br />
                  <a href={`${base}/suites/${id}/retirer`} aria-label={`Retirer la décision, ${structure}`}>
                    Retirer la décision
                  </a>
                </>
              ) : null}
            </>
          ),
        }}
        entete="structure"
        vide={<p>Cette séance n’a retenu aucune structure et n’en a mis aucune sur liste d’attente.</p>}
      />
    </Cadre>
  );
}

/** Asks before a decision is withdrawn. */
export function PageRetrait({
  seance,
  suite,
  vu,
}: {
  readonly seance: Seance;
  readonly suite: Suite;
  readonly vu: Vu;
}) {
  return (
    <Cadre
      seance={seance}
      onglet={null}
      administrateur
      vu={vu}
      titre={`Retirer la décision : ${suite.structure}`}
    >
      <Confirmation
        id="retirer"
        titre="Retirer cette décision ?"
        effets={[
          `${pluriel(suite.postes, 'poste redevient libre', 'postes redeviennent libres')}, avec leur montant`,
          'une lettre motivée part à la structure, avec les voies et délais de recours',
          'la structure n’est plus annoncée comme retenue',
        ]}
        action={`/comite/${seance.id}/suites/${suite.id}/retirer`}
        champs={{ version: String(suite.version) }}
        bouton="Retirer la décision"
        renoncer={{ texte: 'Revenir aux suites', href: `/comite/${seance.id}/suites` }}
        definitif
      >
        <p>
          Une décision qui crée des droits ne se retire que sur l’un des fondements du code des relations
          entre le public et l’administration. La lettre le cite.
        </p>
        <ChoixUnique
          nom="fondement"
          libelle="Fondement"
          obligatoire
          choix={fondementsDeRetrait.map((valeur) => ({ valeur, ...droitDuRetrait[valeur] }))}
          valeur={vu.saisie?.['fondement']}
          erreurs={vu.erreurs}
        />
        <ZoneTexte
          nom="motif"
          libelle="Motif"
          indication="Écrit dans la lettre à la structure."
          obligatoire
          lignes={4}
          longueur={3000}
          valeur={vu.saisie?.['motif']}
          erreurs={vu.erreurs}
        />
      </Confirmation>
    </Cadre>
  );
}
