import type { Config } from '../../platform/config.ts';

const locaux = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** Written by proxies: somebody else than this machine asks. */
const traces = ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Forwarded', 'Via'];

/**
 * Whether a request may enter by the doors of the demonstration, where anybody is anybody: from this machine alone,
 * unless the operator opens them on purpose.
 */
export const demonstrationOuverte = (
  config: Pick<Config, 'hote' | 'mandataires' | 'demonstrationOuverte'>,
  adresse: string,
  entetes: Headers,
): boolean => {
  if (config.demonstrationOuverte) return true;
  const host = (entetes.get('Host') ?? '').replace(/:\d+$/, '');
  return (
    locaux.has(config.hote) &&
    locaux.has(new URL(adresse).hostname) &&
    locaux.has(host) &&
    config.mandataires === 0 &&
    traces.every((name) => !entetes.has(name))
  );
};
