import { deposerCourriel } from '../../platform/courriel.ts';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { de } from '../../platform/francais/index.ts';
import { type Acteur, journaliser, motifSur } from '../../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { lireJour } from '../roles/personnes.store.ts';
import {
  boiteSansCompte,
  type Cible,
  type Donneur,
  dossierDe,
  niveauDe,
  peutDonner,
} from '../roles/roles.rules.ts';
import { getAttribution, lireDonneur } from '../roles/roles.store.ts';
import {
  horsDroits,
  prevenirRemplacee,
  verifierPeriode,
  verifierSuppleance,
  verifierTerme,
} from '../roles/roles.verifications.ts';
import { joursDeRole, joursDInvitation, nomDeRole, normaliserCourriel } from '../rules.ts';
import { empreinte, nouveauSecret } from '../secrets.ts';
import { workflowInvitation } from '../workflows.ts';
import { envoisMax, manquesDInvitation } from './invitations.rules.ts';
import {
  type AdresseConnue,
  ecrireInvitation,
  getInvitation,
  type InvitationLue,
  lireAdresses,
  type NouvelleInvitation,
  nomDeLActeur,
  renouvelerInvitation,
} from './invitations.store.ts';

export type RefusInvitation =
  | 'droits'
  | 'courriel'
  | 'nom'
  | 'motif'
  | 'date'
  | 'deja'
  | 'invitee'
  | 'desactivee'
  | 'suppleance'
  | 'absent'
  | 'version';

export type AInviter = {
  readonly courriel: string;
  readonly prenom: string;
  readonly nom: string;
  readonly cible: Cible;
  readonly motif: string;
  /** Days of the role, both included; null: from the acceptance on, without end. */
  readonly du?: string | null;
  readonly fin?: string | null;
  readonly suppleanceDe?: string | null;
};

/** What does not change from line to line of a file, so that it is asked once; none of its lines is a replacement. */
export type Connu = {
  readonly donneur: Donneur;
  readonly jour: string;
  readonly inviteur: string | undefined;
  /** Name of the scope of this line. */
  readonly lieu: string;
  /** What is known of its address. */
  readonly connue: AdresseConnue;
};

type Examinee = {
  readonly demande: Omit<NouvelleInvitation, 'empreinte'>;
  /** The same invitation, where it expired before anybody answered. */
  readonly expiree: { readonly id: string; readonly version: number } | undefined;
};

/**
 * What stands in the way of an invitation, without sending it. Refuses what exceeds the giver's own, an address that
 * holds the role already or was invited to it, an incomplete demand.
 */
export const examinerInvitation = async (
  db: Database,
  aInviter: AInviter,
  connu?: Connu,
): Promise<Resultat<Examinee, RefusInvitation>> => {
  const { cible, du = null, fin = null, suppleanceDe = null } = aInviter;
  const courriel = normaliserCourriel(aInviter.courriel);
  const [prenom, nom, motif] = [aInviter.prenom.trim(), aInviter.nom.trim(), aInviter.motif.trim()];
  const [manque] = manquesDInvitation(aInviter);
  if (manque) return manque;
  const donneur = connu?.donneur ?? (await lireDonneur(db));
  if (!peutDonner(donneur, cible)) return horsDroits();
  const periode =
    verifierPeriode({ du, fin }, connu?.jour ?? (await lireJour(db))) ?? verifierTerme(donneur, fin);
  if (periode) return periode;
  if (suppleanceDe !== null) {
    const checked = await verifierSuppleance(db, { suppleanceDe, cible, fin, courriel });
    if (!checked.ok) return checked;
  }
  const connue = connu?.connue ?? (await lireAdresses(db, [{ courriel, cible, suppleanceDe }]))[0];
  if (connue === undefined) throw new Error('a question about an address has its answer');
  if (connue.boite) return refuser('courriel', boiteSansCompte);
  if (connue.tient) return refuser('deja', `${courriel} a déjà ce rôle : il n’y a personne à inviter.`);
  if (connue.desactivee)
    return refuser(
      'desactivee',
      `Le compte de ${courriel} est désactivé : un administrateur peut le réactiver.`,
    );
  const enCours = connue.enCours ?? undefined;
  if (enCours && !enCours.expiree)
    return refuser('invitee', `${courriel} est déjà invité à ce rôle. Vous pouvez renvoyer l’invitation.`);
  return reussi({
    demande: { courriel, prenom, nom, cible, niveau: niveauDe(cible), du, fin, suppleanceDe, motif },
    expiree: enCours,
  });
};

type Lettre = Pick<
  InvitationLue,
  'courriel' | 'prenom' | 'nom' | 'lieu' | 'supplee' | 'du' | 'fin' | 'motif'
> & {
  readonly role: InvitationLue['role'];
};

const ecrireA = async (
  db: Database,
  { courriel, prenom, nom, role, lieu, supplee, du, fin, motif }: Lettre,
  envoi: {
    readonly id: string;
    readonly secret: string;
    readonly adresse: string;
    readonly inviteur: string | undefined;
    readonly jour: string;
  },
): Promise<void> => {
  await deposerCourriel(db, {
    destinataire: courriel,
    objet: 'Votre invitation à entrer dans Maillage',
    paragraphes: [
      `Bonjour ${prenom} ${nom},`,
      `${envoi.inviteur ?? 'L’administration du programme'} vous invite à entrer dans Maillage, avec ce rôle : ${nomDeRole(role, lieu)}${
        supplee === null ? '' : `, en suppléance ${de(supplee)}`
      }${fin === null && du === null ? ', sans date de fin' : joursDeRole({ du, fin }, envoi.jour)}.`,
      `Motif : ${motif}`,
      `Ce lien sert une seule fois, pendant ${joursDInvitation} jours. Il remplace ceux que vous auriez déjà reçus pour ce rôle.`,
      'Si vous n’attendiez pas cette invitation, ne faites rien.',
    ],
    lien: { texte: 'Voir l’invitation', href: `${envoi.adresse}/invitation/${envoi.secret}` },
    secret: true,
    objetType: 'invitation',
    objetId: envoi.id,
  });
};

