import { deposerCourriel } from '../../platform/courriel.ts';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { acteurDe, type Identite } from '../../platform/http/identite.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { normaliserCourriel } from '../rules.ts';
import { chiffrer, empreinte, nouveauSecret } from '../secrets.ts';
import { ouvrirSession, type SessionOuverte } from './connexion.acts.ts';
import {
  consommerDemande,
  ecrireDemande,
  ecrireIdentite,
  effacerIdentite,
  lirePersonneLiee,
} from './oidc.store.ts';
import type { Depart, IdentiteOidc } from './oidc.ts';
import { findPersonne, getPersonne, type PersonneConnue } from './sessions.store.ts';

/** Notes that somebody leaves for the provider, and what their return will be checked against. */
export const demanderOidc = async (
  db: Database,
  { retour, minutes }: { readonly retour: string | undefined; readonly minutes: number },
): Promise<Depart> => {
  const depart = { etat: nouveauSecret(), nonce: nouveauSecret(), verificateur: nouveauSecret() };
  await enTransaction(db, (transaction) =>
    ecrireDemande(transaction, {
      empreinte: empreinte(depart.etat),
      nonce: depart.nonce,
      verificateur: depart.verificateur,
      retour: retour ?? null,
      minutes,
    }),
  );
  return depart;
};

/**
 * Takes up the demand of whoever comes back: it serves once, and in the browser that left. Refuses one that was used,
 * is too old, or began elsewhere: nobody is let into an account that another chose.
 */
export const reprendreDemande = async (
  db: Database,
  { etat, depart }: { readonly etat: string | undefined; readonly depart: string | undefined },
): Promise<Resultat<Depart & { readonly retour: string | null }, 'perimee'>> => {
  const demande =
    etat !== undefined && etat === depart ? await consommerDemande(db, empreinte(etat)) : undefined;
  return etat === undefined || demande === undefined
    ? refuser(
        'perimee',
        'Cette demande de connexion ne sert plus : elle a déjà servi, date de plus de 10 minutes ou vient d’un autre navigateur.',
      )
    : reussi({ etat, ...demande });
};

/** Links an identity to the person of its verified address. Nobody is created here. */
const lier = async (
  db: Database,
  { emetteur, sujet, courriel }: IdentiteOidc,
  nom: string,
): Promise<Resultat<PersonneConnue, 'courriel' | 'inconnu'>> => {
  if (courriel === undefined)
    return refuser(
      'courriel',
      `${nom} n’a pas donné d’adresse électronique vérifiée : Maillage ne peut pas retrouver votre compte.`,
    );
  const personne = await findPersonne(db, normaliserCourriel(courriel));
  if (personne === undefined)
    return refuser('inconnu', `Aucun compte Maillage n’est ouvert pour l’adresse ${courriel}.`);
  if (await ecrireIdentite(db, emetteur, sujet, personne.id)) {
    const acteur: Acteur = { identifiant: `personne:${personne.id}`, role: 'visiteur' };
    await journaliser(db, acteur, {
      acte: 'acces.lier_identite',
      objetType: 'personne',
      objetId: personne.id,
      contenu: { emetteur },
    });
    await deposerCourriel(db, {
      destinataire: personne.courriel,
      objet: `Votre compte Maillage s’ouvre avec ${nom}`,
      paragraphes: [
        `Bonjour ${personne.prenom} ${personne.nom},`,
        `Vous venez de vous connecter avec ${nom} pour la première fois. Cette identité ouvre désormais votre compte Maillage.`,
        'Si ce n’était pas vous, déliez-la dans « Mon compte » et prévenez un administrateur.',
      ],
      personne: personne.id,
    });
  }
  return reussi(personne);
};

/** Lets in whoever the provider vouches for: the person linked to this identity, else that of its verified address. */
export const entrerParOidc = (
  db: Database,
  identite: IdentiteOidc,
  demande: {
    readonly nom: string;
    readonly cle: string;
    readonly appareil: string;
    readonly precedente: Identite | null;
  },
): Promise<Resultat<SessionOuverte, 'courriel' | 'inconnu'>> =>
  enTransaction(db, async (transaction) => {
    const linked = await lirePersonneLiee(transaction, identite.emetteur, identite.sujet);
    const known = linked === undefined ? undefined : await getPersonne(transaction, linked);
    if (linked !== undefined && known === undefined)
      return refuser('inconnu', 'Votre compte Maillage est fermé.');
    const found = known === undefined ? await lier(transaction, identite, demande.nom) : reussi(known);
    if (!found.ok) return found;
    const session = await ouvrirSession(transaction, {
      personne: found.valeur,
      moyen: 'oidc',
      appareil: demande.appareil,
      secondFacteur: identite.secondFacteur,
      jetonIdentite: chiffrer(demande.cle, identite.jetonIdentite),
      precedente: demande.precedente,
    });
    return reussi(session);
  });

const porte: Acteur = { identifiant: 'connexion', role: 'visiteur' };

/** Notes why somebody who came back from the provider was not let in, for whoever runs the service. */
export const noterRefus = (db: Database, emetteur: string, raison: string, cause: string): Promise<void> =>
  journaliser(db, porte, {
    acte: 'acces.refuser_oidc',
    objetType: 'emetteur',
    objetId: emetteur,
    contenu: { raison, cause },
  });

/** Takes away the link of one of one's identities. Refuses one that is not one's own. */
export const delierIdentite = (
  db: Database,
  identite: Identite,
  id: string,
): Promise<Resultat<undefined, 'absente'>> =>
  enTransaction(db, async (transaction) => {
    const emetteur = await effacerIdentite(transaction, identite.personne.id, id);
    if (emetteur === undefined) return refuser('absente', 'Cette identité n’est pas liée à votre compte.');
    await journaliser(transaction, acteurDe(identite), {
      acte: 'acces.delier_identite',
      objetType: 'personne',
      objetId: identite.personne.id,
      contenu: { emetteur },
    });
    return reussi(undefined);
  });
