import { dateLongue, de } from '../../platform/francais/index.ts';
import { ChampSaisie, type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';
import { Confirmation } from '../../platform/views/confirmation.tsx';
import type { PersonneVisible } from '../roles/personnes.store.ts';
import type { AttributionLue } from '../roles/roles.store.ts';
import { nomDeRole, type RoleAttribuable } from '../rules.ts';
import {
  ChampMotif,
  ChampsDuRole,
  ChampsIdentite,
  ChoixDuRole,
  type Perimetres,
  type Valeurs,
} from './champs-role.tsx';

type Formulaire = { readonly valeurs: Valeurs; readonly erreurs: ErreursFormulaire };
type Personne = Pick<PersonneVisible, 'id' | 'prenom' | 'nom'>;

const nomDe = ({ prenom, nom }: Pick<Personne, 'prenom' | 'nom'>): string => `${prenom} ${nom}`;

/** Gives somebody a role, in two steps: which one, then on what. */
export function PageDonnerRole({
  personne,
  roles,
  role,
  perimetres,
  valeurs,
  erreurs,
}: Formulaire & {
  readonly personne: Personne;
  readonly roles: readonly RoleAttribuable[];
  readonly role: RoleAttribuable | undefined;
  readonly perimetres: Perimetres;
}) {
  const chemin = `/personnes/${personne.id}`;
  return (
    <div class="maillage-etroit">
      <h1>Donner un rôle à {nomDe(personne)}</h1>
      {role === undefined ? (
        <>
          <ResumeErreurs erreurs={erreurs} />
          <ChoixDuRole action={`${chemin}/roles/nouveau`} roles={roles} erreurs={erreurs} />
        </>
      ) : (
        <>
          <ResumeErreurs erreurs={erreurs} />
          <p>
            Rôle&nbsp;: <strong>{nomDeRole(role)}</strong>.{' '}
            <a href={`${chemin}/roles/nouveau`}>Choisir un autre rôle</a>.
          </p>
          <form method="post" action={`${chemin}/roles`} novalidate>
            <ChampsDuRole role={role} perimetres={perimetres} valeurs={valeurs} erreurs={erreurs} />
            <div class="maillage-actions">
              <button class="fr-btn" type="submit">
                Donner ce rôle
              </button>
              <a class="fr-link" href={chemin}>
                Ne rien changer
              </a>
            </div>
          </form>
        </>
      )}
    </div>
  );
}

/** Asks before a role is taken back. */
export function PageRetirerRole({
  attribution,
  soi,
  suppleants,
  valeurs,
  erreurs,
}: Formulaire & {
  readonly attribution: AttributionLue;
  readonly soi: boolean;
  /** Replacements that end with it. */
  readonly suppleants: readonly string[];
}) {
  const { personne, id, role, lieu, version } = attribution;
  const chemin = `/personnes/${personne}`;
  return (
    <div class="maillage-etroit">
      <h1>Retirer un rôle à {nomDe(attribution)}</h1>
      <ResumeErreurs erreurs={erreurs} />
      <Confirmation
        id="retirer"
        titre={`Retirer le rôle « ${nomDeRole(role, lieu)} » ?`}
        effets={[
          soi
            ? 'vous perdez ce rôle tout de suite, et ce qu’il vous laissait voir'
            : `${nomDe(attribution)} perd ce rôle tout de suite et en est averti par courriel`,
          ...suppleants.map((nom) => `la suppléance par ${nom} s’arrête en même temps`),
          soi
            ? 'une autre personne qui gère les comptes peut vous le rendre pendant une heure'
            : 'vous pouvez rendre ce rôle pendant une heure, depuis la page de la personne',
        ]}
        action={`${chemin}/roles/${id}/retirer`}
        champs={{ version: String(version) }}
        bouton="Retirer ce rôle"
        renoncer={{ texte: 'Garder ce rôle', href: chemin }}
      >
        <ChampMotif
          valeur={valeurs['motif']}
          erreurs={erreurs}
          indication="Écrit dans le courriel à la personne, et gardé dans l’historique."
        />
      </Confirmation>
    </div>
  );
}

/** Changes the last day of a role. */
export function PageProlonger({
  attribution,
  valeurs,
  erreurs,
}: Formulaire & { readonly attribution: AttributionLue }) {
  const { personne, id, role, lieu, version, fin, suppleanceDe } = attribution;
  const chemin = `/personnes/${personne}`;
  return (
    <div class="maillage-etroit">
      <h1>Changer la fin d’un rôle {de(nomDe(attribution))}</h1>
      <ResumeErreurs erreurs={erreurs} />
      <p>
        {nomDeRole(role, lieu)}, {fin === null ? 'sans fin prévue' : `jusqu’au ${dateLongue(fin)}`}.
      </p>
      <form method="post" action={`${chemin}/roles/${id}/prolonger`} novalidate>
        <input type="hidden" name="version" value={version} />
        <ChampSaisie
          nom="fin"
          libelle="Jusqu’au"
          indication={
            suppleanceDe === null
              ? 'Dernier jour du rôle. Laissez vide pour retirer la date de fin.'
              : 'Dernier jour de la suppléance.'
          }
          type="date"
          obligatoire={suppleanceDe !== null}
          valeur={valeurs['fin'] ?? fin ?? ''}
          erreurs={erreurs}
        />
        <ChampMotif valeur={valeurs['motif']} erreurs={erreurs} />
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            Enregistrer
          </button>
          <a class="fr-link" href={chemin}>
            Ne rien changer
          </a>
        </div>
      </form>
    </div>
  );
}

/** Has somebody stand in for a role during an absence. */
export function PageSuppleance({
  attribution,
  valeurs,
  erreurs,
}: Formulaire & { readonly attribution: AttributionLue }) {
  const { personne, id, role, lieu } = attribution;
  const chemin = `/personnes/${personne}`;
  return (
    <div class="maillage-etroit">
      <h1>Organiser la suppléance {de(nomDe(attribution))}</h1>
      <ResumeErreurs erreurs={erreurs} />
      <p>
        La personne désignée agit avec le rôle «&nbsp;{nomDeRole(role, lieu)}&nbsp;» pendant ces jours. Sa
        suppléance s’arrête à la date de fin, ou si ce rôle est retiré à {nomDe(attribution)}. Si elle n’a pas
        encore de compte sur votre périmètre, elle reçoit une invitation.
      </p>
      <form method="post" action={`${chemin}/roles/${id}/suppleance`} novalidate>
        <ChampsIdentite valeurs={valeurs} erreurs={erreurs} />
        <ChampSaisie
          nom="du"
          libelle="À partir du"
          indication="Laissez vide pour commencer tout de suite."
          type="date"
          valeur={valeurs['du']}
          erreurs={erreurs}
        />
        <ChampSaisie
          nom="fin"
          libelle="Jusqu’au"
          type="date"
          obligatoire
          valeur={valeurs['fin']}
          erreurs={erreurs}
        />
        <ChampMotif valeur={valeurs['motif']} erreurs={erreurs} />
        <div class="maillage-actions">
          <button class="fr-btn" type="submit">
            Organiser la suppléance
          </button>
          <a class="fr-link" href={chemin}>
            Ne rien changer
          </a>
        </div>
      </form>
    </div>
  );
}

/** Asks before an account is disabled, or enabled again. */
export function PageEtatDuCompte({
  personne,
  valeurs,
  erreurs,
}: Formulaire & { readonly personne: PersonneVisible }) {
  const chemin = `/personnes/${personne.id}`;
  const nom = nomDe(personne);
  return (
    <div class="maillage-etroit">
      <h1>
        {personne.desactivee ? 'Réactiver' : 'Désactiver'} le compte {de(nom)}
      </h1>
      <ResumeErreurs erreurs={erreurs} />
      <Confirmation
        id="compte"
        titre={personne.desactivee ? `Réactiver le compte ${de(nom)} ?` : `Désactiver le compte ${de(nom)} ?`}
        effets={
          personne.desactivee
            ? ['la personne peut à nouveau se connecter', 'ses rôles qui courent encore reprennent']
            : [
                'ses appareils sont déconnectés tout de suite',
                'elle ne peut plus se connecter',
                'ses rôles restent inscrits ; le compte peut être réactivé',
              ]
        }
        action={`${chemin}/compte`}
        champs={{ version: String(personne.version), active: personne.desactivee ? 'oui' : 'non' }}
        bouton={personne.desactivee ? 'Réactiver le compte' : 'Désactiver le compte'}
        renoncer={{ texte: 'Ne rien changer', href: chemin }}
      >
        <ChampMotif valeur={valeurs['motif']} erreurs={erreurs} />
      </Confirmation>
    </div>
  );
}

/** Asks before the second factor of somebody who lost it is taken away. */
export function PageSecondFacteurPerdu({
  personne,
  valeurs,
  erreurs,
}: Formulaire & { readonly personne: PersonneVisible }) {
  const chemin = `/personnes/${personne.id}`;
  const nom = nomDe(personne);
  return (
    <div class="maillage-etroit">
      <h1>Retirer le second facteur {de(nom)}</h1>
      <ResumeErreurs erreurs={erreurs} />
      <Confirmation
        id="second-facteur"
        titre={`Retirer le second facteur ${de(nom)} ?`}
        effets={[
          'assurez-vous d’abord, de vive voix, que c’est bien cette personne qui le demande',
          'ses appareils sont déconnectés, et elle est avertie par courriel',
          'elle installera un nouveau second facteur à sa prochaine connexion',
        ]}
        action={`${chemin}/second-facteur`}
        bouton="Retirer le second facteur"
        renoncer={{ texte: 'Ne rien changer', href: chemin }}
      >
        <ChampMotif valeur={valeurs['motif']} erreurs={erreurs} />
      </Confirmation>
    </div>
  );
}
