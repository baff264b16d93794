import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { importer, tranche } from '../src/candidatures/import/import.fixtures.ts';
import { listeStructures } from '../src/candidatures/index.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { routes } from '../src/main/rooms.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { defineRoute } from '../src/platform/http/route.ts';
import { formatsDe, parcourirListe, schemaDeLigne } from '../src/platform/listes/index.ts';
import { exiger } from '../src/platform/result.ts';
import { getChiffres, montant, postes, structures } from '../src/statistiques/index.ts';
import { listes } from '../src/vitrine/index.ts';
import { retenirBeaucoup, retenirStructure } from '../src/vitrine/structures.fixtures.ts';
import { type Site, servir } from './navigateur.ts';

let base: TestDatabase;
let site: Site;

/** Pieces that the file of an essay was asked for, and how many were let go. */
const essai = { demandees: 0, laissees: 0 };

async function* morceaux(compte: number): AsyncGenerator<string> {
  try {
    for (let count = 0; count < compte; count += 1) {
      essai.demandees += 1;
      yield 'x'.repeat(65_536);
    }
    throw new Error('détail secret de la coupure');
  } finally {
    essai.laissees += 1;
  }
}

/** A file that fails once so many pieces have left. */
const fichierCasse = (chemin: string, pieces: number) =>
  defineRoute({
    path: chemin,
    access: { type: 'public' },
    sansMemoire: true,
    input: z.object({}),
    handler: async () => ({ type: 'flot', mime: 'text/csv', nom: 'essai.csv', corps: morceaux(pieces) }),
  });

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  await importer(base.db, tranche);
  await annoncerAilleurs();
  site = await servir(base, {
    routes: [
      fichierCasse('/essai/casse', 0),
      fichierCasse('/essai/coupe', 50),
      fichierCasse('/essai/long', 2000),
    ],
  });
  // A name that a spreadsheet would run, and one with what a CSV must quote.
  await base.owner.query(
    `update structure set libelle_public = '=HYPERLINK("http://exemple.invalid";"x")' where identifiant = '22020002600015'`,
  );
  await base.owner.query(
    `update structure set latitude = 49.5, longitude = 3.5 where identifiant = '22020002600015'`,
  );
});
afterAll(async () => {
  await site.fermer();
  await base.close();
});

/** Something announced far from the Aisne, in another session, of the other kind: what filters must leave out. */
const annoncerAilleurs = async (): Promise<void> => {
  const id = await retenirStructure(base, { raisonSociale: 'ASSOCIATION AILLEURS', commune: '13055' });
  await base.owner.query(
    `update decision set seance_id = (select id from seance where date = '2021-05-19') where structure_id = $1`,
    [id],
  );
  await base.owner.query(
    `update decision_ligne set categorie = 'privee', zrr = false, qpv = false, france_services = false
     where decision_id = (select id from decision where structure_id = $1)`,
    [id],
  );
  await base.owner.query(
    `insert into communique (seance_id, departement_code, statut, date, publie_le)
     select id, '13', 'publie', date, now() from seance where date = '2021-05-19'`,
  );
};

const structureDeLAisne = async (): Promise<string> =>
  (await base.owner.query<{ id: string }>(`select id from structure where identifiant = '22020002600015'`))
    .rows[0]?.id ?? '';

const get = async (path: string): Promise<Response> => site.app.request(path);
const csv = async (path: string): Promise<readonly Readonly<Record<string, string>>[]> =>
  parse(await (await get(path)).text(), { bom: true, delimiter: ';', columns: true });

