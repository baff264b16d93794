import { dateLongue, de } from '../../platform/francais/index.ts';
import { Alerte } from '../../platform/views/messages.tsx';
import type { InvitationLue } from '../invitations/invitations.store.ts';
import { nomDeRole } from '../rules.ts';

/** What an invitation proposes, and the button that takes it up. */
export function PageInvitation({
  invitation,
  secret,
  autre,
}: {
  readonly invitation: InvitationLue;
  readonly secret: string;
  /** Somebody else is signed in here. */
  readonly autre: string | undefined;
}) {
  const { prenom, nom, courriel, role, lieu, inviteur, supplee, du, fin, motif } = invitation;
  return (
    <div class="maillage-etroit">
      <h1>Votre invitation</h1>
      <p class="fr-text--lead">
        Bonjour {prenom} {nom}. {inviteur ?? 'L’administration du programme'} vous invite à entrer dans
        Maillage.
      </p>
      <dl class="maillage-fiche">
        <div>
          <dt>Rôle</dt>
          <dd>
            {nomDeRole(role, lieu)}
            {supplee === null ? '' : `, en suppléance ${de(supplee)}`}
          </dd>
        </div>
        {du === null ? null : (
          <div>
            <dt>À partir du</dt>
            <dd>{dateLongue(du)}</dd>
          </div>
        )}
        <div>
          <dt>Jusqu’au</dt>
          <dd>{fin === null ? 'sans date de fin' : dateLongue(fin)}</dd>
        </div>
        <div>
          <dt>Motif</dt>
          <dd class="maillage-tableau__brut">{motif}</dd>
        </div>
        <div>
          <dt>Adresse du compte</dt>
          <dd class="maillage-tableau__brut">{courriel}</dd>
        </div>
      </dl>
      {autre === undefined ? null : (
        <Alerte ton="attention" titre="Quelqu’un d’autre est connecté ici" niveau={2}>
          <p>
            Ce navigateur est connecté au compte {de(autre)}. Si vous acceptez, ce compte sera déconnecté et
            le rôle ira au compte {courriel}.
          </p>
        </Alerte>
      )}
      <form method="post" action={`/invitation/${secret}`}>
        <button class="fr-btn" type="submit">
          Accepter et entrer dans Maillage
        </button>
      </form>
      <p class="fr-text--sm">
        Vous n’êtes pas cette personne, ou vous ne voulez pas de ce rôle&nbsp;? Fermez cette page&nbsp;: rien
        n’est fait.
      </p>
    </div>
  );
}

/** A link that opens nothing any more, and what to do. */
export function PageInvitationFermee({ message }: { readonly message: string }) {
  return (
    <div class="maillage-etroit">
      <h1>Cette invitation ne peut pas être acceptée</h1>
      <p class="fr-text--lead">{message}</p>
      <p>
        <a class="fr-btn" href="/connexion">
          Se connecter
        </a>
      </p>
    </div>
  );
}
