import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Agent,
  faireAgent,
  faireEquipe,
  faireStructure,
  type Mur,
  monterMur,
} from '../src/acces/roles/personnes.fixtures.ts';
import { chargerDemo } from '../src/demo/index.ts';
import { deposerCourriel } from '../src/platform/courriel.ts';
import { databaseError } from '../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';

let base: TestDatabase;
let mur: Mur;
let gens: Readonly<
  Record<
    | 'instructeur'
    | 'regional'
    | 'gestionnaire'
    | 'coordinateur'
    | 'second'
    | 'conseiller'
    | 'comiteRegional'
    | 'comite',
    Agent
  >
>;
let structure = '';

beforeAll(async () => {
  base = await withTestDatabase('reference');
  mur = monterMur(base);
  structure = await faireStructure(base, '02408');
  const equipe = await faireEquipe(base, structure);
  gens = {
    instructeur: await faireAgent(base, 'instructeur', { departement: '02' }),
    regional: await faireAgent(base, 'instructeur', { region: '32' }),
    gestionnaire: await faireAgent(base, 'gestionnaire', { structure }),
    coordinateur: await faireAgent(base, 'coordinateur', { equipe }),
    second: await faireAgent(base, 'coordinateur', { equipe }),
    conseiller: await faireAgent(base, 'conseiller', { structure }),
    comiteRegional: await faireAgent(base, 'membre_comite', { region: '32' }),
    comite: await faireAgent(base, 'membre_comite'),
  };
  await base.owner.query(
    `insert into fichier (nom, mime, taille, sha256, statut, objet_type, objet_id, structure_id, departement_code) values
       ('rib.pdf', 'application/pdf', 1, sha256('a'), 'sain', 'essai', 'structure', $1, null),
       ('note.pdf', 'application/pdf', 1, sha256('b'), 'sain', 'essai', 'departement', null, '02')`,
    [structure],
  );
});
afterAll(async () => {
  await mur.fermer();
  await base.close();
});

type Nom = keyof typeof gens;
const noms = (): readonly Nom[] => Object.keys(gens) as Nom[];

/** The files that somebody sees, and how many they can rename. */
const fichiers = (qui: Nom) =>
  mur.enTantQue(gens[qui], async (db) => ({
    vus: (await sql<{ objet_id: string }>`select objet_id from fichier order by 1 desc`.execute(db)).rows.map(
      (row) => row.objet_id,
    ),
    changes: Number((await sql`update fichier set nom = nom || '.'`.execute(db)).numAffectedRows),
  }));

/** The people of this file whom somebody sees. */
const personnes = (qui: Nom): Promise<readonly Nom[]> =>
  mur.enTantQue(gens[qui], async (db) => {
    const seen = await sql<{ id: string }>`select id from personne`.execute(db);
    const held = await sql<{ id: string }>`select distinct personne_id as id from attribution`.execute(db);
    expect(seen.rows.map(({ id }) => id).toSorted()).toEqual(held.rows.map(({ id }) => id).toSorted());
    const ids = new Set(seen.rows.map(({ id }) => id));
    return noms().filter((nom) => ids.has(gens[nom].id));
  });

describe('the private files of structures and préfectures', () => {
  it.each([
    ['instructeur', ['structure', 'departement']],
    ['regional', ['structure', 'departement']],
    ['gestionnaire', ['structure']],
    ['coordinateur', []],
    ['conseiller', []],
    ['comiteRegional', []],
    ['comite', []],
  ] as const)('are seen and changed by who looks after them alone: %s', async (qui, vus) => {
    expect(await fichiers(qui)).toEqual({ vus, changes: vus.length });
  });

  it.each(['coordinateur', 'comiteRegional', 'comite'] as const)(
    'are added to by nobody else: %s',
    async (qui) => {
      const ajouter = mur.enTantQue(gens[qui], (db) =>
        sql`insert into fichier (nom, mime, taille, sha256, statut, objet_type, objet_id, structure_id)
        values ('x.pdf', 'application/pdf', 1, sha256('c'), 'sain', 'essai', 'ajout', ${structure})`.execute(
          db,
        ),
      );
      expect(databaseError(await ajouter.catch((error: unknown) => error))?.code).toBe('42501');
    },
  );
});

describe('people', () => {
  const tous: readonly Nom[] = ['gestionnaire', 'coordinateur', 'second', 'conseiller'];
  it.each([
    ['instructeur', ['instructeur', ...tous]],
    ['regional', ['instructeur', 'regional', ...tous, 'comiteRegional']],
    ['gestionnaire', tous],
    ['coordinateur', ['coordinateur', 'second']],
    ['conseiller', ['conseiller']],
    ['comiteRegional', ['comiteRegional']],
    ['comite', ['comite']],
  ] as const)('are seen by who looks after them, by their team, and by themselves: %s', async (qui, vues) => {
    expect(await personnes(qui)).toEqual(vues);
  });

  it.each([
    ['a role taken back', `retiree_le = now() - $2::interval, retrait_motif = 'essai'`],
    ['a role that ran to its end', `fin = now() - $2::interval`],
  ])('are seen no more a year after the end of %s', async (_nom, fin) => {
    const partie = await faireAgent(base, 'conseiller', { structure });
    const vue = async (depuis: string) => {
      await base.owner.query(
        `update attribution set du = now() - interval '5 years', ${fin} where personne_id = $1`,
        [partie.id, depuis],
      );
      return mur.enTantQue(
        gens.instructeur,
        async (db) => (await sql`select from personne where id = ${partie.id}`.execute(db)).rows.length,
      );
    };
    expect(await vue('11 months')).toBe(1);
    expect(await vue('13 months')).toBe(0);
  });
});

it('who signs people in reads the links that were mailed in a demonstration alone', async () => {
  await deposerCourriel(base.db, {
    destinataire: 'une@essai.example',
    objet: 'Votre lien',
    paragraphes: ['Bonjour.'],
    lien: { texte: 'Se connecter', href: 'https://essai.example/connexion' },
    secret: true,
  });
  const lus = async () => (await sql`select lien_secret from courriel`.execute(mur.acces)).rows.length;
  expect(await lus()).toBe(0);
  exiger(await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' }));
  expect(await lus()).toBeGreaterThan(0);
});
