// A process of its own, for tests that kill it: does one thing, says « ici » where it is to be killed, and waits there.
import { systemClock } from './clock.ts';
import { deposerCourriel } from './courriel.ts';
import { connectDatabase } from './database/index.ts';
import { defineTache, ouvrirOuvriers, sansDonnees } from './taches.ts';

const [quoi, operateur, acces] = process.argv.slice(2);
if (operateur === undefined || acces === undefined)
  throw new Error('usage: arret.fixtures.ts (acte | tache) URL URL');
const adresses = { operateur, acces };

/** Waits for ever: only a signal ends it. */
const rester = (): Promise<never> => {
  process.stdout.write('ici\n');
  return new Promise(() => setInterval(() => undefined, 1_000));
};

const courriel = { destinataire: 'ada@example.fr', objet: 'Un effet', paragraphes: ['Un effet.'] };

if (quoi === 'acte') {
  await connectDatabase(adresses, 'operateur', 1)
    .transaction()
    .execute(async (transaction) => {
      await deposerCourriel(transaction, courriel);
      await rester();
    });
} else {
  const tache = defineTache({
    nom: 'effet',
    libelle: 'Un effet',
    donnees: sansDonnees,
    travail: async ({ uneFois }) => {
      await uneFois(async (transaction) => {
        await deposerCourriel(transaction, courriel);
      });
      await rester();
    },
  });
  await ouvrirOuvriers({
    adresses,
    taches: [tache],
    clock: systemClock,
    adresse: '',
    signalerPanne: (error) => process.stderr.write(String(error)),
  });
}