describe.each(listes.map((liste) => [liste.code, liste] as const))('the list %s', (code, liste) => {
  it('gives rows of the shape that it declares', async () => {
    const shape = schemaDeLigne(liste.champs);
    let rows = 0;
    for await (const ligne of parcourirListe(base.publique, liste, { filtres: {} })) {
      shape.parse(ligne);
      rows += 1;
    }
    expect(rows).toBeGreaterThan(0);
  });

  it('is the same in every file and in the API', async () => {
    const json = (await (await get(`/donnees/${code}.json`)).json()) as readonly unknown[];
    const rows = await csv(`/donnees/${code}.csv`);
    const api = (await (await get(`/api/v1/${code}?limite=500`)).json()) as { donnees: readonly unknown[] };
    expect(rows).toHaveLength(json.length);
    expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(liste.champs));
    const sorted = (all: readonly unknown[]) => all.map((row) => JSON.stringify(row)).sort();
    expect(sorted(api.donnees)).toEqual(sorted(json));
    if (formatsDe(liste).includes('geojson')) {
      const { features } = (await (await get(`/donnees/${code}.geojson`)).json()) as {
        features: readonly { properties: unknown }[];
      };
      expect(sorted(features.map(({ properties }) => properties))).toEqual(sorted(json));
    }
  });

  // Every filter, with its example: the base of these tests holds something that each keeps, and something it does not.
  it.each(Object.entries(liste.filtres))(
    'is filtered by %s alike in files and API: some rows, not all',
    async (nom, { exemple: donne }) => {
      const exemple = nom === 'structure' ? await structureDeLAisne() : donne;
      const query = `${nom}=${encodeURIComponent(exemple)}`;
      const [all, rows] = [await csv(`/donnees/${code}.csv`), await csv(`/donnees/${code}.csv?${query}`)];
      const api = (await (await get(`/api/v1/${code}?limite=500&${query}`)).json()) as {
        donnees: readonly unknown[];
      };
      expect(api.donnees).toHaveLength(rows.length);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.length).toBeLessThan(all.length);
      const whole = all.map((row) => JSON.stringify(row));
      for (const row of rows) expect(whole).toContain(JSON.stringify(row));
      expect((await get(`/donnees/${code}.csv?${nom}=${encodeURIComponent('<x>'.repeat(60))}`)).status).toBe(
        400,
      );
    },
  );

  it('is described by a schema that names its fields', async () => {
    const schema = (await (await get(`/donnees/${code}.schema.json`)).json()) as {
      fields: readonly { name: string; description: string }[];
    };
    expect(schema.fields.map(({ name }) => name)).toEqual(Object.keys(liste.champs));
    for (const { description } of schema.fields) expect(description).toMatch(/^\p{Lu}.{8}/u);
  });
});

it('what a list adds up is the indicators’ own', () => {
  for (const { code, groupe, champs } of listes)
    for (const [nom, { sql }] of [
      ['structures', structures],
      ['postes', postes],
      ['montant', montant],
    ] as const)
      if (groupe && champs[nom]) expect([code, nom, champs[nom].sql === sql]).toEqual([code, nom, true]);
});

describe('a structure is looked for', () => {
  const trouver = async (q: string): Promise<readonly string[]> =>
    (
      (await (await get(`/donnees/structures.json?q=${encodeURIComponent(q)}`)).json()) as {
        commune: string;
        identifiant: string;
      }[]
    ).map(({ commune, identifiant }) => `${identifiant} ${commune}`);

  it('by a commune that no name says', async () => {
    const { rows } = await base.owner.query(
      `select identifiant from structure where identifiant = '22020002600015' and recherche like '%LAON%'`,
    );
    expect(rows).toEqual([]);
    expect(await trouver('laon')).toContain('22020002600015 Laon');
    expect(await trouver('LAON 220200')).toEqual(['22020002600015 Laon']);
    expect(await (await get('/structures?q=laon+22020002600015')).text()).toContain(
      '1 structure retenue répond',
    );
  });

  it.each(['!!!', '%', '_', '\\', '…'])('by %s, which nothing is called', async (q) => {
    expect(await trouver(q)).toEqual([]);
  });
});

