import type { Phrases } from '../platform/historique.ts';

export const phrases: Phrases = { 'plan.definir': () => 'Plan départemental défini' };
