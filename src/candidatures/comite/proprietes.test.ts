import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { changerStatut } from '../../platform/workflow.ts';
import { installerProgramme } from '../../programme/index.ts';
import { type EtatCandidature, workflowCandidature } from '../workflow.ts';
import { cloreSeance, rouvrirSeance } from './cloture.acts.ts';
import {
  creerFileDeNotification,
  ecartsDesCompteurs,
  operateur,
  semerDossiers,
  semerSeance,
} from './comite.fixtures.ts';
import { annulerDeliberation, deliberer } from './deliberation.acts.ts';
import { avecBonus, classer, type Note, scoreDe } from './rules.ts';
import { promouvoir, retirerDecision } from './suites.acts.ts';

const notes = fc.array(
  fc.record({
    critere: fc.constantFrom('a', 'b', 'c'),
    membre: fc.constantFrom('x', 'y', 'z'),
    note: fc.integer({ min: 0, max: 5 }),
  }),
  { maxLength: 9 },
);
const poids: Readonly<Record<string, number>> = { a: 60, b: 30, c: 10 };
const peser = (lues: readonly Omit<Note, 'poids'>[]): readonly Note[] =>
  lues.map((note) => ({ ...note, poids: poids[note.critere] ?? 0 }));

describe('the score of a file', () => {
  it('is between 0 and 100, whoever scores what, and null only without a score', () => {
    fc.assert(
      fc.property(notes, (lues) => {
        const score = scoreDe(peser(lues));
        if (lues.length === 0) expect(score).toBeNull();
        else expect(score).toSatisfy((un: number) => un >= 0 && un <= 100 + 1e-9);
      }),
    );
  });

  it('never falls when a member raises a score', () => {
    fc.assert(
      fc.property(notes, fc.nat(), (lues, lequel) => {
        const choisie = lues[lequel % Math.max(1, lues.length)];
        if (choisie === undefined || choisie.note === 5) return;
        const plus = lues.map((note) => (note === choisie ? { ...note, note: note.note + 1 } : note));
        expect(scoreDe(peser(plus)) ?? 0).toBeGreaterThanOrEqual((scoreDe(peser(lues)) ?? 0) - 1e-9);
      }),
    );
  });

  it('ranks each file once, best first, equals alike, and a priority never sends down', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ score: fc.option(fc.integer({ min: 0, max: 100 })) }), { maxLength: 20 }),
        fc.integer({ min: 0, max: 100 }),
        (dossiers, bonus) => {
          const classes = classer(dossiers);
          expect(classes.length).toBe(dossiers.length);
          for (const [index, { score, rang }] of classes.entries()) {
            const avant = classes[index - 1];
            expect(rang).toBe(avant !== undefined && avant.score === score ? avant.rang : index + 1);
            expect((avant?.score ?? 101) >= (score ?? -1)).toBe(true);
            expect(avecBonus(score, { prioritaire: true, bonus }) ?? 0).toBeGreaterThanOrEqual(score ?? 0);
          }
        },
      ),
    );
  });
});

type Acte =
  | {
      readonly genre: 'decider';
      readonly dossier: number;
      readonly resultat: number;
      readonly postes: number;
    }
  | { readonly genre: 'annuler' | 'retirer' | 'promouvoir'; readonly dossier: number }
  | { readonly genre: 'clore' | 'rouvrir' }
  | { readonly genre: 'transition'; readonly dossier: number; readonly nom: number };

const nombre = 6;
const dossier = fc.nat({ max: nombre - 1 });
const transitions = [
  'retirer',
  'demander_correction',
  'corriger',
  'rendre_avis',
  'redeposer',
  'se_desister',
] as const;
const acte: fc.Arbitrary<Acte> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      genre: fc.constant('decider' as const),
      dossier,
      resultat: fc.nat({ max: 5 }),
      postes: fc.integer({ min: 0, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      genre: fc.constantFrom('annuler' as const, 'retirer' as const, 'promouvoir' as const),
      dossier,
    }),
  },
  { weight: 2, arbitrary: fc.record({ genre: fc.constantFrom('clore' as const, 'rouvrir' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      genre: fc.constant('transition' as const),
      dossier,
      nom: fc.nat({ max: transitions.length - 1 }),
    }),
  },
);
/** Every sequence begins by what each kind of act is for, which passes. */
const debut: readonly Acte[] = [
  { genre: 'decider', dossier: 0, resultat: 0, postes: 1 },
  { genre: 'annuler', dossier: 0 },
  { genre: 'decider', dossier: 1, resultat: 0, postes: 1 },
  { genre: 'clore' },
  { genre: 'rouvrir' },
  { genre: 'transition', dossier: 5, nom: 0 },
];
const suites = fc.array(acte, { minLength: 15, maxLength: 25 }).map((actes) => [...debut, ...actes]);
const resultats = ['retenue', 'retenue', 'retenue', 'refusee', 'ajournee', 'liste_attente'] as const;

