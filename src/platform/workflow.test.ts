import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from './database/testing.ts';
import { changerStatut, defineWorkflow } from './workflow.ts';

/** On the table of communiqués, with transitions of its own. */
const workflow = defineWorkflow({
  objet: 'l’essai',
  table: 'communique',
  initial: 'brouillon',
  etats: { brouillon: 'brouillon', retire: 'retiré' },
  transitions: {
    retirer: {
      libelle: 'retirer',
      depuis: ['brouillon'],
      vers: 'retire',
      qui: ['operateur'],
      motifRequis: true,
    },
    reprendre: {
      libelle: 'reprendre',
      depuis: ['retire'],
      vers: 'brouillon',
      qui: ['operateur'],
      motifRequis: false,
    },
  },
});
const acteur = { identifiant: 'essai', role: 'operateur' } as const;
let base: TestDatabase;
let id = '';
beforeAll(async () => {
  base = await withTestDatabase();
});
afterAll(() => base.close());
beforeEach(async () => {
  await base.owner.query('delete from communique; delete from seance');
  await base.owner.query(`insert into seance (programme_id, date) select id, '2021-03-24' from programme`);
  const made = await base.owner.query<{ id: string }>(
    `insert into communique (seance_id, departement_code, date) select id, '02', '2021-03-18' from seance returning id`,
  );
  id = made.rows[0]?.id ?? '';
});

const retirer = (demande: Partial<{ id: string; version: number; motif: string }> = {}) =>
  changerStatut(base.db, workflow, acteur, { id, nom: 'retirer', version: 1, motif: 'Erreur', ...demande });
const written = async () =>
  (await base.owner.query(`select acte, acteur, role, motif from journal where objet_id = $1`, [id])).rows;
const row = async () => (await base.owner.query('select statut, version from communique')).rows[0];

describe('a transition', () => {
  it('changes the state, raises the version and writes one line of the journal', async () => {
    expect(await retirer()).toEqual({ ok: true, valeur: { statut: 'retire', version: 2 } });
    expect(await row()).toEqual({ statut: 'retire', version: 2 });
    expect(await written()).toEqual([
      { acte: 'communique.retirer', acteur: 'essai', role: 'operateur', motif: 'Erreur' },
    ]);
  });

  it.each([
    ['version', { version: 2 }],
    ['motif', { motif: ' \n' }],
    ['absent', { id: '00000000-0000-7000-8000-000000000000' }],
  ] as const)('is refused for its %s, and changes nothing', async (refus, demande) => {
    expect(await retirer(demande)).toMatchObject({ ok: false, refus });
    expect(await row()).toEqual({ statut: 'brouillon', version: 1 });
    expect(await written()).toEqual([]);
  });

  it('is refused from a state that does not allow it, and to a role that may not', async () => {
    expect(
      await changerStatut(base.db, workflow, acteur, { id, nom: 'reprendre', version: 1 }),
    ).toMatchObject({ ok: false, refus: 'etat', message: expect.stringContaining('« brouillon »') });
    expect(
      await changerStatut(
        base.db,
        workflow,
        { ...acteur, role: 'visiteur' },
        { id, nom: 'retirer', version: 1, motif: 'x' },
      ),
    ).toMatchObject({ ok: false, refus: 'role' });
    expect(await written()).toEqual([]);
  });

  it('asked 50 times at once is done once', async () => {
    const attempts = await Promise.all(Array.from({ length: 50 }, () => retirer()));
    expect(attempts.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await row()).toEqual({ statut: 'retire', version: 2 });
    expect(await written()).toHaveLength(1);
  });

  it('undone with its transaction leaves no line of the journal', async () => {
    const undone = base.db.transaction().execute(async (transaction) => {
      await changerStatut(transaction, workflow, acteur, { id, nom: 'retirer', version: 1, motif: 'x' });
      throw new Error('voulue');
    });
    await expect(undone).rejects.toThrow('voulue');
    expect(await row()).toEqual({ statut: 'brouillon', version: 1 });
    expect(await written()).toEqual([]);
  });
});

it('states that only lead to each other are refused, as nothing ever enters them', () => {
  const aller = (depuis: 'a' | 'ile' | 'rive', vers: 'a' | 'ile' | 'rive') =>
    ({ libelle: 'aller', depuis: [depuis], vers, qui: [], motifRequis: false }) as const;
  const declare = () =>
    defineWorkflow<'a' | 'ile' | 'rive', 'passer' | 'revenir'>({
      objet: 'x',
      table: 'x',
      initial: 'a',
      etats: { a: 'a', ile: 'île', rive: 'rive' },
      transitions: { passer: aller('ile', 'rive'), revenir: aller('rive', 'ile') },
    });
  expect(declare).toThrow(/ile, rive/);
});
