import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import type { Acteur } from '../../platform/journal.ts';
import { lireListe } from '../../platform/listes/index.ts';
import { exiger } from '../../platform/result.ts';
import { type Ouvriers, ouvrirOuvriers } from '../../platform/taches.ts';
import { installerProgramme } from '../../programme/index.ts';
import { semerCandidatures, semerVague } from '../candidatures.fixtures.ts';
import { demanderProposition, tacheProposer } from './acts.ts';
import { listeProposition } from './listes.ts';
import { enPhrases } from './phrases.rules.ts';
import { getProposition, listExplications, listPropositions } from './store.ts';
import { poidsUsuels } from './views.tsx';

const acteur: Acteur = { identifiant: 'essai', role: 'operateur' };
let base: TestDatabase;
let ouvriers: Ouvriers;
let seance: string;
let vague: string;

beforeAll(async () => {
  base = await withTestDatabase();
  await installerProgramme(base.db, acteur);
  ouvriers = await ouvrirOuvriers({
    adresses: base.adresses,
    taches: [tacheProposer],
    clock: systemClock,
    adresse: 'https://maillage.example.fr',
    signalerPanne: (error) => {
      throw error;
    },
  });
  vague = await semerVague(base.db, { objectifPostes: 40 });
  await semerCandidatures(base.db, vague, { nombre: 60, departements: ['02', '59', '974'], avis: true });
  const { programme_id } = await base.db
    .selectFrom('vague')
    .select('programme_id')
    .where('id', '=', vague)
    .executeTakeFirstOrThrow();
  ({ id: seance } = await base.db
    .insertInto('seance')
    .values({ programme_id, vague_id: vague, date: '2021-03-24', numero: 1, statut: 'ouverte' })
    .returning('id')
    .executeTakeFirstOrThrow());
});
afterAll(async () => {
  await ouvriers.fermer();
  await base.close();
});

let suivante = 0;
const demander = (nom = `Essai ${++suivante}`) =>
  demanderProposition(base.db, acteur, {
    seanceId: seance,
    nom,
    poids: poidsUsuels,
    personne: null,
  });
const calculer = (id: string) =>
  vi.waitFor(
    async () => {
      const lue = await getProposition(base.db, id);
      if (lue?.statut === 'demandee') throw new Error('not calculated yet');
    },
    { timeout: 50_000, interval: 100 },
  );

describe('a proposal of a session', () => {
  it('gives posts within what is left, explains each file, once calculated', async () => {
    const id = exiger(await demander());
    await calculer(id);
    const lue = await getProposition(base.db, id);
    expect(lue).toMatchObject({ statut: 'calculee', resultat: { dossiers: 60, postes: 40, objectif: 40 } });
    const lignes = await base.db
      .selectFrom('proposition_ligne')
      .select(['candidature_id', 'postes'])
      .where('proposition_id', '=', id)
      .execute();
    expect(lignes).toHaveLength(60);
    expect(lignes.reduce((total, { postes }) => total + postes, 0)).toBe(40);
    const explications = await listExplications(
      base.db,
      id,
      lignes.map(({ candidature_id }) => candidature_id),
    );
    expect(explications.size).toBe(60);
    const exclus = [...explications.values()].filter(({ postes }) => postes === 0);
    expect(exclus.length).toBeGreaterThan(0);
    for (const { contraintes } of exclus) expect(contraintes).toContain('objectif');
    expect((await listPropositions(base.db, seance)).map((proposition) => proposition.id)).toEqual([id]);
  });

  it('decides nothing: no application changes', async () => {
    const { rows } = await sql<{ statut: string; total: number }>`
      select statut, count(*) as total from candidature group by statut`.execute(base.db);
    expect(rows).toEqual([{ statut: 'instruite', total: 60 }]);
    expect(await base.db.selectFrom('deliberation').select('id').execute()).toEqual([]);
  });

  it('takes account of the ceiling of a département and of what the préfecture proposes', async () => {
    await base.db
      .insertInto('vague_quota')
      .values({ vague_id: vague, departement_code: '02', minimum: 0, maximum: 3 })
      .execute();
    const id = exiger(await demander());
    await calculer(id);
    const { rows } = await sql<{ postes: number; trop: number }>`
      select sum(ligne.postes) filter (where commune.departement_code = '02')::integer as postes,
        count(*) filter (where ligne.postes > candidature.postes_demandes) as trop
      from proposition_ligne ligne join candidature on candidature.id = ligne.candidature_id
      join structure on structure.id = candidature.structure_id
      join commune on commune.code = structure.commune_code
      where ligne.proposition_id = ${id}`.execute(base.db);
    expect(rows[0]?.postes).toBeLessThanOrEqual(3);
    expect(rows[0]?.trop).toBe(0);
  });

  it('leaves out, and says why, a file that the préfecture does not want or whose structure is not known', async () => {
    const { rows } = await sql<{ id: string; structure: string }>`
      select id, structure_id as structure from candidature order by numero limit 2`.execute(base.db);
    const [refusee, inconnue] = rows;
    await sql`insert into candidature_avis (candidature_id, niveau, favorable, postes_proposes, commentaire)
      values (${refusee?.id}, 'departement', false, 0, 'Trop loin.')`.execute(base.db);
    await sql`update structure set a_verifier = true where id = ${inconnue?.structure}`.execute(base.db);
    const id = exiger(await demander());
    await calculer(id);
    expect(await getProposition(base.db, id)).toMatchObject({ resultat: { dossiers: 58, hors: 2 } });
    const lues = await listExplications(base.db, id, [refusee?.id ?? '', inconnue?.id ?? '']);
    const dire = (dossier: string | undefined) => {
      const lue = lues.get(dossier ?? '');
      return lue && enPhrases(lue, poidsUsuels, { territoire: (cle) => cle, structure: () => undefined });
    };
    expect(lues.get(refusee?.id ?? '')).toMatchObject({ postes: 0, hors: 'avis' });
    expect(dire(refusee?.id)).toEqual([expect.stringContaining('l’avis de la préfecture est défavorable')]);
    expect(dire(inconnue?.id)).toEqual([expect.stringContaining('n’est pas encore vérifié')]);
    // Out, and nowhere counted among those that receive all they may.
    const lire = (sort: string) =>
      lireListe(base.db, listeProposition, {
        filtres: { proposition: id, sort },
        tri: listeProposition.tri,
        debut: 0,
        limite: 100,
      });
    const [exclus, servis] = [await lire('exclu'), await lire('servi')];
    expect(exclus.lignes.map(({ _cle }) => _cle)).toEqual(
      expect.arrayContaining([refusee?.id, inconnue?.id]),
    );
    expect(servis.lignes.every(({ postes }) => (postes ?? 0) > 0)).toBe(true);
  });

  it('is refused where the session decides no wave', async () => {
    const { id } = await base.db
      .insertInto('seance')
      .values({
        programme_id: sql<string>`(select id from programme)`,
        date: '2021-04-24',
        numero: 2,
        statut: 'ouverte',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(
      await demanderProposition(base.db, acteur, {
        seanceId: id,
        nom: 'Essai',
        poids: poidsUsuels,
        personne: null,
      }),
    ).toMatchObject({ ok: false, refus: 'vague' });
  });

  it('has a name of its own in its session, however it is written', async () => {
    const deux = await Promise.all([demander('Équilibre'), demander('équilibre')]);
    expect(deux.filter(({ ok }) => ok)).toHaveLength(1);
    expect(deux.find(({ ok }) => !ok)).toMatchObject({ refus: 'nom' });
  });
});
