import type { DeclarerCommandes } from '../platform/cli.ts';
import { systemClock } from '../platform/clock.ts';
import { pluriel } from '../platform/francais/index.ts';
import { exiger } from '../platform/result.ts';
import { chargerDemo, retirerDemo } from './acts.ts';
import { chargerExercice } from './exercice.ts';

export const commandes: DeclarerCommandes = (programme, outils) => {
  const demo = programme.command('demo').description('La démonstration : l’Aisne de mars 2021');
  demo
    .command('charger')
    .description('Charger la démonstration')
    .action(async () => {
      const { structures, postes } = await outils.avecBase(async ({ db, acteur }) =>
        exiger(await chargerDemo(db, acteur)),
      );
      outils.ecrire(
        `Démonstration chargée : ${pluriel(structures, 'structure', 'structures')}, ${pluriel(postes, 'poste', 'postes')}.`,
      );
    });
  demo
    .command('exercice')
    .description('Ouvrir une vague d’exercice, avec des candidatures, sur la démonstration')
    .action(async () => {
      const { candidatures } = await outils.avecBase(async ({ db, acteur }) =>
        exiger(await chargerExercice(db, acteur, { adresse: outils.adresse, clock: systemClock })),
      );
      outils.ecrire(
        `Vague d’exercice ouverte, avec ${pluriel(candidatures, 'candidature', 'candidatures')}.`,
      );
    });
  demo
    .command('retirer')
    .description('Retirer ce que la démonstration seule a apporté')
    .action(async () => {
      const gone = await outils.avecBase(async ({ db, acteur }) => exiger(await retirerDemo(db, acteur)));
      outils.ecrire(
        `Démonstration retirée : ${pluriel(gone, 'ligne effacée', 'lignes effacées')} ; ce que d’autres sources connaissent est gardé.`,
      );
    });
};
