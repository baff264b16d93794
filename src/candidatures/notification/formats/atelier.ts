import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Expediteur, Lettre } from '../lettre.rules.ts';
import type { ProcesVerbal } from '../proces-verbal.rules.ts';
import type { Demande, Reponse } from './dessin.ts';
import gabaritLettre from './lettre.typ?raw';
import gabaritProcesVerbal from './proces-verbal.typ?raw';

// Beside this file in the sources, beside the bundle once built.
const programme = new URL(import.meta.url.endsWith('.ts') ? './dessin.ts' : './dessin.js', import.meta.url);

/** Draws documents as tagged PDF (PDF/UA-1), A4, in a thread of its own. */
export type Atelier = {
  readonly lettre: (lettre: Lettre, logo: Expediteur['logo']) => Promise<Uint8Array>;
  readonly procesVerbal: (procesVerbal: ProcesVerbal) => Promise<Uint8Array>;
  readonly fermer: () => Promise<void>;
};

/** Opens the thread; a document that does not compile or does not conform is a fault. */
export const ouvrirAtelier = (fontsFolder: string): Atelier => {
  const thread = new Worker(programme, { workerData: fontsFolder });
  const attendus = new Map<number, PromiseWithResolvers<Uint8Array>>();
  let suivant = 0;
  let panne: Error | undefined;
  const abandonner = (error: Error): void => {
    panne = error;
    for (const attendu of attendus.values()) attendu.reject(error);
    attendus.clear();
  };
  thread.on('error', abandonner);
  thread.on('exit', () => abandonner(panne ?? new Error('the thread that draws documents ended')));
  thread.on('message', (reponse: Reponse) => {
    const attendu = attendus.get(reponse.id);
    attendus.delete(reponse.id);
    if ('octets' in reponse) attendu?.resolve(reponse.octets);
    else attendu?.reject(new Error(reponse.erreur));
  });
  const dessiner = (demande: Omit<Demande, 'id'>): Promise<Uint8Array> => {
    if (panne !== undefined) return Promise.reject(panne);
    suivant += 1;
    const attendu = Promise.withResolvers<Uint8Array>();
    attendus.set(suivant, attendu);
    thread.postMessage({ id: suivant, ...demande } satisfies Demande);
    return attendu.promise;
  };
  return {
    lettre: (lettre, logo) => {
      const fichier =
        logo && `logo-${createHash('sha256').update(logo.octets).digest('hex').slice(0, 16)}.${logo.type}`;
      return dessiner({
        gabarit: gabaritLettre,
        contenu: { ...lettre, logo: logo && { fichier, alt: logo.alt } },
        logo: logo && fichier ? { fichier, octets: logo.octets } : null,
      });
    },
    procesVerbal: (procesVerbal) =>
      dessiner({ gabarit: gabaritProcesVerbal, contenu: procesVerbal, logo: null }),
    fermer: async () => {
      await thread.terminate();
    },
  };
};
