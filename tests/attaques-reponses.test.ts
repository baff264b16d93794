import { describe, expect, it } from 'vitest';
import { adresseDe, cookieDe, listerCibles, ouvrirCite, parQuelques } from './attaques.fixtures.ts';
import { servir } from './navigateur.ts';
import { visiter } from './visite.ts';

const cite = ouvrirCite();

const claude = 'claude.vasseur@prefecture.example';

describe('what every answer says to the browser', () => {
  it('is a strict policy, no frame, no guess of types, no address given away', {
    timeout: 60_000,
  }, async () => {
    const trous: string[] = [];
    for (const qui of ['visiteur', 'administrateur'] as const) {
      const cookie = await cookieDe(cite.base.owner, qui);
      const adresses = (await listerCibles(cite.base.owner, 'GET')).map(({ route, chemin }) =>
        adresseDe(route.path, chemin),
      );
      await parQuelques([...adresses, '/rien', '/assets/rien', '/api/v1/rien', '/sante'], async (adresse) => {
        const { entetes } = await cite.brut(adresse, { entetes: cookie });
        const csp = entetes['content-security-policy'] ?? '';
        const dit = {
          csp: /default-src 'none'/.test(csp) && !/unsafe|\*|http:/.test(csp),
          cadre: /frame-ancestors 'none'/.test(csp) && entetes['x-frame-options'] === 'DENY',
          type: entetes['x-content-type-options'] === 'nosniff',
          origine: /^(same-origin|no-referrer)$/.test(entetes['referrer-policy'] ?? ''),
          serveur: entetes['x-powered-by'] === undefined && entetes['server'] === undefined,
        };
        for (const [quoi, bien] of Object.entries(dit)) if (!bien) trous.push(`${qui} ${adresse} ${quoi}`);
      });
    }
    expect(trous).toEqual([]);
  });

  it('keeps what is private out of every cache, and out of other sites', { timeout: 60_000 }, async () => {
    const trous: string[] = [];
    const cibles = (await listerCibles(cite.base.owner, 'GET')).filter(
      ({ route }) => route.access.type !== 'public',
    );
    await parQuelques(cibles, async ({ route, chemin, qui }) => {
      const cookie = await cookieDe(cite.base.owner, qui);
      const { entetes } = await cite.brut(adresseDe(route.path, chemin), {
        entetes: { ...cookie, Origin: 'https://ailleurs.example' },
      });
      if (entetes['cache-control'] !== 'private, no-store')
        trous.push(`${route.path} ${entetes['cache-control']}`);
      if (entetes['access-control-allow-origin'] !== undefined) trous.push(`${route.path} shared`);
    });
    expect(trous).toEqual([]);
  });
});

describe('somebody who insists', () => {
  it('is counted by account, whatever addresses they claim, and alike for who is not known', async () => {
    const limite = await servir(cite.base, { limites: 'usuelles' });
    try {
      const suites: number[][] = [];
      for (const courriel of [claude, 'inconnue@ailleurs.example']) {
        const statuts: number[] = [];
        for (let rang = 0; rang < 7; rang += 1) {
          const { status } = await visiter(limite).envoyer(
            '/connexion',
            { courriel: rang % 2 ? courriel.toUpperCase() : ` ${courriel}` },
            { 'X-Forwarded-For': `203.0.113.${rang}`, 'X-Real-IP': `203.0.113.${rang}` },
          );
          statuts.push(status);
        }
        suites.push(statuts);
      }
      expect(suites[0]).toEqual([303, 303, 303, 303, 303, 429, 429]);
      expect(suites[1]).toEqual(suites[0]);
    } finally {
      await limite.fermer();
    }
  });

  it('asks the database how jobs go no more often than it draws a page', async () => {
    const limite = await servir(cite.base, { limites: 'usuelles' });
    try {
      const statuts = new Map<number, number>();
      await parQuelques(
        Array.from({ length: 620 }, (_, rang) => rang),
        async () => {
          const { status } = await fetch(`${limite.adresse}/sante/taches`);
          statuts.set(status, (statuts.get(status) ?? 0) + 1);
        },
      );
      expect(statuts.get(429)).toBe(20);
    } finally {
      await limite.fermer();
    }
  });

  it('learns nothing of who is known from the time it takes', async () => {
    const mediane = async (courriel: (rang: number) => string): Promise<number> => {
      const durees: number[] = [];
      for (let rang = 0; rang < 7; rang += 1) {
        const debut = performance.now();
        await visiter(cite.site).envoyer('/connexion', { courriel: courriel(rang) });
        durees.push(performance.now() - debut);
      }
      return durees.sort((a, b) => a - b)[3] ?? 0;
    };
    const connue = await mediane(() => claude);
    const inconnue = await mediane((rang) => `personne${rang}@ailleurs.example`);
    // The busy machine of a test is no stopwatch: what is looked for is a wait that only one of them has.
    expect(Math.min(connue, inconnue)).toBeGreaterThan(240);
  });
});
