export {
  conserverOfficiels,
  deposerFichier,
  type Examen,
  examinerFichiers,
  type FichierLu,
  lireFichier,
  nettoyerFichiers,
  supprimerFichier,
} from './acts.ts';
export { type Depot, depotAbsent, ouvrirDepot } from './depot.ts';
export { extensionsAcceptees, formatsDits } from './nature.ts';
export { listFichiers, type Proprietaire } from './store.ts';
export { tachesDesFichiers } from './taches.ts';
export { type StatutFichier, workflowFichier } from './workflow.ts';
