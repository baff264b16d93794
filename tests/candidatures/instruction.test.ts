import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, faireAgent, type Mur, monterMur } from '../../src/acces/roles/personnes.fixtures.ts';
import { semerCandidatures, semerVague } from '../../src/candidatures/candidatures.fixtures.ts';
import { rendreAvis } from '../../src/candidatures/instruction/avis.acts.ts';
import { listeInstruction } from '../../src/candidatures/instruction/liste.ts';
import { findFiche, listAvis } from '../../src/candidatures/instruction/store.ts';
import type { Database } from '../../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../../src/platform/database/testing.ts';
import { lireGrandeListe, lireVoisines, parcourirListe } from '../../src/platform/listes/index.ts';

let base: TestDatabase;
let mur: Mur;
let agent: Agent;
let autre: Agent;
let region: Agent;
let vague: string;

beforeAll(async () => {
  base = await withTestDatabase();
  mur = monterMur(base);
  agent = await faireAgent(base, 'instructeur', { departement: '02' });
  autre = await faireAgent(base, 'instructeur', { departement: '59' });
  region = await faireAgent(base, 'instructeur', { region: '32' });
  vague = await semerVague(base.db);
  await semerCandidatures(base.db, vague, { nombre: 60, departements: ['02'] });
});
afterAll(async () => {
  await mur.fermer();
  await base.close();
});

const page = (db: Database, filtres: Readonly<Record<string, string>> = {}, tri = listeInstruction.tri) =>
  lireGrandeListe(db, listeInstruction, { filtres, tri, debut: 0, limite: 50 });

/** Applications of the wave, in the order of their numbers. */
const numerotees = async (): Promise<readonly string[]> =>
  (
    await sql<{ id: string }>`select id from candidature where vague_id = ${vague} order by numero`.execute(
      base.db,
    )
  ).rows.map(({ id }) => id);

const avis = (candidatureId: string, version = 1) => ({
  candidatureId,
  version,
  favorable: true,
  postes: 1,
  commentaire: 'Projet utile.',
  niveau: 'departement' as const,
});

describe('the table of a préfecture', () => {
  it('shows its territory alone', async () => {
    expect((await mur.enTantQue(agent, (db) => page(db))).total).toBe(60);
    expect((await mur.enTantQue(region, (db) => page(db))).total).toBe(60);
    expect((await mur.enTantQue(autre, (db) => page(db))).total).toBe(0);
  });

  it('gives by page what it gives whole, for every order and filter', async () => {
    await mur.enTantQue(agent, async (db) => {
      for (const [champ, { tri }] of Object.entries(listeInstruction.champs)) {
        if (tri === undefined) continue;
        for (const sens of ['asc', 'desc'] as const) {
          const demande = { filtres: { etat: 'deposee' }, tri: { champ, sens } };
          const entiere: string[] = [];
          for await (const { id } of parcourirListe(db, listeInstruction, demande)) entiere.push(id ?? '');
          const paginee: string[] = [];
          for (const debut of [0, 25, 50]) {
            const lue = await lireGrandeListe(db, listeInstruction, { ...demande, debut, limite: 25 });
            expect(lue.total).toBe(60);
            expect(lue.sommes['postes']).toBe(60 + 15 * 6);
            paginee.push(...lue.lignes.map(({ _cle }) => _cle));
          }
          expect(paginee).toEqual(entiere);
          const voisines = await lireVoisines(db, listeInstruction, { ...demande, cle: entiere[30] ?? '' });
          expect(voisines).toEqual({ rang: 31, total: 60, avant: entiere[29], apres: entiere[31] });
        }
      }
      for (const [nom, { exemple }] of Object.entries(listeInstruction.filtres))
        expect((await page(db, { [nom]: exemple })).lignes.length).toBeLessThanOrEqual(50);
    });
  });
});

describe('a search in the table', () => {
  it('finds a commune by its name, whole or begun, with or without its article', async () => {
    const [id = ''] = await numerotees();
    await base.owner.query(
      `update structure set commune_code = '02304' where id = (select structure_id from candidature where id = $1)`,
      [id],
    );
    await mur.enTantQue(agent, async (db) => {
      for (const filtres of [
        { texte: 'La Fère' },
        { texte: 'fere' },
        { territoire: 'La Fère' },
        { territoire: 'fer' },
      ])
        expect((await page(db, filtres)).lignes.map(({ _cle }) => _cle)).toContain(id);
      expect((await page(db, { texte: 'ailleurs' })).total).toBe(0);
    });
  });
});