it('columns are asked for in one list, in several, or both', async () => {
  const shown = async (query: string): Promise<readonly string[]> =>
    ((await (await get(`/structures?${query}`)).text()).match(/<input type="checkbox"[^>]*>/g) ?? [])
      .filter((input) => input.includes(' checked'))
      .map((input) => /value="(\w+)"/.exec(input)?.[1] ?? '');
  const asked = await shown('colonnes=commune,postes,montant');
  expect(asked).toEqual(['commune', 'postes', 'montant']);
  expect(await shown('colonnes=commune&colonnes=postes&colonnes=montant')).toEqual(asked);
  expect(await shown('colonnes=commune,postes&colonnes=montant')).toEqual(asked);
});

it('a file takes the filters and the order of its list, and nothing of its pages', () => {
  for (const route of routes.filter(({ path }) => /^\/donnees\/.*\.(csv|xlsx|json|geojson)$/.test(path))) {
    const liste = listes.find(({ code }) => route.path.startsWith(`/donnees/${code}.`));
    if (!liste || route.path.endsWith('.schema.json')) continue;
    const { properties } = z.toJSONSchema(route.input, { io: 'input', unrepresentable: 'any' });
    expect(Object.keys(properties ?? {}).sort()).toEqual([...Object.keys(liste.filtres), 'tri'].sort());
  }
});

describe('a CSV file', () => {
  it('opens in a French spreadsheet: mark, semicolons, decimal comma', async () => {
    const response = await get('/donnees/structures.csv?departement=02');
    const bytes = new Uint8Array(await response.clone().arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(await response.text()).toMatch(/;49,5;3,5;structure;/);
    expect(response.headers.get('content-disposition')).toContain('structures-02.csv');
  });

  it('is safe from formulas', async () => {
    const [row] = (await csv('/donnees/structures.csv?departement=02')).filter(({ identifiant }) =>
      identifiant?.startsWith('22020002600015'),
    );
    expect(row?.['libelle']).toBe(`'=HYPERLINK("http://exemple.invalid";"x")`);
  });

  it('adds up to what the page says', async () => {
    const { structures, postes, montant_centimes: montant } = await getChiffres(base.publique, {});
    const rows = await csv('/donnees/structures.csv');
    const sum = (field: string) => rows.reduce((total, row) => total + Number(row[field]), 0);
    expect([rows.length, sum('postes'), sum('montant') * 100]).toEqual([structures, postes, montant]);
  });

  it('follows the order asked for', async () => {
    const postes = (await csv('/donnees/structures.csv?tri=-postes')).map((row) => Number(row['postes']));
    expect(postes).toEqual(postes.toSorted((a, b) => b - a));
  });
});

describe('a workbook', () => {
  it('holds numbers as numbers, texts as texts, and says what its columns are', async () => {
    const response = await get('/donnees/structures.xlsx?departement=02');
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const text = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
    const sheet = text('xl/worksheets/sheet1.xml');
    expect(sheet.match(/<row /g)).toHaveLength(17);
    // 16 posts of the Conseil départemental, 876 880 €.
    expect(sheet).toMatch(/<v>16<\/v>/);
    expect(sheet).toMatch(/<v>876880<\/v>/);
    expect(sheet).not.toContain('<f>');
    expect(Object.keys(files).some((name) => name.endsWith('sheet2.xml'))).toBe(true);
    expect(Object.keys(files).map(text).join('')).toContain('Dates des séances du comité qui l’ont retenue.');
  });
});

it('a structure without a position stays in the GeoJSON, without geometry', async () => {
  await base.owner.query(
    `update structure set commune_code = null where identifiant = (select min(identifiant) from structure join decision on structure_id = structure.id and publiee_le < now() where latitude is null)`,
  );
  const { features } = (await (await get('/donnees/structures.geojson')).json()) as {
    features: readonly { geometry: { coordinates: readonly number[] } | null }[];
  };
  expect(features.filter(({ geometry }) => geometry === null)).toHaveLength(1);
  expect(features.some(({ geometry }) => geometry?.coordinates.join() === '3.5,49.5')).toBe(true);
});

describe('a file that fails', () => {
  it('before its first piece is a page of error with a number', async () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const response = await fetch(`${site.adresse}/essai/casse`);
    const said = written.mock.calls.join();
    written.mockRestore();
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('content-disposition'),
    ]).toEqual([500, 'text/html; charset=utf-8', null]);
    const [incident] = /\b[0-9a-f]{8}\b/.exec(await response.text()) ?? [];
    expect(said).toContain(`"incident":"${incident}"`);
    expect(said).toContain('détail secret de la coupure');
  });

  it('later is broken off, and says so in the journal', async () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const response = await fetch(`${site.adresse}/essai/coupe`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    const said = written.mock.calls.join();
    written.mockRestore();
    expect(said).toMatch(
      /"incident":"[0-9a-f]{8}","chemin":"\/essai","cause":"Error: détail secret de la coupure/,
    );
  });

  it('is not begun for who asks for its headers alone, and is let go by who stops reading', async () => {
    essai.demandees = 0;
    const head = await fetch(`${site.adresse}/essai/coupe`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type'), head.headers.get('content-disposition')]).toEqual([
      200,
      'text/csv',
      'attachment; filename="essai.csv"',
    ]);
    expect(essai.demandees).toBe(0);
    essai.laissees = 0;
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const controller = new AbortController();
    const response = await fetch(`${site.adresse}/essai/long`, { signal: controller.signal });
    await response.body?.getReader().read();
    controller.abort();
    await expect.poll(() => essai.laissees).toBe(1);
    const said = written.mock.calls.join();
    written.mockRestore();
    expect([said, essai.demandees < 2000]).toEqual(['', true]);
  });
});

