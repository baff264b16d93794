import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { endosser } from '../src/platform/database/acteur.ts';
import { connectDatabase, type Database } from '../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';
import { retenirStructure } from '../src/vitrine/structures.fixtures.ts';

let base: TestDatabase;
let application: Database;
/** Structures whose decision is not announced, in the Aisne and in the Nord. */
let aisne = '';
let nord = '';

const qui = {
  camille: 'camille.duval@maillage.example',
  comite: 'dominique.lemaire@maillage.example',
  claude: 'claude.vasseur@prefecture.example',
  sacha: 'sacha.caron@prefecture.example',
  region: 'maxime.leroy@prefecture.example',
  gestionnaire: 'morgan.petit@gauchy.example',
  coordinateur: 'andrea.lambert@departement.example',
  conseiller: 'charlie.dupont@gauchy.example',
  candidat: 'lou.moreau@courriel.example',
} as const;
type Qui = keyof typeof qui;

beforeAll(async () => {
  base = await withTestDatabase();
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  aisne = await retenirStructure(base, { raisonSociale: 'ATTEND AISNE', commune: '02408', annoncee: false });
  nord = await retenirStructure(base, { raisonSociale: 'ATTEND NORD', commune: '59350', annoncee: false });
  await base.owner.query(`
    insert into lieu (structure_id, rang, nom, nature) values ('${aisne}', 1, 'lieu', 'x'), ('${nord}', 1, 'lieu', 'x');
    insert into equipe (structure_id, coordinateur_prevu) values ('${aisne}', true), ('${nord}', true);
    insert into en_tete (departement_code, service, lieu) values ('59', '{Préfecture}', 'Lille');
    insert into signataire (departement_code, nom, fonction, debut) values ('02', 'A', 'B', '2021-01-01'), ('59', 'C', 'D', '2021-01-01');
    -- The Nord has announced something: its letterhead shows.
    insert into communique (seance_id, departement_code, statut, date, publie_le)
    select id, '59', 'publie', date, now() - interval '1 day' from seance;
    insert into seance (programme_id, date) select id, '2031-07-08' from programme;
    insert into communique (seance_id, departement_code, date)
    select seance.id, code, '2031-07-09' from seance, (values ('02'), ('59')) d (code) where seance.date = '2031-07-08'`);
  application = connectDatabase(base.adresses, 'application', 2);
});
afterAll(async () => {
  await application.destroy();
  await base.close();
});

const undone = new Error('undone');

