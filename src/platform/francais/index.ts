export { dateLongue, duree, instantLong, moisLong, quand } from './dates.ts';
export { a, accord, avecArticle, capitale, de, type Genre, liste, pluriel, que } from './grammaire.ts';
export { nomLisible, titreDepuisMajuscules } from './majuscules.ts';
export {
  ESPACE_INSECABLE,
  enLettres,
  euros,
  eurosEnLettres,
  MOTS_DE_NOMBRE,
  nombre,
  ordinalFeminin,
  poids,
  pourcentage,
} from './nombres.ts';
export { avantSignature } from './signature.ts';
export { typographier } from './typographie.ts';
