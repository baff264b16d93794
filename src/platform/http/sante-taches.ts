import type { Context, Hono } from 'hono';
import type { SanteTaches } from '../taches-sante.ts';

/**
 * Puts `/sante/taches` in the application: 200 when jobs and mail go well, else 503. Anybody may ask, and it costs the
 * database: `limiter` refuses who asks too much.
 */
export const monterSanteTaches = (
  app: Hono,
  lire: () => Promise<SanteTaches>,
  limiter: (context: Context) => Promise<Response | null>,
): void => {
  app.get('/sante/taches', async (context) => {
    const refused = await limiter(context);
    if (refused) return refused;
    context.header('Cache-Control', 'no-store');
    const sante = await lire().catch(() => null);
    if (sante === null)
      return context.json({ etat: 'indisponible', alertes: ['La base ne répond pas.'] }, 503);
    return context.json(sante, sante.etat === 'bon' ? 200 : 503);
  });
};
