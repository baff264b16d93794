import type { Database } from '../platform/database/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../platform/result.ts';
import { getProgramme } from '../programme/index.ts';
import { annoncerDecisions, compterAnnonces, findSeance } from './store.ts';

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
 * as it is. Refuses a session that is not known, or without a decision there.
 */
export const annoncerSeance = async (
  db: Database,
  acteur: Acteur,
  demande: DemandeAnnonce,
): Promise<Resultat<{ readonly annoncees: number; readonly total: number }, 'seance' | 'vide'>> => {
  const programme = await getProgramme(db);
  const seance = programme && (await findSeance(db, programme.id, demande.seance));
  if (!seance)
    return refuser('seance', `Aucune séance du comité n’est connue à la date du ${demande.seance}.`);
  const { total } = await compterAnnonces(db, seance.id, demande.departement);
  if (total === 0) {
    const where = demande.departement === undefined ? '' : ` dans le département ${demande.departement}`;
    return refuser(
      'vide',
      `La séance du ${demande.seance} n’a retenu aucune structure${where} : il n’y a rien à annoncer.`,
    );
  }
  const annoncees = await annoncerDecisions(db, seance.id, demande.departement, demande.instant);
  await journaliser(db, acteur, {
    acte: 'candidatures.annoncer',
    objetType: 'seance',
    objetId: seance.id,
    contenu: { departement: demande.departement ?? null, instant: demande.instant, decisions: annoncees },
  });
  return reussi({ annoncees, total });
};
