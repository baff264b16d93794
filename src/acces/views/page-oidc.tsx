export type PageOidcRefusProps = {
  readonly titre: string;
  readonly message: string;
  /** What to do about it. */
  readonly conseil: string;
  readonly fournisseur: string;
  readonly retour: string | undefined;
  /** Somebody else may sit before this browser: the provider asks again who it is. */
  readonly autre: boolean;
};

/** Says why the identity provider did not let somebody in, and what to do. */
export function PageOidcRefus({ titre, message, conseil, fournisseur, retour, autre }: PageOidcRefusProps) {
  return (
    <div class="maillage-etroit">
      <h1>{titre}</h1>
      <p class="fr-text--lead">{message}</p>
      <p>{conseil}</p>
      <form method="post" action="/connexion/oidc">
        {retour === undefined ? null : <input type="hidden" name="retour" value={retour} />}
        {autre ? <input type="hidden" name="autre" value="oui" /> : null}
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            {autre ? `Choisir un autre compte ${fournisseur}` : `Réessayer avec ${fournisseur}`}
          </button>
          <a class="fr-link" href="/connexion">
            Recevoir un lien par courriel
          </a>
        </div>
      </form>
    </div>
  );
}
