import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chargerDemo } from '../src/demo/index.ts';
import { type TestDatabase, withTestDatabase } from '../src/platform/database/testing.ts';
import { type Boite, ouvrirBoite } from '../src/platform/smtp.fixtures.ts';
import { charger, type Personne } from './deux-processus.fixtures.ts';
import { attendre, demarrer } from './processus.ts';
import { visiter } from './visite.ts';

type Serveur = Awaited<ReturnType<typeof demarrer>>;

let base: TestDatabase;
let boite: Boite;
let personnes: readonly Personne[];
const vivants: Serveur[] = [];

const lancer = async (): Promise<Serveur> => {
  const serveur = await demarrer(
    {
      DATABASE_URL: base.url,
      MAILLAGE_DEMONSTRATION_OUVERTE: 'oui',
      MAILLAGE_MANDATAIRES: '1',
      MAILLAGE_SMTP: boite.adresse,
      MAILLAGE_COURRIEL: 'ne-pas-repondre@maillage.example.fr',
    },
    'serveur',
  );
  vivants.push(serveur);
  return serveur;
};

beforeAll(async () => {
  base = await withTestDatabase();
  expect((await chargerDemo(base.db, { identifiant: 'essai', role: 'operateur' })).ok).toBe(true);
  personnes = (
    await base.owner.query<Personne>(`select id, courriel from personne where sources = '{demo}' order by id`)
  ).rows;
  boite = await ouvrirBoite();
});
afterAll(async () => {
  for (const { child, ended } of vivants) {
    child.kill('SIGKILL');
    await ended;
  }
  await boite.fermer();
  await base.close();
});

const compter = async (requete: string): Promise<number> =>
  Number((await base.owner.query<{ n: string }>(requete)).rows[0]?.n ?? 0);

it('two processes share sessions and limits; one killed under load loses nothing that was acknowledged', async () => {
  const [un, deux] = await Promise.all([lancer(), lancer()]);
  const entetes = (reseau: number) => ({ 'X-Forwarded-For': `192.0.2.${reseau}` });

  const visite = visiter(un);
  await visite.envoyer('/demonstration/entrer', { personne: personnes[0]?.id ?? '' }, entetes(1));
  const ailleurs = visiter(deux);
  ailleurs.poser(visite.secret());
  expect((await ailleurs.lire('/espace')).status, 'a session opened by one works on the other').toBe(200);

  const statuts = await Promise.all(
    Array.from({ length: 34 }, async (_none, rang) => {
      const response = await visiter(rang % 2 === 0 ? un : deux).envoyer(
        '/connexion',
        { courriel: `inconnu${rang}@ailleurs.example` },
        entetes(2),
      );
      return response.status;
    }),
  );
  const recus = (statut: number) => statuts.filter((each) => each === statut).length;
  expect([recus(303), recus(429)], 'what one counts, the other counts').toEqual([30, 4]);

  const before = {
    sessions: await compter('select count(*) n from session'),
    liens: await compter(`select count(*) n from courriel`),
  };
  const stop = new AbortController();
  const load = charger([un.adresse, deux.adresse], personnes, { ouvriers: 6, arret: stop.signal });
  await sleep(1500);
  un.child.kill('SIGKILL');
  expect(await un.ended).toBe('SIGKILL');
  await sleep(1500);
  stop.abort();
  const { secrets, liens, perdues } = await load;
  expect(secrets.length).toBeGreaterThan(20);
  expect(perdues, 'the kill fell under load').toBeGreaterThan(0);

  const kept = await base.owner.query('select from session where empreinte = any ($1)', [
    secrets.map((secret) => createHash('sha256').update(secret).digest()),
  ]);
  expect(kept.rowCount, 'no acknowledged session is lost').toBe(secrets.length);
  const sessions = (await compter('select count(*) n from session')) - before.sessions;
  expect(sessions).toBeGreaterThanOrEqual(secrets.length);
  expect(sessions).toBeLessThanOrEqual(secrets.length + perdues);
  // One line of the journal for each session, whoever wrote it and whenever it was killed.
  expect(await compter(`select count(*) n from journal where acte = 'acces.connexion'`)).toBe(
    await compter('select count(*) n from session'),
  );
  const deposes = (await compter(`select count(*) n from courriel`)) - before.liens;
  expect(deposes).toBeGreaterThanOrEqual(liens);
  expect(deposes).toBeLessThanOrEqual(liens + perdues);

  await attendre(
    'every mail has left',
    async () =>
      (await compter(`select count(*) n from courriel where statut <> 'envoye'`)) === 0 ? true : undefined,
    60,
  );
  const ids = boite.recus.map(({ messageId }) => messageId);
  expect(new Set(ids).size, 'each mail left').toBe(before.liens + deposes);
  // Repeated only where the kill fell between the answer of the mail server and our commit: one sender was killed.
  expect(ids.length - new Set(ids).size).toBeLessThanOrEqual(1);
}, 120_000);
