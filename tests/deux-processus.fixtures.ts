import { setTimeout as sleep } from 'node:timers/promises';
import { visiter } from './visite.ts';

/** What was acknowledged under load: a redirection after a write was answered, so it must stay. */
export type Acquis = {
  /** Secrets of the sessions that were opened. */
  readonly secrets: readonly string[];
  /** Sign-in links that were asked for. */
  readonly liens: number;
  /** Requests that got no answer: whether they were written is not known. */
  readonly perdues: number;
};

/** A person that the load signs in: identifier and address. */
export type Personne = { readonly id: string; readonly courriel: string };

/**
 * Writes without rest through several addresses of one service until told to stop: each worker signs in by the door of
 * the demonstration, then asks for a link. An address that does not answer is left for the next one.
 */
export const charger = async (
  adresses: readonly string[],
  personnes: readonly Personne[],
  options: { readonly ouvriers: number; readonly arret: AbortSignal },
): Promise<Acquis> => {
  const secrets: string[] = [];
  let liens = 0;
  let perdues = 0;
  const travailler = async (ouvrier: number): Promise<void> => {
    for (let rang = ouvrier; !options.arret.aborted; rang += 1) {
      const adresse = adresses[rang % adresses.length] ?? '';
      const personne = personnes[rang % personnes.length];
      // Each attempt comes from a network of its own: limits are not what is tried here.
      const entetes = { 'X-Forwarded-For': `10.${ouvrier}.${rang % 250}.${Math.floor(rang / 250) % 250}` };
      const visite = visiter({ adresse });
      try {
        const entree = await visite.envoyer(
          '/demonstration/entrer',
          { personne: personne?.id ?? '' },
          entetes,
        );
        const secret = visite.secret();
        if (entree.status === 303 && secret !== undefined) secrets.push(secret);
        const lien = await visiter({ adresse }).envoyer(
          '/connexion',
          { courriel: personne?.courriel ?? '' },
          entetes,
        );
        if (lien.status === 303) liens += 1;
      } catch {
        perdues += 1;
        await sleep(20);
      }
    }
  };
  await Promise.all(Array.from({ length: options.ouvriers }, (_none, ouvrier) => travailler(ouvrier)));
  return { secrets, liens, perdues };
};
