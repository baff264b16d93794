import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importerCoselec } from '../src/candidatures/import/acts.ts';
import { produire } from '../src/communication/documents.ts';
import { reunirFaits } from '../src/communication/faits.store.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { exiger } from '../src/platform/result.ts';

const acteur = { identifiant: 'essai', role: 'operateur' } as const;
const folder = join(import.meta.dirname, 'communiques');
let base: TestDatabase;

beforeAll(async () => {
  base = await withTestDatabase();
  const fait = exiger(
    await importerCoselec(base.db, acteur, {
      chemin: join(folder, 'dix-departements.csv'),
      simulation: false,
    }),
  );
  expect(fait.bilan.rejetees).toBe(0);
});
afterAll(() => base.close());

// The texts were read and reviewed; a change of wording shows here before it shows in a préfecture.
it.each(['974', '976', '75', '2A', '67', '69', '48', '15', '70', '971'])(
  'the communiqué of %s reads as reviewed',
  async (departement) => {
    const demande = {
      departement,
      seance: '2021-05-19',
      date: '2021-06-01',
      maintenant: '2021-06-01T00:00:00Z',
    };
    const fichier = await produire(base.db, exiger(await reunirFaits(base.db, demande)), 'texte');
    await expect(String(fichier?.corps)).toMatchFileSnapshot(`./communiques/${departement}.txt`);
  },
);
