import { instantLong, nombre } from '../../platform/francais/index.ts';
import { nomDObjet } from '../../platform/genres.ts';
import type { Evenement } from '../../platform/historique.ts';
import { ActeFait, Confirmation } from '../../platform/views/confirmation.tsx';
import { Historique } from '../../platform/views/historique.tsx';
import { Alerte } from '../../platform/views/messages.tsx';
import type { CourrielLu } from '../courriels.store.ts';
import { Statut } from './statut-courriel.tsx';

/** A mail: what it says, save a secret link, and how its sending went. */
export function PageCourriel(props: {
  readonly courriel: CourrielLu;
  readonly evenements: readonly Evenement[];
  readonly fait: 'renvoye' | undefined;
}) {
  const { courriel, evenements, fait } = props;
  const { id, objet, destinataire, statut, oublie, paragraphes, lien } = courriel;
  const { tentatives, prochainEssaiLe, derniereErreur, messageId, creeLe, envoyeLe, objetType, objetId } =
    courriel;
  return (
    <>
      <h1>{objet}</h1>
      {fait === undefined ? null : <ActeFait>Le courriel est remis à l’envoi.</ActeFait>}
      <dl class="maillage-fiche">
        <div>
          <dt>État</dt>
          <dd>
            <Statut statut={statut} />
          </dd>
        </div>
        <div>
          <dt>À</dt>
          <dd class="maillage-tableau__brut">{destinataire}</dd>
        </div>
        <div>
          <dt>Écrit le</dt>
          <dd>{instantLong(creeLe)}</dd>
        </div>
        <div>
          <dt>Essais</dt>
          <dd>{nombre(tentatives)}</dd>
        </div>
        {envoyeLe === null ? null : (
          <div>
            <dt>Envoyé le</dt>
            <dd>{instantLong(envoyeLe)}</dd>
          </div>
        )}
        {statut === 'en_attente' ? (
          <div>
            <dt>Prochain essai</dt>
            <dd>{instantLong(prochainEssaiLe)}</dd>
          </div>
        ) : null}
        {derniereErreur === null ? null : (
          <div>
            <dt>Dernière erreur</dt>
            <dd class="maillage-tableau__brut">{derniereErreur}</dd>
          </div>
        )}
        {messageId === null ? null : (
          <div>
            <dt>Message-ID</dt>
            <dd class="maillage-tableau__brut">{messageId}</dd>
          </div>
        )}
        {objetType === null || objetId === null ? null : (
          <div>
            <dt>Ce dont il parle</dt>
            <dd class="maillage-tableau__brut">
              <a
                href={`/administration/journal?${new URLSearchParams({ objet_type: objetType, objet_id: objetId })}`}
              >
                {nomDObjet(objetType)}
              </a>{' '}
              <small>{objetId}</small>
            </dd>
          </div>
        )}
      </dl>
      {statut === 'envoye' || oublie ? null : (
        <p>
          <a class="fr-btn" href={`/administration/courriels/${id}/renvoyer`}>
            Renvoyer
          </a>
        </p>
      )}
      <h2>Ce qu’il dit</h2>
      {oublie ? (
        <p>Le texte est effacé&nbsp;: il l’est 30 jours après l’envoi.</p>
      ) : (
        <div class="maillage-etroit">
          {paragraphes.map((texte, rang) => (
            <p key={rang} class="maillage-tableau__brut">
              {texte}
            </p>
          ))}
          {lien === undefined ? null : lien.href === undefined ? (
            <p>{lien.texte}&nbsp;: ce lien ouvre une porte, il n’est lu que de son destinataire.</p>
          ) : (
            <p class="maillage-tableau__brut">
              {lien.texte}&nbsp;: <code>{lien.href}</code>
            </p>
          )}
        </div>
      )}
      <h2>Historique</h2>
      <Historique
        evenements={evenements}
        nom="Historique du courriel"
        vide="Personne n’a touché à ce courriel depuis qu’il est écrit."
      />
    </>
  );
}

/** Asks before a mail is sent again. */
export function PageRenvoyer(props: { readonly courriel: CourrielLu; readonly refus: string | undefined }) {
  const { courriel, refus } = props;
  return (
    <div class="maillage-etroit">
      <h1>Renvoyer un courriel</h1>
      {refus === undefined ? null : <Alerte ton="erreur">{refus}</Alerte>}
      <Confirmation
        id="renvoyer"
        titre={`Renvoyer «\u00a0${courriel.objet}\u00a0»\u00a0?`}
        effets={[
          `le courriel repart aussitôt vers ${courriel.destinataire}\u00a0;`,
          'il a de nouveau tous ses essais devant lui\u00a0;',
          'l’acte est écrit au journal.',
        ]}
        action={`/administration/courriels/${courriel.id}/renvoyer`}
        bouton="Renvoyer le courriel"
        renoncer={{ texte: 'Ne pas le renvoyer', href: `/administration/courriels/${courriel.id}` }}
      />
    </div>
  );
}
