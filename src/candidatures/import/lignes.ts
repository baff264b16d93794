import type { Database } from '../../platform/database/index.ts';
import { type Lignes, parPage, type Vue, vues } from '../views/page-import.tsx';
import type { Bilan } from './bilan.store.ts';
import { compterAvecAnomalies, listLignes, type Source } from './rapport.store.ts';

/** The rows that a page asks for: of the first view that has any, unless one is asked for. Nothing beyond the last page. */
export const lireLignes = async (
  db: Database,
  source: Source,
  bilan: Bilan,
  demande: { readonly vue?: Vue | undefined; readonly page: number },
): Promise<Lignes | undefined> => {
  const comptes: Readonly<Record<Vue, number>> = {
    anomalies: await compterAvecAnomalies(db, source),
    rejetee: bilan.rejetees,
    modifiee: bilan.modifiees,
    creee: bilan.creees,
    inchangee: bilan.inchangees,
  };
  const vue = demande.vue ?? vues.find((each) => comptes[each] > 0) ?? 'anomalies';
  if (demande.page > 1 && (demande.page - 1) * parPage >= comptes[vue]) return undefined;
  const filtre = vue === 'anomalies' ? { anomalies: true } : { sort: vue };
  const debut = (demande.page - 1) * parPage;
  return {
    vue,
    comptes,
    page: demande.page,
    lignes: await listLignes(db, source, filtre, { debut, limite: parPage }),
  };
};
