// A process of its own, for tests that kill it: works at the jobs of imports, stops where the database makes it wait.
import { ouvrirModules } from '../../platform/modules.fixtures.ts';
import type { OutilsTache } from '../../platform/taches.ts';

type Horloge = typeof import('../../platform/clock.ts');
type Taches = typeof import('../../platform/taches.ts');
type Depot = typeof import('./depot.taches.ts');

const [quand, operateur, acces] = process.argv.slice(2);
if (operateur === undefined || acces === undefined)
  throw new Error('usage: depot.fixtures.ts (pendant | apres) URL URL');
const { lire } = await ouvrirModules();
const { systemClock } = await lire<Horloge>('/src/platform/clock.ts');
const { ouvrirOuvriers } = await lire<Taches>('/src/platform/taches.ts');
const { taches } = await lire<Depot>('/src/candidatures/import/depot.taches.ts');
process.stdout.write('ici\n');

/** Does the work of the job, then waits for ever: the queue never hears of it. */
const sansFin = (tache: (typeof taches)[number]): (typeof taches)[number] => ({
  ...tache,
  faire: async (outils: OutilsTache, brut: unknown) => {
    await tache.faire(outils, brut);
    process.stdout.write('fait\n');
    await new Promise(() => setInterval(() => undefined, 1_000));
  },
});

await ouvrirOuvriers({
  adresses: { operateur, acces },
  taches: quand === 'apres' ? taches.map(sansFin) : taches,
  clock: systemClock,
  adresse: 'https://maillage.example.fr',
  signalerPanne: (error) => process.stderr.write(`${String(error)}\n`),
});
