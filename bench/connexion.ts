// node bench/connexion.ts DATABASE_URL [TIMES]: signs in by magic link and by OpenID Connect, from the first button to
// the first page of one's own, over HTTP, one after the other, against a provider on this machine. Starts the server
// itself; makes its own people. The demand of a link lasts 250 ms on purpose: it is given apart.
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { ouvrirFournisseur, sIdentifier } from '../tests/acces/fournisseur.ts';
import { demarrer } from '../tests/processus.ts';
import { type Visite, visiter } from '../tests/visite.ts';

const [databaseUrl, times = '200'] = process.argv.slice(2);
if (databaseUrl === undefined) throw new Error('node bench/connexion.ts DATABASE_URL [TIMES]');
const nombre = Number(times);
/** The first ones warm the program up. */
const rodage = 10;

const courriel = (rang: number): string => `bench-${rang}@maillage.example`;
const rangs = Array.from({ length: nombre + rodage }, (_, rang) => rang);
const fournisseur = await ouvrirFournisseur(
  Object.fromEntries(rangs.map((rang) => [String(rang), { email: courriel(rang), email_verified: true }])),
);
const { emetteur, client, secret } = fournisseur.reglages;
const server = await demarrer({
  DATABASE_URL: databaseUrl,
  MAILLAGE_OIDC_EMETTEUR: emetteur,
  MAILLAGE_OIDC_CLIENT: client,
  MAILLAGE_OIDC_SECRET: secret,
  MAILLAGE_CLE: 'une clé de mesure, connue de tous, qui ne garde rien',
  // Each sign-in comes from an address of its own: limits by address are not what is measured.
  MAILLAGE_MANDATAIRES: '1',
});
fournisseur.brancher(server.adresse);
const db = new pg.Client({ connectionString: databaseUrl });
await db.connect();

/** A visitor whose every request comes from one address, not that of another. */
const visiteur = (rang: number): Visite => {
  const visite = visiter(server);
  const entetes = { 'X-Forwarded-For': `10.${rang >> 16}.${(rang >> 8) & 255}.${rang & 255}` };
  return {
    ...visite,
    lire: (chemin) => visite.lire(chemin, entetes),
    envoyer: (chemin, champs) => visite.envoyer(chemin, champs, entetes),
  };
};

const exiger = async (response: Response, statut: number): Promise<Response> => {
  if (response.status !== statut)
    throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  await response.clone().arrayBuffer();
  return response;
};
const minute = async (travail: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await travail();
  return performance.now() - started;
};
const dire = (nom: string, temps: readonly number[]): void => {
  const sorted = temps.slice(rodage).sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  console.log(`${nom}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (${sorted.length} times)`);
};

try {
  await db.query(`delete from personne where courriel like 'bench-%@maillage.example'`);
  await db.query(
    `insert into personne (courriel, prenom, nom) select unnest($1::text[]), 'Mesure', 'Maillage'`,
    [rangs.map(courriel)],
  );
  const demandes: number[] = [];
  const liens: number[] = [];
  for (const rang of rangs) {
    const visite = visiteur(rang);
    demandes.push(
      await minute(async () => exiger(await visite.envoyer('/connexion', { courriel: courriel(rang) }), 303)),
    );
    const { rows } = await db.query<{ lien_secret: string }>(
      'select lien_secret from courriel where destinataire = $1 order by cree_le desc limit 1',
      [courriel(rang)],
    );
    const { pathname } = new URL(rows[0]?.lien_secret ?? '');
    liens.push(
      await minute(async () => {
        await exiger(await visite.lire(pathname), 200);
        await exiger(await visite.envoyer(pathname), 303);
        await exiger(await visite.lire('/espace'), 200);
      }),
    );
  }
  dire('magic link, demand (250 ms on purpose)', demandes);
  dire('magic link, from the mail to one’s own page', liens);

  const entiers: number[] = [];
  const notres: number[] = [];
  for (const rang of rangs) {
    const visite = visiteur(rang);
    let chez = 0;
    const whole = await minute(async () => {
      const left = await exiger(await visite.envoyer('/connexion/oidc'), 200);
      const depart = /url=(.*)$/.exec(left.headers.get('Refresh') ?? '')?.[1] ?? '';
      let retour = '';
      chez = await minute(async () => {
        retour = await sIdentifier(depart, String(rang));
      });
      await exiger(await visite.lire(retour.slice(server.adresse.length)), 302);
      await exiger(await visite.lire('/espace'), 200);
    });
    entiers.push(whole);
    notres.push(whole - chez);
  }
  dire('OpenID Connect, from the button to one’s own page', entiers);
  dire('OpenID Connect, without the pages of the provider', notres);
} finally {
  await db.query(`delete from personne where courriel like 'bench-%@maillage.example'`);
  await db.end();
  server.child.kill('SIGTERM');
  await server.ended;
  await fournisseur.fermer();
}
