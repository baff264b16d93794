export { estAssemblee, libellePublic, lireNom, lireSiret, nomRecherche } from './rules.ts';
