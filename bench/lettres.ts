// node bench/lettres.ts DATABASE_URL [FILES]: the letters of a session, from its closing to the last one kept, by the
// server that works on this database (start it first, with MAILLAGE_DEMO=non, on a database of its own). Over all the
// départements; nothing is undone.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { lireAvancement } from '../src/candidatures/notification/store.ts';
import { connectDatabase } from '../src/platform/database/index.ts';
import { ouvrirModules } from '../src/platform/modules.fixtures.ts';
import { adressesDe } from './base.ts';

type Fixtures = typeof import('../src/candidatures/notification/notification.fixtures.ts');
type Comite = typeof import('../src/candidatures/comite/comite.fixtures.ts');
type Programme = typeof import('../src/programme/index.ts');

const [url, nombre = '1450'] = process.argv.slice(2);
if (url === undefined) throw new Error('usage: node bench/lettres.ts DATABASE_URL [FILES]');
const { lire, fermer } = await ouvrirModules();
const { clore, semerDeliberations } = await lire<Fixtures>(
  '/src/candidatures/notification/notification.fixtures.ts',
);
const { operateur } = await lire<Comite>('/src/candidatures/comite/comite.fixtures.ts');
const { installerProgramme } = await lire<Programme>('/src/programme/index.ts');

const db = connectDatabase(await adressesDe(url), 'operateur', 4);
await installerProgramme(db, operateur);
const { n } = await db
  .selectFrom('seance')
  .select((eb) => eb.fn.countAll<number>().as('n'))
  .executeTakeFirstOrThrow();
const rang = Number(n) + 1;
const { seance } = await semerDeliberations(
  { db },
  { nombre: Number(nombre), rang, departements: [], seule: true },
);
// A mail for each letter.
await sql`
  update candidature set saisie = jsonb_build_object('contact_courriel', 'contact-' || numero || '@exemple.fr')`.execute(
  db,
);
const debut = performance.now();
await clore({ db }, seance);
const close = performance.now();
let vues = -1;
for (;;) {
  const { lettres, lettresFaites, procesVerbal } = await lireAvancement(db, seance);
  const duree = (performance.now() - close) / 1000;
  if (lettresFaites - vues >= 250 || lettresFaites === lettres) {
    vues = lettresFaites;
    process.stdout.write(
      `${duree.toFixed(1).padStart(6)} s  ${lettresFaites} of ${lettres} letters, minutes ${procesVerbal ? 'made' : 'awaited'}\n`,
    );
  }
  if (lettresFaites === lettres && procesVerbal) break;
  await sleep(200);
}
process.stdout.write(
  `closing ${((close - debut) / 1000).toFixed(1)} s, letters ${((performance.now() - close) / 1000).toFixed(1)} s\n`,
);
await db.destroy();
await fermer();
