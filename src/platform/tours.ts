import { setImmediate as tour } from 'node:timers/promises';

/** Milliseconds that long work holds the server before others are served. */
const duree = 10;

/**
 * Made once for a long work, called between its steps: others are served whenever it has held the server for 10 ms.
 * A step must itself be short.
 */
export const creerPause = (): (() => Promise<void>) => {
  let debut = performance.now();
  return async () => {
    if (performance.now() - debut < duree) return;
    await tour();
    debut = performance.now();
  };
};
