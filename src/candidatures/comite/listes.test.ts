import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { lireListe } from '../../platform/listes/index.ts';
import { installerProgramme } from '../../programme/index.ts';
import { operateur, semerDossiers, semerMembre, semerSeance } from './comite.fixtures.ts';
import { listNotes, listPostesProposes } from './dossiers.store.ts';
import { listeDossiers, listeNotes } from './listes.ts';
import { accordDe, avecBonus, classer, scoreDe } from './rules.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await withTestDatabase();
  await installerProgramme(base.db, operateur);
});
afterAll(() => base.close());

it('the lists of a session count scores, ranks and disagreements as the rules do', async () => {
  const vague = await semerDossiers(base.db, 8, { rang: 30 });
  await base.db
    .updateTable('vague')
    .set({ priorites: ['tiers-lieu'], bonus_priorite: 10 })
    .where('id', '=', vague)
    .execute();
  await base.db
    .updateTable('candidature')
    .set({ priorites: ['tiers-lieu'] })
    .where('vague_id', '=', vague)
    .where('candidat_identifie', '=', true)
    .execute();
  const seance = await semerSeance(base.db, vague);
  const membres = await Promise.all(['Un', 'Deux', 'Trois'].map((nom) => semerMembre(base.db, nom)));
  const criteres = await base.db
    .selectFrom('vague_critere')
    .select('id')
    .where('vague_id', '=', vague)
    .execute();
  const dossiers = await base.db
    .selectFrom('candidature')
    .select(['id', 'priorites'])
    .where('vague_id', '=', vague)
    .orderBy('numero')
    .execute();
  // The last file is scored by nobody, others by some, on some criteria.
  const notes = dossiers.slice(0, -1).flatMap(({ id }, rang) =>
    membres.flatMap(({ personne }, qui) =>
      criteres.flatMap((critere, lequel) =>
        (rang + qui + lequel) % 4 === 3
          ? []
          : [
              {
                candidature_id: id,
                critere_id: critere.id,
                personne_id: personne,
                note: (rang * 2 + qui * 3 + lequel) % 6,
              },
            ],
      ),
    ),
  );
  await base.db.insertInto('notation').values(notes).execute();
  const attendus = classer(
    await Promise.all(
      dossiers.map(async ({ id, priorites }) => {
        const lues = await listNotes(base.db, id);
        const parMembre = [...new Set(lues.map(({ membreNom }) => membreNom))].map((membre) => ({
          membre,
          score: scoreDe(lues.filter(({ membreNom }) => membreNom === membre)) ?? 0,
        }));
        return {
          id,
          score: avecBonus(scoreDe(lues), { prioritaire: priorites.length > 0, bonus: 10 }),
          accord: accordDe(parMembre),
        };
      }),
    ),
  );
  const choix = { filtres: { seance }, tri: listeDossiers.tri, debut: 0, limite: 50 };
  const lus = await lireListe(base.db, listeDossiers, choix);
  const compares = await lireListe(base.db, listeNotes, choix);
  expect(lus.total).toBe(8);
  for (const { id, score, rang, accord } of attendus) {
    const lu = lus.lignes.find((ligne) => ligne.id === id);
    if (score === null) expect(lu?.score).toBeNull();
    else expect(lu?.score).toBeCloseTo(score, 1);
    expect(lu?.rang).toBe(score === null ? null : rang);
    const compare = compares.lignes.find((ligne) => ligne.id === id);
    expect(compare?.divergents ?? []).toEqual((accord?.divergents ?? []).toSorted());
    if (accord !== null) expect(compare?.ecart).toBeCloseTo(accord.ecart, 1);
  }
});

it('a batch is offered what the préfecture proposes: nothing where its opinion is unfavourable', async () => {
  const vague = await semerDossiers(base.db, 2, { rang: 31 });
  const dossiers = await base.db
    .selectFrom('candidature')
    .select(['id', 'postes_demandes'])
    .where('vague_id', '=', vague)
    .orderBy('numero')
    .execute();
  const [defavorable = { id: '' }, autre = { id: '' }] = dossiers;
  const avant = await listPostesProposes(base.db, [autre.id]);
  await base.owner.query(
    `insert into candidature_avis (candidature_id, niveau, favorable, postes_proposes, commentaire, rendu_le)
     select $1, avis_niveau, false, 0, 'Non.', now() + interval '1 minute' from vague where id = $2`,
    [defavorable.id, vague],
  );
  const proposes = await listPostesProposes(
    base.db,
    dossiers.map(({ id }) => id),
  );
  expect(proposes.get(defavorable.id)?.postes).toBe(0);
  expect(proposes.get(autre.id)).toEqual(avant.get(autre.id));
  expect(proposes.get(autre.id)?.postes).toBeGreaterThan(0);
});
