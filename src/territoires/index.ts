export { importerContours, type RapportContours } from './acts.ts';
export {
  type Annuaire,
  type CommuneConnue,
  type CommuneDemandee,
  type CommuneResolue,
  type Ecart,
  resoudreCommune,
} from './annuaire.rules.ts';
export { chargerAnnuaire } from './annuaire.store.ts';
export { commandes } from './commands.ts';
export { lireContours, type RefusContours } from './contours.rules.ts';
export {
  type Assemblee,
  type Departement,
  getDepartement,
  listDepartements,
  type Prefecture,
  type Region,
} from './departements.store.ts';
export { type BilanReference, chargerReference } from './reference.store.ts';
export {
  type CodeRepare,
  type Contour,
  departementSelonCodePostal,
  distanceMetres,
  type NiveauContour,
  normaliserNom,
  normaliserNomImporte,
  type Polygones,
  type Position,
  type PrecisionPosition,
  reparerCodeDepartement,
  reparerCodeInsee,
  reparerCodePostal,
} from './rules.ts';
export {
  type Commune,
  type CommuneTrouvee,
  chercherCommunes,
  type DemandeCommune,
  listCommunesByCode,
  listCommunesByNomEtCodePostal,
  listContours,
  type ReponseCommune,
  trouverCommune,
} from './store.ts';
