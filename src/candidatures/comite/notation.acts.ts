import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { getDossierADecider, getSeanceTenue } from './deliberation.store.ts';
import { ecrireNotes, listCriteres } from './dossiers.store.ts';
import { noteMaximale } from './rules.ts';

/** Scores a file of a session by criterion, as one of its members; a criterion without a score has none any more. */
export const noterDossier = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly seanceId: string;
    readonly candidatureId: string;
    readonly notes: readonly { readonly critere: string; readonly note: number }[];
  },
): Promise<Resultat<undefined, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { seanceId, candidatureId, notes } = demande;
      const seance = await getSeanceTenue(transaction, seanceId);
      const dossier = await getDossierADecider(transaction, candidatureId);
      const [, personne] = /^personne:(.+)$/.exec(acteur.identifiant) ?? [];
      if (seance?.vagueId == null || dossier?.vagueId !== seance.vagueId)
        return abandonner(refuser('absent', 'Ce dossier ne relève pas de cette séance.'));
      if (personne === undefined || seance.fonction === null)
        return abandonner(refuser('droits', 'Seuls les membres de la séance notent les dossiers.'));
      if (seance.statut === 'close' || dossier.statut !== 'instruite')
        return abandonner(refuser('etat', 'Ce dossier n’est plus à décider : ses notes ne changent plus.'));
      const criteres = new Set((await listCriteres(transaction, seance.vagueId)).map(({ id }) => id));
      if (
        notes.some(
          ({ critere, note }) =>
            !criteres.has(critere) || !Number.isInteger(note) || note < 0 || note > noteMaximale,
        )
      )
        return abandonner(refuser('note', `Donnez à chaque critère une note de 0 à ${noteMaximale}.`));
      await ecrireNotes(transaction, candidatureId, personne, notes);
      await journaliser(transaction, acteur, {
        acte: 'notation.noter',
        objetType: 'candidature',
        objetId: candidatureId,
        contenu: { seance: seanceId, criteres: notes.length },
      });
      return reussi(undefined);
    }),
  );
