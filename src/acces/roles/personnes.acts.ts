import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser, motifSur } from '../../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerActivite, findPersonneVisible } from './personnes.store.ts';
import { lireDonneur } from './roles.store.ts';
import { dernierAdministrateur } from './roles.verifications.ts';

type Demande = {
  readonly personne: string;
  /** The row version that the actor saw. */
  readonly version: number;
  readonly motif: string;
};

export type RefusCompte = 'droits' | 'absent' | 'motif' | 'version' | 'soi' | 'dernier';

/** Shuts an account or opens it again; for those who look after all accounts. */
const changer = (
  db: Database,
  demande: Demande & { readonly active: boolean },
  ecrire: (transaction: Database, motif: string) => Promise<void>,
): Promise<Resultat<undefined, RefusCompte>> =>
  dernierAdministrateur(() =>
    enTransaction(db, async (transaction): Promise<Resultat<undefined, RefusCompte>> => {
      const motif = demande.motif.trim();
      if (motif === '') return refuser('motif', 'Écrivez pourquoi, en quelques mots.');
      const { role } = await lireDonneur(transaction);
      if (role !== 'administrateur' && role !== 'operateur')
        return refuser('droits', 'Seul un administrateur désactive ou réactive un compte.');
      if ((await findPersonneVisible(transaction, demande.personne)) === undefined)
        return refuser('absent', 'Cette personne est introuvable.');
      if (!(await changerActivite(transaction, { ...demande, id: demande.personne })))
        return refuser('version', 'Ce compte vient d’être modifié par quelqu’un d’autre. Relisez la page.');
      await ecrire(transaction, motif);
      return reussi(undefined);
    }),
  );

/**
 * Disables an account, for a reason: its sessions end at once, its roles stay for the day it is enabled again. Refuses
 * one's own, and the last administrator's.
 */
export const desactiverPersonne = async (
  db: Database,
  acteur: Acteur,
  demande: Demande,
): Promise<Resultat<undefined, RefusCompte>> => {
  if (acteur.identifiant === `personne:${demande.personne}`)
    return refuser(
      'soi',
      'Vous ne pouvez pas désactiver votre propre compte : demandez à un autre administrateur.',
    );
  return changer(db, { ...demande, active: false }, (transaction, motif) =>
    journaliser(transaction, acteur, {
      acte: 'acces.desactiver_personne',
      objetType: 'personne',
      objetId: demande.personne,
      personnel: motifSur(demande.personne, motif),
    }),
  );
};

/** Enables an account again, for a reason: its roles that still run count again, its old sessions do not. */
export const reactiverPersonne = (
  db: Database,
  acteur: Acteur,
  demande: Demande,
): Promise<Resultat<undefined, RefusCompte>> =>
  changer(db, { ...demande, active: true }, (transaction, motif) =>
    journaliser(transaction, acteur, {
      acte: 'acces.reactiver_personne',
      objetType: 'personne',
      objetId: demande.personne,
      personnel: motifSur(demande.personne, motif),
    }),
  );
