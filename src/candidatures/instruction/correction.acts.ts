import { sql } from 'kysely';
import { type Database, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { enRefus, exiger, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { workflowCandidature } from '../workflow.ts';
import { introuvable, perimetrePrefecture } from './avis.acts.ts';
import { listChampsCorrigibles } from './champs.ts';
import { prevenir } from './prevenir.taches.ts';
import { vagueAnnulee, verifierEcheance } from './rules.ts';
import { type Fiche, findFiche, verrouiller } from './store.ts';

/** Its history is the structure's too. */
const perimetre = (fiche: Fiche) => ({ structure: fiche.structureId, ...perimetrePrefecture(fiche) });

/**
 * Sends an application back to its structure for the fields named alone, with a message and a due date; the structure
 * is told by mail. Refuses a field that the form does not have, and a date that is past or too far.
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
      const faux = verifierEcheance(demande.echeance, demande.aujourdhui, fiche.fermeLe);
      if (faux !== undefined) return faux;
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

/**
 * Asks for the same answers with another text and another due date: what was asked before is kept, closed, and the
 * structure is told by mail. Refuses what was answered or changed meanwhile, and a date that is past or too far.
 */
export const changerCorrection = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly candidatureId: string;
    /** The demand that was seen. */
    readonly correction: string;
    readonly message: string;
    readonly echeance: string;
    readonly aujourdhui: string;
    readonly personne: string | null;
  },
): Promise<Resultat<undefined>> =>
  enTransaction(db, async (transaction) => {
    await verrouiller(transaction, demande.candidatureId);
    const fiche = await findFiche(transaction, demande.candidatureId);
    if (fiche === undefined) return introuvable();
    if (fiche.etatVague === 'annulee') return refuser('etat', vagueAnnulee);
    const faux = verifierEcheance(demande.echeance, demande.aujourdhui, fiche.fermeLe);
    if (faux !== undefined) return faux;
    const { rows } = await sql<{ champs: string[] }>`
      update candidature_correction set repondue_le = now()
      where id = ${demande.correction} and candidature_id = ${fiche.id} and repondue_le is null
      returning champs`.execute(transaction);
    const avant = rows[0];
    if (avant === undefined)
      return refuser(
        'version',
        'Cette demande a changé entre-temps, ou la structure y a répondu\u00a0: relisez la candidature.',
      );
    const { id } = await transaction
      .insertInto('candidature_correction')
      .values({
        candidature_id: fiche.id,
        champs: avant.champs,
        demande: demande.message,
        echeance: demande.echeance,
        demandee_par: demande.personne,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await journaliser(transaction, acteur, {
      acte: 'candidature.changer_correction',
      objetType: 'candidature',
      objetId: fiche.id,
      contenu: { echeance: demande.echeance },
      perimetre: perimetre(fiche),
    });
    await prevenir(transaction, { genre: 'correction_changee', candidature: fiche.id, objet: id });
    return reussi(undefined);
  });

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
      returning id, (now() at time zone 'Europe/Paris')::date::text as jour`.execute(transaction);
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
