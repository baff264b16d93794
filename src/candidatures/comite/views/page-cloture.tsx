import { dateLongue, euros, nombre, pluriel } from '../../../platform/francais/index.ts';
import { ChampSaisie, ZoneTexte } from '../../../platform/views/champs.tsx';
import { Confirmation } from '../../../platform/views/confirmation.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import { Tableau } from '../../../platform/views/tableau.tsx';
import type { DelibereeAClore, NonDecidee } from '../cloture.store.ts';
import type { ConflitDeclare } from '../conflits.store.ts';
import type { Seance } from '../seances.store.ts';
import type { Suite } from '../suites.store.ts';
import { Cadre, nomDeSeance, type Vu } from './cadre.tsx';

const dossierDe = (seance: Seance, id: string): string => `/comite/${seance.id}/dossiers/${id}`;

/** What closing will make, what it leaves, and the button. */
export function PageCloture({
  seance,
  deliberees,
  nonDecidees,
  cachees,
  administrateur,
  vu,
}: {
  readonly seance: Seance;
  readonly deliberees: readonly DelibereeAClore[];
  readonly nonDecidees: readonly NonDecidee[];
  /** Deliberations that the reader does not see. */
  readonly cachees: number;
  readonly administrateur: boolean;
  readonly vu: Vu;
}) {
  const prises = deliberees.filter(({ statut }) => statut === 'instruite');
  const sorties = deliberees.filter(({ statut }) => statut !== 'instruite');
  const bloquees = prises.filter(({ aVerifier, resultat }) => aVerifier && resultat !== 'ajournee');
  const compte = (resultat: string) => prises.filter((prise) => prise.resultat === resultat).length;
  const postes = prises.reduce((sum, prise) => sum + prise.postes, 0);
  const montant = prises.reduce((sum, prise) => sum + prise.montant, 0);
  return (
    <Cadre
      seance={seance}
      onglet={null}
      administrateur={administrateur}
      vu={vu}
      titre={`Clore la ${nomDeSeance(seance).toLowerCase()}`}
    >
      {nonDecidees.length === 0 ? null : (
        <Alerte
          ton="attention"
          titre={pluriel(nonDecidees.length, 'dossier n’est pas décidé', 'dossiers ne sont pas décidés')}
          niveau={2}
        >
          <p>
            {nonDecidees.length === 1 ? 'Il attendra' : 'Ils attendront'} la prochaine séance sur cette vague,
            sans lettre à la structure. Pour prévenir la structure, ajournez plutôt le dossier, avec un motif.
          </p>
          <details>
            <summary>Voir ces dossiers</summary>
            <ul>
              {nonDecidees.map(({ id, numero, structure }) => (
                <li key={id}>
                  <a href={dossierDe(seance, id)}>
                    Candidature n° {numero}, {structure}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        </Alerte>
      )}
      {sorties.length === 0 ? null : (
        <Alerte
          ton="attention"
          titre={pluriel(sorties.length, 'décision ne tient plus', 'décisions ne tiennent plus')}
          niveau={2}
        >
          <p>
            Ces candidatures ont été retirées ou renvoyées depuis&nbsp;: leur décision sera annulée et leurs
            postes libérés.
          </p>
          <ul>
            {sorties.map(({ id, numero, structure }) => (
              <li key={id}>
                Candidature n° {numero}, {structure}
              </li>
            ))}
          </ul>
        </Alerte>
      )}
      {bloquees.length === 0 ? null : (
        <Alerte ton="erreur" titre="Des structures ne sont pas vérifiées" niveau={2}>
          <p>La séance ne peut pas être close. Faites confirmer leur numéro, ou ajournez leur dossier.</p>
          <ul>
            {bloquees.map(({ id, candidatureId, numero, structure }) => (
              <li key={id}>
                <a href={dossierDe(seance, candidatureId)}>
                  Candidature n° {numero}, {structure}
                </a>
              </li>
            ))}
          </ul>
        </Alerte>
      )}
      {cachees > 0 ? (
        <Alerte ton="erreur" titre="Vous ne pouvez pas clore cette séance" niveau={2}>
          <p>
            Un conflit d’intérêts ou votre territoire vous cache {pluriel(cachees, 'décision', 'décisions')}.
            Faites clore la séance par le président, le secrétaire ou un administrateur qui les voit toutes.
          </p>
        </Alerte>
      ) : (
        <Confirmation
          id="confirmer"
          titre="Clore la séance ?"
          effets={[
            `${pluriel(prises.length, 'décision est prise', 'décisions sont prises')} : ${pluriel(compte('retenue'), 'retenue', 'retenues')}, ${pluriel(compte('refusee'), 'refusée', 'refusées')}, ${pluriel(compte('ajournee'), 'ajournée', 'ajournées')}, ${nombre(compte('liste_attente'))} sur liste d’attente`,
            `${pluriel(postes, 'poste est accordé', 'postes sont accordés')}, pour ${euros(montant)}`,
            `${pluriel(prises.length, 'lettre part', 'lettres partent')} aux structures, avec leurs motifs`,
            'le procès-verbal est écrit',
            'rien n’est annoncé au public : chaque préfecture l’annonce ensuite',
            'plus rien ne se décide dans cette séance ; un administrateur peut la rouvrir, avec un motif, tant que rien n’est annoncé',
          ]}
          action={`/comite/${seance.id}/cloture`}
          champs={{ version: String(seance.version) }}
          bouton="Clore la séance"
          renoncer={{ texte: 'Revenir aux décisions', href: `/comite/${seance.id}/decisions` }}
        />
      )}
    </Cadre>
  );
}

/** Conflicts of interest on the files of a session; lifting one. */
export function PageConflits({
  seance,
  conflits,
  vu,
}: {
  readonly seance: Seance;
  readonly conflits: readonly ConflitDeclare[];
  readonly vu: Vu;
}) {
  return (
    <Cadre
      seance={seance}
      onglet="conflits"
      administrateur
      vu={vu}
      titre={`Conflits d’intérêts – ${nomDeSeance(seance)}`}
    >
      <p>Un membre en conflit d’intérêts ne voit pas le dossier et ne vote pas sur lui.</p>
      {conflits.length === 0 ? <p>Aucun conflit d’intérêts n’est déclaré.</p> : null}
      {conflits.map((conflit) => {
        const nom = `motif_${conflit.candidatureId}_${conflit.personneId}`;
        return (
          <section key={nom} aria-labelledby={`titre_${nom}`}>
            <h2 id={`titre_${nom}`}>
              {conflit.membre}, candidature n° {conflit.numero}
            </h2>
            <p>
              <a href={dossierDe(seance, conflit.candidatureId)}>{conflit.structure}</a>, déclaré le{' '}
              {dateLongue(conflit.declareLe)}&nbsp;:
            </p>
            <p class="maillage-commentaire">{conflit.motif}</p>
            <form method="post" action={`/comite/${seance.id}/conflits/lever`} novalidate>
              <input type="hidden" name="candidature" value={conflit.candidatureId} />
              <input type="hidden" name="personne" value={conflit.personneId} />
              <ChampSaisie
                nom={nom}
                libelle="Pourquoi lever ce conflit"
                obligatoire
                longueur={500}
                valeur={vu.saisie?.[nom]}
                erreurs={vu.erreurs}
              />
              <button class="fr-btn fr-btn--secondary" type="submit">
                Lever ce conflit
              </button>
            </form>
          </section>
        );
      })}
    </Cadre>
  );
}

/** What became of the decisions of a closed session: waiting list, withdrawals. */
export function PageSuites({
  seance,
  suites,
  administrateur,
  vu,
}: {
  readonly seance: Seance;
  readonly suites: readonly Suite[];
  readonly administrateur: boolean;
  readonly vu: Vu;
}) {
  const attente = suites.filter(({ statut }) => statut === 'liste_attente');
  const retenues = suites.filter(({ resultat }) => resultat === 'retenue');
  const [premier] = attente;
  return (
    <Cadre
      seance={seance}
      onglet="suites"
      administrateur={administrateur}
      vu={vu}
      titre={`Suites – ${nomDeSeance(seance)}`}
    >
      <h2>Liste d’attente</h2>
      <Tableau
        legende="Dossiers sur liste d’attente"
        legendeMasquee
        colonnes={[
          { cle: 'rang', titre: 'Rang', cellule: ({ rang }) => nombre(rang ?? 0) },
          {
            cle: 'structure',
            titre: 'Structure',
            entete: true,
            cellule: ({ candidatureId, structure }) => (
              <a href={dossierDe(seance, candidatureId)}>{structure}</a>
            ),
          },
          {
            cle: 'postes',
            titre: 'Postes demandés',
            numerique: true,
            cellule: ({ postesDemandes }) => nombre(postesDemandes),
          },
        ]}
        lignes={attente}
        cle={({ id }) => id}
        vide="Plus aucun dossier n’attend."
      />
      {administrateur && premier !== undefined ? (
        <Confirmation
          id="promouvoir"
          titre={`Retenir ${premier.structure}, au rang ${premier.rang ?? ''} ?`}
          effets={[
            'ses postes et leur montant sont engagés, si l’enveloppe, l’objectif et les quotas le permettent',
            'une lettre part à la structure',
            'la préfecture pourra annoncer cette décision',
          ]}
          action={`/comite/${seance.id}/suites/${premier.id}/promouvoir`}
          champs={{ version: String(premier.version) }}
          bouton="Retenir ce dossier"
          renoncer={{ texte: 'Revenir à la séance', href: `/comite/${seance.id}` }}
        >
          <ChampSaisie
            nom="postes"
            libelle="Postes accordés"
            type="entier"
            obligatoire
            valeur={vu.saisie?.['postes'] ?? String(premier.postesDemandes)}
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
      ) : null}
      <h2>Structures retenues</h2>
      <Tableau
        legende="Structures retenues"
        legendeMasquee
        colonnes={[
          {
            cle: 'structure',
            titre: 'Structure',
            cellule: ({ candidatureId, structure }) => (
              <a href={dossierDe(seance, candidatureId)}>{structure}</a>
            ),
          },
          { cle: 'postes', titre: 'Postes', numerique: true, cellule: ({ postes }) => nombre(postes) },
          {
            cle: 'suite',
            titre: 'Suite',
            cellule: ({ retireeLe, retraitMotif, promue }) =>
              retireeLe !== null
                ? `retirée le ${dateLongue(retireeLe)} : ${retraitMotif ?? ''}`
                : promue
                  ? 'venue de la liste d’attente'
                  : '',
          },
          ...(administrateur
            ? [
                {
                  cle: 'retirer',
                  titre: 'Retirer',
                  cellule: ({ id, structure, statut }: Suite) =>
                    statut === 'retenue' ? (
                      <a
                        href={`/comite/${seance.id}/suites/${id}/retirer`}
                        aria-label={`Retirer la décision, ${structure}`}
                      >
                        Retirer la décision
                      </a>
                    ) : null,
                },
              ]
            : []),
        ]}
        lignes={retenues}
        cle={({ id }) => id}
        vide="Aucune structure n’est retenue."
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
          Une décision qui crée des droits ne se retire que si elle est illégale, et dans les quatre mois
          (code des relations entre le public et l’administration, article L242-1).
        </p>
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
