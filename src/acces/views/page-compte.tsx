import { instantLong } from '../../platform/francais/index.ts';
import type { Identite } from '../../platform/http/identite.ts';
import { ActeFait } from '../../platform/views/confirmation.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { Appareil } from '../sessions.store.ts';

const moyens: Readonly<Record<Appareil['moyen'], string>> = {
  lien: 'lien reçu par courriel',
  invitation: 'invitation',
  oidc: 'fournisseur d’identité',
  demonstration: 'démonstration',
};

const faits = {
  appareil: 'L’appareil est déconnecté.',
  appareils: 'Les autres appareils sont déconnectés.',
} as const;

export type PageCompteProps = {
  readonly identite: Identite;
  readonly appareils: readonly Appareil[];
  readonly fait: keyof typeof faits | undefined;
};

/** What one's own account holds: identity, roles, devices. */
export function PageCompte({ identite, appareils, fait }: PageCompteProps) {
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
