export { aFaire } from './a-faire.ts';
export { publierCommunique } from './acts.ts';
export { commandes } from './commands.ts';
export { commencerCommuniques } from './commencer.acts.ts';
export { lireExpediteur } from './expediteur.store.ts';
export { listeCommuniques } from './listes.ts';
export { phrases } from './phrases.ts';
export { routes } from './routes.tsx';
export {
  type ChoixCommuniques,
  type CommuniquePublie,
  communiquesPublies,
  compterCommuniques,
  findCommunique,
  listCommuniques,
} from './store.ts';
export { workflowCommunique } from './workflow.ts';
