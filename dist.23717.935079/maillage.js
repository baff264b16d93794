import { B as enRefus, C as ouvrirSession, D as readConfig, G as instantLong, H as refuser, J as connectDatabase, K as nombre, U as reussi, V as exiger, W as pluriel, Y as databaseError, a as readMigrations, i as migrate, j as systemClock, o as commandes, q as connectClient, r as appliedMigrations, t as preparerBase, u as verifierJournal } from "./base-BcE-rhse.js";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { appendFileSync, createReadStream, createWriteStream, mkdirSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { pipeline } from "node:stream/promises";
import { from, to } from "pg-copy-streams";
import { createGunzip, createGzip } from "node:zlib";
// src/platform/database/backup.ts
var format = "maillage-sauvegarde";
var enTete = z.object({
	format: z.literal(format),
	version: z.literal(1),
	migration: z.int().min(1),
	faite_le: z.string()
});
var section = z.object({
	table: z.string().regex(/^[a-z_]+$/),
	colonnes: z.array(z.string().regex(/^[a-z_0-9]+$/)).min(1)
});
var fin = z.object({
	fin: z.literal(true),
	tables: z.int(),
	lignes: z.int()
});
/**
* The tables in an order that foreign keys accept, with their columns and primary keys; the list of migrations and what
* PostgreSQL may lose (unlogged counts) aside.
*/
var listTables = async (client) => {
	const tables = await client.query(`
    select c.relname as nom,
      array(select attname::text from pg_attribute a where a.attrelid = c.oid and attnum > 0 and not attisdropped
        and attgenerated = ''
        -- The number of a transaction means nothing on another server.
        and atttypid <> 'xid8'::regtype order by attnum) as colonnes,
      array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary order by array_position(i.indkey::int2[], a.attnum)) as cle,
      array(select distinct confrelid::regclass::text from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as depend
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and c.relname <> 'migration'
    order by c.relname`);
	const ordered = [];
	const pending = [...tables.rows];
	while (pending.length > 0) {
		const index = pending.findIndex(({ depend }) => depend.every((other) => !pending.some(({ nom }) => nom === other)));
		const [next] = pending.splice(index, 1);
		if (index < 0 || !next) throw new Error("foreign keys form a circle");
		ordered.push(next);
	}
	return ordered;
};
var quoted = (names) => names.map((name) => `"${name}"`).join(", ");
/**
* Writes everything the database holds to a compressed file, as of one instant, while others go on working. The file
* takes its name only when whole. Gives the number of tables and rows.
*/
var sauvegarder = async (client, chemin, instant) => {
	const draft = `${chemin}.partiel`;
	const gzip = createGzip();
	const written = pipeline(gzip, createWriteStream(draft, { mode: 384 }));
	written.catch(() => void 0);
	const write = async (text) => {
		if (!gzip.write(text)) await Promise.race([once(gzip, "drain"), written]);
	};
	let lignes = 0;
	try {
		await client.query("begin transaction isolation level repeatable read read only");
		const tables = await listTables(client);
		const migration = (await appliedMigrations(client)).at(-1)?.numero ?? 0;
		await write(`${JSON.stringify({
			format,
			version: 1,
			migration,
			faite_le: instant
		})}\n`);
		for (const { nom, colonnes, cle } of tables) {
			await write(`${JSON.stringify({
				table: nom,
				colonnes
			})}\n`);
			const order = cle.length > 0 ? ` order by ${quoted(cle)}` : "";
			const rows = client.query(to(`copy (select ${quoted(colonnes)} from "${nom}"${order}) to stdout`));
			for await (const chunk of rows) await write(chunk);
			lignes += rows.rowCount ?? 0;
			await write("\\.\n");
		}
		await write(`${JSON.stringify({
			fin: true,
			tables: tables.length,
			lignes
		})}\n`);
		gzip.end();
		await written;
		await client.query("commit");
		await rename(draft, chemin);
		return {
			tables: tables.length,
			lignes
		};
	} catch (error) {
		gzip.destroy();
		await client.query("rollback").catch(() => void 0);
		await rm(draft, { force: true });
		throw error;
	}
};
/** The lines of a compressed file, split at the newline byte alone: a text may hold other separators. */
async function* readLines(chemin) {
	const unzipped = createGunzip();
	const source = createReadStream(chemin).on("error", (error) => unzipped.destroy(error));
	let rest = Buffer.alloc(0);
	for await (const chunk of source.pipe(unzipped)) {
		let start = 0;
		const data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
		for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, start)) {
			yield data.toString("utf8", start, end);
			start = end + 1;
		}
		rest = data.subarray(start);
	}
	if (rest.length > 0) yield rest.toString("utf8");
	return void 0;
}
var parseLine = (schema, line) => {
	try {
		return schema.parse(JSON.parse(line ?? ""));
	} catch {
		return;
	}
};
var isEmpty = async (client) => {
	const found = await client.query(`select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'S')`);
	return Number(found.rows[0]?.count) === 0;
};
/**
* Brings back a backup into an empty database, or in the place of what there is when `remplacer`: all or nothing, in one
* transaction, then the migrations that came since. Refuses a database that is not empty, a file that is not a whole
* backup and one made by a newer Maillage.
*/
var restaurer = async (client, chemin, migrations, options) => {
	if (!options.remplacer && !await isEmpty(client)) return refuser("occupe", "La base n’est pas vide : rien n’a été restauré. Choisissez une base neuve, ou ajoutez --remplacer pour effacer ce qu’elle contient.");
	const broken = (detail) => refuser("fichier", `Le fichier ${chemin} n’est pas une sauvegarde complète de Maillage (${detail}) : rien n’a été restauré.`);
	const lines = readLines(chemin);
	let damaged = false;
	const next = async () => {
		try {
			return (await lines.next()).value;
		} catch {
			damaged = true;
			return;
		}
	};
	const header = parseLine(enTete, await next());
	if (!header) return broken("son début n’est pas reconnu");
	if (!migrations.some(({ numero }) => numero === header.migration)) return refuser("migrations", `Cette sauvegarde vient d’une version plus récente de Maillage (migration ${header.migration}) : restaurez-la avec cette version.`);
	await client.query("begin");
	const undo = async (refusal) => {
		await client.query("rollback");
		return refusal;
	};
	try {
		await client.query("drop schema public cascade");
		await client.query("create schema public");
		for (const migration of migrations.filter(({ numero }) => numero <= header.migration)) {
			await client.query(migration.sql);
			await client.query("insert into migration (numero, nom, empreinte) values ($1, $2, $3)", [
				migration.numero,
				migration.nom,
				migration.empreinte
			]);
		}
		let tables = 0;
		let lignes = 0;
		for (;;) {
			const line = await next();
			const end = parseLine(fin, line);
			if (end) {
				if (end.tables !== tables || end.lignes !== lignes) return undo(broken("il manque des lignes"));
				if (await next() !== void 0 || damaged) return undo(broken("il est coupé ou modifié"));
				break;
			}
			const table = parseLine(section, line);
			if (!table) return undo(broken("il est coupé ou modifié"));
			const loaded = await loadTable(client, table, next);
			if (loaded === void 0) return undo(broken("il est coupé ou modifié"));
			tables += 1;
			lignes += loaded;
		}
		await client.query("commit");
		const later = await migrate(client, migrations);
		return later.ok ? reussi({
			tables,
			lignes
		}) : later;
	} catch (error) {
		const kind = databaseError(error)?.code.slice(0, 2);
		if (kind === "22" || kind === "23") return undo(broken("ses données se contredisent"));
		await client.query("rollback");
		throw error;
	}
};
/**
* Copies the rows of one section; gives their number, or nothing when the file ends before the section does or names
* what the database does not have.
*/
var loadTable = async (client, { table, colonnes }, next) => {
	if ((await client.query(`select from pg_attribute where attrelid = to_regclass($1) and attname = any ($2::text[]) and attnum > 0`, [`public."${table}"`, colonnes])).rowCount !== colonnes.length) return void 0;
	await client.query(`alter table "${table}" disable trigger user`);
	const copy = client.query(from(`copy "${table}" (${quoted(colonnes)}) from stdin`));
	let failed = false;
	const copied = new Promise((resolve, reject) => {
		copy.once("finish", resolve).once("error", (error) => {
			failed = true;
			reject(error);
		});
	});
	copied.catch(() => void 0);
	const send = async (text) => {
		if (failed) return copied;
		await Promise.race([copied, new Promise((resolve) => copy.write(text, () => resolve()))]);
	};
	let count = 0;
	let piece = "";
	for (;;) {
		const line = await next();
		if (line === void 0) {
			if (failed) await copied;
			copy.destroy();
			await copied.catch(() => void 0);
			return;
		}
		if (line === "\\.") break;
		count += 1;
		piece += `${line}\n`;
		if (piece.length < 65536) continue;
		await send(piece);
		piece = "";
	}
	if (piece !== "") await send(piece);
	if (!failed) copy.end();
	await copied;
	await client.query(`alter table "${table}" enable trigger user`);
	const identity = await client.query(`select attname from pg_attribute where attrelid = $1::regclass and attidentity <> ''`, [table]);
	for (const { attname } of identity.rows) await client.query(`select setval(pg_get_serial_sequence($1, $2), max("${attname}")) from "${table}" having max("${attname}") is not null`, [table, attname]);
	return count;
};
// src/main/commandes-journal.ts
var commandesDuJournal = (programme, outils) => {
	programme.command("verifier").description("Vérifier que le journal est entier : chaque sceau est recalculé depuis ses lignes").option("--empreinte <empreinte>", "empreinte d’un sceau, notée plus tôt : elle doit encore y être").action(async ({ empreinte }) => {
		const { sceaux, scellees, enAttente, anomalies, dernier } = await outils.avecBase(({ db }) => verifierJournal(db, empreinte));
		outils.ecrire(`${pluriel(sceaux, "sceau", "sceaux")}, ${pluriel(scellees, "ligne scellée", "lignes scellées")} ; ${pluriel(enAttente, "ligne attend", "lignes attendent")} le prochain sceau.`);
		if (dernier) outils.ecrire(`Dernier sceau : n° ${nombre(dernier.numero)} du ${instantLong(dernier.instant)}, empreinte ${dernier.empreinte}`);
		for (const anomalie of anomalies) outils.ecrire(anomalie);
		if (anomalies.length > 0) exiger(refuser("journal", `Le journal a été modifié : ${pluriel(anomalies.length, "anomalie", "anomalies")}.`));
		outils.ecrire("Le journal est entier.");
	});
};
// src/main/ligne-de-commande.ts
/** Sentences for what commander refuses; its own are in English. */
var enFrancais = (error) => {
	const named = /'([^']+)'/.exec(error.message)?.[1] ?? "";
	switch (error.code) {
		case "commander.unknownOption": return `L’option « ${named} » n’existe pas.`;
		case "commander.unknownCommand": return `La commande « ${named} » n’existe pas.`;
		case "commander.missingArgument": return `Il manque l’argument « ${named} ».`;
		case "commander.missingMandatoryOptionValue": return `Il manque l’option « ${named} ».`;
		case "commander.optionMissingArgument": return `L’option « ${named} » attend une valeur.`;
		case "commander.help": return "Précisez la commande.";
		case "commander.excessArguments": return "Il y a trop d’arguments.";
		case "commander.conflictingOption": return "Deux de ces options ne vont pas ensemble.";
		case "commander.invalidArgument": {
			const allowed = /Allowed choices are (.+)\.$/.exec(error.message)?.[1];
			const value = /argument '([^']*)' is invalid/.exec(error.message)?.[1] ?? "";
			const said = /is invalid\. (.+)$/.exec(error.message)?.[1] ?? "";
			return `La valeur « ${value} » n’est pas acceptée. ${allowed === void 0 ? said : `Valeurs possibles : ${allowed}.`}`;
		}
		default: return error.message;
	}
};
var ecrireOctets = (octets) => {
	process.stdout.write(octets);
};
var outilsOf = (config) => ({
	config,
	clock: systemClock,
	adresse: config.url ?? `http://localhost:${config.port}`,
	ecrire: (texte) => ecrireOctets(`${texte}\n`),
	ecrireOctets,
	dire: (texte) => void process.stderr.write(`${texte}\n`),
	progres: (texte) => {
		if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${texte}`);
	},
	avecBase: (travail) => avecSession(config, async (session) => {
		const { adresses } = exiger(await preparerBase(session.url, config));
		const db = connectDatabase(adresses, "operateur", 4);
		const acces = connectDatabase(adresses, "acces", 2);
		try {
			return await travail({
				db,
				acces,
				acteur: {
					identifiant: `operateur:${config.operateur}`,
					role: "operateur"
				}
			});
		} finally {
			await Promise.all([db.destroy(), acces.destroy()]);
		}
	})
});
var avecSession = async (config, travail) => {
	const session = exiger(await ouvrirSession(config));
	try {
		return await travail(session);
	} finally {
		await session.fermer();
	}
};
var commandesDeSauvegarde = (programme, outils) => {
	programme.command("sauvegarder").description("Écrire une sauvegarde complète et cohérente de la base, même pendant qu’elle sert").argument("<fichier>", "fichier à écrire").action((fichier) => avecSession(outils.config, async (session) => {
		exiger(await preparerBase(session.url, outils.config));
		const client = await connectClient({ proprietaire: session.url }, "proprietaire");
		try {
			const { tables, lignes } = await sauvegarder(client, fichier, outils.clock().toString());
			outils.ecrire(`Sauvegarde écrite dans ${fichier} : ${nombre(tables)} tables, ${nombre(lignes)} lignes.`);
		} finally {
			await client.end();
		}
	}));
	programme.command("restaurer").description("Restaurer une sauvegarde dans une base vide").argument("<fichier>", "fichier de sauvegarde").option("--remplacer", "effacer d’abord ce que la base contient").action((fichier, options) => avecSession(outils.config, async (session) => {
		const client = await connectClient({ proprietaire: session.url }, "proprietaire");
		try {
			const { tables, lignes } = exiger(await restaurer(client, fichier, await readMigrations(), { remplacer: options.remplacer === true }));
			outils.ecrire(`Sauvegarde restaurée : ${nombre(tables)} tables, ${nombre(lignes)} lignes.`);
		} finally {
			await client.end();
		}
	}));
};
var creerProgramme = (outils) => {
	const programme = new Command("maillage").description("Maillage en ligne de commande : importer, annoncer, compter, sauvegarder").helpOption("-h, --aide", "montrer cette aide").helpCommand(false).configureHelp({ styleTitle: (title) => ({
		"Usage:": "Usage :",
		"Options:": "Options :",
		"Commands:": "Commandes :",
		"Arguments:": "Arguments :"
	})[title] ?? title }).configureOutput({ outputError: () => void 0 }).enablePositionalOptions().exitOverride();
	for (const declarer of commandes) declarer(programme, outils);
	commandesDeSauvegarde(programme, outils);
	commandesDuJournal(programme, outils);
	const inherit = (command) => {
		for (const child of command.commands) {
			child.copyInheritedSettings(command).helpCommand(false);
			inherit(child);
		}
	};
	inherit(programme);
	return programme;
};
var lancer = async (config, args) => {
	try {
		const programme = creerProgramme(outilsOf(config));
		if (args.length === 0) ecrireOctets(programme.helpInformation());
		else await programme.parseAsync([...args], { from: "user" });
		return reussi(void 0);
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return reussi(void 0);
		const named = args.slice(0, 2).filter((arg) => /^[a-z]+$/.test(arg));
		return refuser("usage", `${enFrancais(error)} Voyez « maillage ${[...named, "--aide"].join(" ")} ».`);
	}
};
/** A fault: the person gets a number to give, the operator the details in a file. */
var panne = (config, error) => {
	const incident = randomUUID().slice(0, 8);
	const file = join(config.dossier, "incidents.log");
	const cause = error instanceof Error ? error.stack ?? error.message : String(error);
	try {
		mkdirSync(config.dossier, { recursive: true });
		appendFileSync(file, `${JSON.stringify({
			incident,
			cause
		})}\n`, { mode: 384 });
	} catch {
		return `Une erreur inattendue est survenue (incident ${incident}) : ${error instanceof Error ? error.message : cause}`;
	}
	return `Une erreur inattendue est survenue : rien n’a été enregistré à moitié. Incident ${incident}, détaillé dans ${file}.`;
};
/** Runs the command line; gives the exit code. A refusal is one sentence on standard error, a fault an incident number. */
var executer = async (args, env) => {
	const config = readConfig(env);
	const fini = config.ok ? await enRefus(() => lancer(config.valeur, args)).catch((error) => refuser("panne", panne(config.valeur, error))) : config;
	if (fini.ok) return 0;
	process.stderr.write(`${fini.message}\n`);
	return 1;
};
// bin/maillage.ts
process.exitCode = await executer(process.argv.slice(2), process.env);
export {};
