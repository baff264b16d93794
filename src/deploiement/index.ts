export { commandes } from './commands.ts';
export { phrases } from './phrases.ts';
export { listLieux, listStructuresCoordonnees } from './store.ts';
