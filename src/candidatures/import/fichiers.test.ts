import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase } from '../../platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { importerCoselec } from './acts.ts';
import {
  acteur,
  contenu,
  entetes,
  fichier,
  fichierDEssai,
  importer,
  ligne,
  tranche,
  vider,
} from './import.fixtures.ts';
import { rejetsCsv } from './rapport.ts';

let base: TestDatabase;
let essai: Awaited<ReturnType<typeof fichierDEssai>>;
beforeAll(async () => {
  base = await withTestDatabase();
  essai = await fichierDEssai();
});
beforeEach(() => vider(base.owner));
afterAll(async () => {
  await essai.effacer();
  await base.close();
});

/** Text that does not compress: an index would refuse it. */
const hasard = (length: number): string =>
  Array.from({ length: Math.ceil(length / 64) }, (_, index) =>
    createHash('sha256').update(String(index)).digest('hex'),
  )
    .join('')
    .slice(0, length);

describe('a file with a stray byte or quote', () => {
  it('is refused for a zero byte wherever it is, in a sentence', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => ligne({ id: String(index) }));
    const chemin = await essai.ecrire(fichier(...many, ligne({ raison_sociale: 'A\u0000B' })));
    expect(await importerCoselec(base.db, acteur, { chemin, simulation: false })).toMatchObject({
      ok: false,
      refus: 'binaire',
    });
  });

  it.each([
    ['nom_trop_long', { raison_sociale: hasard(20_000) }],
    ['reference_trop_longue', { id: hasard(20_000) }],
  ])('tells %s and keeps the row', async (code, values) => {
    const { bilan, codes } = await importer(base.db, await essai.ecrire(fichier(ligne(values))));
    expect(bilan).toMatchObject({ creees: 1, rejetees: 0 });
    expect(codes(1)).toContain(code);
  });

  it('of any kind is read or refused, never a fault', async () => {
    const piece = fc.oneof(
      fc.constantFrom('"', ';', '\n', '\r\n', '\r', ',', '\t', entetes, ligne(), '\uFEFF', 'é', '0', ' '),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
        const chemin = await essai.ecrire(`${entetes}\n${pieces.join('')}`);
        const result = await importerCoselec(base.db, acteur, { chemin, simulation: true });
        if (!result.ok) {
          expect(result.message).toMatch(/\.$/);
          return;
        }
        const { lignes, creees, modifiees, inchangees, rejetees } = result.valeur.bilan;
        expect(creees + modifiees + inchangees + rejetees).toBe(lignes);
      }),
      { numRuns: 40 },
    );
  });
});

it('lines are numbered as an editor does, whatever the line ends, blank lines and newlines in quotes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.record({ blanches: fc.nat(2), coupures: fc.nat(3) }), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      async (fin, formes, finale) => {
        const expected: number[] = [];
        let text = `${entetes}${fin}`;
        for (const [rang, { blanches, coupures }] of formes.entries()) {
          text += fin.repeat(blanches);
          expected.push(text.split(fin).length);
          const nom = Array.from({ length: coupures + 1 }, (_, part) => `N${part}`).join(fin);
          text += ligne({ id: String(rang), raison_sociale: `"${nom}"` });
          if (finale || rang < formes.length - 1) text += fin;
        }
        const { lignes } = await importer(base.db, await essai.ecrire(text), true);
        expect(lignes.map(({ ligne: line }) => line)).toEqual(expected);
      },
    ),
    { numRuns: 15 },
  );
});

describe('the CSV of rejected rows', () => {
  const colonnes = ['id', '=nom', 'raison_sociale', 'nb_cnfs', 'date_comite', 'commune', 'code_postal'];
  const rejets = ['@ROBASE', '=1+1', '-5', 'SIMPLE'].map((nom, index) => ({
    ligne: index + 2,
    motif: 'essai',
    contenu: [String(index), '', nom, '1', '2021-03-24', 'Laon', '02000'],
  }));

  it('starts no cell with a formula, its header included', () => {
    const cells = rejetsCsv(colonnes, rejets).replace('\uFEFF', '').split(/[\n;]/);
    expect(cells).toContain("'=nom");
    for (const cell of cells) expect(cell).not.toMatch(/^[=+@]|^-(?!\d+$)/);
  });

  it('imported gives the values as they were, and those rejected again come back as they were', async () => {
    await importer(base.db, await essai.ecrire(rejetsCsv(colonnes, rejets)));
    expect((await contenu(base.db)).map((row) => Reflect.get(Object(row), 'raison_sociale')).sort()).toEqual(
      rejets.map(({ contenu: row }) => row[2]).sort(),
    );
    const again = rejets.map((rejet) => ({ ...rejet, contenu: rejet.contenu.with(3, 'deux') }));
    const { id } = await importer(base.db, await essai.ecrire(rejetsCsv(colonnes, again)));
    const kept = await base.db
      .selectFrom('import_ligne')
      .select('contenu')
      .where('import_id', '=', id ?? '')
      .orderBy('numero')
      .execute();
    expect(kept.map((row) => Array.isArray(row.contenu) && row.contenu[2])).toEqual(
      again.map(({ contenu: row }) => row[2]),
    );
  });
});

describe('an import', () => {
  it('that another keeps waiting is refused in a sentence and leaves nothing', async () => {
    const options = '-c lock_timeout=200ms -c maillage.role=operateur -c timezone=UTC';
    const operateur = `${base.adresses.operateur}?options=${encodeURIComponent(options)}`;
    const hurried = connectDatabase({ operateur }, 'operateur', 1);
    await base.owner.query('begin');
    try {
      // The lock that an import holds to its end.
      await base.owner.query('select pg_advisory_xact_lock(727004)');
      expect(await importerCoselec(hurried, acteur, { chemin: tranche, simulation: false })).toMatchObject({
        ok: false,
        refus: 'occupe',
        message: expect.stringContaining('import est en cours'),
      });
    } finally {
      await base.owner.query('rollback');
      await hurried.destroy();
    }
    expect(await contenu(base.db)).toEqual([]);
  });

  it('killed while it reads leaves the database as before', async () => {
    let kill: Promise<unknown> | undefined;
    const rows = Array.from({ length: 3000 }, (_, index) => ligne({ id: String(index) }));
    const killed = importerCoselec(base.db, acteur, {
      chemin: await essai.ecrire(fichier(...rows)),
      simulation: false,
      onProgres: () => {
        kill ??= base.owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'maillage operateur' and xact_start is not null`);
      },
    });
    await expect(killed).rejects.toThrow();
    await kill;
    expect(await contenu(base.db)).toEqual([]);
    expect(await base.db.selectFrom('import').select('id').execute()).toEqual([]);
    expect((await importer(base.db, tranche)).bilan.creees).toBe(12);
  });
});
