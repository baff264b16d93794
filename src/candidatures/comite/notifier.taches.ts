import { z } from 'zod';
import { defineTache } from '../../platform/taches.ts';

/** Writes and sends what a closing left to write: letters, minutes. Nothing is read but `acte_de_seance`. */
export const tacheNotifier = defineTache({
  nom: 'notifier-decisions',
  libelle: 'Écrire et envoyer les lettres et le procès-verbal d’une séance',
  donnees: z.object({ seanceId: z.uuid(), cloture: z.int() }),
  travail: async () => undefined,
});
