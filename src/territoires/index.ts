export { importerContours, type RapportContours } from './acts.ts';
export type {
  Annuaire,
  CommuneConnue,
  CommuneDemandee,
  CommuneResolue,
  Ecart,
} from './annuaire.rules.ts';
export { chargerAnnuaire } from './annuaire.store.ts';
export { commandes } from './commands.ts';
export type { RefusContours } from './contours.rules.ts';
export {
  type Assemblee,
  type Departement,
  type DepartementDeLActeur,
  getDepartement,
  listDepartements,
  listDepartementsDeLActeur,
  listRegions,
  type Prefecture,
  type Region,
} from './departements.store.ts';
export {
  type CommuneDeLEpci,
  type Epci,
  getEpci,
  listCommunesDeEpci,
} from './intercommunalites.store.ts';
export { phrases } from './phrases.ts';
export {
  chercherTerritoires,
  listCodesPostaux,
  type TerritoiresTrouves,
  type TerritoireTrouve,
} from './recherche.store.ts';
export { type BilanReference, chargerReference } from './reference.store.ts';
export {
  type CodeRepare,
  type Contour,
  type NiveauContour,
  normaliserNom,
  type Polygones,
  type Position,
  type PrecisionPosition,
} from './rules.ts';
export {
  type Commune,
  type CommuneTrouvee,
  chercherCommunes,
  chercherCommunesRessemblantes,
  listCommunesByCode,
  listCommunesDuCodePostal,
  listContours,
  listSourcesContours,
  trouverCommune,
} from './store.ts';
