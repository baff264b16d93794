import type { Evenement } from '../../platform/historique.ts';
import { ChampSaisie, type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';
import { Confirmation } from '../../platform/views/confirmation.tsx';
import { Historique } from '../../platform/views/historique.tsx';

/** What was done to one's own account, by whom and when. */
export function PageHistoriqueDuCompte(props: {
  readonly evenements: readonly Evenement[];
  readonly suite: string | undefined;
  readonly debut: string | undefined;
}) {
  return (
    <>
      <h1>Ce qui a été fait sur mon compte</h1>
      <p>
        Connexions, rôles donnés ou retirés, exports et changements, du plus récent au plus ancien. Si une
        ligne vous étonne, <a href="/compte">fermez vos autres appareils</a> et prévenez un administrateur.
      </p>
      <Historique nom="Historique de mon compte" vide="Rien n’est encore écrit." {...props} />
    </>
  );
}

/** What one may ask of what is held of oneself. */
export function PageMesDonnees() {
  return (
    <div class="maillage-etroit">
      <h1>Mes données</h1>
      <p>
        Voici comment obtenir ce que Maillage sait de vous, et comment le faire effacer.{' '}
        <a href="/donnees-personnelles">Ce que Maillage garde, pourquoi et combien de temps</a>.
      </p>
      <h2>Télécharger mes données</h2>
      <p>
        Le fichier contient tout ce qui vous concerne&nbsp;: compte, rôles, invitations, appareils, courriels
        et actes. Il ne contient aucun secret&nbsp;: ni lien de connexion, ni code.
      </p>
      <form method="post" action="/compte/donnees/telecharger">
        <div class="maillage-actions">
          <button class="fr-btn" type="submit" name="format" value="texte">
            Télécharger en texte lisible
          </button>
          <button class="fr-btn fr-btn--secondary" type="submit" name="format" value="json">
            Télécharger pour un programme (JSON)
          </button>
        </div>
      </form>
      <h2>Effacer mes données</h2>
      <p>Votre compte sera fermé et ce qu’il contient sera effacé. Vous verrez d’abord ce qui reste.</p>
      <p>
        <a class="fr-btn fr-btn--secondary" href="/compte/donnees/effacer">
          Effacer mes données
        </a>
      </p>
    </div>
  );
}

/** Asks before one's own erasure, saying what it does and what it leaves. */
export function PageEffacement(props: {
  readonly restes: readonly { readonly titre: string; readonly pourquoi: string }[];
  readonly erreurs: ErreursFormulaire;
  readonly saisie: string | undefined;
}) {
  const { restes, erreurs, saisie } = props;
  return (
    <div class="maillage-etroit">
      <h1>Effacer mes données</h1>
      <ResumeErreurs erreurs={erreurs} />
      <p>
        Pensez d’abord à <a href="/compte/donnees">télécharger vos données</a>&nbsp;: ensuite, ce ne sera plus
        possible.
      </p>
      <h2>Ce qui reste</h2>
      <ul>
        {restes.map(({ titre, pourquoi }) => (
          <li key={titre}>
            {titre}&nbsp;: {pourquoi}.
          </li>
        ))}
        <li>Les chiffres déjà comptés&nbsp;: ils ne disent rien de vous.</li>
      </ul>
      <Confirmation
        id="effacement"
        titre={'Fermer votre compte et effacer vos données\u00a0?'}
        effets={[
          'vous êtes déconnecté partout, aussitôt, et vous ne pouvez plus entrer\u00a0;',
          'vos rôles se terminent\u00a0;',
          'votre nom et votre adresse sont remplacés par un numéro, dans les minutes qui suivent\u00a0;',
          'vos appareils, vos courriels, vos invitations et vos moyens de connexion sont effacés.',
        ]}
        action="/compte/donnees/effacer"
        bouton="Effacer mes données"
        definitif
        renoncer={{ texte: 'Garder mon compte', href: '/compte/donnees' }}
      >
        <ChampSaisie
          nom="confirmation"
          libelle="Écrivez EFFACER pour confirmer"
          autocomplete="off"
          largeur="moyenne"
          obligatoire
          valeur={saisie}
          erreurs={erreurs}
        />
      </Confirmation>
    </div>
  );
}

/** Read by somebody who has no account any more. */
export function PageCompteEfface() {
  return (
    <div class="maillage-etroit">
      <h1>Votre compte est fermé</h1>
      <p class="fr-text--lead">
        Vous êtes déconnecté partout. Vos données s’effacent dans les minutes qui viennent.
      </p>
      <p>
        Le journal garde vos actes sous un numéro, sans votre nom ni votre adresse. Pour une question, voyez{' '}
        <a href="/donnees-personnelles">la page sur les données personnelles</a>.
      </p>
    </div>
  );
}
