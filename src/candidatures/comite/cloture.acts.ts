import { type Database, databaseError, enTransaction } from '../../platform/database/index.ts';
import type { Acteur } from '../../platform/journal.ts';
import { abandonner, enRefus, exiger, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerStatut, changerStatutEnLot } from '../../platform/workflow.ts';
import { demanderNotification } from '../notification/demande.ts';
import { prevenirReouverture } from '../notification/reouverture.ts';
import { workflowCandidature, workflowSeance } from '../workflow.ts';
import {
  compterDeliberations,
  compterSuites,
  creerDecisions,
  creerLettres,
  creerProcesVerbal,
  type DelibereeAClore,
  effacerDecisions,
  listAClore,
  listARouvrir,
  numeroterCloture,
} from './cloture.store.ts';
import { annuler } from './deliberation.acts.ts';
import { getSeanceTenue, verrouillerVague } from './deliberation.store.ts';
import { reouvertureEmpechee, resultats } from './rules.ts';
import { exigerTenue, refusDOuverture } from './seances.acts.ts';

/** The change of status that each result is. */
const transitions = {
  retenue: 'retenir',
  refusee: 'refuser',
  ajournee: 'ajourner',
  liste_attente: 'mettre_en_attente',
} as const;

/** The perimeter of a file: once it is decided, its structure and its préfecture know. */
export const perimetreDe = ({
  structureId,
  departement,
}: {
  readonly structureId: string;
  readonly departement: string | null;
}) => ({ structure: structureId, ...(departement === null ? {} : { departement }) });

const decider = async (
  db: Database,
  acteur: Acteur,
  seanceId: string,
  deliberees: readonly DelibereeAClore[],
): Promise<void> => {
  for (const resultat of resultats) {
    const siennes = deliberees.filter((deliberee) => deliberee.resultat === resultat);
    const changees = await changerStatutEnLot(
      db,
      workflowCandidature,
      acteur,
      transitions[resultat],
      siennes.map((deliberee) => ({
        id: deliberee.candidatureId,
        version: deliberee.version,
        ...(deliberee.motif === null ? {} : { motif: deliberee.motif }),
        contenu: { seance: seanceId, postes: deliberee.postes, montant_centimes: deliberee.montant },
        perimetre: perimetreDe(deliberee),
      })),
    );
    if (changees.ok) continue;
    const numero = siennes.find(({ candidatureId }) => candidatureId === changees.id)?.numero;
    return abandonner(
      refuser(changees.refus, `Rien n’est clos. Candidature n° ${numero ?? '?'} : ${changees.message}`),
    );
  }
};

/**
 * Closes a session: what it deliberated is decided, in one transaction, with a letter for each decision and the minutes,
 * which a job then writes and sends. Files that it has not decided stay for the next one; what it decided of a file that
 * was withdrawn or sent back since is undone. Refuses who does not keep it, and who does not see all that it decided.
 */
export const cloreSeance = async (
  db: Database,
  acteur: Acteur,
  demande: { readonly seanceId: string; readonly version: number },
): Promise<Resultat<{ readonly decisions: number; readonly cloture: number }, string>> => {
  const { seanceId, version } = demande;
  try {
    return await enRefus(() =>
      enTransaction(db, async (transaction) => {
        const seance = await exigerTenue(transaction, acteur, seanceId);
        if (seance.vagueId === null)
          return abandonner(refuser('absent', 'Cette séance ne décide d’aucune vague.'));
        await verrouillerVague(transaction, seance.vagueId);
        const { toutes, vues } = await compterDeliberations(transaction, seanceId);
        if (vues < toutes)
          return abandonner(
            refuser(
              'conflit',
              'Un conflit d’intérêts ou votre territoire vous cache une partie des décisions : faites clore la séance par le président, le secrétaire ou un administrateur qui les voit toutes.',
            ),
          );
        const deliberees = await listAClore(transaction, seanceId);
        for (const { candidatureId, ...avant } of deliberees.filter(({ sortie }) => sortie))
          await annuler(transaction, acteur, {
            seanceId,
            candidatureId,
            avant,
            motif: 'La candidature n’était plus à décider à la clôture.',
          });
        exiger(
          await changerStatut(transaction, workflowSeance, acteur, { id: seanceId, nom: 'clore', version }),
        );
        await decider(
          transaction,
          acteur,
          seanceId,
          deliberees.filter(({ sortie }) => !sortie),
        );
        const decisions = await creerDecisions(transaction, seanceId);
        const cloture = await numeroterCloture(transaction, seanceId, true);
        await creerLettres(transaction, decisions, cloture);
        await creerProcesVerbal(transaction, seanceId, cloture);
        await demanderNotification(transaction, { seanceId, cloture });
        return reussi({ decisions: decisions.length, cloture });
      }),
    );
  } catch (error) {
    if (databaseError(error)?.constraint !== 'decision_structure_id_seance_id_key') throw error;
    return refuser(
      'deja',
      'Rien n’est clos. Un fichier importé donne déjà une décision à une structure de cette séance : retirez-la d’abord.',
    );
  }
};

/**
 * Reopens a session for a reason: its decisions are undone, what it deliberated stays, with the money it commits; the
 * structures that had their letter are told by mail. Refuses once one of them is announced, withdrawn or promoted.
 */
export const rouvrirSeance = (
  db: Database,
  acteur: Acteur,
  demande: {
    readonly seanceId: string;
    readonly version: number;
    readonly motif: string;
    /** Of the site, for the links of mails. */
    readonly adresse: string;
  },
): Promise<Resultat<{ readonly decisions: number }, string>> =>
  refusDOuverture(() =>
    enTransaction(db, async (transaction) => {
      const { seanceId, version, motif, adresse } = demande;
      const seance = await getSeanceTenue(transaction, seanceId);
      if (seance?.vagueId == null)
        return abandonner(refuser('absent', 'Cette séance ne décide d’aucune vague.'));
      await verrouillerVague(transaction, seance.vagueId);
      const empechee = reouvertureEmpechee(await compterSuites(transaction, seanceId, { verrou: true }));
      if (empechee) return abandonner(refuser(empechee.refus, empechee.message));
      exiger(
        await changerStatut(transaction, workflowSeance, acteur, {
          id: seanceId,
          nom: 'rouvrir',
          version,
          motif,
        }),
      );
      const dossiers = await listARouvrir(transaction, seanceId);
      exiger(
        await changerStatutEnLot(
          transaction,
          workflowCandidature,
          acteur,
          'rouvrir',
          dossiers.map((dossier) => ({
            id: dossier.id,
            version: dossier.version,
            motif,
            contenu: { seance: seanceId },
            perimetre: perimetreDe(dossier),
          })),
        ),
      );
      const candidatures = dossiers.map(({ id }) => id);
      await prevenirReouverture(transaction, { seanceId, version, candidatures, adresse });
      await effacerDecisions(transaction, seanceId, candidatures);
      return reussi({ decisions: dossiers.length });
    }),
  );
