export type { Expediteur } from './lettre.rules.ts';
export { creerTacheNotifier, type OutilsNotification } from './notifier.taches.ts';
