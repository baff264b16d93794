import { z } from 'zod';
import { enTransaction } from '../platform/database/index.ts';
import { type DeclaredTache, defineTache, sansDonnees } from '../platform/taches.ts';
import { appliquerConservation, effacerPersonne } from './compte/donnees-personnelles.acts.ts';
import { effacementDemande } from './compte/donnees-personnelles.store.ts';
import { tacheEnvoi } from './invitations/invitations-fichier.taches.ts';

const service = { identifiant: 'maillage', role: 'operateur' } as const;

/**
 * Erases somebody whose account was closed for it, whoever wrote the queue. An erasure is done for the whole programme,
 * beyond any role.
 */
export const tacheEffacement = defineTache({
  nom: 'effacement',
  libelle: 'Effacer les données d’une personne qui l’a demandé',
  donnees: z.object({ personne: z.uuid() }),
  travail: async ({ db, acces }, { personne }) => {
    await enTransaction(db, async (transaction) => {
      if (!(await effacementDemande(transaction, personne))) return;
      const done = await effacerPersonne({ db: transaction, acces }, service, {
        personne,
        motif: 'Demande d’effacement',
      });
      // Taken up again after its end, there is nothing left to erase.
      if (!done.ok && done.refus !== 'deja') throw new Error(done.message);
    });
  },
});

export const taches: readonly DeclaredTache[] = [
  tacheEffacement,
  tacheEnvoi,
  defineTache({
    nom: 'conservation',
    libelle: 'Effacer les données personnelles gardées assez longtemps',
    planification: '0 4 * * *',
    donnees: sansDonnees,
    travail: async ({ db, acces, clock }) => {
      await appliquerConservation({ db, acces }, service, clock().toString());
    },
  }),
];
