import { dateLongue, instantLong, pluriel } from '../../../platform/francais/index.ts';
import type { Evenement } from '../../../platform/historique.ts';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { Historique } from '../../../platform/views/historique.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import type { Ouverture } from '../ouverture.rules.ts';
import { sortieDe } from '../ouverture.rules.ts';
import type { Candidature, Service } from '../store.ts';
import type { Situation } from '../suivi.rules.ts';
import type { Version } from '../versions.store.ts';
import { StatutCandidature } from './page-candidatures.tsx';

export type PageSuiviProps = {
  readonly candidature: Candidature;
  readonly etat: string;
  readonly ouverture: Ouverture;
  readonly situation: Situation;
  readonly versions: readonly Version[];
  readonly change: boolean;
  readonly service: Service;
  readonly historique: readonly Evenement[];
  readonly lettres: readonly { readonly id: string; readonly nom: string }[];
  readonly motif: string | null;
  /** Messages of the préfecture that the reader has not read. */
  readonly nonLus: number;
  readonly fait: string | undefined;
};

const sorties = {
  abandonner: 'Abandonner ce brouillon',
  retirer: 'Retirer la candidature',
  se_desister: 'Renoncer aux postes obtenus',
} as const;

/** Where an application stands, what comes next, when, and whom to ask. */
export function PageSuivi(props: PageSuiviProps) {
  const {
    candidature,
    etat,
    ouverture,
    situation,
    versions,
    change,
    service,
    historique,
    lettres,
    motif,
    nonLus,
    fait,
  } = props;
  const { id, numero, vague, structure, porteur, correction, statut } = candidature;
  const sortie = sortieDe(statut);
  return (
    <>
      <h1>
        Candidature n°&nbsp;{numero}, {vague.nom}
      </h1>
      {fait === undefined ? null : <ActeFait>{fait}</ActeFait>}
      <p>
        {structure.nom} <StatutCandidature statut={statut} libelle={etat} />
      </p>
      <section aria-labelledby="ou">
        <h2 id="ou">Où en est-elle&nbsp;?</h2>
        <p class="fr-text--lead">{situation.maintenant}</p>
        {motif === null ? null : <p class="maillage-texte-libre">Motif de la décision&nbsp;: {motif}</p>}
        {situation.ensuite === null ? null : <p>{situation.ensuite}</p>}
        {correction === null ? null : (
          <Alerte ton="attention" titre="Correction demandée" niveau={3}>
            <p class="maillage-texte-libre">{correction.demande}</p>
            <p>À renvoyer au plus tard le {dateLongue(correction.echeance)}.</p>
          </Alerte>
        )}
        {(ouverture.mode === 'modification' || ouverture.mode === 'correction') && change ? (
          <Alerte ton="attention">
            Vous avez des modifications qui ne sont pas déposées&nbsp;: seule compte la candidature déposée.{' '}
            <a href={`/candidatures/${id}/annulation`}>Revenir au dernier dépôt</a>
          </Alerte>
        ) : null}
        {statut === 'abandonnee' || statut === 'retiree' ? (
          <p>
            {vague.etat === 'ouverte' ? (
              <a class="fr-link" href={`/candidatures/nouvelle?vague=${vague.id}`}>
                Commencer une autre candidature à cette vague
              </a>
            ) : (
              <a class="fr-link" href="/candidatures">
                Voir vos candidatures et les vagues
              </a>
            )}
          </p>
        ) : null}
        <div class="maillage-actions">
          {ouverture.mode === 'lecture' ? null : (
            <a class="fr-btn" href={`/candidatures/${id}/formulaire`}>
              {ouverture.mode === 'brouillon'
                ? 'Continuer à remplir'
                : ouverture.mode === 'correction'
                  ? 'Faire les corrections'
                  : 'Modifier la candidature'}
            </a>
          )}
          <a class="fr-link" href={`/candidatures/${id}/recapitulatif`}>
            {ouverture.mode === 'lecture' ? 'Relire les réponses' : 'Récapitulatif et dépôt'}
          </a>
          {statut === 'brouillon' || statut === 'abandonnee' ? null : (
            <a class="fr-link" href={`/candidatures/${id}/messages`}>
              Messages avec la préfecture
              {nonLus > 0 ? ` (${pluriel(nonLus, 'non lu', 'non lus')})` : ''}
            </a>
          )}
        </div>
      </section>
      {lettres.length === 0 ? null : (
        <section aria-labelledby="lettres">
          <h2 id="lettres">Décision</h2>
          <ul>
            {lettres.map((lettre) => (
              <li key={lettre.id}>
                <a class="fr-link" href={`/candidatures/${id}/lettres/${lettre.id}`}>
                  {lettre.nom}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {versions.length === 0 ? null : (
        <section aria-labelledby="depots">
          <h2 id="depots">Dépôts</h2>
          <ul>
            {versions.map((version) => (
              <li key={version.id}>
                Dépôt n°&nbsp;{version.numero}, le {instantLong(version.deposeeLe)}
                {version.auteur === null ? '' : `, par ${version.auteur}`}&nbsp;:{' '}
                <a class="fr-link" href={`/candidatures/${id}/versions/${version.numero}`}>
                  relire<span class="fr-sr-only"> le dépôt n°&nbsp;{version.numero}</span>
                </a>
                ,{' '}
                <a class="fr-link" href={`/candidatures/${id}/accuse/${version.numero}`}>
                  accusé de réception<span class="fr-sr-only"> du dépôt n°&nbsp;{version.numero}</span> (PDF)
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="qui">
        <h2 id="qui">À qui demander&nbsp;?</h2>
        <p>
          {service.nom.join(', ')}
          {service.adresse.length === 0 ? '' : `, ${service.adresse.join(', ')}`}
          {service.contact === null ? '' : `. Contact\u00a0: ${service.contact}`}
        </p>
        <p>
          {porteur === null
            ? 'Personne ne porte cette candidature.'
            : porteur.actif
              ? `Dans votre structure, ${porteur.nom} la porte.`
              : `${porteur.nom} la portait, et ne gère plus la structure.`}{' '}
          <a class="fr-link" href={`/candidatures/${id}/equipe`}>
            Qui écrit, qui dépose
          </a>
        </p>
      </section>
      <section aria-labelledby="histoire">
        <h2 id="histoire">Historique</h2>
        <Historique evenements={historique} nom="Historique de la candidature" vide="Rien encore." />
      </section>
      {sortie === undefined ? null : (
        <p>
          <a class="fr-link" href={`/candidatures/${id}/sortie`}>
            {sorties[sortie]}
          </a>
        </p>
      )}
    </>
  );
}
