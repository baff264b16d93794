export { commandes } from './commands.ts';
export { phrases } from './phrases.ts';
export { cleSiretValide, estAssemblee, libellePublic, nomRecherche } from './rules.ts';
export { findStructure } from './store.ts';
