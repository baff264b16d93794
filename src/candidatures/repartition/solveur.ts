import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Avancement, Demande, Echec, Reponse } from './calcul.ts';
import { ecarts, ecrireModele, type Probleme } from './rules.ts';

// Beside this file in the sources, beside the bundle once built.
const programme = new URL(import.meta.url.endsWith('.ts') ? './calcul.ts' : './calcul.js', import.meta.url);

/** MiB that a calculation may take outside the solver's own memory. */
const memoireMax = 1024;

/** One calculation at a time in a process: the site keeps the other core. */
let dernier: Promise<unknown> = Promise.resolve();

const compiler = async (): Promise<WebAssembly.Module> =>
  WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve('highs/runtime')));
let compile: Promise<WebAssembly.Module> | undefined;

const calculer = async (
  modele: Omit<Demande, 'solveur'>,
  suivre: (avancement: Avancement) => void,
): Promise<Reponse> => {
  // Once for all the threads of the process: what one has made fast stays fast for the next.
  compile ??= compiler();
  const demande: Demande = { ...modele, solveur: await compile };
  return new Promise((resolve, reject) => {
    const thread = new Worker(programme, {
      workerData: demande,
      resourceLimits: { maxOldGenerationSizeMb: memoireMax },
    });
    thread.on('message', (message: Avancement | Reponse | Echec) => {
      if (message.type === 'avancement') return suivre(message);
      if (message.type === 'reponse') resolve(message);
      else reject(new Error(`the solver ended with status ${message.statut}`));
      void thread.terminate();
    });
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread of the solver ended without an answer')));
  });
};

/** The best allocation found, with the proof of how good it is. */
export type Solution = Omit<Reponse, 'type'>;

export type Reglages = {
  /** Relative distance to the best possible at which the search may stop; 0.1 % unless said. */
  readonly ecart?: number;
  /** In seconds; 120 unless said. */
  readonly dureeMax?: number;
  readonly suivre?: (avancement: Omit<Avancement, 'type'>) => void;
};

/**
 * Finds an allocation by HiGHS in a thread of its own, one at a time. What it gives was counted again in integers: a
 * solution that would break a limit is a fault.
 */
export const resoudre = (probleme: Probleme, reglages: Reglages = {}): Promise<Solution> => {
  const { ecart = 0.001, dureeMax = 120, suivre = () => undefined } = reglages;
  const nombre = probleme.dossiers.length;
  if (nombre === 0) return Promise.resolve({ postes: [], borne: 0, points: 0, ecart: 0, duree: 0 });
  const fait = dernier.then(async () => {
    const modele = ecrireModele(probleme);
    const { type: _, ...solution } = await calculer({ modele, nombre, ecart, dureeMax }, suivre);
    const rompus = ecarts(probleme, solution.postes);
    if (rompus.length > 0) throw new Error(`the solver’s allocation breaks ${rompus.join(', ')}`);
    return solution;
  });
  dernier = fait.catch(() => undefined);
  return fait;
};
