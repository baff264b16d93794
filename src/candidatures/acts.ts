import { type Database, enTransaction } from '../platform/database/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../platform/result.ts';
import { getProgramme, listVagues } from '../programme/index.ts';
import { getDepartement } from '../territoires/index.ts';
import {
  annoncerDecisions,
  annulerAnnonces,
  compterAnnonces,
  ecrireVagueSeance,
  findSeance,
} from './store.ts';

export type DemandeAnnonce = {
  /** Session date. */
  readonly seance: string;
  /** All the départements where absent. */
  readonly departement?: string;
  /** ISO instant from which the decisions are public. */
  readonly instant: string;
};

/**
 * Announces the decisions of a session from an instant on, for a département or for all. What is public already stays
 * as it is, and where there is nothing else nothing is written. Refuses a session that is not known, or without a
 * decision there.
 */
export const annoncerSeance = (
  db: Database,
  acteur: Acteur,
  demande: DemandeAnnonce,
): Promise<Resultat<{ readonly annoncees: number; readonly total: number }, 'seance' | 'vide'>> =>
  enTransaction(db, async (transaction) => {
    const programme = await getProgramme(transaction);
    const seance = programme && (await findSeance(transaction, programme.id, demande.seance));
    if (!seance)
      return refuser('seance', `Aucune séance du comité n’est connue à la date du ${demande.seance}.`);
    const { total } = await compterAnnonces(transaction, seance.id, demande.departement);
    if (total === 0) {
      const where = demande.departement === undefined ? '' : ` dans le département ${demande.departement}`;
      return refuser(
        'vide',
        `La séance du ${demande.seance} n’a retenu aucune structure${where} : il n’y a rien à annoncer.`,
      );
    }
    const annoncees = await annoncerDecisions(transaction, seance.id, demande.departement, demande.instant);
    if (annoncees === 0) return reussi({ annoncees, total });
    const departement =
      demande.departement === undefined ? undefined : await getDepartement(transaction, demande.departement);
    await journaliser(transaction, acteur, {
      acte: 'candidatures.annoncer',
      objetType: 'seance',
      objetId: seance.id,
      contenu: {
        departement: demande.departement ?? null,
        ...(departement === undefined ? {} : { lieu: departement.locatif }),
        instant: demande.instant,
        decisions: annoncees,
      },
      ...(demande.departement === undefined ? {} : { perimetre: { departement: demande.departement } }),
    });
    return reussi({ annoncees, total });
  });

/** Takes back an announcement to come: the decisions that were to be public at this instant wait again. */
export const annulerAnnonce = (
  db: Database,
  acteur: Acteur,
  demande: DemandeAnnonce & { readonly departement: string },
): Promise<number> =>
  enTransaction(db, async (transaction) => {
    const programme = await getProgramme(transaction);
    const seance = programme && (await findSeance(transaction, programme.id, demande.seance));
    if (!seance) return 0;
    const { departement, instant } = demande;
    const decisions = await annulerAnnonces(transaction, seance.id, departement, instant);
    if (decisions > 0)
      await journaliser(transaction, acteur, {
        acte: 'candidatures.annuler_annonce',
        objetType: 'seance',
        objetId: seance.id,
        contenu: { departement, decisions },
        perimetre: { departement },
      });
    return decisions;
  });

/** Says which wave a session decides. Refuses an unknown session or wave. */
export const rattacherSeance = (
  db: Database,
  acteur: Acteur,
  demande: { readonly seance: string; readonly rang: number },
): Promise<Resultat<undefined, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const programme = await getProgramme(transaction);
      const seance = programme && (await findSeance(transaction, programme.id, demande.seance));
      if (!seance)
        return abandonner(
          refuser('seance', `Aucune séance du comité n’est connue à la date du ${demande.seance}.`),
        );
      const vague = (await listVagues(transaction, programme.id)).find(({ rang }) => rang === demande.rang);
      if (!vague)
        return abandonner(
          refuser(
            'vague',
            `Aucune vague de rang ${demande.rang} n’est enregistrée (maillage programme vague).`,
          ),
        );
      await ecrireVagueSeance(transaction, seance.id, vague.id);
      await journaliser(transaction, acteur, {
        acte: 'candidatures.rattacher',
        objetType: 'seance',
        objetId: seance.id,
        contenu: { vague: vague.id },
      });
      return reussi(undefined);
    }),
  );
