import type { Database } from '../platform/database/index.ts';
import { journaliser } from '../platform/journal.ts';
import { verifierJournal } from '../platform/scellement.ts';
import { type DeclaredTache, defineTache, sansDonnees } from '../platform/taches.ts';

/** Sentences that a line of the journal keeps: one broken journal may have as many anomalies as seals. */
const anomaliesMax = 100;

/** Verifies the journal, and writes in it what was found: a verification is on record like any act. */
const verifier = async (db: Database): Promise<void> => {
  const { sceaux, scellees, enAttente, anomalies, dernier } = await verifierJournal(db);
  await journaliser(
    db,
    { identifiant: 'maillage', role: 'operateur' },
    {
      acte: 'journal.verifier',
      objetType: 'journal',
      objetId: 'sceaux',
      contenu: { sceaux, scellees, enAttente, anomalies: anomalies.slice(0, anomaliesMax), dernier },
    },
  );
};

export const taches: readonly DeclaredTache[] = [
  defineTache({
    nom: 'verifier',
    libelle: 'Vérifier que le journal est entier',
    planification: '30 4 * * 0',
    // Every line that was ever written is read again.
    duree: 7_200,
    donnees: sansDonnees,
    travail: ({ db }) => verifier(db),
  }),
];
