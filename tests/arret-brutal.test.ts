import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../src/platform/clock.ts';
import { deposerCourriel } from '../src/platform/courriel.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { root } from '../src/platform/root.ts';
import { type Boite, ouvrirBoite } from '../src/platform/smtp.fixtures.ts';
import { defineTache, demanderTache, ouvrirOuvriers, sansDonnees } from '../src/platform/taches.ts';
import { attendre, demarrer, type Programme } from './processus.ts';

let base: TestDatabase;
let boite: Boite | undefined;
const vivants = new Set<Pick<Programme, 'child' | 'ended'>>();
beforeAll(async () => {
  base = await withTestDatabase('reference');
});
const tuer = async (programme: Pick<Programme, 'child' | 'ended'>): Promise<void> => {
  programme.child.kill('SIGKILL');
  expect(await programme.ended).toBe('SIGKILL');
  vivants.delete(programme);
  // What it held is free once the server has seen it go.
  await attendre('its connections are gone', async () => {
    const { rowCount } = await base.owner.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        and application_name in ('maillage expedition', 'maillage taches') and state <> 'idle'`,
    );
    return rowCount === 0 ? true : undefined;
  });
};
afterEach(async () => {
  for (const vivant of vivants) await tuer(vivant);
  await boite?.fermer();
  boite = undefined;
  await base.owner.query('truncate courriel');
});
afterAll(() => base.close());

const lancer = (quoi: 'acte' | 'tache') => {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(root, 'src', 'platform', 'arret.fixtures.ts'), quoi, base.adresses.operateur, base.adresses.acces],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ici = new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()));
  const ended = new Promise<string>((resolve) =>
    child.once('close', (_code, signal) => resolve(signal ?? '')),
  );
  const programme = { child, ended, ici };
  vivants.add(programme);
  return programme;
};

const servir = async (adresse: string): Promise<Programme> => {
  const programme = await demarrer(
    {
      DATABASE_URL: base.url,
      MAILLAGE_SMTP: adresse,
      MAILLAGE_COURRIEL: 'ne-pas-repondre@maillage.example.fr',
    },
    'serveur',
  );
  vivants.add(programme);
  return programme;
};

const courriel = { destinataire: 'ada@example.fr', objet: 'Décision', paragraphes: ['Bonjour.'] };

const etats = async (): Promise<readonly string[]> =>
  (await base.owner.query<{ statut: string }>('select statut from courriel')).rows.map(
    ({ statut }) => statut,
  );

const parti = () =>
  attendre('the mail is marked as sent', async () => ((await etats())[0] === 'envoye' ? true : undefined));

describe('a process killed', () => {
  it('before the commit of an act leaves neither the act nor its mail', async () => {
    const acte = lancer('acte');
    await acte.ici;
    await tuer(acte);
    expect(await etats()).toEqual([]);
  });

  it('after the commit, before the mail was taken, sends it once when started again', async () => {
    const id = await deposerCourriel(base.db, courriel);
    let connecte: () => void = () => undefined;
    let muet = true;
    const connexion = new Promise<void>((resolve) => {
      connecte = resolve;
    });
    boite = await ouvrirBoite({
      connexion: () => {
        connecte();
        return muet ? new Promise(() => undefined) : Promise.resolve();
      },
    });
    const premier = await servir(boite.adresse);
    await connexion;
    await tuer(premier);
    expect(boite.recus).toEqual([]);
    expect(await etats()).toEqual(['en_attente']);
    muet = false;
    await servir(boite.adresse);
    await parti();
    expect(boite.recus.map(({ messageId }) => messageId)).toEqual([`<${id}@maillage.example.fr>`]);
  });

  it('between the answer of the server and the commit sends it again under the same Message-ID, and nothing else', async () => {
    boite = await ouvrirBoite();
    const before = await deposerCourriel(base.db, { ...courriel, destinataire: 'avant@example.fr' });
    const premier = await servir(boite.adresse);
    await parti();
    // The commit of what was sent waits for us.
    await base.owner.query(`
      create function attendre() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock(42); return new; end $$;
      create trigger attendre before update on courriel for each row when (new.statut = 'envoye')
        execute function attendre();
      select pg_advisory_lock(42)`);
    const id = await deposerCourriel(base.db, courriel);
    const pour = () => (boite?.recus ?? []).map(({ messageId }) => messageId);
    await attendre('the server has answered', async () => {
      const { rowCount } = await base.owner.query(
        `select from pg_locks where locktype = 'advisory' and objid = 42 and not granted`,
      );
      return rowCount === 1 ? true : undefined;
    });
    expect(pour()).toHaveLength(2);
    // Its connection, that waits for a lock, would notice later only that nobody is there any more.
    premier.child.kill('SIGKILL');
    await premier.ended;
    await base.owner.query(
      'select pg_terminate_backend(pid) from pg_locks where locktype = $1 and objid = 42 and not granted',
      ['advisory'],
    );
    await tuer(premier);
    await base.owner.query('select pg_advisory_unlock(42); drop function attendre cascade');
    await servir(boite.adresse);
    await attendre('all is sent', async () =>
      (await etats()).every((statut) => statut === 'envoye') ? true : undefined,
    );
    const attendus = [before, id, id].map((one) => `<${one}@maillage.example.fr>`);
    expect(pour()).toEqual(attendus);
  });

  it('after the effect of a job, before the queue knew, has the job taken up again and its effect applied once', async () => {
    const premier = lancer('tache');
    await attendre('its queue is there', async () =>
      (await base.owner.query(`select from pgboss.queue where name = 'effet'`)).rowCount === 1
        ? true
        : undefined,
    );
    let faits = 0;
    const tache = defineTache({
      nom: 'effet',
      libelle: 'Un effet',
      donnees: sansDonnees,
      travail: async ({ uneFois }) => {
        expect(
          await uneFois(async (transaction) => void (await deposerCourriel(transaction, courriel))),
        ).toBe(false);
        faits += 1;
      },
    });
    await demanderTache(base.db, tache, {});
    await premier.ici;
    await tuer(premier);
    const etat = async () =>
      (await base.owner.query<{ state: string }>(`select state from pgboss.job where name = 'effet'`)).rows;
    expect(await etat()).toEqual([{ state: 'active' }]);
    // As if the time had passed in which a worker is to say that it lives.
    await base.owner.query(
      `update pgboss.job set heartbeat_on = now() - interval '1 hour' where name = 'effet';
      update pgboss.queue set monitor_on = null`,
    );
    // What each process does every minute.
    const surveillance = new PgBoss({
      connectionString: base.url,
      migrate: false,
      supervise: false,
      schedule: false,
    });
    await surveillance.start();
    await surveillance.supervise('effet');
    await surveillance.stop();
    await base.owner.query(`update pgboss.job set start_after = now() where name = 'effet'`);
    const pannes: unknown[] = [];
    const ouvriers = await ouvrirOuvriers({
      adresses: base.adresses,
      taches: [tache],
      clock: systemClock,
      adresse: '',
      signalerPanne: (error) => pannes.push(error),
    });
    await attendre('the job is done', async () =>
      (await etat())[0]?.state === 'completed' ? true : undefined,
    );
    await ouvriers.fermer();
    expect(faits).toBe(1);
    expect(pannes).toEqual([]);
    expect(await etats()).toHaveLength(1);
  });
});
