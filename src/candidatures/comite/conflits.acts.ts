import { sql } from 'kysely';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser, motifSur } from '../../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { ajouterConflit, effacerConflit, effacerNotesDe } from './conflits.store.ts';
import { getDossierADecider } from './deliberation.store.ts';

/**
 * Declares, as a member of the committee, an interest in a file, for a reason: from then on the member neither sees the
 * file nor votes on it, and the scores that they gave it go.
 */
export const declarerConflit = (
  db: Database,
  acteur: Acteur,
  demande: { readonly candidatureId: string; readonly motif: string },
): Promise<Resultat<undefined, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { candidatureId, motif } = demande;
      const [, personne] = /^personne:(.+)$/.exec(acteur.identifiant) ?? [];
      if (acteur.role !== 'membre_comite' || personne === undefined)
        return abandonner(refuser('droits', 'Seul un membre du comité déclare un conflit d’intérêts.'));
      if (motif.trim() === '')
        return abandonner(refuser('motif', 'Écrivez en quelques mots ce qui vous lie à cette structure.'));
      if ((await getDossierADecider(transaction, candidatureId)) === undefined)
        return abandonner(refuser('absent', 'Ce dossier est introuvable.'));
      // Clicked twice at once: the second finds what the first declared.
      await sql`select pg_advisory_xact_lock(hashtext(${`conflit ${candidatureId} ${personne}`}))`.execute(
        transaction,
      );
      if ((await getDossierADecider(transaction, candidatureId)) === undefined) return reussi(undefined);
      const notes = await effacerNotesDe(transaction, candidatureId, personne);
      await ajouterConflit(transaction, candidatureId, personne, motif.trim());
      await journaliser(transaction, acteur, {
        acte: 'conflit.declarer',
        objetType: 'candidature',
        objetId: candidatureId,
        contenu: { notes_effacees: notes },
        personnel: motifSur(personne, motif.trim()),
      });
      return reussi(undefined);
    }),
  );

/** Lifts a conflict of interest, for a reason: an administrator alone does. */
export const leverConflit = (
  db: Database,
  acteur: Acteur,
  demande: { readonly candidatureId: string; readonly personneId: string; readonly motif: string },
): Promise<Resultat<undefined, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { candidatureId, personneId, motif } = demande;
      if (acteur.role !== 'administrateur' && acteur.role !== 'operateur')
        return abandonner(
          refuser('droits', 'Un administrateur lève un conflit d’intérêts : demandez-le-lui.'),
        );
      if (motif.trim() === '')
        return abandonner(refuser('motif', 'Écrivez pourquoi le conflit d’intérêts est levé.'));
      if (!(await effacerConflit(transaction, candidatureId, personneId)))
        return abandonner(refuser('absent', 'Ce conflit d’intérêts est déjà levé.'));
      await journaliser(transaction, acteur, {
        acte: 'conflit.lever',
        objetType: 'candidature',
        objetId: candidatureId,
        personnel: motifSur(personneId, motif.trim()),
      });
      return reussi(undefined);
    }),
  );
