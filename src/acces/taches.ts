import { type DeclaredTache, defineTache, sansDonnees } from '../platform/taches.ts';
import { appliquerConservation } from './donnees-personnelles.acts.ts';

export const taches: readonly DeclaredTache[] = [
  defineTache({
    nom: 'conservation',
    libelle: 'Effacer les données personnelles gardées assez longtemps',
    planification: '0 4 * * *',
    donnees: sansDonnees,
    travail: async ({ db, acces, clock }) => {
      await appliquerConservation(
        { db, acces },
        { identifiant: 'maillage', role: 'operateur' },
        clock().toString(),
      );
    },
  }),
];
