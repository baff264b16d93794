export { publierCommunique } from './acts.ts';
export { commandes } from './commands.ts';
export { listeCommuniques } from './listes.ts';
export { routes } from './routes.tsx';
export { findCommunique, listCommuniques } from './store.ts';
export { workflowCommunique } from './workflow.ts';
