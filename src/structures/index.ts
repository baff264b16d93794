export { commandes } from './commands.ts';
export { estAssemblee, libellePublic, nomRecherche } from './rules.ts';
export { findStructure } from './store.ts';
