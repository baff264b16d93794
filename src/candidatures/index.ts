export { aFaire } from './a-faire.ts';
export { annoncerSeance, annulerAnnonce } from './acts.ts';
export { preparerSeance } from './comite/seances.acts.ts';
export { commandes } from './commands.ts';
export { commencer, enregistrer } from './demande/brouillon.acts.ts';
export { etapes } from './demande/champ.ts';
export { deposer } from './demande/depot.acts.ts';
export { noyau } from './demande/noyau.ts';
export { findCandidature } from './demande/store.ts';
export { workflowDepot } from './import/workflow.ts';
export { rendreAvis } from './instruction/avis.acts.ts';
export { demanderCorrection } from './instruction/correction.acts.ts';
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
