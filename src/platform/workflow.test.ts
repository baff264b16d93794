import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase } from './database/index.ts';
import { type TestDatabase, withTestDatabase } from './database/testing.ts';
import { changerStatut, changerStatutEnLot, defineWorkflow } from './workflow.ts';

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
    ecarter: {
      libelle: 'écarter',
      depuis: ['brouillon'],
      vers: 'retire',
      qui: ['operateur', 'administrateur', 'instructeur'],
      motifRequis: false,
      garde: async (db, id) => {
        const { rows } = await sql<{ statut: string; textes: object }>`
          select statut, textes from communique where id = ${id}`.execute(db);
        const [row] = rows;
        return row?.statut === 'retire' && Object.keys(row.textes).length > 0
          ? undefined
          : 'Rien n’est encore rédigé.';
      },
    },
  },
});
const courriel = {
  destinataire: 'prefecture@exemple.fr',
  objet: 'Communiqué retiré',
  paragraphes: ['Le communiqué est retiré.'],
};
const acteur = { identifiant: 'essai', role: 'operateur' } as const;
let base: TestDatabase;
let id = '';
beforeAll(async () => {
  base = await withTestDatabase();
});
afterAll(() => base.close());
beforeEach(async () => {
  await base.owner.query('delete from communique; delete from seance; delete from courriel');
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
const mails = async () => (await base.owner.query('select objet from courriel')).rows;
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

  it('asked 50 times at once is done once: 49 clear refusals, one line of the journal, one mail', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 50 }, () =>
        changerStatut(base.db, workflow, acteur, {
          id,
          nom: 'retirer',
          version: 1,
          motif: 'Erreur',
          courriels: [courriel],
        }),
      ),
    );
    const refused = attempts.flatMap((each) => (each.ok ? [] : [each]));
    expect(refused).toHaveLength(49);
    for (const each of refused)
      expect(each).toMatchObject({ refus: 'etat', message: expect.stringContaining('« retiré »') });
    expect(await row()).toEqual({ statut: 'retire', version: 2 });
    expect(await written()).toHaveLength(1);
    expect(await mails()).toHaveLength(1);
  });

  it('whose guard does not hold is refused in its words, and changes nothing', async () => {
    const ecarter = () =>
      changerStatut(base.db, workflow, acteur, { id, nom: 'ecarter', version: 1, courriels: [courriel] });
    expect(await ecarter()).toEqual({ ok: false, refus: 'garde', message: 'Rien n’est encore rédigé.' });
    expect(await row()).toEqual({ statut: 'brouillon', version: 1 });
    expect([await written(), await mails()]).toEqual([[], []]);
    await base.owner.query(`update communique set textes = '{"a": 1}'`);
    expect(await ecarter()).toMatchObject({ ok: true });
    expect(await mails()).toHaveLength(1);
  });

  it('is refused to who says a role that the transaction does not hold', async () => {
    const application = connectDatabase(base.adresses, 'application', 1);
    const attempt = application.transaction().execute(async (transaction) => {
      await sql`select set_config('maillage.role', 'instructeur', true), set_config('maillage.niveau', 'departement', true),
        set_config('maillage.perimetre', '02', true)`.execute(transaction);
      return changerStatut(
        transaction,
        workflow,
        { identifiant: 'personne:x', role: 'administrateur' },
        { id, nom: 'ecarter', version: 1 },
      );
    });
    expect(await attempt).toMatchObject({ ok: false, refus: 'role' });
    await application.destroy();
    expect(await row()).toEqual({ statut: 'brouillon', version: 1 });
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

describe('many at once', () => {
  const plusieurs = async (nombre: number): Promise<readonly { id: string; version: number }[]> => {
    const { rows } = await base.owner.query<{ id: string; version: number }>(
      `insert into communique (seance_id, departement_code, date)
       select seance.id, code, '2021-03-18' from seance, (
         select code from departement where code not in (select departement_code from communique) order by code limit $1
       ) d returning id, version`,
      [nombre],
    );
    return rows;
  };
  const etats = async () =>
    (
      await base.owner.query<{ statut: string; nombre: number }>(
        'select statut, count(*)::integer as nombre from communique group by statut order by statut',
      )
    ).rows;

  it('change together, each with its journal row, its mail and its reason', async () => {
    const lignes = (await plusieurs(3)).map((ligne, rang) => ({
      ...ligne,
      motif: `Motif ${rang}.`,
      courriels: [courriel],
      contenu: { rang },
    }));
    expect(await changerStatutEnLot(base.db, workflow, acteur, 'retirer', lignes)).toMatchObject({
      ok: true,
      valeur: { nombre: 3 },
    });
    expect(await etats()).toContainEqual({ statut: 'retire', nombre: 3 });
    const { rows } = await base.owner.query(
      `select objet_id, motif, contenu from journal where acte = 'communique.retirer' and objet_id = any ($1) order by id`,
      [lignes.map((ligne) => ligne.id)],
    );
    expect(rows).toEqual(
      lignes.map((ligne, rang) => ({
        objet_id: ligne.id,
        motif: `Motif ${rang}.`,
        contenu: { vers: 'retire', rang },
      })),
    );
    expect((await base.owner.query('select from courriel')).rowCount).toBe(3);
  });

  it.each([
    [
      'version',
      (ligne: { id: string; version: number }) => ({ ...ligne, version: ligne.version + 1, motif: 'Oui.' }),
    ],
    ['motif', (ligne: { id: string; version: number }) => ({ ...ligne, motif: ' ' })],
  ])('change not at all when one cannot, which is named: %s', async (refus, gater) => {
    const lignes = await plusieurs(3);
    const gatee = lignes[1];
    if (gatee === undefined) throw new Error('three rows');
    const avant = await etats();
    const demandes = lignes.map((ligne) => (ligne === gatee ? gater(ligne) : { ...ligne, motif: 'Oui.' }));
    expect(await changerStatutEnLot(base.db, workflow, acteur, 'retirer', demandes)).toMatchObject({
      ok: false,
      refus,
      id: gatee.id,
    });
    expect(await etats()).toEqual(avant);
  });

  it('are held back by the guard of each, and by the role', async () => {
    const lignes = await plusieurs(2);
    const [premiere, seconde] = lignes;
    await base.owner.query(`update communique set textes = '{"titre": "Rédigé"}' where id = $1`, [
      premiere?.id,
    ]);
    const avant = await etats();
    expect(await changerStatutEnLot(base.db, workflow, acteur, 'ecarter', lignes)).toMatchObject({
      refus: 'garde',
      id: seconde?.id,
      message: 'Rien n’est encore rédigé.',
    });
    expect(
      await changerStatutEnLot(base.db, workflow, { ...acteur, role: 'gestionnaire' }, 'ecarter', lignes),
    ).toMatchObject({ refus: 'role' });
    expect(await etats()).toEqual(avant);
  });
});
