import { type Database, enTransaction } from '../platform/database/index.ts';
import { type Acteur, journaliserEnLot } from '../platform/journal.ts';
import { commencerBrouillons } from './store.ts';

/** Begins the communiqué of a session in each of these départements that has none; gives how many were begun. */
export const commencerCommuniques = (
  db: Database,
  acteur: Acteur,
  demande: { readonly seanceId: string; readonly date: string; readonly departements: readonly string[] },
): Promise<number> =>
  enTransaction(db, async (transaction) => {
    const commences = await commencerBrouillons(transaction, demande);
    await journaliserEnLot(
      transaction,
      acteur,
      commences.map(({ id, departement }) => ({
        acte: 'communique.commencer',
        objetType: 'communique',
        objetId: id,
        contenu: { seance: demande.seanceId },
        perimetre: { departement },
      })),
    );
    return commences.length;
  });
