import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes, workflows } from '../src/main/rooms.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { defineWorkflow, transitionsPossibles } from '../src/platform/workflow.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await withTestDatabase('reference');
});
afterAll(() => base.close());

it.each(workflows.map((workflow) => [workflow.table, workflow] as const))(
  'the states of %s are those its table accepts',
  async (table, workflow) => {
    const { rows } = await base.owner.query<{ definition: string }>(
      `select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
      [table],
    );
    const check =
      rows.find(({ definition }) => /^CHECK \(\(statut = ANY [^\n]*\]\)\)\)$/.test(definition))?.definition ??
      '';
    expect([...check.matchAll(/'(\w+)'::text/g)].map((match) => match[1]).sort()).toEqual(
      Object.keys(workflow.etats).sort(),
    );
  },
);

it('a workflow with a state that nothing leads to does not start', () => {
  const declare = () =>
    defineWorkflow<'a' | 'b' | 'perdu', 'aller'>({
      objet: 'x',
      table: 'x',
      initial: 'a',
      etats: { a: 'a', b: 'b', perdu: 'perdu' },
      transitions: { aller: { libelle: 'aller', depuis: ['a'], vers: 'b', qui: [], motifRequis: false } },
    });
  expect(declare).toThrow(/perdu/);
});

it('a role sees the transitions that are its own, from the state there is', () => {
  const [communique] = workflows;
  expect(transitionsPossibles(communique, 'brouillon', 'operateur')).toEqual(['publier_directement']);
  expect(transitionsPossibles(communique, 'brouillon', 'instructeur')).toEqual(['demander_relecture']);
  expect(transitionsPossibles(communique, 'publie', 'instructeur')).toEqual(['retirer']);
  expect(transitionsPossibles(communique, 'brouillon', 'visiteur')).toEqual([]);
});

it('every route has its access rule, and a secret link its parameter in the path', () => {
  for (const { methode, path, access } of routes) {
    if (access.type === 'lien') expect(path).toContain(`:${access.parametre}`);
    // The public role writes nothing.
    if (methode === 'POST') expect(access.type, path).not.toBe('public');
  }
  const named = routes.map(({ methode, path }) => `${methode} ${path}`);
  expect(named.filter((name, rank) => named.indexOf(name) !== rank)).toEqual([]);
});

it('every table of persons, organisations or money has its rows walled', async () => {
  const { rows } = await base.owner.query<{ nom: string; mur: boolean }>(
    `select relname as nom, relrowsecurity as mur from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  // Open by design: national facts, reference territories, plans.
  const open = [
    'arrondissement',
    'commune',
    'commune_ancienne',
    'commune_code_postal',
    'contour',
    'departement',
    'enveloppe',
    'epci',
    'mesure',
    'migration',
    'plan_departemental',
    'programme',
    'reference_chargee',
    'region',
    'regime',
    'regime_variante',
  ];
  expect(
    rows
      .filter(({ mur }) => !mur)
      .map(({ nom }) => nom)
      .sort(),
  ).toEqual([...open].sort());
});

it('every table that the public may read tells its changes, so that kept pages are forgotten', async () => {
  const { rows } = await base.owner.query<{ nom: string; signale: boolean }>(
    `select relname as nom, exists (
       select from pg_trigger where tgrelid = pg_class.oid and tgname = 'changement' and tgenabled = 'O'
         -- After each statement that inserts, deletes, updates or empties.
         and tgtype = 4 + 8 + 16 + 32
     ) as signale
     from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r'
       and (has_table_privilege('maillage_publique', oid, 'select') or has_any_column_privilege('maillage_publique', oid, 'select'))
     order by 1`,
  );
  // Reports are never kept; the others say how the database was made.
  const silent = ['import', 'import_ligne', 'migration', 'reference_chargee'];
  const named = (signale: boolean) => rows.filter((row) => row.signale === signale).map(({ nom }) => nom);
  expect(named(false).filter((nom) => !silent.includes(nom))).toEqual([]);
  expect(named(true).length).toBeGreaterThan(15);
});

it('every function that acts with the rights of its owner is called by name by who needs it, and finds its tables in ours', async () => {
  const { rows } = await base.owner.query<{ nom: string; ouverte: boolean; chemin: boolean }>(
    `select proname as nom,
       exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as ouverte,
       coalesce('search_path=public, pg_temp' = any (proconfig), false) as chemin
     from pg_proc where pronamespace = 'public'::regnamespace and prosecdef order by 1`,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter(({ ouverte }) => ouverte).map(({ nom }) => nom)).toEqual([]);
  expect(rows.filter(({ chemin }) => !chemin).map(({ nom }) => nom)).toEqual([]);
});