describe('an application adjourned', () => {
  it('awaits an opinion again, whatever was said before', async () => {
    const id = (await numerotees())[7] ?? '';
    await mur.enTantQue(agent, (db) => rendreAvis(db, agent.acteur, { ...avis(id), personne: agent.id }));
    await base.owner.query(`set maillage.role = 'operateur'`);
    await base.owner.query(`update candidature set statut = 'ajournee' where id = $1`, [id]);
    await base.owner.query('reset maillage.role');
    await mur.enTantQue(agent, async (db) => {
      const attendues = await page(db, { avis: 'attendu' });
      expect(attendues.lignes.map(({ _cle }) => _cle)).toContain(id);
    });
  });
});

describe('an opinion', () => {
  it('does not erase the one before, and is read in the table', async () => {
    const [premiere = ''] = await numerotees();
    await mur.enTantQue(agent, async (db) => {
      const done = await rendreAvis(db, agent.acteur, { ...avis(premiere), personne: agent.id });
      expect(done).toEqual({ ok: true, valeur: { compte: true } });
    });
    await mur.enTantQue(agent, async (db) => {
      const done = await rendreAvis(db, agent.acteur, {
        ...avis(premiere, 2),
        personne: agent.id,
        favorable: false,
        postes: 0,
      });
      expect(done.ok).toBe(true);
      expect((await listAvis(db, premiere)).map(({ favorable }) => favorable)).toEqual([false, true]);
      expect((await findFiche(db, premiere))?.statut).toBe('instruite');
      expect((await page(db, { avis: 'defavorable' })).lignes.map(({ id }) => id)).toEqual([premiere]);
    });
  });

  it('on an earlier submission is said to be so in the table', async () => {
    const id = (await numerotees())[8] ?? '';
    await mur.enTantQue(agent, (db) => rendreAvis(db, agent.acteur, { ...avis(id), personne: agent.id }));
    const lu = async () =>
      (await mur.enTantQue(agent, (db) => page(db, { avis: 'favorable' }))).lignes.find(
        ({ _cle }) => _cle === id,
      )?.avis;
    expect(await lu()).toBe('favorable');
    await base.owner.query(`set maillage.role = 'operateur'`);
    await base.owner.query(`update candidature set statut = 'deposee', deposee_le = now() where id = $1`, [
      id,
    ]);
    await base.owner.query('reset maillage.role');
    expect(await lu()).toBe('favorable (dépôt précédent)');
  });

  it('of another level than the wave’s informs, and decides nothing', async () => {
    const [, deuxieme = ''] = await numerotees();
    await mur.enTantQue(region, async (db) => {
      const done = await rendreAvis(db, region.acteur, {
        ...avis(deuxieme),
        niveau: 'region',
        personne: region.id,
      });
      expect(done).toEqual({ ok: true, valeur: { compte: false } });
      expect((await findFiche(db, deuxieme))?.statut).toBe('deposee');
      expect((await page(db, { avis: 'aucun' })).lignes.some(({ id }) => id === deuxieme)).toBe(true);
    });
  });

  it('is refused above what is asked, and says what to do', async () => {
    const [, , troisieme = ''] = await numerotees();
    await mur.enTantQue(agent, async (db) => {
      const done = await rendreAvis(db, agent.acteur, {
        ...avis(troisieme),
        postes: 9,
        personne: agent.id,
      });
      expect(done).toMatchObject({ ok: false, refus: 'postes' });
      expect(await listAvis(db, troisieme)).toEqual([]);
    });
  });

  it('of two agents at once, one counts and the other is told', async () => {
    const [, , , quatrieme = ''] = await numerotees();
    const second = await faireAgent(base, 'instructeur', { departement: '02' });
    const rendus = await Promise.all(
      [agent, second].map((qui) =>
        mur.enTantQue(qui, (db) => rendreAvis(db, qui.acteur, { ...avis(quatrieme), personne: qui.id })),
      ),
    );
    expect(rendus.map((rendu) => (rendu.ok ? 'ok' : rendu.refus)).toSorted()).toEqual(['ok', 'version']);
    expect(await mur.enTantQue(agent, (db) => listAvis(db, quatrieme))).toHaveLength(1);
  });
});
