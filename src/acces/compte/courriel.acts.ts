import { deposerCourriel } from '../../platform/courriel.ts';
import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import type { Identite } from '../../platform/http/identite.ts';
import { journaliser } from '../../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { boiteSansCompte } from '../roles/roles.rules.ts';
import { normaliserCourriel } from '../rules.ts';
import { empreinte, nouveauSecret } from '../secrets.ts';
import {
  type Changement,
  changerCourriel,
  consommerChangement,
  ecrireChangement,
  estBoite,
  estPris,
  heuresDeChangement,
  lireChangement,
} from './courriel.store.ts';

/**
 * Asks for another address of one's own: a mail leaves for the new one, whose link confirms it. Answers alike where the
 * address is somebody's already: that mailbox learns it, and whoever asked does not. Refuses the same address, and more
 * than five demands in a day, and the mailbox of a service.
 */
export const demanderCourriel = (
  acces: Database,
  { personne }: Pick<Identite, 'personne'>,
  demande: { readonly courriel: string; readonly adresse: string },
): Promise<Resultat<undefined, 'courriel'>> =>
  enTransaction(acces, async (transaction) => {
    const courriel = normaliserCourriel(demande.courriel);
    if (courriel === personne.courriel) return refuser('courriel', 'C’est déjà l’adresse de votre compte.');
    if (await estBoite(transaction, courriel)) return refuser('courriel', boiteSansCompte);
    const secret = nouveauSecret();
    const kept = await ecrireChangement(transaction, {
      empreinte: empreinte(secret),
      personne: personne.id,
      courriel,
    });
    if (!kept)
      return refuser('courriel', 'Vous avez demandé trop de changements aujourd’hui. Réessayez demain.');
    if (await estPris(transaction, courriel)) {
      await deposerCourriel(transaction, {
        destinataire: courriel,
        objet: 'Cette adresse a déjà un compte Maillage',
        paragraphes: [
          'Bonjour,',
          'Quelqu’un a voulu donner cette adresse à un autre compte de Maillage. Rien n’est changé : elle reste celle de votre compte.',
        ],
      });
      return reussi(undefined);
    }
    await deposerCourriel(transaction, {
      destinataire: courriel,
      objet: 'Confirmez votre nouvelle adresse',
      paragraphes: [
        `Bonjour ${personne.prenom} ${personne.nom},`,
        `Ouvrez ce lien pour que cette adresse devienne celle de votre compte Maillage. Il sert une seule fois, pendant ${heuresDeChangement} heures.`,
        'Si vous n’avez rien demandé, ne faites rien.',
      ],
      lien: { texte: 'Confirmer cette adresse', href: `${demande.adresse}/compte/courriel/${secret}` },
      secret: true,
      personne: personne.id,
    });
    return reussi(undefined);
  });

const lienPerime = () =>
  refuser(
    'lien',
    'Ce lien ne sert plus : il a été utilisé, remplacé par un plus récent, ou ses 24 heures sont passées.',
  );

/** What a link would change; nothing is used up, as mail scanners open links too. */
export const lireLienDeCourriel = async (
  acces: Database,
  secret: string,
): Promise<Resultat<Changement, 'lien'>> => {
  const found = await lireChangement(acces, empreinte(secret));
  return found ? reussi(found) : lienPerime();
};

/** Gives an account the address whose mailbox confirmed it, and tells the old one. Refuses one that was taken meanwhile. */
export const confirmerNouvelleAdresse = async (
  acces: Database,
  { secret, adresse }: { readonly secret: string; readonly adresse: string },
): Promise<Resultat<undefined, 'lien' | 'courriel'>> => {
  try {
    return await enTransaction(acces, async (transaction) => {
      const digest = empreinte(secret);
      const found = await lireChangement(transaction, digest);
      if (found === undefined || !(await consommerChangement(transaction, digest))) return lienPerime();
      await changerCourriel(transaction, found.personne, found.courriel);
      await journaliser(
        transaction,
        { identifiant: `personne:${found.personne}`, role: 'visiteur' },
        {
          acte: 'acces.changer_courriel',
          objetType: 'personne',
          objetId: found.personne,
          personnel: [{ personne: found.personne, valeurs: { avant: found.ancien, apres: found.courriel } }],
        },
      );
      await deposerCourriel(transaction, {
        destinataire: found.ancien,
        objet: 'L’adresse de votre compte Maillage a changé',
        paragraphes: [
          `Bonjour ${found.prenom} ${found.nom},`,
          'Votre compte Maillage a une nouvelle adresse électronique. Celle-ci ne permet plus d’y entrer.',
          'Si ce n’est pas vous, prévenez tout de suite la personne qui gère les comptes de votre structure ou de votre préfecture.',
        ],
        lien: { texte: 'Ouvrir Maillage', href: `${adresse}/connexion` },
        personne: found.personne,
      });
      return reussi(undefined);
    });
  } catch (error) {
    const constraint = databaseError(error)?.constraint;
    if (constraint === 'boite_sans_compte') return refuser('courriel', boiteSansCompte);
    if (constraint !== 'personne_courriel') throw error;
    return refuser(
      'courriel',
      'Cette adresse est devenue celle d’un autre compte : choisissez-en une autre.',
    );
  }
};
