import { dateLongue, euros, nombre, pluriel } from '../../../platform/francais/index.ts';
import { ChampSaisie, ZoneTexte } from '../../../platform/views/champs.tsx';
import { Confirmation } from '../../../platform/views/confirmation.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import type { DelibereeAClore, PrefectureARegler } from '../cloture.store.ts';
import type { ConflitDeclare } from '../conflits.store.ts';
import type { Seance } from '../seances.store.ts';
import { Cadre, nomDeSeance, type Vu } from './cadre.tsx';

const dossierDe = (seance: Seance, id: string): string => `/comite/${seance.id}/dossiers/${id}`;

/** Files that are named one by one: the others are counted. */
const nommes = 50;

function Dossiers({
  seance,
  dossiers,
}: {
  readonly seance: Seance;
  readonly dossiers: readonly DelibereeAClore[];
}) {
  const autres = dossiers.length - nommes;
  return (
    <ul>
      {dossiers.slice(0, nommes).map(({ id, candidatureId, numero, structure }) => (
        <li key={id}>
          <a href={dossierDe(seance, candidatureId)}>
            Candidature n° {numero}, {structure}
          </a>
        </li>
      ))}
      {autres > 0 ? <li>et {pluriel(autres, 'autre', 'autres')}</li> : null}
    </ul>
  );
}

/** The préfectures whose letters would lack something, what they would say, and who can set it. */
function Prefectures({
  prefectures,
  administrateur,
}: {
  readonly prefectures: readonly PrefectureARegler[];
  readonly administrateur: boolean;
}) {
  if (prefectures.length === 0) return null;
  const adresse = prefectures.some(({ sansAdresse }) => sansAdresse);
  const signataire = prefectures.some(({ sansSignataire }) => sansSignataire);
  return (
    <Alerte
      ton="attention"
      titre={pluriel(
        prefectures.length,
        'préfecture n’a pas réglé ses lettres',
        'préfectures n’ont pas réglé leurs lettres',
      )}
      niveau={2}
    >
      {adresse ? (
        <p>
          Sans adresse, la lettre ne porte en tête que le nom de la préfecture, et ne dit pas où écrire un
          recours gracieux.
        </p>
      ) : null}
      {signataire ? (
        <p>Sans signataire, elle finit par le nom de la préfecture, sans nom ni qualité de qui signe.</p>
      ) : null}
      <p>
        {administrateur
          ? 'Réglez-les avant de clore, ou demandez-le à la préfecture\u00a0: une lettre écrite ne se refait pas.'
          : 'Avant de clore, demandez à la préfecture, ou à un administrateur, de les régler\u00a0: une lettre écrite ne se refait pas.'}
      </p>
      <ul>
        {prefectures.map(({ code, nom, sansAdresse, sansSignataire }) => (
          <li key={code}>
            {administrateur ? <a href={`/prefecture/reglages/${code}`}>{nom}</a> : nom}
            {'\u00a0: '}
            {[sansAdresse ? 'pas d’adresse' : '', sansSignataire ? 'pas de signataire' : '']
              .filter(Boolean)
              .join(', ')}
          </li>
        ))}
      </ul>
    </Alerte>
  );
}

/** What closing will make, what it leaves, and the button. */
export function PageCloture({
  seance,
  deliberees,
  nonDecidees,
  prefectures,
  cachees,
  administrateur,
  vu,
}: {
  readonly seance: Seance;
  readonly deliberees: readonly DelibereeAClore[];
  /** Files of the wave that it leaves undecided. */
  readonly nonDecidees: number;
  readonly prefectures: readonly PrefectureARegler[];
  /** Deliberations that the reader does not see. */
  readonly cachees: number;
  readonly administrateur: boolean;
  readonly vu: Vu;
}) {
  const prises = deliberees.filter(({ sortie }) => !sortie);
  const sorties = deliberees.filter(({ sortie }) => sortie);
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
      {nonDecidees === 0 ? null : (
        <Alerte
          ton="attention"
          titre={pluriel(nonDecidees, 'dossier n’est pas décidé', 'dossiers ne sont pas décidés')}
          niveau={2}
        >
          <p>
            {nonDecidees === 1 ? 'Il attendra' : 'Ils attendront'} la prochaine séance sur cette vague, sans
            lettre à la structure. Pour prévenir la structure, ajournez plutôt le dossier, avec un motif.
          </p>
          <p>
            <a href={`/comite/${seance.id}/decisions?decision=a_decider`}>Voir ces dossiers</a>
          </p>
        </Alerte>
      )}
      {sorties.length === 0 ? null : (
        <Alerte
          ton="attention"
          titre={pluriel(sorties.length, 'décision ne tient plus', 'décisions ne tiennent plus')}
          niveau={2}
        >
          <p>
            Ces candidatures ont été retirées, renvoyées ou déposées à nouveau depuis&nbsp;: leur décision
            sera annulée et leurs postes libérés. Décidez à nouveau de celles qui sont instruites.
          </p>
          <Dossiers seance={seance} dossiers={sorties} />
        </Alerte>
      )}
      {bloquees.length === 0 ? null : (
        <Alerte ton="erreur" titre="Des structures ne sont pas vérifiées" niveau={2}>
          <p>La séance ne peut pas être close. Faites confirmer leur numéro, ou ajournez leur dossier.</p>
          <Dossiers seance={seance} dossiers={bloquees} />
        </Alerte>
      )}
      <Prefectures prefectures={prefectures} administrateur={administrateur} />
      {cachees > 0 ? (
        <Alerte ton="erreur" titre="Vous ne pouvez pas clore cette séance" niveau={2}>
          <p>
            Un conflit d’intérêts ou votre territoire vous cache {pluriel(cachees, 'décision', 'décisions')}.
            Faites clore la séance par une personne qui les voit toutes&nbsp;: le président, le secrétaire ou
            un administrateur.
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

/** Reopens a closed session for a reason, or says why it is not reopened any more. */
export function Reouverture({
  base,
  version,
  empechement,
  vu,
}: {
  readonly base: string;
  readonly version: number;
  readonly empechement: string | undefined;
  readonly vu: Vu;
}) {
  if (empechement !== undefined)
    return (
      <section aria-labelledby="rouvrir">
        <h2 id="rouvrir">Rouvrir la séance</h2>
        <p>{empechement}</p>
      </section>
    );
  return (
    <Confirmation
      id="rouvrir"
      titre="Rouvrir la séance ?"
      effets={[
        'les candidatures redeviennent à décider, avec ce que la séance avait choisi, que vous pourrez changer avant de la clore de nouveau\u00a0;',
        'les lettres déjà parties restent chez les structures\u00a0: un courriel prévient chacune que sa décision est reprise\u00a0;',
        'à la nouvelle clôture, une décision qui a changé fait une nouvelle lettre, qui annule et remplace la première\u00a0; une décision restée la même est confirmée par un courriel, sans nouvelle lettre\u00a0;',
        'le nouveau procès-verbal annule et remplace le premier.',
      ]}
      action={`${base}/rouvrir`}
      champs={{ version: String(version) }}
      bouton="Rouvrir la séance"
      renoncer={{ texte: 'Garder la séance close', href: '/comite' }}
    >
      <p>Une décision annoncée, retirée ou promue depuis la clôture empêche de rouvrir.</p>
      <ZoneTexte
        nom="motif"
        libelle="Motif"
        indication="Il est gardé au journal."
        obligatoire
        lignes={3}
        longueur={500}
        valeur={vu.saisie?.['motif']}
        erreurs={vu.erreurs}
      />
    </Confirmation>
  );
}
