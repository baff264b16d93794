import { dateLongue, de, instantLong } from '../../platform/francais/index.ts';
import { ChoixMultiples, type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';
import { ActeFait, Confirmation } from '../../platform/views/confirmation.tsx';
import { ListeDonnees } from '../../platform/views/liste.tsx';
import { Alerte, Badge } from '../../platform/views/messages.tsx';
import {
  avertissementBoite,
  type EtatInvitation,
  etatsDInvitation,
} from '../invitations/invitations.rules.ts';
import type { InvitationLue } from '../invitations/invitations.store.ts';
import type { ChampsInvitations } from '../roles/personnes.listes.ts';
import { nomDeRole, type RoleAttribuable } from '../rules.ts';
import { ChampsDuRole, ChampsIdentite, ChoixDuRole, type Perimetres, type Valeurs } from './champs-role.tsx';
import { choixDeRoles, type ListeAffichee } from './page-personnes.tsx';

export const faitsDInvitation = {
  envoyee: 'L’invitation est enregistrée : son courriel part dès que possible.',
  renvoyee: 'L’invitation est renvoyée : le lien précédent ne sert plus.',
  revoquee: 'L’invitation est révoquée : son lien ne sert plus.',
} as const;
export type FaitDInvitation = keyof typeof faitsDInvitation;

const tons = { envoyee: 'info', expiree: 'attention', acceptee: 'succes', revoquee: 'neutre' } as const;

function Etat({ etat }: { readonly etat: EtatInvitation }) {
  return <Badge ton={tons[etat]}>{etatsDInvitation[etat]}</Badge>;
}

/** The invitations of one's territory or structure, with what became of each. */
export function PageInvitations(
  props: ListeAffichee<ChampsInvitations> & { readonly fait: FaitDInvitation | undefined },
) {
  const { liste, demande, resultat, parPage, departements, fait } = props;
  return (
    <>
      <h1>Invitations</h1>
      {fait === undefined ? null : <ActeFait>{faitsDInvitation[fait]}</ActeFait>}
      <div class="maillage-actions">
        <a class="fr-btn" href="/invitations/nouvelle">
          Inviter une personne
        </a>
        <a class="fr-btn fr-btn--secondary" href="/invitations/fichier">
          Inviter par un fichier
        </a>
        <a class="fr-link" href="/personnes">
          Personnes qui ont un rôle
        </a>
      </div>
      <ListeDonnees
        liste={liste}
        demande={demande}
        resultat={resultat}
        parPage={parPage}
        chemin="/invitations"
        fichiers={{ base: '/invitations', formats: ['csv', 'xlsx', 'ods'] }}
        filtres={[
          {
            nom: 'etat',
            choix: Object.entries(etatsDInvitation).map(([valeur, texte]) => ({ valeur, texte })),
          },
          { nom: 'role', choix: choixDeRoles },
          ...(departements.length > 1 ? [{ nom: 'departement', choix: departements }] : []),
        ]}
        cellules={{ nom: ({ id, nom }) => <a href={`/invitations/${id}`}>{nom}</a> }}
        entete="nom"
        vide={
          <p>
            Personne n’a encore été invité. <a href="/invitations/nouvelle">Invitez une personne</a>, ou{' '}
            <a href="/invitations/fichier">plusieurs par un fichier</a>.
          </p>
        }
      />
    </>
  );
}

/** Invites somebody, in two steps: to which role, then who and on what. */
export function PageNouvelleInvitation({
  roles,
  role,
  perimetres,
  valeurs,
  erreurs,
  boite,
  enAttente,
}: {
  readonly roles: readonly RoleAttribuable[];
  readonly role: RoleAttribuable | undefined;
  readonly perimetres: Perimetres;
  readonly valeurs: Valeurs;
  readonly erreurs: ErreursFormulaire;
  /** The address looks like that of a service: whoever invites is asked once more. */
  readonly boite: boolean;
  /** The same invitation, which waits already. */
  readonly enAttente: string | undefined;
}) {
  return (
    <div class="maillage-etroit">
      <h1>Inviter une personne</h1>
      {role === undefined ? (
        <>
          <ResumeErreurs erreurs={erreurs} />
          <ChoixDuRole
            action="/invitations/nouvelle"
            roles={roles}
            erreurs={erreurs}
            perimetre={valeurs['perimetre']}
          />
          <p>
            Plusieurs personnes à la fois&nbsp;? <a href="/invitations/fichier">Invitez-les par un fichier</a>
            .
          </p>
        </>
      ) : (
        <>
          <ResumeErreurs erreurs={erreurs} />
          {enAttente === undefined ? null : (
            <p>
              <a class="fr-link" href={`/invitations/${enAttente}`}>
                Voir et renvoyer l’invitation qui attend
              </a>
            </p>
          )}
          <p>
            Rôle proposé&nbsp;: <strong>{nomDeRole(role)}</strong>.{' '}
            <a href="/invitations/nouvelle">Choisir un autre rôle</a>.
          </p>
          <form method="post" action="/invitations" novalidate>
            <ChampsDuRole role={role} perimetres={perimetres} valeurs={valeurs} erreurs={erreurs}>
              <ChampsIdentite valeurs={valeurs} erreurs={erreurs} />
              {boite ? (
                <Alerte ton="attention" titre="Est-ce l’adresse d’une seule personne ?" niveau={2}>
                  <p>{avertissementBoite}</p>
                  <ChoixMultiples
                    nom="personnelle"
                    libelle="Confirmation"
                    choix={[
                      { valeur: 'oui', libelle: 'Cette adresse n’est lue que par la personne invitée.' },
                    ]}
                    valeurs={valeurs['personnelle'] === undefined ? [] : ['oui']}
                    erreurs={erreurs}
                  />
                </Alerte>
              ) : null}
            </ChampsDuRole>
            <div class="maillage-actions">
              <button class="fr-btn" type="submit">
                Envoyer l’invitation
              </button>
              <a class="fr-link" href="/invitations">
                Ne pas inviter
              </a>
            </div>
          </form>
        </>
      )}
    </div>
  );
}

/** One invitation: what was promised, where it stands, and what can be done about it. */
export function PageDetailInvitation({
  invitation,
  fait,
  erreur,
}: {
  readonly invitation: InvitationLue;
  readonly fait: FaitDInvitation | undefined;
  readonly erreur: string | undefined;
}) {
  const { id, prenom, nom, courriel, role, lieu, etat, motif, fin, supplee, inviteur, version } = invitation;
  const attend = etat === 'envoyee' || etat === 'expiree';
  return (
    <div class="maillage-etroit">
      <h1>Invitation {de(`${prenom} ${nom}`)}</h1>
      {fait === undefined ? null : <ActeFait>{faitsDInvitation[fait]}</ActeFait>}
      {erreur === undefined ? null : (
        <Alerte ton="erreur" titre="Rien n’est fait" niveau={2}>
          <p>{erreur}</p>
        </Alerte>
      )}
      <dl class="maillage-fiche">
        <div>
          <dt>État</dt>
          <dd>
            <Etat etat={etat} />
          </dd>
        </div>
        <div>
          <dt>Adresse électronique</dt>
          <dd class="maillage-tableau__brut">{courriel}</dd>
        </div>
        <div>
          <dt>Rôle proposé</dt>
          <dd>
            {nomDeRole(role, lieu)}
            {supplee === null ? '' : `, en suppléance ${de(supplee)}`}
            {fin === null ? '' : `, jusqu’au ${dateLongue(fin)}`}
          </dd>
        </div>
        <div>
          <dt>Motif</dt>
          <dd class="maillage-tableau__brut">{motif}</dd>
        </div>
        {inviteur === null ? null : (
          <div>
            <dt>Invitée par</dt>
            <dd>{inviteur}</dd>
          </div>
        )}
        <div>
          <dt>Dernier envoi</dt>
          <dd>
            {instantLong(invitation.envoyeeLe)}
            {invitation.envois > 1 ? ` (${invitation.envois} envois)` : ''}
          </dd>
        </div>
        {attend ? (
          <div>
            <dt>{etat === 'expiree' ? 'Expirée depuis le' : 'Lien valable jusqu’au'}</dt>
            <dd>{instantLong(invitation.expireLe)}</dd>
          </div>
        ) : null}
      </dl>
      {invitation.accepteePar === null ? null : (
        <p>
          <a href={`/personnes/${invitation.accepteePar}`}>Voir la page {de(`${prenom} ${nom}`)}</a>
        </p>
      )}
      {attend ? (
        <>
          <h2>Renvoyer</h2>
          <p>Un nouveau lien part à la même adresse, valable 15&nbsp;jours. Le précédent ne sert plus.</p>
          <form method="post" action={`/invitations/${id}/renvoyer`}>
            <input type="hidden" name="version" value={version} />
            <button class="fr-btn" type="submit">
              Renvoyer l’invitation
            </button>
          </form>
          <Confirmation
            id="revoquer"
            titre="Révoquer cette invitation ?"
            effets={[
              'son lien ne sert plus',
              'la personne n’en est pas avertie',
              'vous pourrez l’inviter à nouveau',
            ]}
            action={`/invitations/${id}/revoquer`}
            champs={{ version: String(version) }}
            bouton="Révoquer l’invitation"
            renoncer={{ texte: 'Toutes les invitations', href: '/invitations' }}
          />
        </>
      ) : (
        <p>
          <a href="/invitations">Toutes les invitations</a>
        </p>
      )}
    </div>
  );
}
