import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, withTestDatabase } from '../../platform/database/testing.ts';
import { lireListe } from '../../platform/listes/index.ts';
import { contradictionsDe, manquesVague, phraseDesManques, sommeDesMinimums } from './coherence.rules.ts';
import { listeVagues } from './liste.ts';
import {
  type Calendrier,
  type ContenuVague,
  champsFiges,
  clotureDe,
  estAnnoncee,
  etatMontre,
  etatVague,
  fuseauxDOutreMer,
  type Horaire,
  momentDeVague,
  ouvertureDe,
  partDuPoids,
  type Vie,
} from './rules.ts';
import { getMaintenant } from './store.ts';

let base: TestDatabase;
let vagueId = '';
beforeAll(async () => {
  base = await withTestDatabase();
  vagueId = (
    await base.owner.query<{ id: string }>(
      `insert into vague (programme_id, rang, nom) select id, 90, 'Essai' from programme returning id`,
    )
  ).rows[0]?.id as string;
});
afterAll(() => base.close());

const calendrier: Calendrier = {
  ouvreLe: '2026-04-01',
  ouvreHeure: '09:00',
  fermeLe: '2026-06-30',
  fermeHeure: '18:00',
  heureLocale: true,
};
const horaire: Horaire = { ...calendrier, statut: 'publiee', ouverturePrecision: 'jour' };
const a = (texte: string) => Temporal.Instant.from(texte);

