export { aFaire } from './a-faire.ts';
export { annoncerSeance, annulerAnnonce } from './acts.ts';
export { commandes } from './commands.ts';
export { etapes, noyau } from './demande/champs.ts';
export { workflowDepot } from './import/workflow.ts';
export { listeDecisions, listeStructures } from './listes.ts';
export { phrases } from './phrases.ts';
export { workflowProposition } from './repartition/workflow.ts';
export { routes } from './routes.tsx';
export {
  findSeance,
  listCategoriesRetenues,
  listSeances,
  listStructuresRetenues,
  type Seance,
  type SeanceListee,
  type StructureRetenue,
} from './store.ts';
export { lireSuiviDEspace, type PartieDEspace } from './suivi/espace.store.ts';
export { creerTaches } from './taches.ts';
export { workflowCandidature, workflowSeance } from './workflow.ts';
