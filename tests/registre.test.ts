import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { typographier } from '../src/platform/francais/index.ts';
import { registre, tablesDuRegistre } from '../src/platform/registre.ts';

let base: TestDatabase;
let colonnes: ReadonlyMap<string, readonly string[]>;
beforeAll(async () => {
  base = await withTestDatabase();
  const { rows } = await base.owner.query<{ nom: string; colonnes: string[] }>(
    `select relname as nom, array_agg(attname::text order by attnum) as colonnes
     from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') group by 1`,
  );
  colonnes = new Map(rows.map((row) => [row.nom, row.colonnes]));
});
afterAll(() => base.close());

/** Names under which a person, or what says something of one, is kept. */
const personnelle =
  /courriel|mail|prenom|(^|_)noms?$|telephone|portable|adresse|appareil|navigateur|jeton|destinataire|(^|_)ip$|client|personne|secret|sujet|verificateur|(^|_)nonce|naissance|acteur|auteur|signataire|beneficiaire|_par$|photo|iban|salaire/;

/** Columns that look personal and are not, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {
  'arrondissement.nom': 'a territory',
  'commune.nom': 'a territory',
  'commune_ancienne.nom': 'a territory',
  'departement.nom': 'a territory',
  'epci.nom': 'a territory',
  'region.nom': 'a territory',
  'migration.nom': 'a file of the program',
  'reference_chargee.nom': 'a set of reference files',
  'programme.nom': 'the programme',
  'enveloppe.nom': 'an amount',
  'vague.nom': 'a call for applications',
  'plan_departemental.nom': 'a plan',
  'lieu.nom': 'a place of an organisation',
  'structure.adresse': 'an organisation',
  'candidature_lieu.nom': 'a place of an organisation',
  'candidature_lieu.adresse': 'a place of an organisation',
  'en_tete.adresse': 'a préfecture',
  'en_tete.boite_courriel': 'a service, that signs in nowhere',
  'en_tete.contact_telephone': 'a service, published on its communiqués',
  'en_tete.contact_courriel': 'a service, published on its communiqués',
  'tache.nom': 'a job',
  'regime_variante.base_salaire': 'which salary a rule of funding counts on',
  'import.acteur': 'the number of an account or the name of an operator of the service, as in the journal',
};

it('every column that looks personal is in the register, or is excepted for a reason', () => {
  const forgotten = [...colonnes].flatMap(([table, noms]) => {
    const inscrite = tablesDuRegistre.find((each) => each.table === table);
    const known = inscrite ? [...Object.keys(inscrite.colonnes), ...inscrite.secrets] : [];
    return noms
      .filter((nom) => personnelle.test(nom) && !known.includes(nom))
      .map((nom) => `${table}.${nom}`)
      .filter((nom) => !(nom in exceptions));
  });
  expect(forgotten).toEqual([]);
});

/** Columns of JSON that hold nothing of a person, each with what it holds. */
const exceptionsJson: Readonly<Record<string, string>> = {
  'communique.chiffres_publies': 'figures',
  'communique.textes': 'what a préfecture says in public',
  'contour.geometrie': 'outlines of territories',
  'decision_ligne.dit': 'a decision about a structure, as a file last said it',
  'import.bilan': 'counts of lines',
  'import_depot.bilan': 'counts of lines',
  'import_depot_ligne.anomalies': 'faults of a line about a structure',
  'import_depot_ligne.changements': 'fields of a structure that change',
  'import_depot_ligne.contenu': 'a decision about a structure',
  'import_ligne.anomalies': 'faults of a line about a structure',
  'import_ligne.changements': 'fields of a structure that change',
  'import_ligne.contenu': 'a decision about a structure',
  'proposition.avancement': 'how far a calculation is',
  'proposition.poids': 'weights',
  'proposition.resultat': 'totals',
  'proposition_ligne.explication': 'why a file is in or out',
};

it('every column of JSON is in the register, or is excepted for what it holds', async () => {
  const { rows } = await base.owner.query<{ table_name: string; column_name: string }>(
    `select table_name, column_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and data_type in ('json', 'jsonb') and table_type = 'BASE TABLE'`,
  );
  const inscrite = (table: string, nom: string) =>
    tablesDuRegistre.some(
      (each) => each.table === table && (nom in each.colonnes || each.secrets.includes(nom)),
    );
  expect(
    rows
      .filter(({ table_name, column_name }) => !inscrite(table_name, column_name))
      .map(({ table_name, column_name }) => `${table_name}.${column_name}`)
      .toSorted(),
  ).toEqual(Object.keys(exceptionsJson).toSorted());
});

it('every exception is of a column that is there, and looks personal', () => {
  for (const name of Object.keys(exceptions)) {
    const [table = '', nom = ''] = name.split('.');
    expect(colonnes.get(table), name).toContain(nom);
    expect(nom, name).toMatch(personnelle);
  }
});

it('every table that refers to a person is in the register', async () => {
  const { rows } = await base.owner.query<{ nom: string }>(
    `select distinct conrelid::regclass::text as nom from pg_constraint where contype = 'f' and confrelid = 'personne'::regclass`,
  );
  const inscrites = new Set<string>(tablesDuRegistre.map(({ table }) => table));
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter(({ nom }) => !inscrites.has(nom))).toEqual([]);
});

