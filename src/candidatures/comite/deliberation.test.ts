import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { installerProgramme } from '../../programme/index.ts';
import { ecartsDesCompteurs, operateur, semerDossiers, semerSeance } from './comite.fixtures.ts';
import { annulerDeliberation, deliberer } from './deliberation.acts.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await withTestDatabase();
  await installerProgramme(base.db, operateur);
});
afterAll(() => base.close());

let suivant = 0;

/** Arranges what no act does. */
const ecrire = (texte: string, ...valeurs: readonly unknown[]) =>
  base.db.executeQuery(CompiledQuery.raw(texte, [...valeurs]));

/** A wave of its own, with files ready for the committee and an open session. */
const semer = async (nombre: number, voulue: { readonly objectifPostes?: number } = {}) => {
  suivant += 1;
  const vague = await semerDossiers(base.db, nombre, { rang: 20 + suivant, ...voulue });
  await ecrire(
    'update vague set enveloppe_id = (select id from enveloppe order by code limit 1) where id = $1',
    vague,
  );
  const seance = await semerSeance(base.db, vague, {
    numero: suivant,
    date: `2021-06-${String(suivant).padStart(2, '0')}`,
  });
  const dossiers = await base.db
    .selectFrom('candidature')
    .select(['id', 'postes_demandes as postes', 'categorie', 'regime_souhaite as regime'])
    .where('vague_id', '=', vague)
    .orderBy('numero')
    .execute();
  return { vague, seance, dossiers };
};

const retenir = (seanceId: string, candidatureId: string, postes = 1, version = 0) =>
  deliberer(base.db, operateur, {
    seanceId,
    candidatureId,
    resultat: 'retenue',
    postes,
    mode: 'forfait',
    version,
  });

