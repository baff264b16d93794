// node bench/espace.ts ADDRESS DATABASE_URL [REQUESTS]: what row-level security costs on lists and figures, and the
// time of the page of each role, on a running Maillage with the demonstration (and whatever else it holds).
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { listStructuresRetenues } from '../src/candidatures/store.ts';
import { endosser } from '../src/platform/database/acteur.ts';
import { connectDatabase, type Database } from '../src/platform/database/index.ts';
import { getChiffres, listChiffres } from '../src/statistiques/store.ts';
import { adressesDe } from './base.ts';

const [adresse = 'http://127.0.0.1:3000', url = '', count = '100'] = process.argv.slice(2);

const mesurer = async (nom: string, travail: () => Promise<unknown>): Promise<void> => {
  const times: number[] = [];
  for (let index = 0; index < Number(count) + 10; index += 1) {
    const started = performance.now();
    await travail();
    if (index >= 10) times.push(performance.now() - started);
  }
  times.sort((left, right) => left - right);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(2).padStart(7);
  console.log(`p50 ${at(0.5)} ms, p95 ${at(0.95)} ms: ${nom}`);
};

const proprietaire = connectDatabase({ proprietaire: url }, 'proprietaire', 1);
const application = connectDatabase(await adressesDe(url), 'application', 1);
const { rows } = await sql<{ courriel: string; personne: string; attribution: string; role: string }>`
  select distinct on (personne.id) courriel, personne.id as personne, attribution.id as attribution, role
  from personne join attribution on attribution.personne_id = personne.id
  where 'demo' = any (personne.sources) order by personne.id, attribution.du, attribution.id`.execute(
  proprietaire,
);

const queries: readonly (readonly [string, (db: Database) => Promise<unknown>])[] = [
  ['figures of France', (db) => getChiffres(db)],
  ['figures by département', (db) => listChiffres(db, 'departement')],
  ['structures of the Aisne', (db) => listStructuresRetenues(db, { departement: '02' })],
  ...['structure', 'lieu', 'decision', 'decision_ligne', 'engagement', 'seance'].map(
    (table) =>
      [
        `count of ${table}`,
        (db: Database) => sql`select count(*) from ${sql.table(table)}`.execute(db),
      ] as const,
  ),
];
for (const [nom, query] of queries) {
  // Who owns the tables passes the wall by.
  await mesurer(`${nom}, without the wall`, () => proprietaire.transaction().execute(query));
  for (const role of ['instructeur', 'gestionnaire', 'administrateur']) {
    const who = rows.find((row) => row.role === role);
    if (who === undefined) continue;
    await application.transaction().execute(async (transaction) => {
      await endosser(transaction, who.personne, who.attribution);
      await mesurer(`${nom}, as ${role}`, () => query(transaction));
    });
  }
}
for (const { personne, courriel, role } of rows) {
  const entered = await fetch(`${adresse}/demonstration/entrer`, {
    method: 'POST',
    body: new URLSearchParams({ personne }),
    headers: { Origin: adresse },
    redirect: 'manual',
  });
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  await mesurer(`/espace, ${role} (${courriel})`, async () => {
    const response = await fetch(`${adresse}/espace`, { headers: { Cookie: cookie } });
    if (response.status !== 200) throw new Error(`/espace answers ${response.status}`);
    await response.arrayBuffer();
  });
}
await Promise.all([proprietaire.destroy(), application.destroy()]);
