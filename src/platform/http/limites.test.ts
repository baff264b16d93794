import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../database/index.ts';
import { type TestDatabase, withTestDatabase } from '../database/testing.ts';
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

const cle = 'une clé d’essai, connue de tous, qui ne garde rien';

describe('what an address may ask in a minute', () => {
  const maxima = { recherche: 3, api: 2, export: 1, page: 1 };

  it('is counted by address and by family', async () => {
    const compter = creerLimites(cle, maxima);
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
    const compter = creerLimites(cle, maxima);
    const answers = await Promise.all(Array.from({ length: 10 }, () => compter('recherche', 'a')));
    expect(answers.filter(({ permis }) => permis)).toHaveLength(3);
  });
});

describe('what all processes count together', () => {
  const maxima = { recherche: 3, page: 3, compte: 2 };
  let base: TestDatabase;
  let pools: readonly pg.Pool[] = [];
  beforeAll(async () => {
    base = await withTestDatabase('reference');
    pools = [openPool(base.adresses, 'acces', 2), openPool(base.adresses, 'acces', 2)];
  });
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await base.close();
  });
  /** One for each process. */
  const deux = () => pools.map((pool) => creerLimites(cle, maxima, pool));

  it('is one count for two processes, exact when all come at once', async () => {
    const processus = deux();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => processus.map((compter) => compter('recherche', 'partagee'))).flat(),
    );
    expect(answers.filter(({ permis }) => permis)).toHaveLength(3);
    const [first, second] = await Promise.all(deux().map((compter) => compter('recherche', 'partagee')));
    expect(first).toMatchObject({ permis: false, reste: 0, maximum: 3 });
    expect(second?.secondes).toBeGreaterThan(0);
    expect(second?.secondes).toBeLessThanOrEqual(60);
  });

  it('leaves drawn pages to each process', async () => {
    const [one, other] = deux();
    for (let asked = 0; asked < 3; asked += 1) await one?.('page', 'a');
    expect(await one?.('page', 'a')).toMatchObject({ permis: false });
    expect(await other?.('page', 'a')).toMatchObject({ permis: true, reste: 2 });
  });

  it('is the same for one mailbox however it is written, and names nobody', async () => {
    const [one, other] = deux();
    await one?.('compte', 'Nadia.Leroy@exemple.fr');
    await other?.('compte', ' nadia.leroy@exemple.fr ');
    expect(await one?.('compte', 'nadia.leroy@EXEMPLE.fr')).toMatchObject({ permis: false });
    await one?.('recherche', '203.0.113.77');
    const { rows } = await base.owner.query<{ key: string }>('select key from limite');
    expect(rows.length).toBeGreaterThan(1);
    for (const { key } of rows) expect(key).toMatch(/^[a-z-]+:[\w-]{43}$/);
    // Every address of a network may be tried: without the key, none gives what the table holds.
    const essayes = ['203.0.113.77', 'limite:203.0.113.77'].map((texte) =>
      createHash('sha256').update(texte).digest('base64url'),
    );
    for (const { key } of rows) expect(essayes).not.toContain(key.split(':')[1]);
    const autre = creerLimites('une autre clé, d’une autre installation', maxima, pools[0]);
    expect(await autre('compte', 'nadia.leroy@exemple.fr')).toMatchObject({ permis: true, reste: 1 });
  });

  it('refuses who is over the limit without asking the database again', async () => {
    const [compter] = deux();
    for (let asked = 0; asked < 3; asked += 1) await compter?.('recherche', 'insistante');
    await compter?.('recherche', 'insistante');
    const { rows } = await base.owner.query<{ points: number }>(
      'select points from limite order by points desc limit 1',
    );
    for (let asked = 0; asked < 20; asked += 1) await compter?.('recherche', 'insistante');
    const after = await base.owner.query('select points from limite order by points desc limit 1');
    expect(after.rows).toEqual(rows);
  });

  it('goes on in each process when the database does not answer', async () => {
    const lost = openPool(base.adresses, 'acces', 1);
    await lost.end();
    const compter = creerLimites(cle, maxima, lost);
    const answers = await Promise.all(Array.from({ length: 5 }, () => compter('recherche', 'a')));
    expect(answers.filter(({ permis }) => permis)).toHaveLength(3);
  });

  it('is out of reach of public pages and of acts', async () => {
    await expect(base.publique.selectFrom('limite').selectAll().execute()).rejects.toThrow(/permission/);
    await expect(base.db.selectFrom('limite').selectAll().execute()).rejects.toThrow(/permission/);
  });

  it('lets 30 sign-ins by address and 5 by account through in a quarter of an hour, and 120 forms a minute', async () => {
    const compter = creerLimites(cle, {}, pools[0]);
    expect(await compter('connexion', 'b')).toMatchObject({ maximum: 30, reste: 29, secondes: 900 });
    expect(await compter('compte', 'b')).toMatchObject({ maximum: 5, secondes: 900 });
    expect(await compter('formulaire', 'b')).toMatchObject({ maximum: 120, secondes: 60 });
    expect(await compter('personne', 'b')).toMatchObject({ maximum: 120, secondes: 60 });
  });
});
