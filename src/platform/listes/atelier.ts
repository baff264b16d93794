import { once } from 'node:events';
import { setImmediate as tour } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Entete, LotDeClasseur, ValeurDeClasseur } from './classeur.ts';

// Beside this file in the sources, beside the bundle once built.
const programme = new URL(
  import.meta.url.endsWith('.ts') ? './classeur.ts' : './classeur.js',
  import.meta.url,
);

/** Rows that go to the thread together: the server serves others between two lots. */
const tailleDeLot = 500;
/** MiB that a workbook may take: 20 000 structures take about a third. Beyond, it fails, and the server stands. */
const memoireMax = 1024;

/** One workbook at a time: several at once would take the memory of the server. */
let dernier: Promise<unknown> = Promise.resolve();

const composer = async (
  entete: Entete,
  lignes: AsyncIterable<readonly ValeurDeClasseur[]>,
): Promise<Uint8Array> => {
  const thread = new Worker(programme, {
    workerData: entete,
    resourceLimits: { maxOldGenerationSizeMb: memoireMax },
  });
  // Rejects when the thread fails, before or after it was given everything.
  const answer: Promise<readonly Uint8Array[]> = once(thread, 'message');
  answer.catch(() => undefined);
  try {
    let lot: (readonly ValeurDeClasseur[])[] = [];
    const envoyer = (): void => {
      thread.postMessage(lot satisfies LotDeClasseur);
      lot = [];
    };
    for await (const ligne of lignes) {
      lot.push(ligne);
      if (lot.length < tailleDeLot) continue;
      envoyer();
      await tour();
    }
    envoyer();
    thread.postMessage(null);
    const [octets] = await answer;
    if (!octets) throw new Error('the thread of the workbook ended without an answer');
    return octets;
  } finally {
    await thread.terminate();
  }
};

/**
 * Makes a workbook in a thread of its own, when those asked for before are made: rows are read only then. Fails with
 * what fails while reading them, or in the thread; the next one is made all the same.
 */
export const composerClasseur = (
  entete: Entete,
  lignes: AsyncIterable<readonly ValeurDeClasseur[]>,
): Promise<Uint8Array> => {
  const made = dernier.then(() => composer(entete, lignes));
  dernier = made.catch(() => undefined).then(() => tour());
  return made;
};
