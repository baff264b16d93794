import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { formatsDe } from '../src/platform/listes/index.ts';
import { nomRecherche } from '../src/structures/index.ts';
import { listes } from '../src/vitrine/index.ts';
import { retenirStructure } from '../src/vitrine/structures.fixtures.ts';
import { type Site, servir } from './navigateur.ts';

/** Structures and a session of which the public may know nothing yet, by names that nothing else bears. */
let base: TestDatabase;
let site: Site;
let annoncee = '';
let aVenir = '';
let enAttente = '';

const secrets = /secretissime|2031-07-0[89]|[89] juillet 2031/i;

beforeAll(async () => {
  base = await withTestDatabase();
  await base.owner.query(`insert into seance (programme_id, date) select id, '2021-03-24' from programme`);
  annoncee = await retenirStructure(base, { raisonSociale: 'MAIRIE DE LAON', commune: '02408' });
  aVenir = await retenirStructure(base, { raisonSociale: 'SECRETISSIME A VENIR', commune: '02408' });
  enAttente = await retenirStructure(base, {
    raisonSociale: 'SECRETISSIME EN ATTENTE',
    commune: '02691',
    position: { latitude: 49.8, longitude: 3.2 },
    annoncee: false,
  });
  await base.owner.query(
    `update decision set publiee_le = now() + interval '1 hour' where structure_id = $1`,
    [aVenir],
  );
  // A session that has nothing but what is hidden, and its communiqué, ready for its hour.
  await base.owner.query(`
    insert into seance (programme_id, date) select id, '2031-07-08' from programme;
    update decision set seance_id = (select id from seance where date = '2031-07-08') where publiee_le is null;
    insert into communique (seance_id, departement_code, statut, date, publie_le)
    select id, '02', 'publie', '2031-07-09', now() + interval '1 hour' from seance where date = '2031-07-08'`);
  site = await servir(base);
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

const lire = async (path: string): Promise<string> => {
  const response = await site.app.request(path);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!/zip|sheet/.test(response.headers.get('content-type') ?? ''))
    return Buffer.from(bytes).toString('utf8');
  return Object.values(unzipSync(bytes))
    .map((each) => strFromU8(each))
    .join('\n');
};

const pages = [
  ...['/', '/france', '/regions/32', '/departements/02', '/communes/02408', '/communes/02691', '/carte'],
  ...['/structures', '/structures?q=secretissime', '/recherche?q=secretissime', '/seances', '/dates-cles'],
  ...['/communiques', '/communiques?departement=02', '/donnees', '/plan-du-site', '/sitemap.xml'],
  ...['/communiques.atom', '/departements/02/communiques.atom', '/carte/structures.geojson'],
  ...['/recherche/suggestions?q=secretissime', '/donnees/maillage.zip', '/donnees/catalogue.jsonld'],
  ...['/api/v1/proximite?commune=02691', '/api/v1/indicateurs?par=seance', '/api/v1/indicateurs?par=commune'],
];
const fichiers = listes.flatMap((liste) => [
  `/api/v1/${liste.code}?limite=500`,
  ...formatsDe(liste).map((format) => `/donnees/${liste.code}.${format}`),
]);

describe('what is not announced', () => {
  it.each([...pages, ...fichiers])('is not in %s', async (path) => {
    const text = await lire(path);
    // What was asked is said again on the page of a search.
    const said = text.replaceAll(
      /q=secretissime|value="secretissime"|: secretissime|«\s?secretissime\s?»/gi,
      '',
    );
    expect(said).not.toMatch(secrets);
    for (const id of [aVenir, enAttente]) expect(text).not.toContain(id);
  });

  it('has no page, no picture and no answer of its own', async () => {
    for (const path of [
      `/structures/${aVenir}`,
      `/structures/${enAttente}`,
      `/partage/structures/${aVenir}.png`,
      `/api/v1/structures/${enAttente}`,
      '/seances/2031-07-08',
      '/partage/seances/2031-07-08.png',
      '/api/v1/seances/2031-07-08',
      '/communiques/02/2031-07-08',
      '/communiques/02/2031-07-08.pdf',
      '/communiques/02/2031-07-08.zip',
      '/partage/communiques/02/2031-07-08.png',
    ])
      expect([path, (await site.app.request(path)).status]).toEqual([path, 404]);
  });

  it('is counted nowhere', async () => {
    const { total } = JSON.parse(await lire('/api/v1/indicateurs')) as { total: { structures: number } };
    expect(total.structures).toBe(1);
    expect(await lire('/structures')).toContain(annoncee);
  });
});

describe('kept pages', () => {
  const kept = '/departements/02';

  it('are forgotten when a change is committed', async () => {
    await lire(kept);
    await base.owner.query('begin');
    await base.owner.query(`update structure set libelle_public = 'Nouveau nom' where id = $1`, [annoncee]);
    expect(await lire(kept)).not.toContain('Nouveau nom');
    await base.owner.query('commit');
    await expect.poll(() => lire(kept)).toContain('Nouveau nom');
  });

  it('show an announcement when its hour comes, though nothing was written', async () => {
    await base.owner.query(
      `update decision set publiee_le = clock_timestamp() + interval '2 seconds' where structure_id = $1`,
      [aVenir],
    );
    const before = await lire(kept);
    expect(before).not.toContain(aVenir);
    await expect.poll(() => lire(kept), { timeout: 10_000 }).toContain(aVenir);
  });
});

describe('a name is searched in the same form by the database and by the program', () => {
  const memes = async (names: readonly string[]): Promise<void> => {
    const { rows } = await base.owner.query<{ forme: string }>(
      'select nom_recherche(nom) as forme from unnest($1::text[]) with ordinality as t (nom, rang) order by rang',
      [names],
    );
    expect(rows.map(({ forme }) => forme)).toEqual(names.map(nomRecherche));
  };

  it('for every name of commune and intercommunalité', async () => {
    const { rows } = await base.owner.query<{ nom: string }>(
      'select nom from commune union select nom from epci union select nom from departement',
    );
    expect(rows.length).toBeGreaterThan(30_000);
    await memes(rows.map(({ nom }) => nom));
  });

  it('for any text', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom(..."aàâÄçéÈëîÏñôÖùûÜÿŸœŒæÆßıİſK’'-. \u0301\u0327\u00a0ﬁⅣ①ǅ"),
        maxLength: 20,
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 20, maxLength: 60 }), async (names) => {
        // The database holds neither a null character nor half of a pair.
        await memes(names.map((name) => name.toWellFormed().replaceAll('\0', '')));
      }),
      { numRuns: 60 },
    );
  });
});
