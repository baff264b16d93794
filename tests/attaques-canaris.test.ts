import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { routes } from '../src/main/rooms.ts';
import { courrielHtml } from '../src/platform/views/courriel.tsx';
import { adresseDe, cookieDe, listerCibles, ouvrirCite, parQuelques } from './attaques.fixtures.ts';
import type { Qui } from './permissions.fixtures.ts';

const cite = ouvrirCite();

/**
 * Writes a text in every column of text of every table that takes it, past every form: what a form lets in today, or
 * will one day, is in it. Keys, and what the schema itself holds to a list of words, refuse.
 */
const planter = async (texte: string): Promise<readonly string[]> => {
  const { rows } = await cite.base.owner.query<{ table: string; colonne: string; liste: boolean }>(`
    select c.table_name as "table", c.column_name as colonne, c.data_type = 'ARRAY' as liste
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and (c.data_type = 'text' or c.udt_name = '_text') and c.is_generated = 'NEVER'
      -- What a session, a limit, a migration or a secret is known by is shown to nobody.
      and c.table_name not in ('session', 'limite', 'migration', 'lien_connexion')
      and c.column_name !~ '(empreinte|secret|_code|^code|statut|^sources?$|^moyen$|^role$|^niveau$)'
    order by 1, 2`);
  const plantees: string[] = [];
  for (const { table, colonne, liste } of rows) {
    const valeur = liste ? 'array[$1::text]' : '$1::text';
    await cite.base.owner.query('begin');
    try {
      await cite.base.owner.query(
        // Of 35 000 communes, those that the pages of the demonstration name.
        `update "${table}" set "${colonne}" = ${valeur} where "${colonne}" is not null
         ${table === 'commune' ? "and code like '02%'" : ''}`,
        [texte],
      );
      await cite.base.owner.query('commit');
      plantees.push(`${table}.${colonne}`);
    } catch {
      await cite.base.owner.query('rollback');
    }
  }
  return plantees;
};

/** What is typed ends up as text when its `<` is written `&lt;`; an attribute that begins with a script is one. */
const actif = /<script>alert|<img src=x|(?:href|src|action|formaction|xlink:href)\s*=\s*["']?\s*javascript:/i;

/** Every page and file that somebody may open, by links from page to page and by every address of the matrix. */
const parcourir = async (
  qui: Qui,
  lire: (adresse: string, type: string, corps: string) => void,
): Promise<number> => {
  const cookie = await cookieDe(cite.base.owner, qui);
  const cibles = await listerCibles(cite.base.owner, 'GET');
  const vues = new Set<string>();
  const parForme = new Map<string, number>();
  let file = cibles.map(({ route, chemin }) => adresseDe(route.path, chemin));
  while (file.length > 0) {
    const suite: string[] = [];
    await parQuelques(file, async (adresse) => {
      if (vues.has(adresse)) return;
      vues.add(adresse);
      const response = await fetch(`${cite.site.adresse}${adresse}`, { headers: cookie, redirect: 'manual' });
      const type = response.headers.get('Content-Type') ?? '';
      if (/zip|spreadsheet|png|pdf/.test(type)) {
        await response.arrayBuffer();
        return;
      }
      const corps = await response.text();
      expect(response.status, `${qui} ${adresse}`).toBeLessThan(500);
      lire(adresse, type, corps);
      if (!type.includes('html')) return;
      for (const [, href = ''] of corps.matchAll(/href="(\/[^"#?]*)/g)) {
        // A few of each kind of page are as good as all.
        const forme = href.replace(/[0-9a-f-]{5,}|\d+/g, 'x');
        const deja = parForme.get(forme) ?? 0;
        parForme.set(forme, deja + 1);
        if (deja < 4) suite.push(href);
      }
    });
    file = suite;
  }
  return vues.size;
};

it('shows no text of the database as a script, to anybody, anywhere', { timeout: 240_000 }, async () => {
  // Where an address is expected it leads to a script; elsewhere it closes what it stands in.
  const canari = `javascript:alert(1)//"'><script>alert(1)</script><img src=x onerror=alert(1)>]]>`;
  const plantees = await planter(canari);
  expect(plantees.length).toBeGreaterThan(60);
  const montres = new Set<string>();
  const trouves: string[] = [];
  for (const qui of ['visiteur', 'gestionnaire', 'instructeur', 'membre_comite', 'administrateur'] as const)
    await parcourir(qui, (adresse, type, corps) => {
      if (corps.includes('alert(1)')) montres.add(adresse);
      if (/html|xml|svg/.test(type) && actif.test(corps)) trouves.push(`${qui} ${adresse}`);
    });
  expect(montres.size, 'the canary is seen, written as text').toBeGreaterThan(30);
  expect(trouves).toEqual([]);
});

it('gives no spreadsheet a formula', { timeout: 240_000 }, async () => {
  const formules = /^(\s*[=+\-@＝]|[\t\r\n])(?!\d+([.,]\d+)?$)/;
  let fichiers = 0;
  const trouves: string[] = [];
  for (const formule of ['=HYPERLINK("http://ailleurs.example";"a")', '@1+1', '\t=1+1', '\n=1+1', ' =1+1']) {
    expect((await planter(formule)).length).toBeGreaterThan(50);
    const cookie = await cookieDe(cite.base.owner, 'administrateur');
    for (const { path } of routes.filter(({ path, methode }) => methode === 'GET' && path.endsWith('.csv'))) {
      const response = await fetch(`${cite.site.adresse}${adresseDe(path, {})}`, { headers: cookie });
      const corps = await response.text();
      if (response.status !== 200) continue;
      fichiers += 1;
      const cellules: string[][] = parse(corps, { delimiter: ';', bom: true, relax_column_count: true });
      if (cellules.flat().some((cellule) => formules.test(cellule)))
        trouves.push(`${JSON.stringify(formule)} ${path}`);
    }
  }
  expect(fichiers).toBeGreaterThan(20);
  expect(trouves).toEqual([]);
});

it('writes mails in which nothing that was typed is a tag', () => {
  const canari = '"><script>alert(1)</script>';
  const html = courrielHtml({
    objet: canari,
    paragraphes: [canari],
    lien: { texte: canari, href: `https://maillage.example/${canari}` },
  });
  expect(html).not.toMatch(actif);
  expect(html).toContain('&lt;script>alert(1)');
});
