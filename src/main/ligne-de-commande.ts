import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import type { Outils } from '../platform/cli.ts';
import { systemClock } from '../platform/clock.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { restaurer, sauvegarder } from '../platform/database/backup.ts';
import { connectClient, connectDatabase } from '../platform/database/index.ts';
import { readMigrations } from '../platform/database/migrate.ts';
import { ouvrirSession, type Session } from '../platform/database/session.ts';
import { nombre } from '../platform/francais/index.ts';
import { enRefus, exiger, type Resultat, refuser, reussi } from '../platform/result.ts';
import { declarerTaches } from '../platform/taches.ts';
import { preparerBase } from './base.ts';
import { commandesDuJournal } from './commandes-journal.ts';
import { commandes, taches } from './rooms.ts';

/** Sentences for what commander refuses; its own are in English. */
const enFrancais = (error: CommanderError): string => {
  const named = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.unknownOption':
      return `L’option « ${named} » n’existe pas.`;
    case 'commander.unknownCommand':
      return `La commande « ${named} » n’existe pas.`;
    case 'commander.missingArgument':
      return `Il manque l’argument « ${named} ».`;
    case 'commander.missingMandatoryOptionValue':
      return `Il manque l’option « ${named} ».`;
    case 'commander.optionMissingArgument':
      return `L’option « ${named} » attend une valeur.`;
    case 'commander.help':
      return 'Précisez la commande.';
    case 'commander.excessArguments':
      return 'Il y a trop d’arguments.';
    case 'commander.conflictingOption':
      return 'Deux de ces options ne vont pas ensemble.';
    case 'commander.invalidArgument': {
      const allowed = /Allowed choices are (.+)\.$/.exec(error.message)?.[1];
      const value = /argument '([^']*)' is invalid/.exec(error.message)?.[1] ?? '';
      const said = /is invalid\. (.+)$/.exec(error.message)?.[1] ?? '';
      return `La valeur « ${value} » n’est pas acceptée. ${allowed === undefined ? said : `Valeurs possibles : ${allowed}.`}`;
    }
    default:
      return error.message;
  }
};

const ecrireOctets = (octets: string | Uint8Array): void => {
  process.stdout.write(octets);
};

const outilsOf = (config: Config): Outils => ({
  config,
  clock: systemClock,
  adresse: config.url ?? `http://localhost:${config.port}`,
  ecrire: (texte) => ecrireOctets(`${texte}\n`),
  ecrireOctets,
  dire: (texte) => void process.stderr.write(`${texte}\n`),
  progres: (texte) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${texte}`);
  },
  avecBase: (travail) =>
    avecSession(config, async (session) => {
      const { adresses } = exiger(await preparerBase(session.url, config));
      const db = connectDatabase(adresses, 'operateur', 4);
      const acces = connectDatabase(adresses, 'acces', 2);
      try {
        // An act may ask for a job though no server has started yet.
        await declarerTaches(db, taches);
        return await travail({
          db,
          acces,
          acteur: { identifiant: `operateur:${config.operateur}`, role: 'operateur' },
        });
      } finally {
        await Promise.all([db.destroy(), acces.destroy()]);
      }
    }),
});

const avecSession = async <Valeur>(
  config: Config,
  travail: (session: Session) => Promise<Valeur>,
): Promise<Valeur> => {
  const session = exiger(await ouvrirSession(config));
  try {
    return await travail(session);
  } finally {
    await session.fermer();
  }
};

const commandesDeSauvegarde = (programme: Command, outils: Outils): void => {
  programme
    .command('sauvegarder')
    .description('Écrire une sauvegarde complète et cohérente de la base, même pendant qu’elle sert')
    .argument('<fichier>', 'fichier à écrire')
    .action((fichier: string) =>
      avecSession(outils.config, async (session) => {
        exiger(await preparerBase(session.url, outils.config));
        const client = await connectClient({ proprietaire: session.url }, 'proprietaire');
        try {
          const { tables, lignes } = await sauvegarder(client, fichier, outils.clock().toString());
          outils.ecrire(
            `Sauvegarde écrite dans ${fichier} : ${nombre(tables)} tables, ${nombre(lignes)} lignes.`,
          );
        } finally {
          await client.end();
        }
      }),
    );
  programme
    .command('restaurer')
    .description('Restaurer une sauvegarde dans une base vide')
    .argument('<fichier>', 'fichier de sauvegarde')
    .option('--remplacer', 'effacer d’abord ce que la base contient')
    .action((fichier: string, options: { remplacer?: boolean }) =>
      avecSession(outils.config, async (session) => {
        const client = await connectClient({ proprietaire: session.url }, 'proprietaire');
        try {
          const { tables, lignes } = exiger(
            await restaurer(client, fichier, await readMigrations(), {
              remplacer: options.remplacer === true,
            }),
          );
          outils.ecrire(`Sauvegarde restaurée : ${nombre(tables)} tables, ${nombre(lignes)} lignes.`);
        } finally {
          await client.end();
        }
      }),
    );
};

const creerProgramme = (outils: Outils): Command => {
  const programme = new Command('maillage')
    .description('Maillage en ligne de commande : importer, annoncer, compter, sauvegarder')
    .helpOption('-h, --aide', 'montrer cette aide')
    .helpCommand(false)
    .configureHelp({
      styleTitle: (title) =>
        ({
          'Usage:': 'Usage :',
          'Options:': 'Options :',
          'Commands:': 'Commandes :',
          'Arguments:': 'Arguments :',
        })[title] ?? title,
    })
    .configureOutput({ outputError: () => undefined })
    .enablePositionalOptions()
    .exitOverride();
  for (const declarer of commandes) declarer(programme, outils);
  commandesDeSauvegarde(programme, outils);
  commandesDuJournal(programme, outils);
  const inherit = (command: Command): void => {
    for (const child of command.commands) {
      child.copyInheritedSettings(command).helpCommand(false);
      inherit(child);
    }
  };
  inherit(programme);
  return programme;
};

const lancer = async (config: Config, args: readonly string[]): Promise<Resultat<undefined>> => {
  try {
    const programme = creerProgramme(outilsOf(config));
    if (args.length === 0) ecrireOctets(programme.helpInformation());
    else await programme.parseAsync([...args], { from: 'user' });
    return reussi(undefined);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return reussi(undefined);
    const named = args.slice(0, 2).filter((arg) => /^[a-z]+$/.test(arg));
    return refuser('usage', `${enFrancais(error)} Voyez « maillage ${[...named, '--aide'].join(' ')} ».`);
  }
};

/** A fault: the person gets a number to give, the operator the details in a file. */
const panne = (config: Config, error: unknown): string => {
  const incident = randomUUID().slice(0, 8);
  const file = join(config.dossier, 'incidents.log');
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  try {
    mkdirSync(config.dossier, { recursive: true });
    appendFileSync(file, `${JSON.stringify({ incident, cause })}\n`, { mode: 0o600 });
  } catch {
    return `Une erreur inattendue est survenue (incident ${incident}) : ${error instanceof Error ? error.message : cause}`;
  }
  return `Une erreur inattendue est survenue : rien n’a été enregistré à moitié. Incident ${incident}, détaillé dans ${file}.`;
};

/** Runs the command line; gives the exit code. A refusal is one sentence on standard error, a fault an incident number. */
export const executer = async (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> => {
  const config = readConfig(env);
  const fini = config.ok
    ? await enRefus(() => lancer(config.valeur, args)).catch((error: unknown) =>
        refuser('panne', panne(config.valeur, error)),
      )
    : config;
  if (fini.ok) return 0;
  process.stderr.write(`${fini.message}\n`);
  return 1;
};
