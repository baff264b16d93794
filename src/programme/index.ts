export { estEnveloppeDepassee, installerProgramme, refusEnveloppe } from './acts.ts';
export { commandes } from './commands.ts';
export { phrases } from './phrases.ts';
export {
  type Categorie,
  montantEngage,
  type Regime,
  type Territoire,
  territoireDe,
  type Variante,
  varianteApplicable,
} from './rules.ts';
export { getDisponible, getProgramme, listRegimes, listVagues, type Programme, type Vague } from './store.ts';
