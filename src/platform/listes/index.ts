export {
  colonnesUsuelles,
  type Demande,
  schemaDeDemande,
  schemaDeFichier,
  schemaDeFiltres,
} from './demande.ts';
export { ecrireListe, type Format, formatsDe, ligneJson, mimes } from './formats.ts';
export {
  lireGrandeListe,
  lireListe,
  lirePage,
  lireSuite,
  lireUne,
  lireVoisines,
  type PageDeListe,
  parcourirListe,
  parPage,
} from './lecture.ts';
export {
  type Champ,
  type Champs,
  champ,
  contenant,
  defineListe,
  type Filtre,
  filtreChoix,
  filtreCode,
  filtreDate,
  filtreTexte,
  type Ligne,
  type Liste,
  type Tri,
} from './liste.ts';
export { exporterListe, journaliserExport, routesDeFichiers } from './prive.routes.ts';
export { type FormatPrive, formatsPrives, formatsPrivesEtJson } from './prive.ts';
export { schemaDeLigne, tableSchema } from './schemas.ts';
