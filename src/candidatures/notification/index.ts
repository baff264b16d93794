export type { Expediteur } from './lettre.rules.ts';
export { type Lettre, listLettres } from './lettres.ts';
export { creerTacheNotifier, type OutilsNotification } from './notifier.taches.ts';
export { routesNotification } from './routes.ts';
export { type Avancement, lireAvancement } from './store.ts';
