import { sql } from 'kysely';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { enRefus, exiger, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { workflowCandidature } from '../workflow.ts';
import { introuvable, perimetrePrefecture } from './avis.acts.ts';
import { listChampsCorrigibles } from './champs.ts';
import { prevenir } from './prevenir.taches.ts';
import { vagueAnnulee } from './rules.ts';
import { type Fiche, findFiche } from './store.ts';

/** Its history is the structure's too. */
const perimetre = (fiche: Fiche) => ({ structure: fiche.structureId, ...perimetrePrefecture(fiche) });

/**
 * Sends an application back to its structure for the fields named alone, with a message and a due date; the structure
 * is told by mail. Refuses a field that the form does not have, and a date that is past.
 */
export const demanderCorrection = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly candidatureId: string;
    readonly version: number;
    readonly champs: readonly string[];
    readonly message: string;
    readonly echeance: string;
    readonly aujourdhui: string;
    readonly personne: string | null;
  },
): Promise<Resultat<{ readonly id: string }>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const fiche = await findFiche(transaction, demande.candidatureId);
      if (fiche === undefined) return introuvable();
      if (demande.echeance < demande.aujourdhui)
        return refuser('echeance', 'Cette date est passée : donnez à la structure le temps de répondre.');
      const possibles = await listChampsCorrigibles(transaction, fiche.id);
      const champs = [...new Set(demande.champs)];
      if (champs.length === 0 || !champs.every((nom) => possibles.some((possible) => possible.nom === nom)))
        return refuser('champs', 'Cochez ce que la structure doit corriger, parmi les réponses proposées.');
      exiger(
        await changerStatut(transaction, workflowCandidature, acteur, {
          id: fiche.id,
          nom: 'demander_correction',
          version: demande.version,
          contenu: { champs: champs.length, echeance: demande.echeance },
          perimetre: perimetre(fiche),
        }),
      );
      const { id } = await transaction
        .insertInto('candidature_correction')
        .values({
          candidature_id: fiche.id,
          champs,
          demande: demande.message,
          echeance: demande.echeance,
          demandee_par: demande.personne,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await prevenir(transaction, { genre: 'correction', candidature: fiche.id, objet: id });
      return reussi({ id });
    }),
  );

/** Goes on without the correction that was asked for, and says why. The structure is told. */
export const reprendreSansCorrection = (
  db: Database,
  acteur: Acteur,
  demande: { readonly candidatureId: string; readonly version: number; readonly motif: string },
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const fiche = await findFiche(transaction, demande.candidatureId);
      if (fiche === undefined) return introuvable();
      exiger(
        await changerStatut(transaction, workflowCandidature, acteur, {
          id: fiche.id,
          nom: 'reprendre',
          version: demande.version,
          motif: demande.motif,
          perimetre: perimetre(fiche),
        }),
      );
      const { rows } = await sql<{ id: string }>`
        update candidature_correction set repondue_le = now()
        where candidature_id = ${fiche.id} and repondue_le is null returning id`.execute(transaction);
      const close = rows[0];
      if (close !== undefined)
        await prevenir(transaction, { genre: 'reprise', candidature: fiche.id, objet: close.id });
      return reussi(undefined);
    }),
  );

/** Reminds the structure at once of the correction that is awaited: once a day at most. */
export const relancerCorrection = (
  db: Database,
  acteur: Acteur,
  { candidatureId }: { readonly candidatureId: string },
): Promise<Resultat<undefined>> =>
  enTransaction(db, async (transaction) => {
    const fiche = await findFiche(transaction, candidatureId);
    if (fiche === undefined) return introuvable();
    if (fiche.etatVague === 'annulee') return refuser('etat', vagueAnnulee);
    if (fiche.statut !== 'en_correction')
      return refuser('etat', 'Rien à rappeler : aucune correction n’est attendue de la structure.');
    const { rows } = await sql<{ id: string; jour: string }>`
      update candidature_correction set relancee_le = now()
      where candidature_id = ${fiche.id} and repondue_le is null
        and (relancee_le is null or relancee_le < now() - interval '1 day')
      returning id, now()::date::text as jour`.execute(transaction);
    const relancee = rows[0];
    if (relancee === undefined)
      return refuser('deja', 'Un rappel est parti depuis moins d’un jour : attendez demain pour un autre.');
    await prevenir(transaction, {
      genre: 'relance',
      candidature: fiche.id,
      objet: relancee.id,
      rang: relancee.jour,
    });
    await journaliser(transaction, acteur, {
      acte: 'candidature.relancer',
      objetType: 'candidature',
      objetId: fiche.id,
      perimetre: perimetre(fiche),
    });
    return reussi(undefined);
  });