describe('no sequence of acts', () => {
  let base: TestDatabase;
  beforeAll(async () => {
    base = await withTestDatabase();
    await installerProgramme(base.db, operateur);
    await creerFileDeNotification(base.owner);
  });
  afterAll(() => base.close());
  let rang = 20;

  it('leads out of the workflow, to more posts than are decided or to more euros than the envelope', async () => {
    const faits = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(suites, async (actes) => {
        rang += 1;
        const vague = await semerDossiers(base.db, nombre, { rang, objectifPostes: 8 });
        const { rows: enveloppes } = await sql<{ id: string }>`
          insert into enveloppe (programme_id, code, nom, montant_centimes)
          values ((select id from programme), ${`z${rang}`}, ${`Enveloppe ${rang}`}, ${6 * 5_480_500})
          returning id`.execute(base.db);
        const enveloppe = enveloppes[0]?.id ?? '';
        await sql`update vague set enveloppe_id = ${enveloppe} where id = ${vague}`.execute(base.db);
        await sql`insert into vague_quota (vague_id, departement_code, maximum) values (${vague}, '02', 7)`.execute(
          base.db,
        );
        const seanceId = await semerSeance(base.db, vague, {
          numero: rang,
          date: `${2000 + rang}-06-01`,
        });
        const etats = async () =>
          (
            await sql<{ id: string; statut: EtatCandidature; version: number }>`
              select id, statut, version from candidature where vague_id = ${vague} order by numero`.execute(
              base.db,
            )
          ).rows;
        let avant = await etats();
        for (const un of actes) {
          const fait = await jouer(base, seanceId, avant, un);
          faits.set(`${un.genre} ${fait}`, (faits.get(`${un.genre} ${fait}`) ?? 0) + 1);
          const apres = await etats();
          for (const [index, { statut, version }] of apres.entries()) {
            const etait = avant[index];
            if (etait === undefined || etait.version === version) continue;
            expect(
              Object.values(workflowCandidature.transitions).some(
                ({ depuis, vers }) => vers === statut && (depuis as readonly string[]).includes(etait.statut),
              ),
              `${etait.statut} → ${statut}`,
            ).toBe(true);
          }
          avant = apres;
          expect(await ecartsDesCompteurs(base.db)).toEqual([]);
          const { rows } = await sql<{ engage: number; postes: number; incoherents: number }>`
            select (select coalesce(sum(montant_centimes), 0) from engagement where enveloppe_id = ${enveloppe})::bigint as engage,
              (select postes_decides from vague where id = ${vague}) as postes,
              (select count(*) from candidature where vague_id = ${vague} and (statut = 'retenue') <> exists (
                select from decision join decision_ligne on decision_id = decision.id
                where candidature_id = candidature.id and resultat = 'retenue' and retiree_le is null
                  and postes <= postes_demandes))::integer as incoherents`.execute(base.db);
          expect(rows[0]?.engage).toBeLessThanOrEqual(6 * 5_480_500);
          expect(rows[0]?.postes).toBeLessThanOrEqual(7);
          expect(rows[0]?.incoherents).toBe(0);
        }
      }),
      { numRuns: 12 },
    );
    // The sequences did something: each act passed, and was refused.
    for (const genre of ['decider', 'annuler', 'clore', 'rouvrir', 'transition'])
      expect(faits.get(`${genre} oui`) ?? 0, genre).toBeGreaterThan(0);
  });
});

/** Plays an act as things stand; gives whether it passed. Faults are not caught. */
const jouer = async (
  base: TestDatabase,
  seanceId: string,
  dossiers: readonly { readonly id: string; readonly version: number }[],
  un: Acte,
): Promise<'oui' | 'non'> => {
  const oui = ({ ok }: { readonly ok: boolean }) => (ok ? 'oui' : 'non');
  if (!('dossier' in un)) {
    const { version } = await base.db
      .selectFrom('seance')
      .select('version')
      .where('id', '=', seanceId)
      .executeTakeFirstOrThrow();
    return oui(
      un.genre === 'clore'
        ? await cloreSeance(base.db, operateur, { seanceId, version })
        : await rouvrirSeance(base.db, operateur, {
            seanceId,
            version,
            motif: 'Essai.',
            adresse: 'https://maillage.example.fr',
          }),
    );
  }
  const { id, version } = dossiers[un.dossier] ?? { id: '', version: 0 };
  const vue = await base.db
    .selectFrom('deliberation')
    .select('version')
    .where('candidature_id', '=', id)
    .executeTakeFirst();
  if (un.genre === 'decider')
    return oui(
      await deliberer(base.db, operateur, {
        seanceId,
        candidatureId: id,
        resultat: resultats[un.resultat] ?? 'retenue',
        postes: un.postes,
        motif: 'Essai.',
        version: vue?.version,
      }),
    );
  if (un.genre === 'annuler')
    return oui(
      await annulerDeliberation(base.db, operateur, {
        seanceId,
        candidatureId: id,
        version: vue?.version ?? 1,
      }),
    );
  if (un.genre === 'transition')
    return oui(
      await changerStatut(base.db, workflowCandidature, operateur, {
        id,
        nom: transitions[un.nom] ?? 'retirer',
        version,
        motif: 'Essai.',
      }),
    );
  const decision = await base.db
    .selectFrom('decision')
    .select('id')
    .where('candidature_id', '=', id)
    .executeTakeFirst();
  if (decision === undefined) return 'non';
  const suite = { decisionId: decision.id, version, motif: 'Essai.', fondement: 'conditions' as const };
  return oui(
    un.genre === 'retirer'
      ? await retirerDecision(base.db, operateur, suite)
      : await promouvoir(base.db, operateur, suite),
  );
};
