import { sql } from 'kysely';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Depot, deposerFichier } from '../../platform/fichiers/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { introuvable } from './avis.acts.ts';
import type { Cote } from './messages.store.ts';
import { prevenir } from './prevenir.taches.ts';
import { findFiche } from './store.ts';

/**
 * Writes to the other side about an application, with files; the other side is told by mail, without what was written.
 * A file that is refused takes the message with it.
 */
export const envoyerMessage = (
  db: Database,
  depot: Depot,
  acteur: Acteur,
  demande: {
    readonly candidatureId: string;
    readonly cote: Cote;
    readonly personne: string;
    readonly texte: string;
    readonly fichiers: readonly { readonly nom: string; readonly contenu: Uint8Array }[];
  },
): Promise<Resultat<{ readonly id: string }>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const fiche = await findFiche(transaction, demande.candidatureId);
      if (fiche === undefined) return introuvable();
      if (fiche.statut === 'retiree')
        return refuser('etat', 'La candidature est retirée\u00a0: les messages sont clos.');
      const { id } = await transaction
        .insertInto('candidature_message')
        .values({
          candidature_id: fiche.id,
          cote: demande.cote,
          auteur_id: demande.personne,
          texte: demande.texte,
          // Not the beginning of the transaction: files may have been long to come.
          envoye_le: sql`clock_timestamp()`,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      for (const { nom, contenu } of demande.fichiers) {
        const depose = await deposerFichier(transaction, depot, acteur, {
          nom,
          contenu,
          objet: { type: 'candidature', id: fiche.id },
          // The quota is that of who sends it.
          proprietaire:
            demande.cote === 'structure' || fiche.departement === null
              ? { structureId: fiche.structureId }
              : { departementCode: fiche.departement },
          deposePar: demande.personne,
        });
        if (!depose.ok)
          return abandonner(
            refuser(depose.refus, `${nom} : ${depose.message} Joignez de nouveau les fichiers à envoyer.`),
          );
        const fichier = depose.valeur;
        await transaction
          .insertInto('candidature_piece')
          .values({ fichier_id: fichier.id, candidature_id: fiche.id, question: 'message', message_id: id })
          .execute();
      }
      await journaliser(transaction, acteur, {
        acte: 'candidature.ecrire',
        objetType: 'candidature',
        objetId: fiche.id,
        contenu: { cote: demande.cote, fichiers: demande.fichiers.length },
        perimetre: {
          structure: fiche.structureId,
          ...(fiche.departement === null ? {} : { departement: fiche.departement }),
        },
      });
      await prevenir(transaction, { genre: 'message', candidature: fiche.id, objet: id });
      return reussi({ id });
    }),
  );
