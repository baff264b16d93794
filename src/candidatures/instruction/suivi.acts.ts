import { sql } from 'kysely';
import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import { type Acteur, journaliser } from '../../platform/journal.ts';
import { enRefus, exiger, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { workflowCandidature } from '../workflow.ts';
import { introuvable, perimetrePrefecture } from './avis.acts.ts';
import { prevenir } from './prevenir.taches.ts';
import { seSuit } from './rules.ts';
import { findFiche, listAgents, listDoublons } from './store.ts';

/** Gives an application to an agent of the préfecture to follow, or to nobody. */
export const affecter = (
  db: Database,
  acteur: Acteur,
  { candidatureId, agent }: { readonly candidatureId: string; readonly agent: string | null },
): Promise<Resultat<undefined>> =>
  enTransaction(db, async (transaction) => {
    const fiche = await findFiche(transaction, candidatureId);
    if (fiche === undefined) return introuvable();
    if (agent !== null) {
      if (!seSuit(fiche.statut))
        return refuser(
          'etat',
          'Cette candidature est retirée, ou le doublon d’une autre : personne n’a plus à la suivre.',
        );
      const agents = fiche.departement === null ? [] : await listAgents(transaction, [fiche.departement]);
      if (!agents.some(({ id }) => id === agent))
        return refuser(
          'agent',
          'Cette personne n’instruit pas ce département : choisissez un de ses agents.',
        );
    }
    if (fiche.agentId === agent) return reussi(undefined);
    const { numUpdatedRows } = await transaction
      .updateTable('candidature')
      .set({ instructeur_id: agent })
      .where('id', '=', fiche.id)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return introuvable();
    const objet = { objetType: 'candidature', objetId: fiche.id, perimetre: perimetrePrefecture(fiche) };
    if (agent === null)
      await journaliser(transaction, acteur, {
        acte: 'candidature.desaffecter',
        contenu: {},
        ...objet,
      });
    else
      await journaliser(transaction, acteur, {
        acte: 'candidature.affecter',
        contenu: { personne: agent },
        ...objet,
      });
    return reussi(undefined);
  });

/** Writes a note that the préfecture alone reads. */
export const ecrireNote = (
  db: Database,
  acteur: Acteur,
  demande: { readonly candidatureId: string; readonly personne: string | null; readonly texte: string },
): Promise<Resultat<undefined>> =>
  enTransaction(db, async (transaction) => {
    const fiche = await findFiche(transaction, demande.candidatureId);
    if (fiche === undefined) return introuvable();
    await transaction
      .insertInto('candidature_note')
      .values({ candidature_id: fiche.id, auteur_id: demande.personne, texte: demande.texte })
      .execute();
    await journaliser(transaction, acteur, {
      acte: 'candidature.noter',
      objetType: 'candidature',
      objetId: fiche.id,
      perimetre: perimetrePrefecture(fiche),
    });
    return reussi(undefined);
  });

/** Takes a note away: that of who wrote it. */
export const effacerNote = (
  db: Database,
  acteur: Acteur,
  demande: { readonly candidatureId: string; readonly note: string; readonly personne: string },
): Promise<Resultat<undefined>> =>
  enTransaction(db, async (transaction) => {
    const fiche = await findFiche(transaction, demande.candidatureId);
    if (fiche === undefined) return introuvable();
    const { numDeletedRows } = await transaction
      .deleteFrom('candidature_note')
      .where('id', '=', demande.note)
      .where('candidature_id', '=', fiche.id)
      .where('auteur_id', '=', demande.personne)
      .executeTakeFirst();
    if (numDeletedRows === 0n)
      return refuser('absent', 'Cette note n’est plus là, ou n’est pas de vous : rechargez la page.');
    await journaliser(transaction, acteur, {
      acte: 'candidature.effacer_note',
      objetType: 'candidature',
      objetId: fiche.id,
      perimetre: perimetrePrefecture(fiche),
    });
    return reussi(undefined);
  });

/**
 * Says that an application is the double of another, which goes on alone. Both keep what was written on them. Refuses
 * a target that does not look like it, belongs to another wave or is itself a double.
 */
export const fusionner = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly candidatureId: string;
    readonly version: number;
    readonly cible: string;
    readonly motif: string;
  },
): Promise<Resultat<undefined>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      // Both are held, in one order: two merges that cross do not make a ring.
      await sql`
        select id from candidature where id in (${demande.candidatureId}, ${demande.cible})
        order by id for update`.execute(transaction);
      const fiche = await findFiche(transaction, demande.candidatureId);
      if (fiche === undefined) return introuvable();
      const cible = (await listDoublons(transaction, fiche.id)).find(({ id }) => id === demande.cible);
      if (cible === undefined)
        return refuser(
          'cible',
          'Choisissez la candidature à garder parmi celles qui ressemblent à celle-ci. Si elle vient de changer d’état, rechargez la page.',
        );
      if (!cible.memeVague)
        return refuser(
          'cible',
          'La candidature à garder est d’une autre vague : elles ne se fusionnent pas.',
        );
      await transaction
        .updateTable('candidature')
        .set({ fusionnee_dans: cible.id })
        .where('id', '=', fiche.id)
        .execute();
      // Nothing is awaited of it any more; restored, it may be asked for something else.
      await sql`update candidature_correction set repondue_le = now()
        where candidature_id = ${fiche.id} and repondue_le is null`.execute(transaction);
      exiger(
        await changerStatut(transaction, workflowCandidature, acteur, {
          id: fiche.id,
          nom: 'fusionner',
          version: demande.version,
          motif: demande.motif,
          contenu: { numero: cible.numero },
          perimetre: { structure: fiche.structureId, ...perimetrePrefecture(fiche) },
        }),
      );
      await prevenir(transaction, { genre: 'fusion', candidature: fiche.id, rang: String(fiche.version) });
      return reussi(undefined);
    }),
  );

/** Undoes a merge: the application is submitted again, as it was. */
export const separer = (
  db: Database,
  acteur: Acteur,
  demande: { readonly candidatureId: string; readonly version: number; readonly motif: string },
): Promise<Resultat<undefined>> =>
  enRefus(async () => {
    try {
      return await enTransaction(db, async (transaction) => {
        const fiche = await findFiche(transaction, demande.candidatureId);
        if (fiche === undefined) return introuvable();
        exiger(
          await changerStatut(transaction, workflowCandidature, acteur, {
            id: fiche.id,
            nom: 'separer',
            version: demande.version,
            motif: demande.motif,
            perimetre: { structure: fiche.structureId, ...perimetrePrefecture(fiche) },
          }),
        );
        return reussi(undefined);
      });
    } catch (error) {
      if (databaseError(error)?.constraint === 'candidature_une_active')
        return refuser(
          'etat',
          'La structure a déposé une autre candidature à cette vague depuis : elle n’en a qu’une à la fois.',
        );
      throw error;
    }
  });
