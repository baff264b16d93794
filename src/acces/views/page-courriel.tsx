import { ChampSaisie, type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';

/** Asks for another address of one's own. */
export function PageChangerCourriel({
  actuel,
  valeur,
  erreurs,
}: {
  readonly actuel: string;
  readonly valeur: string | undefined;
  readonly erreurs: ErreursFormulaire;
}) {
  return (
    <div class="maillage-etroit">
      <h1>Changer d’adresse électronique</h1>
      <ResumeErreurs erreurs={erreurs} />
      <p>
        Adresse actuelle&nbsp;: <strong class="maillage-tableau__brut">{actuel}</strong>
      </p>
      <p>
        Un lien part à la nouvelle adresse. Rien ne change tant qu’il n’est pas ouvert et confirmé&nbsp;;
        l’ancienne adresse est ensuite prévenue.
      </p>
      <form method="post" action="/compte/courriel" novalidate>
        <ChampSaisie
          nom="courriel"
          libelle="Nouvelle adresse électronique"
          indication="Par exemple prenom.nom@exemple.fr."
          type="courriel"
          autocomplete="email"
          obligatoire
          valeur={valeur}
          erreurs={erreurs}
        />
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            Envoyer le lien
          </button>
          <a class="fr-link" href="/compte">
            Ne rien changer
          </a>
        </div>
      </form>
    </div>
  );
}

/** Asks before the address changes: programs that check mails open links, and press no button. */
export function PageConfirmerCourriel({
  nom,
  courriel,
  secret,
}: {
  readonly nom: string;
  readonly courriel: string;
  readonly secret: string;
}) {
  return (
    <div class="maillage-etroit">
      <h1>Confirmer votre nouvelle adresse</h1>
      <p>
        {courriel} deviendra l’adresse du compte de <strong>{nom}</strong>. L’ancienne adresse ne permettra
        plus d’y entrer.
      </p>
      <form method="post" action={`/compte/courriel/${secret}`}>
        <button class="fr-btn" type="submit">
          Confirmer cette adresse
        </button>
      </form>
    </div>
  );
}

/** Says what became of a demand or of a link. */
export function PageAvis({
  titre,
  message,
  lien,
}: {
  readonly titre: string;
  readonly message: string;
  readonly lien: { readonly texte: string; readonly href: string };
}) {
  return (
    <div class="maillage-etroit">
      <h1>{titre}</h1>
      <p class="fr-text--lead">{message}</p>
      <p>
        <a class="fr-btn" href={lien.href}>
          {lien.texte}
        </a>
      </p>
    </div>
  );
}
