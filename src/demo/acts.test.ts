import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { annoncerSeance } from '../candidatures/acts.ts';
import { acteur, importer, tranche } from '../candidatures/import/import.fixtures.ts';
import { systemClock } from '../platform/clock.ts';
import { type TestDatabase, withTestDatabase } from '../platform/database/testing.ts';
import { exiger } from '../platform/result.ts';
import { getChiffres } from '../statistiques/index.ts';
import { chargerDemo, chargerDemoAuPremierDemarrage, retirerDemo } from './acts.ts';

let base: TestDatabase;
const opened: TestDatabase[] = [];
beforeEach(async () => {
  base = await withTestDatabase();
  opened.push(base);
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});
afterAll(() => expect(opened).toEqual([]));

const contexte = { adresse: 'https://maillage.example.fr', clock: systemClock };
const premierDemarrage = () => chargerDemoAuPremierDemarrage(base.db, acteur, contexte);

/** Everything that is counted or shown, without identifiers, sources and versions. */
const faits = async (each: TestDatabase) => {
  const decisions = await sql`
    select s.identifiant, s.raison_sociale, s.adresse, s.code_postal, s.commune_code, s.latitude, s.libelle_public, s.libelle_relu,
      seance.date, d.publiee_le, dl.reference, dl.categorie, dl.postes, dl.zrr, dl.qpv, dl.france_services, e.montant_centimes
    from decision_ligne dl join decision d on d.id = dl.decision_id join seance on seance.id = d.seance_id
    join structure s on s.id = d.structure_id join engagement e on e.id = dl.engagement_id
    order by s.identifiant, dl.reference`.execute(each.db);
  const counts =
    await sql`select (select count(*) from structure) as structures, (select count(*) from communique) as communiques,
    (select count(*) from lieu) as lieux, (select count(*) from plan_departemental) as plans, (select count(*) from vague) as vagues,
    (select count(*) from en_tete) as entetes, (select count(*) from seance) as seances, (select engage_centimes from enveloppe) as engage`.execute(
      each.db,
    );
  return { decisions: decisions.rows, counts: counts.rows };
};

describe('the demonstration', () => {
  it('is loaded once, and published', async () => {
    expect(await chargerDemo(base.db, acteur)).toMatchObject({
      ok: true,
      valeur: { structures: 16, postes: 32 },
    });
    expect(await chargerDemo(base.db, acteur)).toMatchObject({ ok: false, refus: 'deja' });
    expect(await getChiffres(base.publique)).toMatchObject({
      structures: 16,
      postes: 32,
      montant_centimes: 175_376_000,
    });
  });

  it('is recognised by an import over it, which keeps its labels', async () => {
    exiger(await chargerDemo(base.db, acteur));
    const { bilan } = await importer(base.db, tranche);
    expect(bilan).toMatchObject({ modifiees: 3, creees: 9 });
    expect(await getChiffres(base.db, { territoire: { niveau: 'departement', code: '02' } })).toMatchObject({
      structures: 17,
      postes: 33,
    });
    const labels = await base.db
      .selectFrom('structure')
      .select('libelle_public')
      .where('identifiant', '=', '21020092900011')
      .execute();
    expect(labels).toEqual([{ libelle_public: 'bibliothèque municipale de Bohain-en-Vermandois' }]);
  });

  it('removed leaves exactly what the import alone would have made', async () => {
    exiger(await chargerDemo(base.db, acteur));
    await importer(base.db, tranche);
    exiger(await retirerDemo(base.db, acteur));
    const alone = await withTestDatabase();
    opened.push(alone);
    await importer(alone.db, tranche);
    expect(await faits(base)).toEqual(await faits(alone));
  });

  it('removed leaves announced what somebody announced again', async () => {
    exiger(await chargerDemo(base.db, acteur));
    await importer(base.db, tranche);
    exiger(await annoncerSeance(base.db, acteur, { seance: '2021-03-24', instant: '2021-03-20T09:00:00Z' }));
    exiger(await retirerDemo(base.db, acteur));
    expect(await getChiffres(base.publique)).toMatchObject({ structures: 3, postes: 19 });
    exiger(await chargerDemo(base.db, acteur));
    exiger(await retirerDemo(base.db, acteur));
    expect(await getChiffres(base.publique)).toMatchObject({ structures: 3, postes: 19 });
  });

  it('removed alone leaves nothing, and is not loaded again by a start', async () => {
    const before = await faits(base);
    exiger(await chargerDemo(base.db, acteur));
    exiger(await retirerDemo(base.db, acteur));
    expect(await faits(base)).toEqual(before);
    expect(await premierDemarrage()).toEqual({ ok: true, valeur: false });
    expect(await retirerDemo(base.db, acteur)).toMatchObject({ ok: false, refus: 'absente' });
  });

  it('is not loaded by a start over real data', async () => {
    await importer(base.db, tranche);
    expect(await premierDemarrage()).toEqual({ ok: true, valeur: false });
  });

  it('loaded over an import keeps its figures and adds its labels', async () => {
    await importer(base.db, tranche);
    exiger(await chargerDemo(base.db, acteur));
    expect(await getChiffres(base.db, { seance: '2021-03-24' })).toMatchObject({
      structures: 16,
      postes: 32,
      montant_centimes: 175_376_000,
    });
  });
});
