import { instantLong, nombre } from '../../platform/francais/index.ts';
import type { Identite } from '../../platform/http/identite.ts';
import { ActeFait, Confirmation } from '../../platform/views/confirmation.tsx';
import { ListeLiens } from '../../platform/views/liens.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { IdentiteLiee } from '../connexion/oidc.store.ts';
import type { EtatSecondFacteur } from '../connexion/second-facteur.store.ts';
import type { Appareil } from '../connexion/sessions.store.ts';

const moyens: Readonly<Record<Appareil['moyen'], string>> = {
  lien: 'lien reçu par courriel',
  invitation: 'invitation',
  oidc: 'fournisseur d’identité',
  demonstration: 'démonstration',
};

const faits = {
  appareil: 'L’appareil est déconnecté.',
  appareils: 'Les autres appareils sont déconnectés.',
  identite: 'L’identité est déliée.',
} as const;

export type PageCompteProps = {
  readonly identite: Identite;
  readonly appareils: readonly Appareil[];
  readonly secondFacteur: Pick<EtatSecondFacteur, 'confirmeLe' | 'codesRestants'> | undefined;
  readonly identites: readonly (IdentiteLiee & { readonly nom: string })[];
  readonly fait: keyof typeof faits | undefined;
};

/** What one's own account holds: identity, roles, devices. */
export function PageCompte({ identite, appareils, secondFacteur, identites, fait }: PageCompteProps) {
  const { personne, habilitations, habilitation } = identite;
  return (
    <>
      <h1>Mon compte</h1>
      {fait === undefined ? null : <ActeFait>{faits[fait]}</ActeFait>}
      <dl class="maillage-fiche">
        <div>
          <dt>Nom</dt>
          <dd>
            {personne.prenom} {personne.nom}
          </dd>
        </div>
        <div>
          <dt>Adresse électronique</dt>
          <dd>
            {personne.courriel} (<a href="/compte/courriel">changer d’adresse</a>)
          </dd>
        </div>
      </dl>
      <ListeLiens
        liens={[
          { texte: 'Ce qui a été fait sur mon compte', href: '/compte/historique' },
          { texte: 'Mes données\u00a0: télécharger, effacer', href: '/compte/donnees' },
        ]}
      />
      <h2>Mes rôles</h2>
      {habilitations.length === 0 ? (
        <p>
          Aucun rôle ne vous est donné pour l’instant. Demandez une invitation à la préfecture de votre
          département ou au gestionnaire de votre structure.
        </p>
      ) : (
        <ul>
          {habilitations.map(({ id, libelle }) => (
            <li key={id}>
              {libelle}
              {id === habilitation?.id ? ' (rôle actuel)' : null}
            </li>
          ))}
        </ul>
      )}
      <h2>Mon second facteur</h2>
      <p>
        {secondFacteur?.confirmeLe
          ? `Installé le ${instantLong(secondFacteur.confirmeLe)}. Codes de secours restants\u00a0: ${nombre(secondFacteur.codesRestants)}.`
          : 'Aucun second facteur n’est installé. Un code de votre téléphone, demandé après votre connexion, protège votre compte si votre messagerie est ouverte par un autre.'}
      </p>
      <p>
        <a class="fr-link" href="/compte/second-facteur">
          {secondFacteur?.confirmeLe ? 'Gérer mon second facteur' : 'Installer un second facteur'}
        </a>
      </p>
      <h2>Mes identités liées</h2>
      {identites.length === 0 ? (
        <p>
          Vous entrez par les liens envoyés à votre adresse électronique. Un fournisseur d’identité s’ajoute
          ici à la première connexion que vous faites par lui, s’il a vérifié cette même adresse.
        </p>
      ) : (
        <ul>
          {identites.map(({ id, nom, lieeLe }) => (
            <li key={id}>
              {nom}, liée le {instantLong(lieeLe)} –{' '}
              <a class="fr-link" href={`/compte/identites/${id}/delier`}>
                délier<span class="fr-sr-only">{`\u00a0: ${nom}`}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <h2>Mes appareils connectés</h2>
      <Tableau
        legende="Mes appareils connectés"
        legendeMasquee
        lignes={appareils}
        cle={({ id }) => id}
        vide="Aucun appareil."
        colonnes={[
          { cle: 'appareil', titre: 'Appareil', entete: true, cellule: ({ appareil }) => appareil },
          { cle: 'moyen', titre: 'Entré par', cellule: ({ moyen }) => moyens[moyen] },
          { cle: 'ouverte', titre: 'Depuis', cellule: ({ ouverteLe }) => instantLong(ouverteLe) },
          { cle: 'vue', titre: 'Dernier passage', cellule: ({ vueLe }) => instantLong(vueLe) },
          {
            cle: 'fermer',
            titre: 'Déconnecter',
            cellule: ({ id, appareil }) =>
              id === identite.session ? (
                'Cet appareil'
              ) : (
                <form method="post" action="/compte/appareils/fermer">
                  <button class="fr-btn fr-btn--tertiary fr-btn--sm" type="submit" name="session" value={id}>
                    Déconnecter<span class="fr-sr-only">{`\u00a0: ${appareil}`}</span>
                  </button>
                </form>
              ),
          },
        ]}
      />
      {appareils.length > 1 ? (
        <form method="post" action="/compte/appareils/fermer">
          <button class="fr-btn fr-btn--secondary" type="submit">
            Déconnecter tous les autres appareils
          </button>
        </form>
      ) : null}
    </>
  );
}

/** Asks before an identity is unlinked. */
export function PageDelier({ id, nom }: { readonly id: string; readonly nom: string }) {
  return (
    <div class="maillage-etroit">
      <h1>Délier {nom}</h1>
      <Confirmation
        id="delier"
        titre={`Délier ${nom} de votre compte\u00a0?`}
        effets={[
          `cette identité de ${nom} n’ouvre plus votre compte\u00a0;`,
          'vous entrez encore par un lien envoyé à votre adresse électronique\u00a0;',
          'elle se lie de nouveau si vous vous connectez avec elle et que son adresse vérifiée est encore celle de votre compte.',
        ]}
        action={`/compte/identites/${id}/delier`}
        bouton="Délier cette identité"
        renoncer={{ texte: 'Garder cette identité', href: '/compte' }}
      />
    </div>
  );
}
