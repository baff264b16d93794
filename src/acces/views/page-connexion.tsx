import { ChampSaisie, type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';
import { Alerte } from '../../platform/views/messages.tsx';

export type PageConnexionProps = {
  /** Where to go once signed in. */
  readonly retour: string | undefined;
  readonly courriel?: string | undefined;
  readonly fait?: 'deconnexion' | 'deconnexion_locale' | undefined;
  readonly demonstration: boolean;
  /** Name of the identity provider, where one is set. */
  readonly fournisseur: string | undefined;
  readonly erreurs: ErreursFormulaire;
};

/** The front door: identity provider, link by mail, and the doors of the demonstration. */
export function PageConnexion(props: PageConnexionProps) {
  const { retour, courriel, fait, demonstration, fournisseur, erreurs } = props;
  return (
    <div class="maillage-etroit">
      <h1>Se connecter</h1>
      <ResumeErreurs erreurs={erreurs} />
      {fait === 'deconnexion' ? (
        <Alerte ton="succes" titre="Vous êtes déconnecté" niveau={2}>
          <p>Sur un ordinateur partagé, fermez aussi le navigateur.</p>
        </Alerte>
      ) : null}
      {fait === 'deconnexion_locale' ? (
        <Alerte ton="attention" titre="Vous êtes déconnecté de Maillage" niveau={2}>
          <p>
            Mais {fournisseur ?? 'le fournisseur d’identité'} n’a pas pu être prévenu&nbsp;: vous y êtes
            peut-être encore connecté. Fermez toutes les fenêtres du navigateur.
          </p>
        </Alerte>
      ) : null}
      <p>
        Maillage est ouvert aux agents des préfectures, aux structures, aux conseillers et au comité de
        sélection. Pour chercher de l’aide près de chez vous,{' '}
        <a href="/recherche">aucun compte n’est demandé</a>.
      </p>
      {fournisseur === undefined ? null : (
        <section aria-labelledby="titre-fournisseur">
          <h2 id="titre-fournisseur">Avec {fournisseur}</h2>
          <form method="post" action="/connexion/oidc">
            {retour === undefined ? null : <input type="hidden" name="retour" value={retour} />}
            <button class="fr-btn" type="submit">
              Se connecter avec {fournisseur}
            </button>
          </form>
        </section>
      )}
      <section aria-labelledby="titre-lien">
        <h2 id="titre-lien">
          {fournisseur === undefined
            ? 'Par un lien envoyé par courriel'
            : 'Ou par un lien envoyé par courriel'}
        </h2>
        <form method="post" action="/connexion" novalidate>
          {retour === undefined ? null : <input type="hidden" name="retour" value={retour} />}
          <ChampSaisie
            nom="courriel"
            libelle="Adresse électronique"
            indication="Celle de votre compte, par exemple prenom.nom@exemple.fr."
            type="courriel"
            autocomplete="email"
            obligatoire
            valeur={courriel}
            erreurs={erreurs}
          />
          <button class="fr-btn" type="submit">
            Recevoir un lien de connexion
          </button>
        </form>
        <p class="fr-text--sm">
          Pas encore de compte&nbsp;? Un compte s’ouvre sur invitation&nbsp;: demandez-la à la préfecture de
          votre département ou au gestionnaire de votre structure. Une structure retenue peut aussi{' '}
          <a href="/revendication">demander son accès par courrier postal</a>.
        </p>
      </section>
      {demonstration ? (
        <section aria-labelledby="titre-demonstration">
          <h2 id="titre-demonstration">Démonstration</h2>
          <p>
            <a class="fr-btn fr-btn--secondary" href="/demonstration">
              Entrer dans un rôle de la démonstration
            </a>
          </p>
        </section>
      ) : null}
    </div>
  );
}

/** The same for every address: nobody learns who has an account. */
export function PageLienEnvoye({
  minutes,
  demonstration,
}: {
  readonly minutes: number;
  readonly demonstration: boolean;
}) {
  return (
    <div class="maillage-etroit">
      <h1>Consultez votre messagerie</h1>
      <p class="fr-text--lead">
        Si un compte existe pour l’adresse que vous avez écrite, un lien de connexion vient d’y être envoyé.
      </p>
      <ul>
        <li>Il sert une seule fois, pendant {minutes}&nbsp;minutes.</li>
        <li>Regardez aussi dans les courriers indésirables.</li>
        <li>
          Rien n’arrive&nbsp;? Vérifiez l’adresse et <a href="/connexion">recommencez</a>, ou demandez une
          invitation à la préfecture de votre département.
        </li>
      </ul>
      {demonstration ? (
        <p>
          Dans la démonstration, <a href="/demonstration/courriels">les courriels se lisent ici</a>.
        </p>
      ) : null}
    </div>
  );
}

/** Asks before the link is used: programs that check mails open links, and press no button. */
export function PageConfirmation({ secret, nom }: { readonly secret: string; readonly nom: string }) {
  return (
    <div class="maillage-etroit">
      <h1>Confirmer la connexion</h1>
      <p>
        Vous allez entrer dans Maillage en tant que <strong>{nom}</strong>.
      </p>
      <form method="post" action={`/connexion/lien/${secret}`}>
        <button class="fr-btn" type="submit">
          Me connecter
        </button>
      </form>
      <p class="fr-text--sm">
        Vous n’êtes pas cette personne&nbsp;? Fermez cette page&nbsp;: rien n’est fait.
      </p>
    </div>
  );
}

export function PageLienPerime({ message }: { readonly message: string }) {
  return (
    <div class="maillage-etroit">
      <h1>Ce lien ne sert plus</h1>
      <p class="fr-text--lead">{message}</p>
      <p>
        <a class="fr-btn" href="/connexion">
          Recevoir un nouveau lien
        </a>
      </p>
    </div>
  );
}
