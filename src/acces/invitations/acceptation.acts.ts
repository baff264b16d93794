import { sql } from 'kysely';
import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import type { Identite } from '../../platform/http/identite.ts';
import type { Acteur } from '../../platform/journal.ts';
import { abandonner, enRefus, type Refus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { ouvrirSession, type SessionOuverte } from '../connexion/connexion.acts.ts';
import { getPersonne } from '../connexion/sessions.store.ts';
import { boiteSansCompte } from '../roles/roles.rules.ts';
import { ecrireAttribution } from '../roles/roles.store.ts';
import { joursDInvitation } from '../rules.ts';
import { empreinte } from '../secrets.ts';
import { workflowInvitation } from '../workflows.ts';
import { dossier } from './invitations.acts.ts';
import {
  findInvitation,
  type InvitationLue,
  invitationTient,
  noterAcceptation,
  ouvrirCompte,
} from './invitations.store.ts';

type RefusLien =
  | 'lien'
  | 'expiree'
  | 'revoquee'
  | 'acceptee'
  | 'desactivee'
  | 'deja'
  | 'inviteur'
  | 'courriel';

const lienInconnu = (): Refus<'lien'> =>
  refuser('lien', 'Ce lien d’invitation ne sert plus : un plus récent l’a remplacé, ou il est incomplet.');

const enAttente = (invitation: InvitationLue | undefined): Resultat<InvitationLue, RefusLien> => {
  if (invitation === undefined) return lienInconnu();
  switch (invitation.etat) {
    case 'revoquee':
      return refuser(
        'revoquee',
        'Cette invitation a été retirée. Écrivez à la personne qui vous l’a envoyée.',
      );
    case 'acceptee':
      return refuser('acceptee', 'Cette invitation est déjà acceptée : connectez-vous avec votre adresse.');
    case 'expiree':
      return refuser(
        'expiree',
        `Cette invitation a plus de ${joursDInvitation} jours. Demandez qu’elle vous soit renvoyée.`,
      );
    default:
      return invitation.depassee
        ? refuser('expiree', 'Le rôle proposé est arrivé à son terme. Demandez une nouvelle invitation.')
        : reussi(invitation);
  }
};

/** The invitation of a secret, where it waits and whoever sent it may still give its role. */
const lireEnAttente = async (
  acces: Database,
  invitation: InvitationLue | undefined,
): Promise<Resultat<InvitationLue, RefusLien>> => {
  const waiting = enAttente(invitation);
  return waiting.ok && !(await invitationTient(acces, waiting.valeur.id))
    ? refuser(
        'inviteur',
        'La personne qui vous a invité ne peut plus donner ce rôle. Demandez une nouvelle invitation à votre structure ou à votre préfecture.',
      )
    : waiting;
};

/** What an invitation link proposes; nothing is used up, as mail scanners open links too. */
export const lireLienDInvitation = async (
  acces: Database,
  secret: string,
): Promise<Resultat<InvitationLue, RefusLien> & { readonly acceptee?: string | null }> => {
  const invitation = await findInvitation(acces, empreinte(secret));
  return { ...(await lireEnAttente(acces, invitation)), acceptee: invitation?.accepteePar ?? null };
};

/** The address became a service's mailbox since it was invited. */
const sansBoite = async <Valeur>(travail: () => Promise<Resultat<Valeur>>): Promise<Resultat<Valeur>> => {
  try {
    return await travail();
  } catch (error) {
    if (databaseError(error)?.constraint !== 'boite_sans_compte') throw error;
    return refuser('courriel', boiteSansCompte);
  }
};

type Acceptation = {
  readonly secret: string;
  readonly appareil: string;
  readonly precedente: Identite | null;
};

const accepter = (acces: Database, demande: Acceptation): Promise<Resultat<SessionOuverte>> =>
  enTransaction(acces, async (transaction) => {
    const waiting = await lireEnAttente(
      transaction,
      await findInvitation(transaction, empreinte(demande.secret)),
    );
    if (!waiting.ok) return waiting;
    const invitation = waiting.valeur;
    const compte = await ouvrirCompte(transaction, invitation);
    if (compte.desactivee)
      return refuser('desactivee', 'Ce compte est désactivé. Écrivez à la personne qui vous a invité.');
    const acteur: Acteur = { identifiant: `personne:${compte.id}`, role: 'visiteur' };
    // Whoever comes through a door acts without a role yet.
    await sql`select set_config('maillage.role', 'visiteur', true)`.execute(transaction);
    const changed = await changerStatut(transaction, workflowInvitation, acteur, {
      id: invitation.id,
      version: invitation.version,
      nom: 'accepter',
      contenu: { role: invitation.role, compte: compte.ouvert ? 'ouvert' : 'connu' },
      perimetre: dossier(invitation),
    });
    if (!changed.ok)
      return abandonner(
        refuser('acceptee', 'Cette invitation vient d’être acceptée ou modifiée. Ouvrez le lien à nouveau.'),
      );
    await noterAcceptation(transaction, invitation.id, compte.id);
    const attribution = await ecrireAttribution(transaction, {
      personne: compte.id,
      role: invitation.role,
      niveau: invitation.niveau,
      region: invitation.region,
      departement: invitation.departement,
      structure: invitation.structure,
      equipe: invitation.equipe,
      du: sql`${invitation.roleDu}::timestamptz`,
      fin: sql`${invitation.roleFin}::timestamptz`,
      donneePar: sql`${invitation.inviteePar}::uuid`,
      motif: invitation.motif,
      suppleanceDe: invitation.suppleanceDe,
    });
    if (attribution === undefined)
      return abandonner(refuser('deja', 'Vous avez déjà ce rôle : connectez-vous avec votre adresse.'));
    const personne = await getPersonne(transaction, compte.id);
    if (personne === undefined) throw new Error('a person who was just made is there');
    const { appareil, precedente } = demande;
    // First what they came for.
    const attributions = personne.attributions.toSorted(
      (a, b) => Number(b.id === attribution) - Number(a.id === attribution),
    );
    const session = await ouvrirSession(transaction, {
      personne: { ...personne, attributions },
      moyen: 'invitation',
      appareil,
      precedente,
    });
    return reussi(session);
  });

/**
 * Takes an invitation up: makes the person, or gives the role to the person of that address, whoever is signed in; then
 * opens their session, and ends the one that the browser held. Of two who confirm at once, one goes in.
 */
export const accepterInvitation = (
  acces: Database,
  demande: Acceptation,
): Promise<Resultat<SessionOuverte>> => sansBoite(() => enRefus(() => accepter(acces, demande)));
