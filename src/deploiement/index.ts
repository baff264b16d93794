export { commandes } from './commands.ts';
export { listLieux, listStructuresCoordonnees } from './store.ts';
