export { commandes } from './commands.ts';
export { indicateurs, montant, partEnveloppe, partObjectif, postes, structures } from './indicateurs.ts';
export { listeDepartements, listeEpci, listeRegions, listeSeances } from './listes.ts';
export { type Filtre, type Territoire, type Ventilation, ventilations } from './rules.ts';
export { type Chiffres, getChiffres, listChiffres } from './store.ts';
