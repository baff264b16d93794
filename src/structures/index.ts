export { aFaire } from './a-faire.ts';
export { commandes } from './commands.ts';
export { routes } from './libelles.routes.tsx';
export { phrases } from './phrases.ts';
export { cleSiretValide, estAssemblee, libellePublic, nomRecherche } from './rules.ts';
export { findStructure } from './store.ts';