describe('where a wave stands', () => {
  it.each([
    ['2026-04-01T06:59:59Z', 'a_venir'],
    ['2026-04-01T07:00:00Z', 'ouverte'],
    ['2026-06-30T16:00:59Z', 'ouverte'],
    ['2026-06-30T16:01:00Z', 'close'],
  ])('in Paris at %s: %s', (instant, etat) => expect(etatVague(horaire, '02', a(instant))).toBe(etat));

  it('is the hour of each territory, or that of Paris for all', () => {
    const soir = a('2026-06-30T18:00:00Z');
    expect(etatVague(horaire, '75', soir)).toBe('close');
    expect(etatVague(horaire, '971', soir)).toBe('ouverte');
    expect(etatVague(horaire, '988', a('2026-06-30T07:01:00Z'))).toBe('close');
    expect(etatVague({ ...horaire, heureLocale: false }, '971', soir)).toBe('close');
    expect(etatVague({ ...horaire, heureLocale: false }, '988', a('2026-06-30T07:01:00Z'))).toBe('ouverte');
  });

  it('is nothing but its status before it is published and once it is cancelled', () => {
    const instant = a('2026-05-01T00:00:00Z');
    expect(etatVague({ ...horaire, statut: 'preparation' }, null, instant)).toBe('preparation');
    expect(etatVague({ ...horaire, statut: 'annulee' }, null, instant)).toBe('annulee');
    expect(etatVague({ ...horaire, ouverturePrecision: 'mois' }, null, instant)).toBe('a_venir');
    expect(etatVague({ ...horaire, fermeLe: null }, null, a('2036-05-01T00:00:00Z'))).toBe('ouverte');
  });

  // 28 March and 31 October 2027: the nights on which Paris changes its hour; 14 March and 7 November, Saint-Pierre.
  const jours = fc.oneof(
    fc.constantFrom('2027-03-28', '2027-10-31', '2027-03-14', '2027-11-07', '2026-12-31', '2028-02-29'),
    fc
      .date({ min: new Date('2021-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  );
  const heures = fc.oneof(
    fc.constantFrom('00:00', '01:59', '02:00', '02:30', '02:59', '03:00', '23:59'),
    fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`),
  );

  it('is the same for SQL and for pages, in every zone, around its hours', async () => {
    const codes = [null, '02', '2A', '984', ...Object.keys(fuseauxDOutreMer)];
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(jours, jours),
        heures,
        heures,
        fc.boolean(),
        fc.constantFrom<'jour' | 'mois'>('jour', 'jour', 'jour', 'mois'),
        fc.constantFrom<Horaire['statut']>('publiee', 'publiee', 'publiee', 'preparation', 'annulee'),
        fc.option(fc.constant(true), { freq: 8 }),
        fc.integer({ min: -61, max: 61 }),
        async (deux, ouvreHeure, fermeHeure, heureLocale, ouverturePrecision, statut, ferme, minutes) => {
          const [ouvreLe = '', dernier = ''] = [...deux].sort();
          const vague: Horaire = {
            ouvreLe,
            ouvreHeure,
            fermeLe: ferme ? dernier : null,
            fermeHeure,
            heureLocale,
            ouverturePrecision,
            statut,
          };
          await base.owner.query(
            `update vague set ouvre_le = $2, ouvre_heure = $3, ferme_le = $4, ferme_heure = $5, heure_locale = $6,
               ouverture_precision = $7, statut = $8 where id = $1`,
            [
              vagueId,
              ouvreLe,
              ouvreHeure,
              vague.fermeLe,
              fermeHeure,
              heureLocale,
              ouverturePrecision,
              statut,
            ],
          );
          const bords = codes.flatMap((code) =>
            [ouvertureDe(vague, code), clotureDe(vague, code)].flatMap((bord) =>
              bord === undefined
                ? []
                : [
                    bord,
                    bord.subtract({ seconds: 1 }),
                    bord.subtract({ seconds: 60 }),
                    bord.add({ minutes }),
                  ].map((instant) => ({ code, instant })),
            ),
          );
          const { rows } = await base.owner.query<{ etat: string }>(
            `select vague_etat($1, code, instant::timestamptz) as etat
             from unnest($2::text[], $3::text[]) with ordinality as demande (code, instant, rang) order by rang`,
            [vagueId, bords.map(({ code }) => code), bords.map(({ instant }) => instant.toString())],
          );
          expect(rows.map(({ etat }) => etat)).toEqual(
            bords.map(({ code, instant }) => etatVague(vague, code, instant)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('knows the zones of the database', async () => {
    const { rows } = await base.owner.query<{ code: string; zone: string }>(
      'select code, fuseau_departement(code) as zone from departement',
    );
    for (const { code, zone } of rows) expect(fuseauxDOutreMer[code] ?? 'Europe/Paris').toBe(zone);
  });
});

describe('what is announced', () => {
  const annoncee = (values: Partial<Horaire>) =>
    estAnnoncee({ ...horaire, ...values }, a('2026-04-30T21:59:00Z'));

  it('is a day, or a month that is not over in Paris', () => {
    expect(annoncee({ ouvreLe: '2026-05-02' })).toBe(true);
    expect(annoncee({ ouvreLe: null })).toBe(false);
    expect(annoncee({ ouverturePrecision: 'mois' })).toBe(true);
    expect(estAnnoncee({ ...horaire, ouverturePrecision: 'mois' }, a('2026-04-30T22:00:00Z'))).toBe(false);
  });
});

describe('where a wave stands as it is told', () => {
  it('is without a calendar as long as nobody announced it, in the list too', async () => {
    const instant = await getMaintenant(base.db);
    const cas = [
      [{ ouvreLe: null }, 'sans_calendrier'],
      [{ ouvreLe: '2021-04-01', ouverturePrecision: 'mois' }, 'sans_calendrier'],
      [{ ouvreLe: '2090-04-01', ouverturePrecision: 'mois' }, 'a_venir'],
      [{ ouvreLe: '2090-04-01' }, 'a_venir'],
      [{ ouvreLe: '2021-04-01', fermeLe: null }, 'ouverte'],
      [{ ouvreLe: null, statut: 'preparation' }, 'preparation'],
    ] as const;
    for (const [values, etat] of cas) {
      const vague: Horaire = { ...horaire, ...values };
      const fermeLe = vague.ouvreLe === null || vague.ouvreLe > '2026' ? null : vague.fermeLe;
      expect(etatMontre({ ...vague, fermeLe }, instant)).toBe(etat);
      await base.owner.query(
        `update vague set statut = $2, ouvre_le = $3, ouverture_precision = $4, ferme_le = $5, ouvre_heure = $6,
           heure_locale = $7 where id = $1`,
        [
          vagueId,
          vague.statut,
          vague.ouvreLe,
          vague.ouverturePrecision,
          fermeLe,
          vague.ouvreHeure,
          vague.heureLocale,
        ],
      );
      const { lignes } = await lireListe(base.db, listeVagues, {
        filtres: { etat },
        tri: listeVagues.tri,
        debut: 0,
        limite: 99,
      });
      expect(lignes.map(({ id }) => id)).toContain(vagueId);
    }
  });
});

describe('an hour in words', () => {
  it('says what it is in Paris, for whom it differs', () => {
    expect(momentDeVague('2026-06-30', '18:00', true, ['02', '971', '972', '974', '988'])).toEqual({
      texte: '30 juin 2026 à 18\u00a0h, heure de chaque territoire',
      ailleurs: [
        { departements: ['971', '972'], aParis: '1er juillet 2026 à 0\u00a0h' },
        { departements: ['974'], aParis: '30 juin 2026 à 16\u00a0h' },
        { departements: ['988'], aParis: '30 juin 2026 à 9\u00a0h' },
      ],
    });
    expect(momentDeVague('2026-06-30', '23:59', false, ['971'])).toEqual({
      texte: '30 juin 2026 à 23\u00a0h\u00a059, heure de Paris',
      ailleurs: [],
    });
  });
});

const contenu: ContenuVague = {
  ...calendrier,
  nom: 'Troisième vague',
  rang: 3,
  enveloppeId: 'e',
  objectifPostes: 100,
  regimes: ['forfait', 'taux'],
  coordinateurs: true,
  presentation: 'Venez.',
  departements: [],
  avisNiveau: 'departement',
  minimumDepartement: 0,
  priorites: [],
  bonusPriorite: 0,
  criteres: [{ id: 'c', libelle: 'Besoin', aide: null, poids: 60 }],
  questions: [],
  quotas: [],
};
const contexte = {
  enVigueur: (jour: string) => (jour < '2027-01-01' ? (['forfait', 'taux'] as const) : []),
  regionDe: (code: string) => (code === '02' || code === '59' ? '32' : '11'),
  departements: 101,
};
const manques = (values: Partial<ContenuVague>) =>
  manquesVague({ ...contenu, ouverturePrecision: 'jour', ...values }, contexte).map(
    ({ section, texte }) => `${section}\u00a0: ${texte}`,
  );

describe('what is missing before publishing', () => {
  it('is nothing where all is there', () => expect(manques({})).toEqual([]));

  it('is everything, at once', () => {
    const dits = manques({
      enveloppeId: null,
      objectifPostes: null,
      presentation: null,
      ouvreLe: null,
      fermeLe: null,
      criteres: [],
    });
    expect(dits).toHaveLength(6);
    expect(phraseDesManques([{ texte: 'un nom' }, { texte: 'un jour' }])).toBe(
      'Complétez la vague avant de la publier\u00a0: il manque un nom et un jour.',
    );
  });

  it('is a régime in force on the day of opening', () => {
    expect(manques({ ouvreLe: '2027-02-01', fermeLe: '2027-03-01' })).toEqual([
      'identite\u00a0: des règles en vigueur le 1er février 2027 pour les régimes «\u00a0forfait\u00a0» et «\u00a0taux\u00a0», ou un autre jour d’ouverture',
    ]);
  });

  it('is quotas that hold together', () => {
    const quota = { id: null, departement: null, region: null, minimum: 0, maximum: null };
    expect(manques({ departements: ['02'], quotas: [{ ...quota, departement: '59' }] })).toHaveLength(1);
    expect(manques({ departements: ['02'], quotas: [{ ...quota, region: '11' }] })).toHaveLength(1);
    expect(manques({ departements: ['02'], quotas: [{ ...quota, region: '32' }] })).toEqual([]);
    expect(
      manques({
        quotas: [
          { ...quota, departement: '59', minimum: 60 },
          { ...quota, departement: '02', minimum: 41 },
        ],
      }),
    ).toEqual(['quotas\u00a0: un objectif au moins égal à la somme des minimums (101 postes)']);
    expect(manques({ departements: ['02', '59'], minimumDepartement: 51 })).toHaveLength(1);
    // Open to the whole country: to each of its départements.
    expect(manques({ minimumDepartement: 1 })).toHaveLength(1);
    expect(manques({ minimumDepartement: 1, objectifPostes: 101 })).toEqual([]);
  });

  it('counts what a région asks for with what its départements do', () => {
    const quota = { id: null, departement: null, region: null, minimum: 0, maximum: null };
    const quotas = [
      { ...quota, region: '32', minimum: 70 },
      { ...quota, departement: '59', minimum: 60 },
      { ...quota, departement: '75', minimum: 30 },
    ];
    expect(sommeDesMinimums(quotas, contexte)).toBe(100);
    expect(contradictionsDe({ ...contenu, quotas }, contexte)).toEqual([]);
    expect(
      contradictionsDe(
        { ...contenu, quotas: [...quotas, { ...quota, departement: '02', minimum: 11 }] },
        contexte,
      ),
    ).toEqual([
      {
        champ: 'quotas',
        autres: ['objectifPostes'],
        texte:
          'Les minimums des quotas font ensemble 101 postes, et l’objectif est de 100 postes\u00a0: changez l’un ou l’autre.',
      },
    ]);
  });
});

describe('what is frozen', () => {
  const vie: Vie = { statut: 'publiee', ouverturePrecision: 'jour', postesDecides: 0, deposees: 0 };
  const figes = (values: Partial<Vie>, instant: string) =>
    Object.keys(champsFiges({ ...vie, ...values }, calendrier, a(instant))).sort();

  it('is nothing of a draft, everything of a cancelled one', () => {
    expect(figes({ statut: 'preparation', deposees: 3 }, '2026-05-01T00:00:00Z')).toEqual([]);
    expect(figes({ statut: 'annulee' }, '2026-05-01T00:00:00Z')).toHaveLength(20);
  });

  it('leaves the closing of a published wave to be written, once', () => {
    const sansCloture = { ...calendrier, fermeLe: null };
    expect(champsFiges(vie, sansCloture, a('2026-03-01T00:00:00Z'))).not.toHaveProperty('fermeLe');
  });

  it('grows as the wave is published, opens, is answered and decided', () => {
    const publiee = ['fermeHeure', 'fermeLe', 'heureLocale', 'rang'];
    expect(figes({}, '2026-03-01T00:00:00Z')).toEqual(publiee);
    // Open in New Caledonia, not yet in Paris.
    expect(figes({}, '2026-03-31T22:00:00Z')).toEqual([...publiee, 'ouvreHeure', 'ouvreLe'].sort());
    expect(figes({ deposees: 1 }, '2026-03-01T00:00:00Z')).toEqual(
      [
        ...publiee,
        'avisNiveau',
        'bonusPriorite',
        'coordinateurs',
        'criteres',
        'priorites',
        'questions',
        'regimes',
      ].sort(),
    );
    expect(figes({ postesDecides: 1 }, '2026-03-01T00:00:00Z')).toContain('enveloppeId');
  });
});

it('shares weights out', () => {
  expect(partDuPoids(60, [{ poids: 60 }, { poids: 20 }])).toBe(75);
  expect(partDuPoids(1, [{ poids: 1 }, { poids: 1 }, { poids: 1 }])).toBe(33.3);
  expect(partDuPoids(0, [])).toBe(0);
});
