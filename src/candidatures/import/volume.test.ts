import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { exiger } from '../../platform/result.ts';
import { importerCoselec } from './acts.ts';
import { ecrireFichier } from './fichier.fixtures.ts';
import { acteur, fichierDEssai } from './import.fixtures.ts';

let base: TestDatabase;
let essai: Awaited<ReturnType<typeof fichierDEssai>>;
beforeAll(async () => {
  base = await withTestDatabase();
  essai = await fichierDEssai();
  await base.owner.query('update enveloppe set montant_centimes = 900000000000000');
});
afterAll(async () => {
  await essai.effacer();
  await base.close();
});

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Imports generated rows as a simulation; gives the seconds and the highest heap seen, in MiB. */
const mesurer = async (lignes: number): Promise<{ readonly secondes: number; readonly tas: number }> => {
  const chemin = join(essai.folder, `${lignes}.csv`);
  await ecrireFichier(chemin, lignes);
  let tas = 0;
  const started = performance.now();
  const fait = exiger(
    await importerCoselec(base.db, acteur, {
      chemin,
      simulation: true,
      onProgres: () => {
        collect();
        tas = Math.max(tas, process.memoryUsage().heapUsed / 2 ** 20);
      },
    }),
  );
  expect(fait.bilan).toMatchObject({ lignes, rejetees: 0, postes: lignes });
  return { secondes: (performance.now() - started) / 1000, tas };
};

it('imports the 1 450 rows of the whole country in less than 3 seconds', async () => {
  expect((await mesurer(1450)).secondes).toBeLessThan(3);
});

it('needs no more memory for 20 000 rows than the communes and a few batches', async () => {
  const small = await mesurer(2000);
  const large = await mesurer(20_000);
  // Kept in memory, the rows more would weigh over 40 MiB.
  expect(large.tas - small.tas).toBeLessThan(10);
  // Collecting at each reading takes a part of it.
  expect(large.secondes).toBeLessThan(20);
});

it('takes no longer where the database believes empty the tables that a simulation left', async () => {
  await mesurer(2000);
  await base.owner.query('analyze');
  expect((await mesurer(4000)).secondes).toBeLessThan(10);
});
