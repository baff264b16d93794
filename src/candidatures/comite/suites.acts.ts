import { type Database, enTransaction } from '../../platform/database/index.ts';
import type { Acteur } from '../../platform/journal.ts';
import { centimes } from '../../platform/money.ts';
import { abandonner, enRefus, exiger, type Resultat, refuser, reussi } from '../../platform/result.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { demanderNotification } from '../notification/demande.ts';
import { type FondementDeRetrait, retraitTardif } from '../retrait.rules.ts';
import { workflowCandidature } from '../workflow.ts';
import { perimetreDe } from './cloture.acts.ts';
import { creerLettre, numeroterCloture } from './cloture.store.ts';
import { chiffrer, enveloppeDe, plafondDe, verifierPostes } from './deliberation.acts.ts';
import {
  ajouterEngagement,
  type DossierADecider,
  getDossierADecider,
  getSeanceTenue,
  lireReste,
  verrouillerVague,
} from './deliberation.store.ts';
import { phraseDePlafond } from './rules.ts';
import { ajouterLigne, getDecisionPrise, noterPromotion, noterRetrait, premierRang } from './suites.store.ts';

export type DemandeSuite = {
  readonly decisionId: string;
  /** Of the application that was seen. */
  readonly version: number;
  readonly motif: string;
};

const ouvrir = async (db: Database, { decisionId }: DemandeSuite) => {
  const decision = await getDecisionPrise(db, decisionId);
  if (decision === undefined) return abandonner(refuser('absent', 'Cette décision est introuvable.'));
  const dossier = await getDossierADecider(db, decision.candidatureId);
  const seance = await getSeanceTenue(db, decision.seanceId);
  if (dossier === undefined || seance === undefined)
    return abandonner(refuser('absent', 'Cette décision est introuvable.'));
  await verrouillerVague(db, dossier.vagueId);
  return { decision, dossier, seance };
};

const ecrireSuite = async (
  db: Database,
  seanceId: string,
  decisionId: string,
  type: 'promotion' | 'retrait',
): Promise<void> => {
  const cloture = await numeroterCloture(db, seanceId, false);
  await creerLettre(db, decisionId, cloture, type);
  await demanderNotification(db, { seanceId, cloture });
};

/**
 * Withdraws a decision that retained a structure, on a ground of law and for a reason: its posts and its money are free
 * again, and a letter says so. Refuses one said unlawful more than four months after it was taken (CRPA L242-1).
 */
export const retirerDecision = (
  db: Database,
  acteur: Acteur,
  demande: DemandeSuite & { readonly fondement: FondementDeRetrait },
): Promise<Resultat<undefined, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const { decision, dossier, seance } = await ouvrir(transaction, demande);
      const tard = retraitTardif(demande.fondement, decision.priseLe, decision.aujourdhui);
      if (tard !== undefined) return abandonner(refuser('fondement', tard));
      exiger(
        await changerStatut(transaction, workflowCandidature, acteur, {
          id: dossier.id,
          nom: 'retirer_decision',
          version: demande.version,
          motif: demande.motif,
          contenu: {
            decision: decision.id,
            seance: seance.id,
            postes: decision.postes,
            fondement: demande.fondement,
          },
          perimetre: perimetreDe(dossier),
        }),
      );
      await noterRetrait(transaction, decision.id, demande);
      await ecrireSuite(transaction, seance.id, decision.id, 'retrait');
      return reussi(undefined);
    }),
  );

/**
 * Retains a file of the waiting list of a closed session, when posts came back. Refuses what the ceilings do not allow,
 * saying what is left, and a file that others come before.
 */
export const promouvoir = async (
  db: Database,
  acteur: Acteur,
  demande: DemandeSuite & {
    readonly postes?: number | undefined;
    readonly mode?: 'forfait' | 'taux' | undefined;
  },
): Promise<Resultat<undefined, string>> => {
  let vu: { dossier: DossierADecider; enveloppeId: string; postes: number; parPoste: number } | undefined;
  try {
    return await enRefus(() =>
      enTransaction(db, async (transaction) => {
        const { decision, dossier, seance } = await ouvrir(transaction, demande);
        const premier = await premierRang(transaction, seance.id);
        if (decision.rang !== null && premier !== null && premier < decision.rang)
          return abandonner(
            refuser('rang', `Le rang ${premier} passe avant : promouvez-le d’abord, ou attendez sa réponse.`),
          );
        const postes = demande.postes ?? 0;
        const trop = verifierPostes(postes, dossier);
        if (trop) return abandonner(trop);
        exiger(
          await changerStatut(transaction, workflowCandidature, acteur, {
            id: dossier.id,
            nom: 'promouvoir',
            version: demande.version,
            motif: demande.motif,
            contenu: { decision: decision.id, seance: seance.id, postes },
            perimetre: perimetreDe(dossier),
          }),
        );
        const { programmeId, regimes, jourDesRegimes } = seance;
        const chiffre = exiger(
          await chiffrer(transaction, {
            programmeId,
            regimes,
            jour: jourDesRegimes,
            dossier,
            postes,
            mode: demande.mode,
          }),
        );
        const enveloppeId = await enveloppeDe(transaction, seance);
        vu = { dossier, enveloppeId, postes, parPoste: chiffre.parPoste };
        await ajouterLigne(transaction, {
          decisionId: decision.id,
          categorie: dossier.categorie,
          postes,
          varianteId: chiffre.varianteId,
          engagementId: await ajouterEngagement(transaction, enveloppeId, chiffre.montant),
        });
        await noterPromotion(transaction, decision.id);
        await ecrireSuite(transaction, seance.id, decision.id, 'promotion');
        return reussi(undefined);
      }),
    );
  } catch (error) {
    const plafond = plafondDe(error);
    if (plafond === undefined || vu === undefined) throw error;
    const { dossier, enveloppeId, postes, parPoste } = vu;
    return refuser(
      plafond,
      phraseDePlafond(plafond, await lireReste(db, dossier, enveloppeId), {
        postes,
        parPoste: centimes(parPoste),
      }),
    );
  }
};
