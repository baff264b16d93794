import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../src/platform/clock.ts';
import { deposerCourriel } from '../src/platform/courriel.ts';
import { connectDatabase } from '../src/platform/database/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import {
  appliquerUneFois,
  type DeclaredTache,
  defineTache,
  demanderTache,
  type Ouvriers,
  ouvrirOuvriers,
  sansDonnees,
} from '../src/platform/taches.ts';
import { lireSanteTaches } from '../src/platform/taches-sante.ts';
import { attendre } from './processus.ts';

let base: TestDatabase;
let ouverts: Ouvriers[] = [];
let pannes: unknown[] = [];
beforeAll(async () => {
  base = await withTestDatabase('reference');
});
beforeEach(async () => {
  pannes = [];
  await base.owner.query(
    'truncate courriel, tache, tache_faite; delete from pgboss.job; delete from pgboss.schedule',
  );
});
afterEach(async () => {
  await Promise.all(ouverts.map(({ fermer }) => fermer()));
  ouverts = [];
});
afterAll(() => base.close());

const ouvrir = async (...taches: readonly DeclaredTache[]): Promise<void> => {
  ouverts.push(
    await ouvrirOuvriers({
      adresses: base.adresses,
      taches,
      clock: systemClock,
      adresse: 'https://maillage.example.fr',
      signalerPanne: (error) => pannes.push(error),
    }),
  );
};

const compter = async (question: string, valeurs: readonly unknown[] = []): Promise<number> =>
  Number((await base.owner.query<{ n: string }>(question, [...valeurs])).rows[0]?.n);

describe('a job', () => {
  it('that an act asks for runs after its commit, and not at all when the act fails', async () => {
    const vus: number[] = [];
    const tache = defineTache({
      nom: 'compter',
      libelle: 'Compter',
      donnees: z.object({ numero: z.int() }),
      travail: async (_outils, { numero }) => void vus.push(numero),
    });
    await ouvrir(tache);
    const application = connectDatabase(base.adresses, 'application', 2);
    const fails = application.transaction().execute(async (transaction) => {
      await demanderTache(transaction, tache, { numero: 1 });
      throw new Error('the act fails');
    });
    await expect(fails).rejects.toThrow('the act fails');
    await application
      .transaction()
      .execute((transaction) => demanderTache(transaction, tache, { numero: 2 }));
    await attendre('the job has run', () => (vus.includes(2) ? true : undefined));
    expect(vus).toEqual([2]);
    await application.destroy();
  });

  it('is all that pages may ask of the queue: they change no schedule and no queue, and delete nothing', async () => {
    const application = connectDatabase(base.adresses, 'application', 1);
    for (const table of ['queue', 'schedule', 'version'])
      for (const question of [`delete from pgboss.${table}`, `truncate pgboss.${table}`])
        await expect(sql.raw(question).execute(application), question).rejects.toThrow(/permission denied/);
    for (const question of [
      'delete from pgboss.job',
      `insert into pgboss.schedule (name, cron) values ('menage', '* * * * *')`,
      `update pgboss.schedule set cron = '* * * * *'`,
      'update pgboss.queue set retry_limit = 0',
      `select pgboss.create_queue('intruse', '{"policy": "standard"}')`,
    ])
      await expect(sql.raw(question).execute(application), question).rejects.toThrow(/permission denied/);
    await application.destroy();
  });

  it('that fails is said to, and is tried again', async () => {
    const tache = defineTache({
      nom: 'echouer',
      libelle: 'Échouer',
      donnees: sansDonnees,
      travail: async () => {
        throw new Error('en panne');
      },
    });
    await ouvrir(tache);
    await demanderTache(base.db, tache, {});
    await attendre('the failure is written', async () =>
      (await compter(`select count(*) as n from tache where derniere_erreur = 'en panne'`)) === 1
        ? true
        : undefined,
    );
    await attendre('it waits for another try', async () =>
      (await compter(`select count(*) as n from pgboss.job where name = 'echouer' and state = 'retry'`)) === 1
        ? true
        : undefined,
    );
    expect(pannes).toHaveLength(1);
  });

  it('has its effect applied once, though it be worked at twice at once, and again later', async () => {
    const job = { id: '01890000-0000-7000-8000-000000000001', nom: 'effet' };
    const effet = () =>
      appliquerUneFois(base.db, job, async (transaction) => {
        await deposerCourriel(transaction, {
          destinataire: 'a@example.fr',
          objet: 'Effet',
          paragraphes: ['Un effet.'],
        });
      });
    expect((await Promise.all([effet(), effet(), effet()])).sort()).toEqual([false, false, true]);
    expect(await effet()).toBe(false);
    expect(await compter('select count(*) as n from courriel')).toBe(1);
  });

  it('whose effect fails has left no proof of it, and applies it at its next try', async () => {
    const job = { id: '01890000-0000-7000-8000-000000000002', nom: 'effet' };
    const failed = appliquerUneFois(base.db, job, async () => {
      throw new Error('en panne');
    });
    await expect(failed).rejects.toThrow('en panne');
    expect(await appliquerUneFois(base.db, job, async () => undefined)).toBe(true);
  });
});