it('a list without rows is a file without rows', async () => {
  expect(await (await get('/donnees/structures.json?departement=48')).json()).toEqual([]);
  expect(await (await get('/donnees/structures.geojson?departement=48')).json()).toMatchObject({
    features: [],
  });
  expect(await csv('/donnees/structures.csv?departement=48')).toEqual([]);
  expect((await get('/donnees/structures.xlsx?departement=48')).status).toBe(200);
});

describe('the whole in one file', () => {
  const archive = async () => {
    const response = await get('/donnees/maillage.zip');
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    return {
      etag: response.headers.get('etag'),
      noms: Object.keys(files).sort(),
      lire: (nom: string): string => strFromU8(files[nom] ?? new Uint8Array()),
    };
  };

  it('has a schema beside each list', async () => {
    const { noms, lire } = await archive();
    expect(noms).toEqual(
      ['LISEZMOI.txt', ...listes.flatMap(({ code }) => [`${code}.csv`, `${code}.schema.json`])].sort(),
    );
    expect(lire('structures.csv')).toContain('22020002600015');
    expect(lire('LISEZMOI.txt')).toMatch(/telles qu’elles étaient le \d+(er)? \p{L}+ \d{4} à \d+\sh/u);
  });

  it('is the same all day, whatever is announced', async () => {
    const { etag } = await archive();
    await retenirStructure(base, { raisonSociale: 'ANNONCEE DANS LA JOURNEE', commune: '02408' });
    await base.owner.query(
      `update decision set publiee_le = now() where structure_id = (select id from structure where raison_sociale = 'ANNONCEE DANS LA JOURNEE')`,
    );
    expect(await (await get('/donnees/structures.csv')).text()).toContain('ANNONCEE DANS LA JOURNEE');
    expect((await archive()).etag).toBe(etag);
  });

  it('keeps nothing that is announced no more', async () => {
    const conseil = `structure_id = (select id from structure where identifiant = '22020002600015')`;
    const { rows } = await base.owner.query<{ id: string; publiee_le: string }>(
      `select id, publiee_le::text from decision where ${conseil}`,
    );
    await base.owner.query(`update decision set publiee_le = null where ${conseil}`);
    await expect.poll(async () => (await archive()).lire('structures.csv')).not.toContain('22020002600015');
    for (const { id, publiee_le: instant } of rows)
      await base.owner.query('update decision set publiee_le = $2 where id = $1', [id, instant]);
    await expect.poll(async () => (await archive()).lire('structures.csv')).toContain('22020002600015');

    await base.owner.query(`update communique set statut = 'retire' where departement_code = '02'`);
    await expect.poll(async () => (await archive()).lire('communiques.csv')).not.toMatch(/^02/m);
    await base.owner.query(`update communique set statut = 'publie' where departement_code = '02'`);
  });
});

