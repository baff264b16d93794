import { type Database, enTransaction } from '../platform/database/index.ts';
import { type Acteur, journaliser } from '../platform/journal.ts';
import { abandonner, enRefus, type Resultat, refuser, reussi } from '../platform/result.ts';
import { getProgramme } from '../programme/index.ts';
import { getDepartement } from '../territoires/index.ts';
import { ecrirePlan, type Plan } from './store.ts';

/**
 * Records the plan of a département of which the deployment is a measure: communiqués then name it. Without article:
 * « plan départemental de lutte contre l’illettrisme ». Refuses an unknown département.
 */
export const definirPlan = (
  db: Database,
  acteur: Acteur,
  demande: Plan & { readonly departement: string; readonly mesure: string },
): Promise<Resultat<string, string>> =>
  enRefus(() =>
    enTransaction(db, async (transaction) => {
      const programme = await getProgramme(transaction);
      if (!programme)
        return abandonner(refuser('programme', 'Aucun programme n’est installé dans cette base.'));
      if (!(await getDepartement(transaction, demande.departement))) {
        return abandonner(
          refuser(
            'departement',
            `Le département « ${demande.departement} » n’existe pas. Donnez son code : 02, 2A, 971…`,
          ),
        );
      }
      const id = await ecrirePlan(transaction, { ...demande, programmeId: programme.id });
      await journaliser(transaction, acteur, {
        acte: 'plan.definir',
        objetType: 'plan_departemental',
        objetId: id,
      });
      return reussi(id);
    }),
  );
