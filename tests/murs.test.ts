import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { routes } from '../src/main/rooms.ts';
import { endosser } from '../src/platform/database/acteur.ts';
import { connectDatabase, type Database, databaseError } from '../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import type { DeclaredRoute } from '../src/platform/http/route.ts';
import { canaris, marque, planterAutreMonde, secrets } from './murs.fixtures.ts';
import { type Site, servir } from './navigateur.ts';
import {
  colonnes,
  fabriques,
  type Joueur,
  joueurDe,
  ouvrirSessionDe,
  type Qui,
} from './permissions.fixtures.ts';
import { visiter } from './visite.ts';

let base: TestDatabase;
let application: Database;
const joueurs = new Map<Qui, Joueur | null>();
/** Whoever acts somewhere, and not for the whole programme. */
const limites = colonnes.filter((qui) => qui !== 'visiteur' && qui !== 'administrateur');

beforeAll(async () => {
  base = await withTestDatabase();
  expect((await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' })).ok).toBe(true);
  await planterAutreMonde(base.owner);
  application = connectDatabase(base.adresses, 'application', 4);
  for (const qui of colonnes) joueurs.set(qui, await joueurDe(base.owner, qui));
});
afterAll(async () => {
  await application.destroy();
  await base.close();
});

/** What an attempt gives, and is then undone: a number of rows, or the right that is missing. */
const tenter = async (
  qui: Qui,
  tentative: (transaction: Database) => Promise<number>,
): Promise<number | string> => {
  const joueur = joueurs.get(qui) ?? null;
  const undo = new Error('undone');
  let seen: number | string = 0;
  try {
    await application.transaction().execute(async (transaction) => {
      if (joueur !== null)
        expect(await endosser(transaction, joueur.personne, joueur.attribution)).toBe(true);
      seen = await tentative(transaction);
      throw undo;
    });
  } catch (error) {
    if (error === undo) return seen;
    const code = databaseError(error)?.code;
    if (code === '42501') return 'refusé';
    throw error;
  }
  return seen;
};

const touche = (result: { readonly numAffectedRows?: bigint | undefined }): number =>
  Number(result.numAffectedRows ?? 0n);

/** Tables behind the row wall, as the database has them. */
const tablesMurees = async (): Promise<readonly string[]> =>
  (
    await base.owner.query<{ nom: string }>(
      `select relname as nom from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity
       order by 1`,
    )
  ).rows.map(({ nom }) => nom);

describe('without the route wall, the row wall alone', () => {
  it('is tried on every table that has one', async () => {
    const tried = [...Object.keys(canaris), ...secrets].sort();
    expect(tried).toEqual(await tablesMurees());
  });

  it.each(Object.entries(canaris))(
    'shows and gives away nothing of elsewhere: %s',
    async (table, { ou, publie, comite }) => {
      const nom = sql.table(table);
      const condition = sql.raw(ou);
      const known = await base.owner.query(`select from ${table} where ${ou}`);
      expect(known.rowCount, 'there is something to hide').toBeGreaterThan(0);
      for (const qui of ['visiteur', ...limites] as const) {
        const lues = await tenter(
          qui,
          async (transaction) =>
            (await sql`select 1 from ${nom} where ${condition}`.execute(transaction)).rows.length,
        );
        if (!(publie && qui !== 'visiteur') && !(comite && qui === 'membre_comite'))
          expect([0, 'refusé'], `${qui} reads ${table}`).toContain(lues);
        const [colonne] = (
          await base.owner.query<{ nom: string }>(
            `select attname as nom from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
           and attgenerated = '' and attidentity = '' order by attnum limit 1`,
            [table],
          )
        ).rows;
        const first = sql.ref(colonne?.nom ?? 'id');
        const changees = await tenter(qui, async (transaction) =>
          touche(await sql`update ${nom} set ${first} = ${first} where ${condition}`.execute(transaction)),
        );
        expect([0, 'refusé'], `${qui} changes ${table}`).toContain(changees);
        const effacees = await tenter(qui, async (transaction) =>
          touche(await sql`delete from ${nom} where ${condition}`.execute(transaction)),
        );
        expect([0, 'refusé'], `${qui} deletes of ${table}`).toContain(effacees);
      }
    },
  );

  it.each(secrets)('keeps the tables of signing in from whoever acts: %s', async (table) => {
    for (const qui of colonnes) {
      const seen = await tenter(
        qui,
        async (transaction) =>
          (await sql`select 1 from ${sql.table(table)} limit 1`.execute(transaction)).rows.length,
      );
      expect(seen, `${qui} reads ${table}`).toBe('refusé');
    }
  });

  it('shows everyone who they are, and nobody without a role anything else', async () => {
    for (const qui of colonnes) {
      const joueur = joueurs.get(qui) ?? null;
      const seen = await tenter(
        qui,
        async (transaction) =>
          (
            await sql`select 1 from personne where id = ${joueur?.personne ?? null}::uuid`.execute(
              transaction,
            )
          ).rows.length,
      );
      expect(seen, qui).toBe(joueur === null ? 0 : 1);
    }
    const sansRole = await tenter(
      'sans rôle',
      async (transaction) => (await sql`select 1 from personne`.execute(transaction)).rows.length,
    );
    expect(sansRole).toBe(1);
  });

  it('gives no role to whoever takes what is not theirs', async () => {
    const admin = joueurs.get('administrateur');
    const conseiller = joueurs.get('conseiller');
    await application.transaction().execute(async (transaction) => {
      expect(await endosser(transaction, conseiller?.personne ?? '', admin?.attribution ?? '')).toBe(false);
      const { rows } = await sql<{ role: string }>`select acteur_role() as role`.execute(transaction);
      expect(rows[0]?.role).toBe('aucun');
    });
  });
});

describe('with every route open to every role', () => {
  /** The route wall taken away: whoever has signed in may ask anything. */
  const sabotees = (all: readonly DeclaredRoute[]): readonly DeclaredRoute[] =>
    all.map((route) => (route.access.type === 'role' ? { ...route, access: { type: 'connecte' } } : route));
  let site: Site;
  beforeAll(async () => {
    site = await servir(base, { changerRoutes: sabotees });
  });
  afterAll(() => site.fermer());

  /** The committee is national: it reads every application submitted, wherever it comes from; it changes none of them. */
  const deposees = /^\/(prefecture\/)?candidatures\/:id/;
  const asked = routes.filter(({ access }) => access.type === 'role' || access.type === 'connecte');

  it.each(asked.map((route) => ({ nom: `${route.methode} ${route.path}`, route })))(
    'shows nothing of elsewhere: $nom',
    async ({ nom, route }) => {
      for (const qui of limites) {
        const joueur = joueurs.get(qui) ?? null;
        if (joueur === null) continue;
        // No session is elsewhere for the committee.
        if (qui === 'membre_comite' && route.path.startsWith('/espace/seances/')) continue;
        const faire = fabriques[nom]?.etranger;
        // Without an object of elsewhere nothing would be tried.
        if (/:(?!nom\b)/.test(route.path)) expect(faire ?? fabriques[nom]?.usuel, nom).toBeDefined();
        const {
          chemin = {},
          recherche = {},
          champs = {},
        } = (await faire?.(base.owner, joueur, qui)) ?? fabriques[nom]?.absent ?? {};
        const visite = visiter(site);
        visite.poser(await ouvrirSessionDe(base.owner, joueur));
        const adresse = `${route.path.replace(
          /:(\w+)(\{[^}]*\})?/g,
          (_tout, name: string) => chemin[name] ?? `:${name}`,
        )}?${new URLSearchParams(recherche)}`;
        const response = await (route.methode === 'POST'
          ? visite.envoyer(adresse, champs)
          : visite.lire(adresse));
        const html = await response.text();
        const lit = qui === 'membre_comite' && deposees.test(route.path);
        if (!lit) expect(html.includes(marque), `${qui} reads of elsewhere on ${adresse}`).toBe(false);
        if (lit && route.methode === 'GET') continue;
        // A search of somebody else's leads back to the list.
        const ramene = response.headers.get('Location') === '/personnes';
        if (faire !== undefined) expect(response.status >= 400 || ramene, `${qui} on ${adresse}`).toBe(true);
      }
    },
  );
});
