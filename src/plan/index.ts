export { commandes } from './commands.ts';
export { findPlanDeploiement, type Plan } from './store.ts';
