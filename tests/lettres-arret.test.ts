import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { convertFonts } from '../scripts/fonts.ts';
import { operateur } from '../src/candidatures/comite/comite.fixtures.ts';
import { clore, semerDeliberations } from '../src/candidatures/notification/notification.fixtures.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { root } from '../src/platform/root.ts';
import { type Boite, ouvrirBoite } from '../src/platform/smtp.fixtures.ts';
import { installerProgramme } from '../src/programme/index.ts';
import { attendre, demarrer, type Programme } from './processus.ts';

let base: TestDatabase;
let boite: Boite;
let dossier: string;
const vivants = new Set<Programme>();
beforeAll(async () => {
  base = await withTestDatabase();
  boite = await ouvrirBoite();
  dossier = await mkdtemp(join(tmpdir(), 'maillage-arret-'));
  await convertFonts(join(root, 'dist', 'fonts'));
  await installerProgramme(base.db, operateur);
});
afterAll(async () => {
  for (const { child, ended } of vivants) {
    child.kill('SIGKILL');
    await ended;
  }
  await boite.fermer();
  await base.close();
  await rm(dossier, { recursive: true, force: true });
});

const servir = async (): Promise<Programme> => {
  const programme = await demarrer(
    {
      DATABASE_URL: base.url,
      MAILLAGE_DATA: dossier,
      MAILLAGE_SMTP: boite.adresse,
      MAILLAGE_COURRIEL: 'ne-pas-repondre@maillage.example.fr',
    },
    'serveur',
  );
  vivants.add(programme);
  return programme;
};

/** Kills a server; its job is to be taken up again. */
const tuer = async (programme: Programme): Promise<void> => {
  programme.child.kill('SIGKILL');
  await programme.ended;
  vivants.delete(programme);
  // Its connection that waits for a lock would notice later only that nobody is there any more.
  await base.owner.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 43 and not granted`,
  );
  // What the queue does of a job whose worker is silent (tests/arret-brutal), without its minutes of waiting.
  const { rowCount } = await base.owner.query(
    `update pgboss.job set state = 'retry', start_after = now(), heartbeat_on = null
     where name = 'notifier-decisions' and state = 'active'`,
  );
  expect(rowCount).toBe(1);
};

const faites = async (): Promise<number> =>
  (
    await base.owner.query<{ n: number }>(
      `select count(*)::integer as n from acte_de_seance where faite_le is not null`,
    )
  ).rows[0]?.n ?? 0;

it('a server killed while it writes letters, before and after a batch is kept, leaves each letter and each mail once', async () => {
  const nombre = 200;
  const { seance, vague } = await semerDeliberations(base, { nombre, rang: 1, departements: ['02', '59'] });
  await sql`
    update candidature set saisie = jsonb_build_object('contact_courriel', 'contact-' || numero || '@exemple.fr')
    where vague_id = ${vague}`.execute(base.db);
  // A batch waits for us before it is kept, with its documents on the disk and its mails in the outbox.
  await base.owner.query(`
    create function attendre_ici() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock(43); return null; end $$;
    create trigger attendre_ici after insert on journal for each row
      when (new.acte = 'candidature.notifier') execute function attendre_ici();
    select pg_advisory_lock(43)`);
  // Its workers make the queue, as it is in the product.
  const premier = await servir();
  await attendre('the queue is there', async () =>
    (await base.owner.query(`select from pgboss.queue where name = 'notifier-decisions'`)).rowCount === 1
      ? true
      : undefined,
  );
  await clore(base, seance);
  const enAttente = () =>
    attendre(
      'a batch is about to be kept',
      async () =>
        (
          await base.owner.query(
            `select from pg_locks where locktype = 'advisory' and objid = 43 and not granted`,
          )
        ).rowCount === 1
          ? true
          : undefined,
      60,
    );
  await enAttente();
  expect(await faites()).toBe(1);
  await tuer(premier);
  expect(await faites()).toBe(1);
  await base.owner.query('select pg_advisory_unlock(43); drop function attendre_ici cascade');
  // The second is killed as soon as something more is kept.
  const deuxieme = await servir();
  await attendre('a batch is kept', async () => ((await faites()) > 1 ? true : undefined), 60);
  await tuer(deuxieme);
  await servir();
  await attendre('all is written', async () => ((await faites()) === nombre + 1 ? true : undefined), 60);
  await attendre(
    'all is sent',
    async () =>
      (await base.owner.query(`select from courriel where statut <> 'envoye'`)).rowCount === 0
        ? true
        : undefined,
    60,
  );
  const { rows } = await base.owner.query(`
    select (select count(*) from fichier)::integer as fichiers,
      (select count(distinct objet_id) from fichier)::integer as actes,
      (select count(*) from courriel)::integer as courriels,
      (select count(*) from journal where acte = 'candidature.notifier')::integer as traces,
      (select count(*) from communique where seance_id = '${seance}')::integer as communiques`);
  expect(rows).toEqual([
    { fichiers: nombre + 1, actes: nombre + 1, courriels: nombre, traces: nombre, communiques: 2 },
  ]);
  // A mail that was answered before its row was marked may come again, under the same Message-ID.
  const identifiants = new Map(boite.recus.map(({ messageId, pour }) => [messageId, pour]));
  expect(identifiants.size).toBe(nombre);
  expect(new Set([...identifiants.values()].map(String)).size).toBe(nombre);
}, 240_000);
