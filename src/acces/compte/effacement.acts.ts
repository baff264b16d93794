import { sql } from 'kysely';
import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser, motifSur } from '../../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../../platform/result.ts';
import { demanderTache } from '../../platform/taches.ts';
import { tacheEffacement } from '../taches.ts';
import { findConcernee } from './donnees-personnelles.store.ts';

export type RefusDEffacement = 'absente' | 'motif' | 'deja' | 'dernier_administrateur';

/**
 * Closes an account at once, and asks that what it holds be erased: one's own, or anybody's for an administrator, who
 * says why. The erasure follows within a minute, by a job. Refuses the last administrator, and whoever was erased.
 */
export const demanderEffacement = async (
  db: Database,
  acteur: Acteur,
  demande: { readonly personne: string; readonly motif?: string },
): Promise<Resultat<undefined, RefusDEffacement>> => {
  const soi = acteur.identifiant === `personne:${demande.personne}`;
  const motif = demande.motif?.trim() ?? '';
  if (!soi && acteur.role !== 'administrateur') return refuser('absente', 'Cette personne n’existe pas.');
  if (!soi && motif === '')
    return refuser('motif', 'Donnez le motif de l’effacement, par exemple la demande reçue.');
  try {
    return await enTransaction(db, async (transaction) => {
      const personne = await findConcernee(transaction, demande.personne, true);
      if (!personne) return refuser('absente', 'Cette personne n’existe pas.');
      if (personne.effacee) return refuser('deja', 'Les données de cette personne sont déjà effacées.');
      // Before what closes the account, which takes the right to ask for anything away.
      await demanderTache(transaction, tacheEffacement, { personne: personne.id });
      await journaliser(transaction, acteur, {
        acte: 'acces.demander_effacement',
        objetType: 'personne',
        objetId: personne.id,
        ...(motif === '' ? {} : { personnel: motifSur(personne.id, motif) }),
      });
      await sql`update personne set desactivee_le = coalesce(desactivee_le, now()), version = version + 1
        where id = ${personne.id}::uuid`.execute(transaction);
      return reussi(undefined);
    });
  } catch (error) {
    if (databaseError(error)?.constraint === 'dernier_administrateur')
      return refuser(
        'dernier_administrateur',
        soi
          ? 'Vous êtes le dernier administrateur : donnez d’abord ce rôle à une autre personne.'
          : 'C’est le dernier administrateur : donnez d’abord ce rôle à une autre personne.',
      );
    throw error;
  }
};
