import type { Acteur } from '../journal.ts';
import { type DeclaredTache, defineTache, sansDonnees } from '../taches.ts';
import { examinerFichiers, nettoyerFichiers } from './acts.ts';
import type { Depot } from './depot.ts';

const acteur: Acteur = { identifiant: 'maillage', role: 'operateur' };

/** The jobs that look after files; where they are kept is opened at each run. Both may be done again. */
export const tachesDesFichiers = (ouvrir: () => Promise<Depot>): readonly DeclaredTache[] => [
  defineTache({
    nom: 'fichiers-examen',
    libelle: 'Faire examiner par l’antivirus les fichiers gardés à part',
    planification: '*/5 * * * *',
    donnees: sansDonnees,
    travail: async ({ db }) => {
      const { echecs } = await examinerFichiers(db, await ouvrir(), acteur);
      // Said where failed jobs are looked for; the next run asks again.
      if (echecs.length > 0) throw new Error(echecs.join(' ; '));
    },
  }),
  defineTache({
    nom: 'fichiers-nettoyage',
    libelle: 'Détruire les fichiers supprimés ou refusés, et ceux que la base ne connaît pas',
    planification: '45 2 * * *',
    donnees: sansDonnees,
    travail: async ({ db, clock }) => {
      await nettoyerFichiers(db, await ouvrir(), acteur, clock());
    },
  }),
];
