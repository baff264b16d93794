import { ChoixMultiples, ListeChoix } from '../../../platform/views/champs.tsx';
import { ActeFait } from '../../../platform/views/confirmation.tsx';
import { Alerte } from '../../../platform/views/messages.tsx';
import type { Gestionnaire } from '../equipe.store.ts';
import type { Candidature } from '../store.ts';

/** Who writes an application, who submits it, who carries it. */
export function PageEquipe({
  candidature,
  retour,
  gestionnaires,
  moi,
  peutChanger,
  refus,
  fait,
}: {
  readonly candidature: Candidature;
  /** Where the reader comes from. */
  readonly retour: string;
  readonly gestionnaires: readonly Gestionnaire[];
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