/** An envelope of its own that affords so many posts of a public structure. */
const enveloppeDe = async (vague: string, montant: number) => {
  const { id } = await base.db
    .insertInto('enveloppe')
    .values({
      programme_id: (await base.db.selectFrom('programme').select('id').executeTakeFirstOrThrow()).id,
      code: `z${suivant}`,
      nom: `Enveloppe ${suivant}`,
      montant_centimes: montant,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await ecrire('update vague set enveloppe_id = $1 where id = $2', id, vague);
};

const parCode = (reponses: readonly { readonly ok: boolean; readonly refus?: string }[]) => {
  const compte: Record<string, number> = {};
  for (const { ok, refus = '' } of reponses) {
    const code = ok ? 'ok' : refus;
    compte[code] = (compte[code] ?? 0) + 1;
  }
  return compte;
};

describe('a hundred decisions at once', () => {
  it('pass to the number that the envelope affords, and no further', async () => {
    const { vague, seance, dossiers } = await semer(100);
    await ecrire(`update candidature set categorie = 'publique' where vague_id = $1`, vague);
    await enveloppeDe(vague, 60 * 5_480_500);
    const reponses = await Promise.all(dossiers.map(({ id }) => retenir(seance, id)));
    expect(parCode(reponses)).toEqual({ ok: 60, enveloppe: 40 });
    const refus = reponses.find(({ ok }) => !ok);
    expect(refus).toMatchObject({ message: expect.stringContaining('moins qu’un poste de ce régime') });
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
  });

  it('pass to the objective of the wave', async () => {
    const { seance, dossiers } = await semer(100, { objectifPostes: 60 });
    const reponses = await Promise.all(dossiers.map(({ id }) => retenir(seance, id)));
    expect(parCode(reponses)).toEqual({ ok: 60, objectif: 40 });
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
  });

  it('pass to the quota of the territory, of the région here', async () => {
    const { vague, seance, dossiers } = await semer(100);
    await ecrire(`insert into vague_quota (vague_id, region_code, maximum) values ($1, '32', 60)`, vague);
    await ecrire(
      `insert into vague_quota (vague_id, departement_code, maximum) values ($1, '02', 90)`,
      vague,
    );
    const reponses = await Promise.all(dossiers.map(({ id }) => retenir(seance, id)));
    expect(parCode(reponses)).toEqual({ ok: 60, quota: 40 });
    expect(reponses.find(({ ok }) => !ok)).toMatchObject({
      message: expect.stringContaining('« Hauts-de-France »'),
    });
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
  });

  it('follow a structure that moves, from the quota of where it was to that of where it is', async () => {
    const { vague, seance, dossiers } = await semer(3);
    for (const code of ['02', '60', '59'])
      await ecrire(
        `insert into vague_quota (vague_id, departement_code, maximum) values ($1, '${code}', ${code === '59' ? 1 : 9})`,
        vague,
      );
    await Promise.all(dossiers.map(({ id }) => retenir(seance, id)));
    const demenager = (rang: number, departement: string) =>
      ecrire(
        `update structure set commune_code = (select code from commune where departement_code = '${departement}' limit 1)
         where id = (select structure_id from candidature where id = $1)`,
        dossiers[rang]?.id ?? '',
      );
    await demenager(0, '60');
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
    await demenager(1, '59');
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
    // Where the quota is full, nothing is undone: the posts stay where they were counted.
    await demenager(2, '59');
    expect(await ecartsDesCompteurs(base.db)).toHaveLength(2);
    await demenager(2, '02');
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
  });

  it('on one file are one decision, and the others are told which', async () => {
    const { seance, dossiers } = await semer(1);
    const id = dossiers[0]?.id ?? '';
    const reponses = await Promise.all([
      retenir(seance, id),
      deliberer(base.db, operateur, {
        seanceId: seance,
        candidatureId: id,
        resultat: 'refusee',
        motif: 'Hors sujet.',
      }),
      retenir(seance, id),
    ]);
    expect(parCode(reponses)).toEqual({ ok: 1, version: 2 });
    expect(reponses.find(({ ok }) => !ok)).toMatchObject({
      message: expect.stringMatching(/vient de décider.*(retenue avec 1 poste|refusée)/),
    });
  });

  it('mixed with changes of mind never wait for each other', async () => {
    const { vague, seance, dossiers } = await semer(30, { objectifPostes: 40 });
    await ecrire(
      `insert into vague_quota (vague_id, departement_code, maximum) values ($1, '02', 35)`,
      vague,
    );
    await Promise.all(dossiers.map(({ id }) => retenir(seance, id)));
    const reponses = await Promise.all(
      dossiers.flatMap(({ id }, rang) => [
        rang % 3 === 0
          ? annulerDeliberation(base.db, operateur, { seanceId: seance, candidatureId: id, version: 1 })
          : rang % 3 === 1
            ? deliberer(base.db, operateur, {
                seanceId: seance,
                candidatureId: id,
                resultat: 'liste_attente',
                version: 1,
              })
            : retenir(seance, id, 2, 1),
      ]),
    );
    expect(reponses.every((reponse) => reponse.ok || ['postes', 'quota'].includes(reponse.refus))).toBe(true);
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
  });
});

describe('a decision', () => {
  it('commits what the régime pays, changes with it and gives it back', async () => {
    const { vague, seance, dossiers } = await semer(4);
    await ecrire(
      `update candidature set categorie = 'publique', postes_demandes = 3, salaire_centimes = 200000 where vague_id = $1`,
      vague,
    );
    const id = dossiers[0]?.id ?? '';
    const engage = async () =>
      (
        await base.db
          .selectFrom('deliberation')
          .innerJoin('engagement', 'engagement.id', 'engagement_id')
          .select('montant_centimes as montant')
          .where('candidature_id', '=', id)
          .executeTakeFirst()
      )?.montant;
    expect((await retenir(seance, id, 2)).ok).toBe(true);
    expect(await engage()).toBe(2 * 5_480_500);
    // 70 % of 2 000 € over 36 months, and the training.
    const auTaux = await deliberer(base.db, operateur, {
      seanceId: seance,
      candidatureId: id,
      resultat: 'retenue',
      postes: 1,
      mode: 'taux',
      version: 1,
    });
    expect(auTaux.ok).toBe(true);
    expect(await engage()).toBe(36 * 140_000 + 480_500);
    const refusee = { seanceId: seance, candidatureId: id, resultat: 'refusee', version: 2 } as const;
    expect(await deliberer(base.db, operateur, refusee)).toMatchObject({ refus: 'motif' });
    expect((await deliberer(base.db, operateur, { ...refusee, motif: 'Déjà servi.' })).ok).toBe(true);
    expect(await engage()).toBeUndefined();
    expect(await ecartsDesCompteurs(base.db)).toEqual([]);
  });

  it('never gives more than was asked for, nor to a structure that is not verified', async () => {
    const { vague, seance, dossiers } = await semer(2);
    const id = dossiers[0]?.id ?? '';
    expect(await retenir(seance, id, 400)).toMatchObject({ refus: 'postes' });
    const sansNombre = { seanceId: seance, candidatureId: id, resultat: 'retenue', version: 0 } as const;
    expect(await deliberer(base.db, operateur, sansNombre), 'never all by default').toMatchObject({
      refus: 'postes',
    });
    await ecrire(
      `update structure set a_verifier = true where id in (select structure_id from candidature where vague_id = $1)`,
      vague,
    );
    expect(await retenir(seance, id)).toMatchObject({ refus: 'structure' });
  });

  it('waits for an opinion and for its session', async () => {
    const { vague, seance, dossiers } = await semer(2);
    const id = dossiers[0]?.id ?? '';
    await ecrire(`update candidature set statut = 'deposee' where id = $1`, id);
    expect(await retenir(seance, id)).toMatchObject({ refus: 'etat' });
    await ecrire(`update candidature set statut = 'instruite' where id = $1`, id);
    await ecrire(`update seance set statut = 'close' where vague_id = $1`, vague);
    expect(await retenir(seance, id)).toMatchObject({ refus: 'seance' });
    await expect(
      base.db
        .insertInto('deliberation')
        .values({ seance_id: seance, candidature_id: id, resultat: 'refusee', motif: 'Passée outre.' })
        .execute(),
    ).rejects.toThrow(/séance/);
  });

  it('takes the next rank of the waiting list, and no rank twice', async () => {
    const { seance, dossiers } = await semer(3);
    const attendre = (rang: number, vers?: number) =>
      deliberer(base.db, operateur, {
        seanceId: seance,
        candidatureId: dossiers[rang]?.id ?? '',
        resultat: 'liste_attente',
        rang: vers,
      });
    expect((await attendre(0)).ok).toBe(true);
    expect((await attendre(1)).ok).toBe(true);
    expect(await attendre(2, 2)).toMatchObject({ refus: 'rang' });
    const rangs = await base.db
      .selectFrom('deliberation')
      .select('rang')
      .where('seance_id', '=', seance)
      .orderBy('rang')
      .execute();
    expect(rangs.map(({ rang }) => rang)).toEqual([1, 2]);
  });
});

describe('what a file commits', () => {
  it('follows the régimes of the day on which its wave opened, as candidates were told', async () => {
    const { vague, seance, dossiers } = await semer(1);
    await ecrire(`update vague set ouvre_le = '2021-03-01' where id = $1`, vague);
    // Long after the end of the régimes of 2021.
    await ecrire(`update seance set date = '2030-06-01' where id = $1`, seance);
    const [dossier] = dossiers;
    expect(await retenir(seance, dossier?.id ?? '')).toMatchObject({ ok: true });
    const { libelle } = await base.db
      .selectFrom('deliberation')
      .innerJoin('regime_variante', 'regime_variante.id', 'regime_variante_id')
      .innerJoin('regime', 'regime.id', 'regime_id')
      .select('regime.libelle')
      .where('seance_id', '=', seance)
      .executeTakeFirstOrThrow();
    expect(libelle).toContain('2021');
  });
});

describe('a rank of the waiting list', () => {
  it('begins at 1', async () => {
    const { seance, dossiers } = await semer(1);
    const attendre = (rang?: number) =>
      deliberer(base.db, operateur, {
        seanceId: seance,
        candidatureId: dossiers[0]?.id ?? '',
        resultat: 'liste_attente',
        rang,
        version: 0,
      });
    expect(await attendre(0)).toMatchObject({ ok: false, refus: 'rang' });
    expect(await attendre(99_999)).toMatchObject({ ok: false, refus: 'rang' });
    expect(await attendre(1)).toMatchObject({ ok: true });
  });
});
