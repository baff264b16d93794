export { commandes } from './commands.ts';
export { findPlanDeploiement, listPlansDeploiement, type Plan } from './store.ts';
