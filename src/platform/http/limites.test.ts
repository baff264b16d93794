import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { adresseDe, creerLimites } from './limites.ts';

/** The address that the product believes of a request over a socket from `proche`, behind so many proxies of ours. */
const adresse = async (mandataires: number, entete?: string, proche = '203.0.113.9'): Promise<string> => {
  const app = new Hono();
  app.get('/', (context) => context.text(adresseDe(context, mandataires)));
  const headers = entete === undefined ? {} : { 'X-Forwarded-For': entete };
  const incoming = { socket: { remoteAddress: proche, remotePort: 1234, remoteFamily: 'IPv4' } };
  return (await app.request('/', { headers }, { incoming })).text();
};

describe('the address that asks', () => {
  it('is that of the socket, whatever the request says, unless proxies are declared', async () => {
    expect(await adresse(0)).toBe('203.0.113.9');
    expect(await adresse(0, '198.51.100.1')).toBe('203.0.113.9');
    expect(await adresse(0, '198.51.100.1, 198.51.100.2')).toBe('203.0.113.9');
  });

  it('is the one that the outermost of our proxies saw, not those written before it', async () => {
    expect(await adresse(1, '198.51.100.1')).toBe('198.51.100.1');
    expect(await adresse(1, 'forged, 198.51.100.1')).toBe('198.51.100.1');
    expect(await adresse(2, 'forged, 198.51.100.1, 10.0.0.1')).toBe('198.51.100.1');
  });

  it('is that of the socket when a declared proxy said nothing', async () => {
    expect(await adresse(1)).toBe('203.0.113.9');
    expect(await adresse(2, '198.51.100.1')).toBe('203.0.113.9');
    expect(await adresse(1, ' , ')).toBe('203.0.113.9');
  });

  it('is one for the whole of an IPv6 network of 64 bits', async () => {
    expect(await adresse(0, undefined, '2001:db8:1:2::1')).toBe('2001:db8:1:2::/64');
    expect(await adresse(0, undefined, '2001:0DB8:0001:2:ffff::9')).toBe('2001:db8:1:2::/64');
    expect(await adresse(0, undefined, '2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(await adresse(0, undefined, '::1')).toBe('0:0:0:0::/64');
    expect(await adresse(0, undefined, '::ffff:203.0.113.9')).toBe('::ffff:203.0.113.9');
  });

  it('has a name where there is no socket', async () => {
    const app = new Hono();
    app.get('/', (context) => context.text(adresseDe(context, 0)));
    expect(await (await app.request('/')).text()).toBe('interne');
  });
});

describe('what an address may ask in a minute', () => {
  const maxima = { recherche: 3, api: 2, export: 1, page: 1 };

  it('is counted by address and by family', async () => {
    const compter = creerLimites(maxima);
    expect(await compter('api', 'a')).toMatchObject({ permis: true, reste: 1, maximum: 2 });
    expect(await compter('api', 'a')).toMatchObject({ permis: true, reste: 0 });
    const refused = await compter('api', 'a');
    expect(refused).toMatchObject({ permis: false, reste: 0 });
    expect(refused.secondes).toBeGreaterThan(0);
    expect(refused.secondes).toBeLessThanOrEqual(60);
    expect(await compter('api', 'b')).toMatchObject({ permis: true });
    expect(await compter('export', 'a')).toMatchObject({ permis: true, reste: 0, maximum: 1 });
  });

  it('is counted exactly when all come at once', async () => {
    const compter = creerLimites(maxima);
    const answers = await Promise.all(Array.from({ length: 10 }, () => compter('recherche', 'a')));
    expect(answers.filter(({ permis }) => permis)).toHaveLength(3);
  });
});
