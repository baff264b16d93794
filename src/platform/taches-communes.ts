import { oublierCourriels } from './courriel.ts';
import { scellerJournal } from './scellement.ts';
import { type DeclaredTache, defineTache, oublierTachesFaites, sansDonnees } from './taches.ts';

/** The jobs that belong to no room. */
export const tachesCommunes: readonly DeclaredTache[] = [
  defineTache({
    nom: 'menage',
    libelle: 'Effacer le contenu des courriels anciens et les traces des tâches faites',
    planification: '30 2 * * *',
    donnees: sansDonnees,
    travail: async ({ db }) => {
      await oublierCourriels(db);
      await oublierTachesFaites(db);
    },
  }),
  defineTache({
    nom: 'sceller',
    libelle: 'Sceller les lignes du journal',
    planification: '*/10 * * * *',
    donnees: sansDonnees,
    travail: async ({ db }) => {
      await scellerJournal(db);
    },
  }),
];
