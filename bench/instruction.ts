// node bench/instruction.ts DATABASE_URL [FILES] [ROUNDS] [ADDRESS]: the table of a préfecture over HTTP, as an
// administrator who sees FILES applications (20 000), each filter × order × first and last page asked ROUNDS times; then
// the page of one file, as an agent of its département. On a running Maillage with the demonstration, whose database it
// fills: a throw-away one.
import { createHash, randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { semerCandidatures, semerVague } from '../src/candidatures/candidatures.fixtures.ts';
import { listeInstruction } from '../src/candidatures/instruction/liste.ts';
import { connectClient, connectDatabase } from '../src/platform/database/index.ts';
import { adressesDe } from './base.ts';

const [url = '', fichiers = '20000', tours = '5', adresse = 'http://127.0.0.1:3000'] = process.argv.slice(2);

const db = connectDatabase(await adressesDe(url), 'operateur', 2);
const owner = await connectClient({ proprietaire: url }, 'proprietaire');
const { rows: deja } = await owner.query<{ nombre: number }>(
  'select count(*)::integer as nombre from instruction',
);
const reste = Number(fichiers) - (deja[0]?.nombre ?? 0);
if (reste > 0) {
  const vague = await semerVague(db, { rang: 9_000 + Math.floor(Math.random() * 1_000_000) });
  await semerCandidatures(db, vague, { nombre: reste, avis: true });
  await sql`update candidature set priorites = '{Espaces France Services}' where numero % 4 = 0`.execute(db);
}
await owner.query('vacuum analyze');

/** The cookie of somebody who holds a role; `ou`: where, in the words of a query. */
const entrer = async (role: string, ou = 'true'): Promise<string> => {
  const { rows } = await owner.query<{ personne: string; attribution: string }>(
    `select personne_id as personne, id as attribution from attribution where role = $1 and ${ou} order by id limit 1`,
    [role],
  );
  const [agent] = rows;
  if (agent === undefined) throw new Error(`load the demonstration first: no ${role}`);
  const secret = randomBytes(32).toString('base64url');
  await owner.query(
    `insert into session (empreinte, personne_id, attribution_id, moyen, appareil, expire_le, inactivite)
     values ($1, $2, $3, 'demonstration', 'mesure', now() + interval '1 hour', '1 hour')`,
    [createHash('sha256').update(secret).digest(), agent.personne, agent.attribution],
  );
  return `maillage=${secret}`;
};
const administrateur = await entrer('administrateur');

const demander = async (
  query: URLSearchParams,
  suite = '',
  cookie = administrateur,
): Promise<{ readonly ms: number; readonly html: string }> => {
  const started = performance.now();
  const response = await fetch(`${adresse}/prefecture/candidatures${suite}?${query}`, {
    headers: { Cookie: cookie },
  });
  const html = await response.text();
  if (response.status !== 200) throw new Error(`${suite}?${query} answers ${response.status}`);
  return { ms: performance.now() - started, html };
};
const valeurDe: Readonly<Record<string, () => Promise<string>>> = {
  vague: async () =>
    (
      await owner.query<{ id: string }>(
        'select vague_id as id from instruction group by 1 order by count(*) desc limit 1',
      )
    ).rows[0]?.id ?? '',
  etat: async () => 'instruite',
  avis: async () => 'favorable',
  agent: async () => 'personne',
  texte: async () => 'structure',
};

const all: { readonly ms: number; readonly quoi: string }[] = [];
const mesurer = async (nom: string, filtre: Readonly<Record<string, string>>): Promise<void> => {
  const times: number[] = [];
  const { html } = await demander(new URLSearchParams(filtre));
  const pages = Math.max(
    1,
    Number(/page \d+ sur ([\d\u202f]+)/.exec(html)?.[1]?.replaceAll('\u202f', '') ?? '1'),
  );
  for (const [champ, { tri }] of Object.entries(listeInstruction.champs)) {
    if (tri === undefined) continue;
    for (const ordre of [champ, `-${champ}`])
      for (const page of new Set([1, pages]))
        for (let tour = 0; tour < Number(tours); tour += 1) {
          const { ms } = await demander(new URLSearchParams({ ...filtre, tri: ordre, page: String(page) }));
          times.push(ms);
          all.push({ ms, quoi: `${nom}, ${ordre}, page ${page}` });
        }
  }
  times.sort((left, right) => left - right);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1).padStart(6);
  console.log(`p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, last page ${pages}: ${nom}`);
};

for (let tour = 0; tour < 20; tour += 1) await demander(new URLSearchParams());
await mesurer('no filter', {});
for (const [nom, { exemple }] of Object.entries(listeInstruction.filtres))
  await mesurer(nom, { [nom]: (await valeurDe[nom]?.()) ?? exemple });
all.sort((left, right) => left.ms - right.ms);
const p95 = all[Math.floor(all.length * 0.95)]?.ms ?? 0;
console.log(
  `all ${all.length} requests: p95 ${p95.toFixed(1)} ms, slowest ${all.at(-1)?.ms.toFixed(1)} ms (${all.at(-1)?.quoi})`,
);

const agent = await entrer('instructeur', `departement_code = '02'`);
const { rows: fiches } = await owner.query<{ id: string }>(
  `select candidature_id as id from instruction where departement_code = '02' order by candidature_id limit 20`,
);
const times: number[] = [];
for (let tour = -1; tour < Number(tours); tour += 1)
  for (const { id } of fiches) {
    const { ms } = await demander(new URLSearchParams(), `/${id}`, agent);
    if (tour >= 0) times.push(ms);
  }
times.sort((left, right) => left - right);
console.log(
  `${times.length} pages of files of the Aisne, as an agent: p50 ${times[Math.floor(times.length / 2)]?.toFixed(1)} ms, p95 ${times[Math.floor(times.length * 0.95)]?.toFixed(1)} ms`,
);
await Promise.all([db.destroy(), owner.end()]);
