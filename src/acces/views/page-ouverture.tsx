import {
  ChampSaisie,
  type ErreursFormulaire,
  ListeChoix,
  ResumeErreurs,
} from '../../platform/views/champs.tsx';

/** Asks for an account to apply with. */
export function PageOuvrirCompte({
  valeurs,
  erreurs,
  communes,
}: {
  readonly valeurs: Readonly<Record<string, string>>;
  readonly erreurs: ErreursFormulaire;
  /** To choose from, where the words mean several. */
  readonly communes: readonly { readonly code: string; readonly nom: string }[];
}) {
  const de = (nom: string) => ({ nom, valeur: valeurs[nom], erreurs, obligatoire: true });
  return (
    <div class="maillage-etroit">
      <h1>Ouvrir un compte pour candidater</h1>
      <ResumeErreurs erreurs={erreurs} />
      <p>
        Vous avez déjà un compte&nbsp;?{' '}
        <a class="fr-link" href="/connexion">
          Connectez-vous
        </a>
        . Votre structure a été retenue lors d’une vague précédente&nbsp;?{' '}
        <a class="fr-link" href="/revendication">
          Demandez son accès
        </a>
        .
      </p>
      <form method="post" action="/candidater/compte" novalidate>
        <h2>Vous</h2>
        <ChampSaisie {...de('prenom')} libelle="Prénom" autocomplete="given-name" />
        <ChampSaisie {...de('nom')} libelle="Nom" autocomplete="family-name" />
        <ChampSaisie
          {...de('courriel')}
          libelle="Adresse électronique"
          indication="La vôtre, pas celle d’un service. Par exemple prenom.nom@mairie.fr."
          type="courriel"
          autocomplete="email"
        />
        <h2>La structure</h2>
        <ChampSaisie
          {...de('identifiant')}
          libelle="SIRET"
          indication="14 chiffres. En Nouvelle-Calédonie le RIDET, en Polynésie française le n° TAHITI."
          autocomplete="off"
        />
        <ChampSaisie {...de('raison_sociale')} libelle="Nom officiel" autocomplete="organization" />
        <ChampSaisie
          {...de('commune')}
          libelle="Commune du siège"
          indication="Nom ou code postal, par exemple Laon ou 02000."
          autocomplete="off"
        />
        {communes.length === 0 ? null : (
          <ListeChoix
            nom="commune_choix"
            libelle="Choisir la commune"
            choix={communes.map(({ code, nom }) => ({ valeur: code, libelle: nom }))}
            valeur={valeurs['commune_choix']}
          />
        )}
        <button class="fr-btn" type="submit">
          Recevoir le lien de confirmation
        </button>
      </form>
    </div>
  );
}

/** Says alike, whoever asked, that a mail is on its way. */
export function PageOuvertureEnvoyee({ demonstration }: { readonly demonstration: boolean }) {
  return (
    <div class="maillage-etroit">
      <h1>Consultez votre messagerie</h1>
      <p class="fr-text--lead">
        Un lien de confirmation part à l’adresse que vous avez donnée. Rien n’est créé tant qu’il n’est pas
        confirmé.
      </p>
      <p>
        Il n’arrive pas&nbsp;? Regardez les courriers indésirables, puis{' '}
        <a class="fr-link" href="/candidater/compte">
          refaites la demande
        </a>
        .
      </p>
      {demonstration ? (
        <p>
          <a class="fr-link" href="/demonstration/courriels">
            Voir les courriels de la démonstration
          </a>
        </p>
      ) : null}
    </div>
  );
}

/** Asks before an account is made: programs that check mails open links, and press no button. */
export function PageConfirmerOuverture({
  nom,
  structure,
  secret,
}: {
  readonly nom: string;
  readonly structure: string;
  readonly secret: string;
}) {
  return (
    <div class="maillage-etroit">
      <h1>Confirmer votre adresse</h1>
      <p>
        Pour <strong>{nom}</strong>, qui souhaite candidater au nom de <strong>{structure}</strong>.
      </p>
      <form method="post" action={`/candidater/compte/${secret}`}>
        <button class="fr-btn" type="submit">
          Confirmer et ouvrir le compte
        </button>
      </form>
    </div>
  );
}

/** What became of a demand, and what to do. */
export function PageOuvertureFaite({
  titre,
  message,
  liens,
}: {
  readonly titre: string;
  readonly message: string;
  readonly liens: readonly { readonly texte: string; readonly href: string }[];
}) {
  return (
    <div class="maillage-etroit">
      <h1>{titre}</h1>
      <p class="fr-text--lead">{message}</p>
      <ul>
        {liens.map(({ texte, href }) => (
          <li key={href}>
            <a class="fr-link" href={href}>
              {texte}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
