import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { type Adresses, connectDatabase, type Database } from '../platform/database/index.ts';
import { type Expedition, ouvrirExpedition, ouvrirTransport } from '../platform/expedition.ts';
import { ouvrirOuvriers } from '../platform/taches.ts';
import { lireSanteTaches, type SanteTaches } from '../platform/taches-sante.ts';
import { montreLaDemonstration } from '../vitrine/index.ts';
import { taches } from './rooms.ts';

type Options = {
  readonly config: Config;
  readonly adresses: Adresses;
  readonly adresse: string;
  /** Reads as the public role. */
  readonly publique: Database;
};

/** Milliseconds that what is under way may take to end. */
const patience = 5_000;

type ArrierePlan = {
  readonly sante: () => Promise<SanteTaches>;
  /** Lets what is under way end, a few seconds at most. */
  readonly fermer: () => Promise<void>;
};

const signalerPanne = (error: unknown): void => {
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${JSON.stringify({ niveau: 'panne', ou: 'arriere-plan', cause })}\n`);
};

/** Starts what works beside the pages: jobs, and mail where a server is set. */
export const ouvrirArrierePlan = async ({
  config,
  adresses,
  adresse,
  publique,
}: Options): Promise<ArrierePlan> => {
  const ouvriers = await ouvrirOuvriers({ adresses, taches, clock: systemClock, adresse, signalerPanne });
  const demonstration = () => montreLaDemonstration(publique);
  const { courriel } = config;
  const expedition: Expedition | undefined =
    courriel &&
    ouvrirExpedition(
      adresses,
      {
        transport: ouvrirTransport(courriel.smtp),
        expediteur: courriel.expediteur,
        garderSecrets: demonstration,
      },
      signalerPanne,
    );
  const db = connectDatabase(adresses, 'operateur', 2);
  return {
    sante: async () =>
      lireSanteTaches(db, {
        taches,
        clock: systemClock,
        expedition: courriel !== undefined,
        demonstration: await demonstration(),
      }),
    fermer: async () => {
      const fini = Promise.allSettled([ouvriers.fermer(), expedition?.fermer(), db.destroy()]);
      // A server slow to take a mail is not waited for: the mail leaves again at the next start.
      await Promise.race([fini, sleep(patience, undefined, { ref: false })]);
    },
  };
};
