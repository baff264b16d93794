export { aFaire } from './a-faire.ts';
export { type Annuaire, ouvrirAnnuaire } from './annuaire.ts';
export { commandes } from './commands.ts';
export { phrases } from './phrases.ts';
export { routes } from './routes.tsx';
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
export { creerTaches } from './taches.ts';
