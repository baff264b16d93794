export { findPlanDeploiement, type Plan } from './store.ts';