/** Far from now, so that no test meets the hour itself. */
const minute = (new Date().getUTCMinutes() + 30) % 60;

const chaqueHeure = (travail: () => Promise<void>): DeclaredTache =>
  defineTache({
    nom: 'chaque-heure',
    libelle: 'Chaque heure',
    planification: `${minute} * * * *`,
    donnees: sansDonnees,
    travail,
  });

/** As if nothing had run for two hours. */
const passerDeuxHeures = async (): Promise<void> => {
  await base.owner.query(`update pgboss.schedule set created_on = now() - interval '2 hours'`);
  await base.owner.query(`update pgboss.version set cron_on = now() - interval '2 hours'`);
  await base.owner.query(`update tache set declaree_le = now() - interval '2 hours', reussie_le = null`);
};

it('a schedule that came due while all was stopped runs once, whichever of three workers takes it', async () => {
  let passages = 0;
  const tache = chaqueHeure(async () => {
    passages += 1;
  });
  await ouvrir(tache);
  await Promise.all(ouverts.splice(0).map(({ fermer }) => fermer()));
  await passerDeuxHeures();
  await Promise.all([ouvrir(tache), ouvrir(tache), ouvrir(tache)]);
  await attendre('it has run', async () =>
    (await compter(`select count(*) as n from tache where reussie_le is not null`)) === 1 ? true : undefined,
  );
  expect(passages).toBe(1);
  expect(await compter(`select count(*) as n from pgboss.job where name = 'chaque-heure'`)).toBe(1);
  expect(pannes).toEqual([]);
});

it('a schedule that is no longer declared ends', async () => {
  await ouvrir(chaqueHeure(async () => undefined));
  expect(await compter('select count(*) as n from pgboss.schedule')).toBe(1);
  await ouvrir();
  expect(await compter('select count(*) as n from pgboss.schedule')).toBe(0);
});

describe('the health of jobs and mail', () => {
  const tache = chaqueHeure(async () => undefined);
  const lire = (reglages: { expedition?: boolean; demonstration?: boolean } = {}) =>
    lireSanteTaches(base.db, {
      taches: [tache],
      clock: () => Temporal.Now.instant(),
      expedition: true,
      demonstration: false,
      ...reglages,
    });

  it('is good when nothing is late, and says nothing of persons', async () => {
    await base.db.insertInto('tache').values({ nom: tache.nom }).execute();
    await deposerCourriel(base.db, { destinataire: 'ada@example.fr', objet: 'Objet', paragraphes: [] });
    const sante = await lire();
    expect(sante.etat).toBe('bon');
    expect(sante.courriels.en_attente).toBe(1);
    expect(sante.taches[0]?.attendue_le).toMatch(new RegExp(`:${String(minute).padStart(2, '0')}:00.000Z$`));
    expect(JSON.stringify(sante)).not.toMatch(/ada|Objet/);
  });

  it('is bad when a schedule was missed, until it has run', async () => {
    await base.db
      .insertInto('tache')
      .values({ nom: tache.nom, declaree_le: new Date(Date.now() - 3 * 3_600_000) })
      .execute();
    expect(await lire()).toMatchObject({
      etat: 'alerte',
      alertes: ['La tâche «\u00a0Chaque heure\u00a0» (chaque-heure) n’est pas passée à son heure.'],
    });
    await base.db.updateTable('tache').set({ reussie_le: new Date() }).execute();
    expect((await lire()).etat).toBe('bon');
  });

  it.each([
    ['a job waits too long', `update pgboss.job set start_after = now() - interval '20 minutes'`, 1],
    ['too many wait', 'select 1', 1001],
  ])('is bad when a queue is congested: %s', async (_how, question, nombre) => {
    await ouvrir(tache);
    await Promise.all(ouverts.splice(0).map(({ fermer }) => fermer()));
    await base.owner.query(
      `insert into pgboss.job (name, policy) select 'chaque-heure', 'standard' from generate_series(1, $1::int)`,
      [nombre],
    );
    await base.owner.query(question);
    expect(await lire()).toMatchObject({
      etat: 'alerte',
      alertes: ['La file de la tâche «\u00a0Chaque heure\u00a0» (chaque-heure) est encombrée.'],
      files: [{ nom: 'chaque-heure', en_attente: nombre }],
    });
  });

  it.each([
    [true, false, 'alerte'],
    [false, false, 'alerte'],
    [false, true, 'bon'],
  ])(
    'when mail does not leave, with a server %s, on the demonstration %s, is: %s',
    async (expedition, demonstration, etat) => {
      await deposerCourriel(base.db, { destinataire: 'ada@example.fr', objet: 'Objet', paragraphes: [] });
      await base.owner.query(`update courriel set prochain_essai_le = now() - interval '1 hour'`);
      expect(await lire({ expedition, demonstration })).toMatchObject({
        etat,
        courriels: { expedition: expedition ? 'active' : 'non configurée', retard_minutes: 60 },
      });
    },
  );
});
