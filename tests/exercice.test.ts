// The exercise of the demonstration: what a newcomer finds at a first start, made by the acts of the product.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { retirerDemo } from '../src/demo/acts.ts';
import { chargerExercice } from '../src/demo/exercice.ts';
import { chargerDemoAuPremierDemarrage } from '../src/demo/index.ts';
import { taches } from '../src/main/rooms.ts';
import { systemClock } from '../src/platform/clock.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { declarerTaches } from '../src/platform/taches.ts';
import { getChiffres } from '../src/statistiques/index.ts';

const acteur = { identifiant: 'essai', role: 'operateur' } as const;
let base: TestDatabase;
beforeAll(async () => {
  base = await withTestDatabase();
});
afterAll(() => base.close());

const contexte = { adresse: 'https://maillage.example.fr', clock: systemClock };

it('the demonstration comes at a first start with an exercise: a wave open today, applications on their way, a session', async () => {
  await declarerTaches(base.db, taches);
  const demarrer = () => chargerDemoAuPremierDemarrage(base.db, acteur, contexte);
  expect(await demarrer()).toEqual({ ok: true, valeur: true });
  expect(await demarrer()).toEqual({ ok: true, valeur: false });
  const statuts = await sql`
    select c.statut, count(*)::integer as total from candidature c join vague v on v.id = c.vague_id
    where v.nom = 'Vague d’exercice' and v.statut = 'publiee'
      and current_date between v.ouvre_le and v.ferme_le
    group by c.statut order by c.statut`.execute(base.db);
  expect(statuts.rows).toEqual([
    { statut: 'deposee', total: 1 },
    { statut: 'en_correction', total: 1 },
    { statut: 'instruite', total: 3 },
  ]);
  const seances = await sql`select fonction from seance_membre order by fonction`.execute(base.db);
  expect(seances.rows).toEqual([{ fonction: 'president' }, { fonction: 'secretaire' }]);
  // What is public stays that of 2021.
  expect(await getChiffres(base.publique)).toMatchObject({ structures: 16, postes: 32 });
  expect(await retirerDemo(base.db, acteur)).toMatchObject({ ok: false, refus: 'candidatures' });
  expect(await chargerExercice(base.db, acteur, contexte)).toMatchObject({ ok: false, refus: 'deja' });
});
