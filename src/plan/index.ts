export { commandes } from './commands.ts';
export { phrases } from './phrases.ts';
export { findPlanDeploiement, listPlansDeploiement, type Plan } from './store.ts';
