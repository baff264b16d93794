import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { chargerDemoAuPremierDemarrage } from '../demo/index.ts';
import { avertirDeLaCle } from '../platform/cle.ts';
import { systemClock } from '../platform/clock.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { ecouterChangements, sansChangements } from '../platform/database/changements.ts';
import { type Adresses, connectDatabase, openPool } from '../platform/database/index.ts';
import { ouvrirSession, type Session } from '../platform/database/session.ts';
import { depotAbsent } from '../platform/fichiers/index.ts';
import { themeAbsent } from '../platform/http/assets.ts';
import { type Resultat, refuser, reussi } from '../platform/result.ts';
import { declarerTaches } from '../platform/taches.ts';
import { preparerArchive } from '../vitrine/index.ts';
import { creerApplication } from './application.tsx';
import { ouvrirArrierePlan } from './arriere-plan.ts';
import { preparerBase, systeme } from './base.ts';
import { taches } from './rooms.ts';

const dire = (texte: string): void => {
  process.stdout.write(`${texte}\n`);
};

const echouer = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

type Porte = { readonly server: Server; readonly adresse: string; readonly ouvrir: (app: Hono) => void };

/** Listens at once, and answers 503 until the application is there: a busy port is known before any work. */
const ecouter = (config: Config): Promise<Resultat<Porte, 'port'>> =>
  new Promise((resolve) => {
    let app: Hono | undefined;
    const waiting = () =>
      Response.json(
        { etat: 'indisponible', base: 'en préparation' },
        { status: 503, headers: { 'Retry-After': '5', 'Cache-Control': 'no-store' } },
      );
    const server = createServer(
      getRequestListener((request, env) => (app ? app.fetch(request, env) : waiting())),
    );
    server.once('error', (error) => {
      const reason = 'code' in error && error.code === 'EADDRINUSE' ? 'il est déjà utilisé' : error.message;
      resolve(
        refuser(
          'port',
          `Le port ${config.port} ne peut pas être ouvert : ${reason}. Choisissez-en un autre avec PORT.`,
        ),
      );
    });
    server.listen(config.port, config.hote, () => {
      const bound = server.address();
      const port = bound !== null && typeof bound === 'object' ? bound.port : config.port;
      const hote = config.hote === '0.0.0.0' || config.hote === '::' ? 'localhost' : config.hote;
      const ouvrir = (ready: Hono): void => {
        app = ready;
      };
      resolve(reussi({ server, adresse: config.url ?? `http://${hote}:${port}`, ouvrir }));
    });
  });

type Preparee = { readonly migrations: number; readonly adresses: Adresses };

const preparer = async (
  config: Config,
  session: Session,
  adresse: string,
): Promise<Resultat<Preparee, string>> => {
  const place = await session.servir();
  if (!place.ok) return place;
  const prepared = await preparerBase(session.url, config);
  if (!prepared.ok) return prepared;
  if (config.demo) {
    const db = connectDatabase(prepared.valeur.adresses, 'operateur', 2);
    try {
      await declarerTaches(db, taches);
      const loaded = await chargerDemoAuPremierDemarrage(db, systeme, { adresse, clock: systemClock });
      if (!loaded.ok) return loaded;
      if (loaded.valeur)
        dire('Démonstration chargée : l’Aisne de mars 2021 (MAILLAGE_DEMO=non pour démarrer à vide).');
    } finally {
      await db.destroy();
    }
  }
  return reussi({ migrations: prepared.valeur.migrations.length, adresses: prepared.valeur.adresses });
};

const heure = 3_600_000;
/** In France, when nobody reads. */
const heureDeNuit = 3;

/**
 * Does a work every night, in each process: the archive stands in its memory, where a job of all would make it for one.
 * One that fails is done by whoever needs it in the day.
 */
const chaqueNuit = (travail: () => Promise<void>): void => {
  const now = systemClock().toZonedDateTimeISO('Europe/Paris');
  const today = now.with({ hour: heureDeNuit, minute: 0, second: 0 });
  const next = today.epochMilliseconds > now.epochMilliseconds ? today : today.add({ days: 1 });
  setTimeout(() => {
    travail().catch(() => undefined);
    setTimeout(() => chaqueNuit(travail), heure).unref();
  }, next.epochMilliseconds - now.epochMilliseconds).unref();
};

/** Starts everything, serves, and ends everything when told to. */
export const demarrer = async (): Promise<void> => {
  const config = readConfig(process.env);
  if (!config.ok) return echouer(config.message);
  const absent = themeAbsent(config.valeur.theme) ?? depotAbsent(config.valeur);
  if (absent !== null) return echouer(absent);
  const porte = await ecouter(config.valeur);
  if (!porte.ok) return echouer(porte.message);
  const { server, adresse, ouvrir } = porte.valeur;

  let session: Session | undefined;
  let arrierePlan: Awaited<ReturnType<typeof ouvrirArrierePlan>> | undefined;
  let ending = false;
  const finir = async (code: number): Promise<void> => {
    if (ending) return;
    ending = true;
    // Whatever hangs, the process is gone in time.
    setTimeout(() => process.exit(code || 1), 9_000).unref();
    server.close();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
    server.closeIdleConnections();
    // A first start may still be opening the database: it is stopped as soon as it is open.
    const opened = session ?? (await opening.then((result) => (result.ok ? result.valeur : undefined)));
    await arrierePlan?.fermer();
    await opened?.fermer(true);
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void finir(0));
  // The launcher was killed: nobody could stop this server any more.
  process.on('disconnect', () => void finir(0));

  const opening = ouvrirSession(config.valeur);
  const opened = await opening;
  if (!opened.ok) return echouer(opened.message);
  session = opened.valeur;
  const prepared = await preparer(config.valeur, session, adresse).catch((error: unknown) => {
    if (ending) return undefined;
    throw error;
  });
  if (prepared === undefined || ending) return;
  if (!prepared.ok) {
    await session.fermer();
    return echouer(prepared.message);
  }
  const { migrations, adresses } = prepared.valeur;
  const db = connectDatabase(adresses, 'publique', 10);
  const application = connectDatabase(adresses, 'application', 10);
  const acces = connectDatabase(adresses, 'acces', 10);
  const changements = config.valeur.memoire ? await ecouterChangements(adresses) : sansChangements;
  arrierePlan = await ouvrirArrierePlan({
    config: config.valeur,
    adresses,
    adresse,
    publique: db,
  }).catch((error: unknown) => {
    if (ending) return undefined;
    throw error;
  });
  if (arrierePlan === undefined || ending) return;
  ouvrir(
    creerApplication({
      config: config.valeur,
      adresse: () => adresse,
      db,
      application,
      acces,
      changements,
      migrationsAttendues: migrations,
      santeTaches: arrierePlan.sante,
      limitesPartagees: openPool(adresses, 'acces', 4),
    }),
  );
  chaqueNuit(() => preparerArchive(db, adresse));
  const cle = avertirDeLaCle(config.valeur);
  if (cle !== undefined) dire(cle);
  dire(`Maillage est prêt : ${adresse} (données : ${session.ou}).`);
  await session.perdue;
  if (ending) return;
  process.stderr.write(
    'La base s’est arrêtée d’elle-même : le serveur s’arrête aussi. Relancez npm start.\n',
  );
  await finir(1);
};
