export { aFaire } from './a-faire.ts';
export { estEnveloppeDepassee, installerProgramme, refusEnveloppe } from './acts.ts';
export { commandes } from './commands.ts';
export { phrases } from './phrases.ts';
export { creerRegime } from './regimes/acts.ts';
export { creerRoutes } from './routes.tsx';
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
export { creerVague, modifierVague, publierVague } from './vagues/acts.ts';
export { type ChampDuNoyau, type EtapeDemandee, etapesDuNoyau } from './vagues/formulaire.rules.ts';
export { estComptee, etatMontre } from './vagues/liste.ts';
export { type EtatVague, etatsDeVague, type Horaire, type Question, type Section } from './vagues/rules.ts';
export { lireVague, type VagueLue } from './vagues/store.ts';
export { workflowVague } from './vagues/workflow.ts';