it('the catalogue names every file, and every file answers', async () => {
  const catalogue = (await (await get('/donnees/catalogue.jsonld')).json()) as {
    'dcat:dataset': readonly { 'dcat:distribution': readonly { 'dcat:downloadURL': { '@id': string } }[] }[];
  };
  const urls = catalogue['dcat:dataset'].flatMap((jeu) =>
    jeu['dcat:distribution'].map((file) => file['dcat:downloadURL']['@id']),
  );
  expect(urls).toHaveLength(listes.flatMap(formatsDe).length);
  for (const url of urls)
    expect([url, (await get(url.replace(site.adresse, ''))).status]).toEqual([url, 200]);
});

it('downloads that nobody reads to the end keep nobody else from theirs', async () => {
  const stalled = await Promise.all(Array.from({ length: 12 }, () => get('/donnees/decisions.csv')));
  expect((await (await get('/donnees/decisions.csv')).text()).length).toBeGreaterThan(100);
  await Promise.all(stalled.map((response) => response.body?.cancel()));
});

it('a file holds the rows of one instant, whatever changes while it is written', async () => {
  await retenirBeaucoup(base, 2500);
  const rows = parcourirListe(base.publique, listeStructures, { filtres: {} });
  const codes = [(await rows.next()).value?.commune_code];
  const last = await base.owner.query<{ code: string }>(
    'select code from commune order by nom_recherche collate "C" desc limit 1',
  );
  await retenirStructure(base, {
    raisonSociale: 'ARRIVEE PENDANT LA LECTURE',
    commune: last.rows[0]?.code ?? '',
  });
  let arrived = 0;
  for await (const row of rows) {
    codes.push(row.commune_code);
    if (row.libelle?.includes('rrivée') || row.raison_sociale?.startsWith('ARRIVEE')) arrived += 1;
  }
  expect(codes.length).toBeGreaterThan(2500);
  expect(arrived).toBe(0);
});

it('a long list comes whole, once, in its order, empty values last', async () => {
  for (const tri of ['commune', '-commune', 'postes', '-seances', 'code_postal']) {
    const rows = (await (await get(`/donnees/structures.json?tri=${tri}`)).json()) as readonly Readonly<
      Record<string, unknown>
    >[];
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(2500);
    const page = await get(`/structures?tri=${tri}&page=${Math.ceil(rows.length / 50)}&colonnes=libelle`);
    expect(page.status).toBe(200);
  }
});

it('whatever is asked of a list, the answer is a list or a reason', async () => {
  const names = [
    'q',
    'departement',
    'seance',
    'categorie',
    'tri',
    'page',
    'colonnes',
    'zrr',
    'epci',
    'autre',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        '/structures',
        '/departements/02',
        '/seances/2021-03-24',
        '/donnees/structures.json',
        '/api/v1/structures',
      ),
      fc.array(fc.tuple(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 30 })), {
        maxLength: 4,
      }),
      async (path, parameters) => {
        const query = new URLSearchParams(parameters.map(([name, value]) => [name, value.toWellFormed()]));
        const response = await get(`${path}?${query}`);
        expect([200, 400, 404, 429], `${path}?${query}`).toContain(response.status);
        await response.body?.cancel();
      },
    ),
    { numRuns: 150 },
  );
});