const envoyer = async (
  db: Database,
  envoi: { readonly id: string; readonly secret: string; readonly adresse: string },
): Promise<void> => {
  const invitation = await getInvitation(db, envoi.id);
  if (invitation === undefined) throw new Error('an invitation that was written is seen by who wrote it');
  await ecrireA(db, invitation, {
    ...envoi,
    inviteur: await nomDeLActeur(db),
    jour: await lireJour(db),
  });
};

/**
 * Promises a role to an address: a mail leaves with a link that serves once. An invitation that expired without an
 * answer is sent anew. Refuses what `examinerInvitation` refuses.
 */
export const inviter = (
  db: Database,
  acteur: Acteur,
  aInviter: AInviter & { readonly adresse: string },
  connu?: Connu,
): Promise<Resultat<{ readonly invitation: string }, RefusInvitation>> =>
  enTransaction(db, async (transaction) => {
    const examined = await examinerInvitation(transaction, aInviter, connu);
    if (!examined.ok) return examined;
    const { demande, expiree } = examined.valeur;
    const secret = nouveauSecret();
    const nouvelle = { ...demande, empreinte: empreinte(secret) };
    const invitation = expiree
      ? (await renouvelerInvitation(transaction, {
          ...expiree,
          empreinte: nouvelle.empreinte,
          modifiee: nouvelle,
        }))
        ? expiree.id
        : undefined
      : await ecrireInvitation(transaction, nouvelle);
    if (invitation === undefined)
      return refuser('invitee', `${demande.courriel} vient d’être invité à ce rôle par quelqu’un d’autre.`);
    await journaliser(transaction, acteur, {
      acte: 'acces.inviter',
      objetType: 'invitation',
      objetId: invitation,
      personnel: motifSur({ invitation }, demande.motif),
      contenu: { role: demande.cible.role, fin: demande.fin, suppleance: demande.suppleanceDe !== null },
      perimetre: dossierDe(demande.cible),
    });
    const { prenom, nom, du, fin, motif, suppleanceDe } = demande;
    const remplacee = suppleanceDe === null ? undefined : await getAttribution(transaction, suppleanceDe);
    if (remplacee)
      await prevenirRemplacee(transaction, remplacee, {
        par: `${prenom} ${nom} a reçu une invitation à vous suppléer`,
        jours: joursDeRole({ du, fin }, await lireJour(transaction)),
        motif,
        adresse: aInviter.adresse,
      });
    const envoi = { id: invitation, secret, adresse: aInviter.adresse };
    if (connu === undefined) await envoyer(transaction, envoi);
    else
      await ecrireA(
        transaction,
        { ...demande, role: demande.cible.role, lieu: connu.lieu, supplee: null },
        { ...envoi, inviteur: connu.inviteur, jour: connu.jour },
      );
    return reussi({ invitation });
  });

export const dossier = ({ structure, departement }: InvitationLue) =>
  structure !== null ? { structure } : departement !== null ? { departement } : {};

/** Sends an invitation again under a new link, the older one being of no use any more. */
export const renvoyerInvitation = (
  db: Database,
  acteur: Acteur,
  { id, version, adresse }: { readonly id: string; readonly version: number; readonly adresse: string },
): Promise<Resultat<undefined, 'absent' | 'etat' | 'version' | 'trop' | 'date'>> =>
  enTransaction(db, async (transaction) => {
    const invitation = await getInvitation(transaction, id);
    if (invitation === undefined) return refuser('absent', 'Cette invitation est introuvable.');
    if (invitation.etat === 'acceptee' || invitation.etat === 'revoquee')
      return refuser('etat', 'Cette invitation n’attend plus de réponse : elle ne peut plus être renvoyée.');
    if (invitation.envois >= envoisMax)
      return refuser(
        'trop',
        `Cette invitation est déjà partie ${envoisMax} fois. Vérifiez l’adresse, puis faites-en une nouvelle.`,
      );
    // Whoever sends it again vouches for it.
    const terme = verifierTerme(await lireDonneur(transaction), invitation.fin);
    if (terme) return terme;
    const secret = nouveauSecret();
    if (!(await renouvelerInvitation(transaction, { id, version, empreinte: empreinte(secret) })))
      return refuser('version', 'Cette invitation vient de changer. Relisez la page.');
    await journaliser(transaction, acteur, {
      acte: 'acces.renvoyer_invitation',
      objetType: 'invitation',
      objetId: id,
      contenu: { envois: invitation.envois + 1 },
      perimetre: dossier(invitation),
    });
    await envoyer(transaction, { id, secret, adresse });
    return reussi(undefined);
  });

/** Takes an invitation back: its link opens nothing any more. */
export const revoquerInvitation = (
  db: Database,
  acteur: Acteur,
  { id, version }: { readonly id: string; readonly version: number },
) => changerStatut(db, workflowInvitation, acteur, { id, version, nom: 'revoquer' });
