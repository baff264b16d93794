import type { Phrases } from '../platform/historique.ts';

export const phrases: Phrases = { 'deploiement.definir_lieux': () => 'Lieux et coordination définis' };
