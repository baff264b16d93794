import type { Phrases } from './historique.ts';

/** The acts that belong to no room. */
export const phrases: Phrases = { 'courriel.relancer': () => 'Courriel remis à l’envoi' };
