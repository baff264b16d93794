import { type Database, enTransaction } from '../platform/database/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../platform/result.ts';
import { findStructure } from '../structures/index.ts';
import { remplacerLieux } from './store.ts';

/**
 * Says where the posts of a structure will go, as a communiqué names it (with the article: « la bibliothèque
 * départementale »), and whether a coordinator will lead them. Replaces what was said. Refuses an unknown structure.
 */
export const definirLieux = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly identifiant: string;
    readonly lieux: readonly string[];
    readonly itinerant: boolean;
    readonly coordinateur: boolean;
  },
): Promise<Resultat<undefined, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const structure = await findStructure(transaction, demande.identifiant);
      if (!structure)
        return abandonner(
          refuser('structure', `Aucune structure ne porte le numéro ${demande.identifiant}.`),
        );
      await remplacerLieux(transaction, structure.id, demande);
      await journaliser(transaction, acteur, {
        acte: 'deploiement.definir_lieux',
        objetType: 'structure',
        objetId: structure.id,
        contenu: { lieux: demande.lieux, coordinateur: demande.coordinateur },
      });
      return reussi(undefined);
    }),
  );