/** Runs as somebody in their first role (the conseiller's second for who has two), and undoes it. */
const comme = async <Valeur>(
  who: Qui | null,
  travail: (db: Database) => Promise<Valeur>,
): Promise<Valeur> => {
  let got: { readonly valeur: Valeur } | undefined;
  try {
    await application.transaction().execute(async (transaction) => {
      if (who !== null) {
        const { rows } = await base.owner.query<{ personne: string; attribution: string }>(
          `select personne.id as personne, attribution.id as attribution from personne
           join attribution on attribution.personne_id = personne.id where courriel = $1 order by attribution.du, attribution.id limit 1`,
          [qui[who]],
        );
        const { personne = '', attribution = '' } = rows[0] ?? {};
        expect(await endosser(transaction, personne, attribution)).toBe(true);
      }
      got = { valeur: await travail(transaction) };
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
  if (got === undefined) throw new Error('nothing ran');
  return got.valeur;
};

const compter = async (db: Database, relation: string, condition = 'true'): Promise<number> =>
  (
    await sql<{
      n: number;
    }>`select count(*) as n from ${sql.raw(relation)} where ${sql.raw(condition)}`.execute(db)
  ).rows[0]?.n ?? -1;

/** How a structure's rows are found in each relation. */
const relations: Readonly<Record<string, (structure: string) => string>> = {
  structure: (id) => `id = '${id}'`,
  lieu: (id) => `structure_id = '${id}'`,
  equipe: (id) => `structure_id = '${id}'`,
  decision: (id) => `structure_id = '${id}'`,
  ligne_retenue: (id) => `structure_id = '${id}'`,
};

describe('before its announcement, a decision and its structure', () => {
  const voient: Readonly<Record<Qui, readonly [aisne: 0 | 1, nord: 0 | 1]>> = {
    camille: [1, 1],
    comite: [1, 1],
    claude: [1, 0],
    sacha: [1, 0],
    region: [1, 1],
    gestionnaire: [0, 0],
    coordinateur: [0, 0],
    conseiller: [0, 0],
    candidat: [0, 0],
  };
  it.each(Object.entries(voient))('are seen by %s where their territory is: %j', async (who, attendu) => {
    await comme(who as Qui, async (db) => {
      for (const [relation, condition] of Object.entries(relations)) {
        const seen = [
          await compter(db, relation, condition(aisne)),
          await compter(db, relation, condition(nord)),
        ];
        expect(seen, relation).toEqual(attendu);
      }
      const [lines, amounts] = [await compter(db, 'decision_ligne'), await compter(db, 'engagement')];
      expect([lines, amounts]).toEqual([16 + attendu[0] + attendu[1], 16 + attendu[0] + attendu[1]]);
    });
  });

  it('are seen by nobody where nobody acts, nor is anything else', async () => {
    await comme(null, async (db) => {
      const tables = [
        ...Object.keys(relations),
        'decision_ligne',
        'engagement',
        'seance',
        'communique',
        'en_tete',
        'signataire',
      ];
      for (const table of tables) expect(await compter(db, table), table).toBe(0);
    });
  });
});

it.each(['gestionnaire', 'coordinateur', 'conseiller', 'candidat'] as const)(
  'the %s sees what the public sees, and their own structure',
  async (who) => {
    // Their own, of which nothing is announced any more.
    const seen = await comme(who, async (db) => {
      const counts: Record<string, number> = {};
      for (const relation of [
        'decision',
        'decision_ligne',
        'engagement',
        'seance',
        'ligne_retenue',
        'communique',
      ])
        counts[relation] = await compter(db, relation);
      return counts;
    });
    for (const [relation, count] of Object.entries(seen))
      expect(await compter(base.publique, relation), relation).toBe(count);
    await base.owner.query('update decision set publiee_le = null where publiee_le is not null');
    try {
      await comme(who, async (db) => {
        expect(await compter(db, 'structure')).toBe(who === 'candidat' ? 0 : 1);
        expect(await compter(db, 'lieu')).toBeGreaterThanOrEqual(who === 'candidat' ? 0 : 1);
        expect(await compter(db, 'decision')).toBe(0);
        expect(await compter(db, 'ligne_retenue')).toBe(0);
      });
    } finally {
      await base.owner.query(
        `update decision set publiee_le = '2021-03-18' where structure_id not in ('${aisne}', '${nord}')`,
      );
    }
  },
);

it('a refused decision is seen by its préfecture alone, announced or not', async () => {
  await base.owner.query(
    `update decision set resultat = 'refusee', publiee_le = '2021-03-18' where structure_id = '${nord}'`,
  );
  try {
    const seen = (who: Qui) => comme(who, (db) => compter(db, 'decision', `structure_id = '${nord}'`));
    expect([await seen('region'), await seen('claude'), await seen('gestionnaire')]).toEqual([1, 0, 0]);
  } finally {
    await base.owner.query(
      `update decision set resultat = 'retenue', publiee_le = null where structure_id = '${nord}'`,
    );
  }
});

type Ecriture = readonly [nom: string, RawBuilder<unknown>];

/** Rows that a write touched; `refus` where the wall refused it aloud. */
const ecrire = (who: Qui | null, statement: RawBuilder<unknown>): Promise<number | 'refus'> =>
  comme(who, async (db) => {
    try {
      return Number((await statement.execute(db)).numAffectedRows ?? 0n);
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === '42501' || error.code === '23514'))
        return 'refus';
      throw error;
    }
  });

const ecritures = (departement: string): readonly Ecriture[] => [
  ['en_tete', sql`update en_tete set lieu = 'x' where departement_code = ${departement}`],
  [
    'en_tete_ajout',
    sql`insert into en_tete (departement_code, service, lieu) values (${departement === '02' ? '60' : '75'}, '{x}', 'x')`,
  ],
  ['signataire', sql`update signataire set nom = 'x' where departement_code = ${departement}`],
  [
    'signataire_ajout',
    sql`insert into signataire (departement_code, nom, fonction, debut) values (${departement}, 'x', 'y', '2021-02-02')`,
  ],
  ['signataire_retrait', sql`delete from signataire where departement_code = ${departement}`],
  [
    'communique',
    sql`update communique set textes = '{"x": 1}' where departement_code = ${departement} and statut = 'brouillon'`,
  ],
];
const lesSiennes = {
  en_tete: 1,
  en_tete_ajout: 'refus',
  signataire: 1,
  signataire_ajout: 1,
  signataire_retrait: 1,
  communique: 1,
};
const lesAutres = {
  en_tete: 0,
  en_tete_ajout: 'refus',
  signataire: 0,
  signataire_ajout: 'refus',
  signataire_retrait: 0,
  communique: 0,
};

describe('a préfecture', () => {
  const faites = async (who: Qui | null, departement: string) => {
    const done: Record<string, number | 'refus'> = {};
    for (const [nom, statement] of ecritures(departement)) done[nom] = await ecrire(who, statement);
    return done;
  };
  it('writes its letterhead, signatories and communiqués, and those of nobody else', async () => {
    expect(await faites('claude', '02')).toEqual(lesSiennes);
    expect(await faites('claude', '59')).toEqual(lesAutres);
    expect(await faites('region', '59')).toMatchObject({ ...lesSiennes, en_tete_ajout: 'refus' });
  });

  it.each(['comite', 'gestionnaire', 'coordinateur', 'conseiller', 'candidat', null] as const)(
    'is not written by %s',
    async (who) => {
      for (const departement of ['02', '59']) expect(await faites(who, departement)).toEqual(lesAutres);
    },
  );

  it('announces the decisions of its territory, and changes nothing else of them', async () => {
    const annoncer = (id: string) => sql`update decision set publiee_le = now() where structure_id = ${id}`;
    expect(await ecrire('claude', annoncer(aisne))).toBe(1);
    expect(await ecrire('claude', annoncer(nord))).toBe(0);
    expect(await ecrire('gestionnaire', annoncer(aisne))).toBe(0);
    expect(await ecrire('comite', annoncer(aisne))).toBe(0);
    expect(
      await ecrire('claude', sql`update decision set resultat = 'refusee' where structure_id = ${aisne}`),
    ).toBe('refus');
    expect(
      await ecrire('camille', sql`update decision set resultat = 'refusee' where structure_id = ${aisne}`),
    ).toBe(1);
  });

  it.each(['claude', 'comite', 'gestionnaire', 'candidat', null] as const)(
    'nor anybody but the administrators writes what the committee decides: %s',
    async (who) => {
      const statements: readonly Ecriture[] = [
        ['decision', sql`delete from decision where structure_id = ${aisne}`],
        ['decision_ligne', sql`update decision_ligne set postes = 9`],
        ['decision_ligne', sql`delete from decision_ligne`],
        ['engagement', sql`update engagement set montant_centimes = 1`],
        [
          'engagement',
          sql`insert into engagement (enveloppe_id, montant_centimes) select id, 1 from enveloppe`,
        ],
        ['seance', sql`update seance set date = '2030-01-01'`],
        ['seance', sql`insert into seance (programme_id, date) select id, '2030-01-01' from programme`],
        ['structure', sql`update structure set libelle_public = 'x'`],
        [
          'structure',
          sql`insert into structure (raison_sociale, raison_sociale_recherche, commune_code) values ('X', 'X', '02408')`,
        ],
        ['lieu', sql`update lieu set nom = 'x'`],
        ['equipe', sql`delete from equipe where structure_id = ${aisne}`],
      ];
      for (const [nom, statement] of statements)
        expect([0, 'refus'], nom).toContain(await ecrire(who, statement));
    },
  );
});

describe('the label of a structure', () => {
  /** What communiqués say of them was made public by two people. */
  const statuer = (statut: 'publie' | 'retire') =>
    base.owner.query('update communique set statut = $1 where publie_le is not null', [statut]);
  beforeAll(() => statuer('retire'));
  afterAll(() => statuer('publie'));
  const relire = (who: Qui | null, structure: string, version: number | null = null) =>
    comme(who, async (db) => {
      const { rows } = await sql<{ fait: boolean }>`
        select relire_libelle(${structure}, 'nom relu', ${version}) as fait`.execute(db);
      return rows[0]?.fait;
    });
  it('is reviewed by who instructs its territory or administers, and by nobody else', async () => {
    const droits: Readonly<Record<Qui, readonly [aisne: boolean, nord: boolean]>> = {
      camille: [true, true],
      comite: [false, false],
      claude: [true, false],
      sacha: [true, false],
      region: [true, true],
      gestionnaire: [false, false],
      coordinateur: [false, false],
      conseiller: [false, false],
      candidat: [false, false],
    };
    for (const [who, attendu] of Object.entries(droits))
      expect([await relire(who as Qui, aisne), await relire(who as Qui, nord)], who).toEqual(attendu);
    expect(await relire(null, aisne)).toBe(false);
  });
  it('that a published communiqué says is changed by who administers alone', async () => {
    await statuer('publie');
    for (const who of ['claude', 'region'] as const) expect(await relire(who, aisne), who).toBe(false);
    expect(await relire('camille', aisne)).toBe(true);
    await statuer('retire');
    expect(await relire('claude', aisne)).toBe(true);
  });
  it('is all that is changed, and not where another version was seen', async () => {
    const lire = async (db: Database) =>
      (
        await sql<Record<string, unknown>>`
          select to_jsonb(structure) - '{version,modifie_le,recherche}'::text[] as s from structure where id = ${aisne}`.execute(
          db,
        )
      ).rows[0]?.['s'];
    const [avant, apres] = await comme('claude', async (db) => {
      const first = await lire(db);
      await sql`select relire_libelle(${aisne}, 'nom relu', null)`.execute(db);
      return [first, await lire(db)];
    });
    expect(apres).toEqual({
      ...(avant as object),
      libelle_public: 'nom relu',
      libelle_relu: true,
      libelle_sources: ['saisie'],
    });
    expect(await relire('claude', aisne, 99)).toBe(false);
  });
});

describe('the database keeps a communiqué from who would skip its proofreading', () => {
  const brouillon = sql`departement_code = '02' and statut <> 'publie'`;
  it('refuses to an agent to publish what nobody proofread', async () => {
    expect(
      await ecrire(
        'claude',
        sql`update communique set statut = 'publie', publie_le = now() where ${brouillon}`,
      ),
    ).toBe('refus');
  });
  it('lets nobody sign in another’s name, as writer or as proofreader', async () => {
    await base.owner.query(
      `insert into communique_suivi (communique_id) select id from communique where departement_code = '02' on conflict do nothing`,
    );
    for (const colonne of ['relu_par', 'redige_par']) {
      const signer = sql`update communique_suivi set ${sql.ref(colonne)} = acteur_personne()`;
      expect(await ecrire('claude', signer), colonne).toBe('refus');
    }
    const mien = await comme('claude', async (db) => {
      await sql`update communique set textes = '{"a": 1}' where ${brouillon}`.execute(db);
      return (
        await sql<{ mien: boolean }>`select redige_par = acteur_personne() as mien from communique_suivi
        where redige_par is not null`.execute(db)
      ).rows;
    });
    expect(mien).toEqual([{ mien: true }]);
  });
  it('refuses to who wrote it to approve it', async () => {
    const approuver = (who: Qui) =>
      comme(who, async (db) => {
        await sql`update communique set textes = '{"a": 1}' where ${brouillon}`.execute(db);
        await sql`update communique set statut = 'en_relecture' where ${brouillon}`.execute(db);
        return sql`update communique set statut = 'relu' where ${brouillon}`.execute(db);
      });
    await expect(approuver('claude')).rejects.toMatchObject({ constraint: 'communique_relu_par_un_autre' });
  });
  it('keeps who wrote it: the row that says so is not taken away before approving', async () => {
    const approuver = comme('claude', async (db) => {
      await sql`update communique set textes = '{"a": 1}' where ${brouillon}`.execute(db);
      await sql`update communique set statut = 'en_relecture' where ${brouillon}`.execute(db);
      await sql`delete from communique_suivi`.execute(db);
      return sql`update communique set statut = 'relu' where ${brouillon}`.execute(db);
    });
    await expect(approuver).rejects.toMatchObject({ code: '42501' });
    expect(await ecrire('camille', sql`delete from communique_suivi`)).toBe('refus');
  });
  it('refuses to rewrite what is being proofread', async () => {
    const reecrire = comme('claude', async (db) => {
      await sql`update communique set statut = 'en_relecture' where ${brouillon}`.execute(db);
      return sql`update communique set textes = '{"b": 1}' where ${brouillon}`.execute(db);
    });
    await expect(reecrire).rejects.toMatchObject({ code: '42501' });
  });
  it('shows the public neither writers nor mailboxes', async () => {
    for (const query of [
      sql`select redige_par from communique_suivi`,
      sql`select boite_courriel from en_tete`,
      sql`select nom from signataire`,
    ])
      await expect(query.execute(base.publique)).rejects.toMatchObject({ code: '42501' });
  });
});
