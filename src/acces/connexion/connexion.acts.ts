import { deposerCourriel } from '../../platform/courriel.ts';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import type { Identite } from '../../platform/http/identite.ts';
import { acteurDe } from '../../platform/http/identite.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { dureeDeSession, minutesDuLien, normaliserCourriel } from '../rules.ts';
import { empreinte, nouveauSecret } from '../secrets.ts';
import {
  changerHabilitation,
  changerSecret,
  consommerLien,
  ecrireLien,
  ecrireSession,
  findPersonne,
  getPersonne,
  lireLien,
  type Moyen,
  type PersonneConnue,
  terminerSessions,
} from './sessions.store.ts';

export type SessionOuverte = { readonly secret: string; readonly expire: string };

const personneActeur = (id: string): Acteur => ({ identifiant: `personne:${id}`, role: 'visiteur' });

type Ouverture = {
  readonly personne: PersonneConnue;
  readonly moyen: Moyen;
  readonly appareil: string;
  /** The identity provider vouched for a second factor. */
  readonly secondFacteur?: boolean;
  readonly jetonIdentite?: string | null;
  /** Session that the browser held: it ends, so that nothing that was known before the sign-in serves after it. */
  readonly precedente?: Identite | null;
};

/** Opens a session under a new secret, acting in the person's first role. */
export const ouvrirSession = (db: Database, ouverture: Ouverture): Promise<SessionOuverte> =>
  enTransaction(db, async (transaction) => {
    const { personne, moyen, appareil, secondFacteur = false, jetonIdentite = null } = ouverture;
    const { precedente } = ouverture;
    if (precedente)
      await terminerSessions(transaction, precedente.personne.id, { seule: precedente.session });
    const secret = nouveauSecret();
    const { heures, inactivite } = dureeDeSession(personne.attributions.map(({ role }) => role));
    const { id, expire } = await ecrireSession(transaction, {
      empreinte: empreinte(secret),
      personne: personne.id,
      attribution: personne.attributions[0]?.id ?? null,
      moyen,
      appareil,
      heures,
      inactivite,
      secondFacteur,
      jetonIdentite,
    });
    await journaliser(transaction, personneActeur(personne.id), {
      acte: 'acces.connexion',
      objetType: 'personne',
      objetId: personne.id,
      contenu: { moyen, session: id },
    });
    return { secret, expire };
  });

/**
 * Sends a sign-in link to whoever has an account at this address. Says nothing of whether there is one: nobody is
 * created here, and what answers is the same.
 */
export const demanderLien = (
  db: Database,
  demande: { readonly courriel: string; readonly retour: string | undefined; readonly adresse: string },
): Promise<void> =>
  enTransaction(db, async (transaction) => {
    const personne = await findPersonne(transaction, normaliserCourriel(demande.courriel));
    if (personne === undefined) return;
    const secret = nouveauSecret();
    await ecrireLien(transaction, {
      empreinte: empreinte(secret),
      personne: personne.id,
      minutes: minutesDuLien,
      retour: demande.retour ?? null,
    });
    await deposerCourriel(transaction, {
      destinataire: personne.courriel,
      objet: 'Votre lien de connexion à Maillage',
      paragraphes: [
        `Bonjour ${personne.prenom} ${personne.nom},`,
        `Voici votre lien de connexion. Il sert une seule fois, pendant ${minutesDuLien} minutes.`,
        'Si vous n’avez pas demandé à vous connecter, ne faites rien : sans ce lien, personne n’entre.',
      ],
      lien: { texte: 'Me connecter à Maillage', href: `${demande.adresse}/connexion/lien/${secret}` },
      secret: true,
      personne: personne.id,
    });
  });

const lienPerime = () =>
  refuser(
    'lien',
    'Ce lien de connexion ne sert plus : il a été utilisé, remplacé par un plus récent, ou ses 15 minutes sont passées.',
  );

/** Whom a sign-in link would let in; nothing is used up, as mail scanners open links too. */
export const examinerLien = async (
  db: Database,
  secret: string,
): Promise<Resultat<PersonneConnue, 'lien'>> => {
  const lien = await lireLien(db, empreinte(secret));
  const personne = lien && (await getPersonne(db, lien.personne));
  return personne ? reussi(personne) : lienPerime();
};

/** Lets in by a sign-in link, which is used up. Refuses one that was used, replaced or is too old. */
export const entrerParLien = (
  db: Database,
  demande: { readonly secret: string; readonly appareil: string; readonly precedente: Identite | null },
): Promise<Resultat<SessionOuverte & { readonly retour: string | null }, 'lien'>> =>
  enTransaction(db, async (transaction) => {
    const lien = await consommerLien(transaction, empreinte(demande.secret));
    const personne = lien && (await getPersonne(transaction, lien.personne));
    if (!personne) return lienPerime();
    const { appareil, precedente } = demande;
    const session = await ouvrirSession(transaction, { personne, moyen: 'lien', appareil, precedente });
    return reussi({ ...session, retour: lien.retour });
  });

/** Ends sessions of one's own: this one, another, or all. Gives how many ended. */
export const fermerSessions = (
  db: Database,
  identite: Identite,
  which: { readonly seule: string } | { readonly saufCelle: string | null },
): Promise<number> =>
  enTransaction(db, async (transaction) => {
    const ended = await terminerSessions(transaction, identite.personne.id, which);
    if (ended > 0)
      await journaliser(transaction, acteurDe(identite), {
        acte: 'acces.deconnexion',
        objetType: 'personne',
        objetId: identite.personne.id,
        contenu: { sessions: ended },
      });
    return ended;
  });

/** Acts in another of one's roles, under a new secret. Refuses a role that is not held any more. */
export const prendreRole = (
  db: Database,
  identite: Identite,
  habilitation: string,
): Promise<Resultat<SessionOuverte, 'role'>> =>
  enTransaction(db, async (transaction) => {
    if (!(await changerHabilitation(transaction, identite.session, habilitation)))
      return refuser('role', 'Vous n’avez pas, ou plus, ce rôle.');
    const secret = nouveauSecret();
    const expire = await changerSecret(transaction, identite.session, empreinte(secret));
    await journaliser(transaction, acteurDe(identite), {
      acte: 'acces.changer_role',
      objetType: 'personne',
      objetId: identite.personne.id,
      contenu: { attribution: habilitation },
    });
    return reussi({ secret, expire });
  });
