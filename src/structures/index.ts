import type { DeclaredRoute } from '../platform/http/route.ts';
import { routes as libelles } from './libelles.routes.tsx';
import { routes as verifier } from './routes.tsx';

export { aFaire } from './a-faire.ts';
export { type Annuaire, ouvrirAnnuaire } from './annuaire.ts';
export { commandes } from './commands.ts';
export { phrases } from './phrases.ts';
export {
  cleSiretValide,
  type Denomination,
  type GenreIdentifiant,
  type IdentifiantLu,
  libelleARelire,
  libellePublic,
  lireIdentifiant,
  nommerStructure,
  nomRecherche,
} from './rules.ts';
export { findStructure } from './store.ts';
export { creerTaches } from './taches.ts';

export const routes: readonly DeclaredRoute[] = [...libelles, ...verifier];
