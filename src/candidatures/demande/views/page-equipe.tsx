import { ChoixMultiples, ListeChoix } from '../../../platform/views/champs.tsx';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import type { Gestionnaire, InvitationEnAttente } from '../equipe.store.ts';
import type { Candidature } from '../store.ts';

/** Who writes an application, who submits it, who carries it. */
export function PageEquipe({
  candidature,
  retour,
  gestionnaires,
  invitations,
  moi,
  peutChanger,
  refus,
  fait,
}: {
  readonly candidature: Candidature;
  /** Where the reader comes from. */
  readonly retour: string;
  readonly gestionnaires: readonly Gestionnaire[];
  readonly invitations: readonly InvitationEnAttente[];
  readonly moi: string;
  readonly peutChanger: boolean;
  readonly refus: string | undefined;
  readonly fait: string | undefined;
}) {
  const { id, porteur, depositaires, structure } = candidature;
  const autres = gestionnaires.filter((personne) => personne.id !== porteur?.id);
  return (
    <div class="maillage-etroit">
      <h1>Qui écrit, qui dépose la candidature n°&nbsp;{candidature.numero}</h1>
      {fait === undefined ? null : <ActeFait>{fait}</ActeFait>}
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <p>
        Toutes les personnes qui gèrent {structure.nom} peuvent écrire la candidature. La personne qui la
        porte la dépose, et peut le permettre à d’autres.
      </p>
      <p>
        {porteur === null ? (
          'Personne ne porte la candidature.'
        ) : (
          <>
            <strong>{porteur.nom}</strong> porte la candidature
            {porteur.actif ? '.' : ', mais ne gère plus la structure\u00a0: choisissez quelqu’un d’autre.'}
          </>
        )}
      </p>
      {autres.length === 0 ? (
        <p>
          Personne d’autre ne gère la structure.{' '}
          <a class="fr-link" href="/invitations/nouvelle">
            Inviter une personne
          </a>
        </p>
      ) : null}
      {invitations.length === 0 ? null : (
        <section aria-labelledby="invitations">
          <h2 id="invitations">Invitations en attente</h2>
          <ul>
            {invitations.map((invitation) => (
              <li key={invitation.id}>
                {invitation.nom}, {invitation.expiree ? 'invitation expirée' : 'invitation envoyée'}&nbsp;:{' '}
                <a class="fr-link" href={`/invitations/${invitation.id}`}>
                  la renvoyer ou la révoquer<span class="fr-sr-only">, pour {invitation.nom}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {porteur?.id === moi && autres.length > 0 ? (
        <section aria-labelledby="depositaires">
          <h2 id="depositaires">Permettre de déposer</h2>
          <form method="post" action={`/candidatures/${id}/equipe/depositaires`}>
            <ChoixMultiples
              nom="permis"
              libelle="Ces personnes peuvent aussi déposer et retirer la candidature"
              choix={autres.map((personne) => ({ valeur: personne.id, libelle: personne.nom }))}
              valeurs={depositaires}
            />
            <button class="fr-btn fr-btn--secondary" type="submit">
              Enregistrer
            </button>
          </form>
        </section>
      ) : null}
      {peutChanger && autres.length > 0 ? (
        <section aria-labelledby="porteur">
          <h2 id="porteur">Changer la personne qui porte la candidature</h2>
          <form method="post" action={`/candidatures/${id}/equipe/porteur`} novalidate>
            <ListeChoix
              nom="nouveau"
              libelle="Nouvelle personne"
              indication="Elle est prévenue par courriel."
              obligatoire
              choix={autres.map((personne) => ({ valeur: personne.id, libelle: personne.nom }))}
            />
            <button class="fr-btn fr-btn--secondary" type="submit">
              Lui passer la candidature
            </button>
          </form>
        </section>
      ) : null}
      <p>
        <a class="fr-link" href={retour}>
          Revenir à la candidature
        </a>
      </p>
    </div>
  );
}