/** What is wrong with the wall of a table, in words. */
const defautsDuMur = async (
  nom: string,
  utilisateur: 'application' | 'acces',
  publiee = false,
): Promise<readonly string[]> => {
  const { rows } = await base.owner.query<{
    politique: string | null;
    lu: string | null;
    ecrit: string | null;
    mur: boolean;
    role: string | null;
  }>(
    `select relrowsecurity as mur, polname as politique, r.rolname as role, pg_get_expr(polqual, polrelid) as lu,
       pg_get_expr(polwithcheck, polrelid) as ecrit
     from pg_class left join pg_policy on polrelid = pg_class.oid
     left join lateral unnest(polroles) as of(role) on true left join pg_roles r on r.oid = of.role
     where pg_class.oid = $1::regclass`,
    [nom],
  );
  const pour = (role: string) => rows.filter((row) => row.role === role);
  return [
    ...(rows.length > 0 && rows.every(({ mur }) => mur) ? [] : ['no wall']),
    ...(pour(`maillage_${utilisateur}`).length > 0 ? [] : [`no policy for ${utilisateur}`]),
    ...rows.flatMap(({ politique, role, lu, ecrit }) => [
      // A policy without a role is of PUBLIC.
      ...(politique !== null &&
      (role === null || (role === 'maillage_publique' && !(publiee && lu !== 'true')))
        ? [`${politique} is open to the public`]
        : []),
      ...(role === 'maillage_application' && (lu === 'true' || ecrit === 'true')
        ? [`${politique} lets everything through`]
        : []),
    ]),
  ];
};

describe.each(tablesDuRegistre.map((table) => [table.table, table] as const))(
  'in the register, %s',
  (nom, table) => {
    it('has each of its columns, once', () => {
      const listed = [...Object.keys(table.colonnes), ...table.secrets, ...table.techniques];
      expect(listed.toSorted()).toEqual([...(colonnes.get(nom) ?? [])].sort());
      for (const { colonne } of table.liens) expect(colonnes.get(nom)).toContain(colonne);
    });

    it('has its rows walled: a policy for each user that reads it, none of which lets everything through', async () => {
      expect(await defautsDuMur(nom, table.base, table.publiee)).toEqual([]);
    });

    it('is not granted to the public, unless it is published; to the application, only when it is not of signing in', async () => {
      const { rows } = await base.owner.query<{ publique: boolean; application: boolean }>(
        `select has_table_privilege('maillage_publique', $1::regclass, 'select')
           or has_any_column_privilege('maillage_publique', $1::regclass, 'select') as publique,
         has_table_privilege('maillage_application', $1::regclass, 'select')
           or has_any_column_privilege('maillage_application', $1::regclass, 'select') as application`,
        [nom],
      );
      expect(rows).toEqual([{ publique: table.publiee === true, application: table.base === 'application' }]);
    });
  },
);

it.each([
  [
    'personne',
    'create policy tout on personne for select to maillage_application using (true)',
    'tout lets everything through',
  ],
  [
    'personne',
    'create policy tout on personne for insert to maillage_application with check (true)',
    'tout lets everything through',
  ],
  ['personne', 'create policy tout on personne for select using (id is null)', 'tout is open to the public'],
  [
    'personne',
    'create policy tout on personne to maillage_publique using (id is null)',
    'tout is open to the public',
  ],
  ['personne', 'alter table personne disable row level security', 'no wall'],
  ['session', 'drop policy acces on session', 'no policy for acces'],
] as const)('a wall of %s with a hole would be seen: %s', async (table, trou, defaut) => {
  await base.owner.query(`begin; ${trou}`);
  try {
    expect(await defautsDuMur(table, table === 'session' ? 'acces' : 'application')).toEqual([defaut]);
  } finally {
    await base.owner.query('rollback');
  }
});

it('is set in French, table by table, in docs/donnees-personnelles.md', async () => {
  const effacements = {
    supprimer: 'supprimé',
    remplacer: 'nom et adresse remplacés par un numéro',
  } as const;
  const lines = [
    '# Registre des traitements de données personnelles',
    '',
    'Écrit depuis `src/platform/registre.ts` par `tests/registre.test.ts`, qui échoue quand cette page n’est plus à jour ; `npx vitest run tests/registre.test.ts -u` la renouvelle. Chaque colonne personnelle de la base y figure, avec sa durée de conservation et ce qu’elle devient quand une personne demande l’effacement de ses données.',
    ...registre.flatMap(({ titre, finalite, baseLegale, personnes, destinataires, tables }) => [
      '',
      `## ${titre}`,
      '',
      `- Finalité : ${finalite}.`,
      `- Base légale : ${baseLegale}.`,
      `- Personnes concernées : ${personnes}.`,
      `- Destinataires : ${destinataires}.`,
      '',
      '| table | données | secrets, jamais communiqués | conservation | à l’effacement |',
      '| --- | --- | --- | --- | --- |',
      ...tables.map(
        ({ table, colonnes: lues, secrets, conservation, effacement }) =>
          `| \`${table}\` | ${Object.entries(lues)
            .map(([nom, texte]) => `${texte} (\`${nom}\`)`)
            .join(', ')} | ${secrets.map((nom) => `\`${nom}\``).join(', ')} | ${conservation.texte} | ${
            effacement.mode === 'garder' ? `gardé : ${effacement.pourquoi}` : effacements[effacement.mode]
          } |`,
      ),
    ]),
    '',
  ];
  await expect(lines.join('\n')).toMatchFileSnapshot('../docs/donnees-personnelles.md');
});

it('its words are set as French typography wants', () => {
  const words = registre.flatMap(({ titre, finalite, personnes, destinataires, tables }) => [
    titre,
    finalite,
    personnes,
    destinataires,
    ...tables.flatMap(({ colonnes: lues, conservation }) => [...Object.values(lues), conservation.texte]),
  ]);
  expect(words.filter((each) => typographier(each) !== each)).toEqual([]);
});
