export { type Demande, schemaDeDemande, schemaDeFichier, schemaDeFiltres } from './demande.ts';
export { ecrireListe, type Format, formatsDe, ligneJson, mimes } from './formats.ts';
export {
  lireGrandeListe,
  lireListe,
  lireSuite,
  lireUne,
  lireVoisines,
  type PageDeListe,
  parcourirListe,
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
export { type FormatPrive, fichierDeListe, formatsPrives } from './prive.ts';
export { schemaDeLigne, tableSchema } from './schemas.ts';
