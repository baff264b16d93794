export { commandes } from './commands.ts';
export { indicateurs, montant, partEnveloppe, partObjectif, postes, structures } from './indicateurs.ts';
export type { Filtre, Territoire, Ventilation } from './rules.ts';
export { type Chiffres, getChiffres, listChiffres } from './store.ts';
