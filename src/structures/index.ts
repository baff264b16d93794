export { commandes } from './commands.ts';
export { phrases } from './phrases.ts';
export {
  cleSiretValide,
  estAssemblee,
  type GenreIdentifiant,
  genresIdentifiant,
  type IdentifiantLu,
  libellePublic,
  lireIdentifiant,
  nomRecherche,
} from './rules.ts';
export { findStructure } from './store.ts';
