import { systemClock } from '../platform/clock.ts';
import { type Database, databaseError, enTransaction } from '../platform/database/index.ts';
import type { Requete } from '../platform/http/route.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { type Resultat, refuser, reussi } from '../platform/result.ts';
import { avancerTache, type DeclaredTache, reprendreTache } from '../platform/taches.ts';
import { lireSanteTaches, type SanteTaches } from '../platform/taches-sante.ts';

/** How jobs and mail go, as the acting administrator reads it. */
export const sante = async (
  db: Database,
  taches: readonly DeclaredTache[],
  { config, demonstration }: Pick<Requete, 'config' | 'demonstration'>,
): Promise<SanteTaches> =>
  lireSanteTaches(db, {
    taches,
    clock: systemClock,
    expedition: config.courriel !== undefined,
    demonstration: await demonstration(),
  });

const dejaLa = () =>
  refuser('deja', 'Cette tâche attend déjà d’être faite, ou se fait en ce moment : regardez plus tard.');

/** Runs a scheduled job without waiting for its hour. Refuses a job that acts ask for, and one that waits already. */
export const lancer = (
  db: Database,
  acteur: Acteur,
  tache: DeclaredTache,
): Promise<Resultat<undefined, 'sans_heure' | 'deja'>> =>
  enTransaction(db, async (transaction) => {
    if (tache.planification === undefined)
      return refuser('sans_heure', 'Cette tâche ne se lance pas seule : un acte la demande.');
    if (!(await avancerTache(transaction, tache.nom))) return dejaLa();
    await journaliser(transaction, acteur, {
      acte: 'tache.avancer',
      objetType: 'tache',
      objetId: tache.nom,
      contenu: { tache: tache.libelle },
    });
    return reussi(undefined);
  });

/** Gives a job that failed for good one more try. Refuses one that has not failed, or whose like waits already. */
export const reprendre = async (
  db: Database,
  acteur: Acteur,
  execution: { readonly id: string; readonly tache: DeclaredTache },
): Promise<Resultat<undefined, 'etat' | 'deja'>> => {
  const { id, tache } = execution;
  try {
    return await enTransaction(db, async (transaction) => {
      if (!(await reprendreTache(transaction, tache.nom, id)))
        return refuser('etat', 'Cette tâche n’est pas, ou plus, en échec.');
      await journaliser(transaction, acteur, {
        acte: 'tache.reprendre',
        objetType: 'tache',
        objetId: tache.nom,
        contenu: { tache: tache.libelle, execution: id },
      });
      return reussi(undefined);
    });
  } catch (error) {
    // Of a schedule, one that waits is enough: the queue itself refuses another.
    if (databaseError(error)?.code === '23505') return dejaLa();
    throw error;
  }
};
