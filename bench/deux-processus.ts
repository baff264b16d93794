// node bench/deux-processus.ts DATABASE_URL [MINUTES]: two servers on one database that holds the demonstration, written
// to without rest; every ten seconds one of them is killed and started again. Says what was acknowledged, and that none
// of it was lost or done twice. Use a throw-away database.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { charger, type Personne } from '../tests/deux-processus.fixtures.ts';
import { demarrer } from '../tests/processus.ts';

const [databaseUrl, minutes = '5'] = process.argv.slice(2);
if (databaseUrl === undefined) throw new Error('node bench/deux-processus.ts DATABASE_URL [MINUTES]');
const db = new pg.Client({ connectionString: databaseUrl });
await db.connect();
const personnes = (
  await db.query<Personne>(`select id, courriel from personne where sources = '{demo}' order by id`)
).rows;
if (personnes.length === 0) throw new Error('this database does not hold the demonstration');
const compter = async (requete: string): Promise<number> =>
  Number((await db.query<{ n: string }>(requete)).rows[0]?.n ?? 0);

const ports = ['4711', '4712'];
const env = {
  DATABASE_URL: databaseUrl,
  MAILLAGE_DEMONSTRATION_OUVERTE: 'oui',
  MAILLAGE_MANDATAIRES: '1',
  MAILLAGE_CLE: 'une clé de mesure, connue de tous, qui ne garde rien',
};
const lancer = (port: string) => demarrer({ ...env, PORT: port }, 'serveur');
const serveurs = await Promise.all(ports.map(lancer));
const sessionsAvant = await compter('select count(*) n from session');

const stop = new AbortController();
const load = charger(
  serveurs.map(({ adresse }) => adresse),
  personnes,
  { ouvriers: 6, arret: stop.signal },
);
const fin = Date.now() + Number(minutes) * 60_000;
let morts = 0;
for (let rang = 0; Date.now() < fin; rang = 1 - rang) {
  await sleep(10_000);
  const victime = serveurs[rang];
  victime?.child.kill('SIGKILL');
  await victime?.ended;
  morts += 1;
  serveurs[rang] = await lancer(ports[rang] ?? '');
}
stop.abort();
const { secrets, liens, perdues } = await load;
for (const { child, ended } of serveurs) {
  child.kill('SIGTERM');
  await ended;
}
const empreintes = secrets.map((secret) => createHash('sha256').update(secret).digest());
const gardees = await db.query('select from session where empreinte = any ($1)', [empreintes]);
const sessions = (await compter('select count(*) n from session')) - sessionsAvant;
const lignes = await compter(`select count(*) n from journal where acte = 'acces.connexion'`);
const toutes = await compter('select count(*) n from session');
process.stdout.write(
  [
    `${minutes} min, ${morts} kills: ${secrets.length} sign-ins and ${liens} links acknowledged, ${perdues} requests without an answer`,
    `sessions kept: ${gardees.rowCount} of ${secrets.length}; written in all: ${sessions}`,
    `lines of the journal: ${lignes} for ${toutes} sessions`,
    gardees.rowCount === secrets.length && lignes === toutes ? 'nothing lost, nothing twice' : 'FAILED',
    '',
  ].join('\n'),
);
await db.end();
