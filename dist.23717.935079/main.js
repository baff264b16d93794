import { A as chargerDemoAuPremierDemarrage, C as ouvrirSession, D as readConfig, E as suivreChangements, F as serveFile, H as refuser, I as FilAriane, J as connectDatabase, L as ListeLiens, M as depotAbsent, N as attachment, O as avertirDeLaCle, P as envoyerFlot, R as root, S as preparerArchive, T as sansChangements, U as reussi, W as pluriel, X as openPool, _ as poserTemoins, b as montreLaDemonstration, c as routes, d as lireSanteTaches, f as compteDe, g as lireSecret, h as lireDepart, j as systemClock, k as cleDe, l as taches, m as arreter, n as systeme, p as navigationDe, q as connectClient, s as phrases, t as preparerBase, v as traiter, w as ecouterChangements, x as filAriane, y as creerPortier, z as ouvrirOuvriers } from "./base-BcE-rhse.js";
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { sql } from "kysely";
import { createHash, createHmac, randomUUID } from "node:crypto";
import { z } from "zod";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { Fragment, jsx, jsxs } from "preact/jsx-runtime";
import { isIPv6 } from "node:net";
import { brotliCompress, brotliCompressSync, constants as constants$1, gzip } from "node:zlib";
import { renderToString } from "preact-render-to-string";
import { promisify } from "node:util";
import { LRUCache } from "lru-cache";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { getConnInfo } from "@hono/node-server/conninfo";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { createTransport } from "nodemailer";
// src/platform/http/assets.ts
var folder = join(root, "src", "platform", "assets");
var fontFolder = () => join(dirname(createRequire(import.meta.url).resolve("@fontsource/atkinson-hyperlegible/package.json")), "files");
var fontFiles = ["atkinson-hyperlegible-latin-400-normal.woff2", "atkinson-hyperlegible-latin-700-normal.woff2"];
/** The official style sheet, where the operator is entitled to it and has installed `@gouvfr/dsfr`. */
var dsfrFolder = join(root, "node_modules", "@gouvfr", "dsfr", "dist");
var types = {
	".js": "text/javascript; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml"
};
/** The browser programs that the build made, each under an address that bears its digest. */
var lireIlots = (files) => {
	const built = join(root, "dist", "ilots");
	const address = (file) => `/assets/ilots/${file}`;
	for (const file of readdirSync(built)) {
		const mime = types[extname(file)];
		if (mime === void 0) continue;
		const corps = readFileSync(join(built, file));
		const params = { [constants$1.BROTLI_PARAM_QUALITY]: 6 };
		files.set(address(file), {
			corps,
			brotli: brotliCompressSync(corps, { params }),
			mime
		});
	}
	const manifeste = JSON.parse(readFileSync(join(built, "manifest.json"), "utf8"));
	return Object.fromEntries(Object.entries(manifeste).filter(([, { isEntry }]) => isEntry).map(([source, { file }]) => [basename(dirname(source)), address(file)]));
};
/** The light skin, then what is loaded after either skin, in order. */
var skin = ["maillage.css", "maillage-formulaires.css"];
var complements = [
	"maillage-complements.css",
	"maillage-graphiques.css",
	"maillage-carte.css",
	"maillage-recherche.css",
	"maillage-liste.css",
	"maillage-vagues.css",
	"maillage-compte.css",
	"maillage-personnes.css",
	"maillage-instruction.css",
	"maillage-second-facteur.css",
	"maillage-espace.css",
	"maillage-candidatures.css",
	"maillage-comite.css",
	"maillage-impression.css"
];
/** Loads the static files once; names carry a digest of the content, so that they are cached for a year. */
var loadAssets = (theme) => {
	const files = /* @__PURE__ */ new Map();
	const add = (name, corps, mime) => {
		const digest = createHash("sha256").update(corps).digest("hex").slice(0, 10);
		const path = `/assets/${name.replace(/(\.[a-z0-9]+)$/, `.${digest}$1`)}`;
		files.set(path, {
			corps,
			brotli: mime === "font/woff2" ? void 0 : brotliCompressSync(corps),
			mime
		});
		return path;
	};
	const fonts = fontFiles.map((file) => add(file, readFileSync(join(fontFolder(), file)), "font/woff2"));
	/** Sheets as one file: a first view waits for one answer. */
	const sheet = (name, sources) => {
		const text = sources.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
		const addressed = fontFiles.reduce((css, name, index) => css.replaceAll(`/assets/fonts/${name}`, fonts[index] ?? name), text);
		return add(name, Buffer.from(addressed), "text/css; charset=utf-8");
	};
	files.set("/favicon.ico", {
		corps: readFileSync(join(folder, "maillage.svg")),
		brotli: void 0,
		mime: "image/svg+xml"
	});
	const ilots = lireIlots(files);
	if (theme === "dsfr") return {
		files,
		css: [...dsfrSheets, sheet("complements.css", complements)],
		fonts: [],
		ilots
	};
	return {
		files,
		css: [sheet("maillage.css", [...skin, ...complements])],
		fonts,
		ilots
	};
};
/** Why a theme cannot be served, in a sentence; null when it can. */
var themeAbsent = (theme) => theme === "leger" || existsSync(join(dsfrFolder, "dsfr.min.css")) ? null : "MAILLAGE_THEME=dsfr demande le paquet @gouvfr/dsfr, réservé aux services de l’État : installez-le (npm install --no-save @gouvfr/dsfr) ou retirez MAILLAGE_THEME.";
var dsfrSheets = ["/dsfr/dsfr.min.css", "/dsfr/utility/utility.min.css"];
var dsfrTypes = {
	css: "text/css; charset=utf-8",
	woff2: "font/woff2",
	woff: "font/woff",
	svg: "image/svg+xml"
};
/** A file of the official style sheet by its address, its fonts and icons included; nothing outside its folder. */
var dsfrFile = (path) => {
	const inside = /^\/dsfr\/([a-z0-9/_.-]+)\.(css|woff2?|svg)$/i.exec(path);
	if (!inside?.[1] || !inside[2] || path.includes("..")) return void 0;
	const file = join(dsfrFolder, `${inside[1]}.${inside[2]}`);
	if (!existsSync(file)) return void 0;
	return {
		corps: readFileSync(file),
		brotli: void 0,
		mime: dsfrTypes[inside[2]] ?? "application/octet-stream"
	};
};
// src/acces/connexion/demonstration.rules.ts
var locaux = /* @__PURE__ */ new Set([
	"localhost",
	"127.0.0.1",
	"[::1]",
	"::1"
]);
/** Written by proxies: somebody else than this machine asks. */
var traces = [
	"X-Forwarded-For",
	"X-Forwarded-Host",
	"X-Real-IP",
	"Forwarded",
	"Via"
];
/**
* Whether a request may enter by the doors of the demonstration, where anybody is anybody: from this machine alone,
* unless the operator opens them on purpose.
*/
var demonstrationOuverte = (config, adresse, entetes) => {
	if (config.demonstrationOuverte) return true;
	const host = (entetes.get("Host") ?? "").replace(/:\d+$/, "");
	return locaux.has(config.hote) && locaux.has(new URL(adresse).hostname) && locaux.has(host) && config.mandataires === 0 && traces.every((name) => !entetes.has(name));
};
// src/platform/views/erreurs.tsx
var ACCUEIL = [{
	texte: "Revenir à l’accueil",
	href: "/"
}, {
	texte: "Chercher une commune ou une structure",
	href: "/recherche"
}];
/** Content of the page for an address that leads nowhere (404). */
function Introuvable({ liens = ACCUEIL }) {
	return /* @__PURE__ */ jsxs("div", {
		class: "maillage-erreur",
		children: [
			/* @__PURE__ */ jsx("p", {
				class: "maillage-erreur__code",
				children: "Erreur 404"
			}),
			/* @__PURE__ */ jsx("h1", { children: "Cette page n’existe pas" }),
			/* @__PURE__ */ jsx("p", {
				class: "fr-text--lead",
				children: "L’adresse est peut-être mal écrite, ou la page a été déplacée ou retirée."
			}),
			/* @__PURE__ */ jsx("p", { children: "Si vous avez tapé l’adresse, vérifiez-la. Sinon, vous pouvez repartir d’ici\xA0:" }),
			/* @__PURE__ */ jsx(ListeLiens, { liens })
		]
	});
}
/** Content of the page that leads to another server: by itself, and by a link. */
function Ailleurs({ href }) {
	return /* @__PURE__ */ jsxs("div", {
		class: "maillage-erreur",
		children: [
			/* @__PURE__ */ jsx("h1", { children: "Un instant" }),
			/* @__PURE__ */ jsxs("p", {
				class: "fr-text--lead",
				children: [
					"Vous allez être dirigé vers ",
					/* @__PURE__ */ jsx("strong", { children: new URL(href).host }),
					"."
				]
			}),
			/* @__PURE__ */ jsx("p", { children: /* @__PURE__ */ jsx("a", {
				class: "fr-btn",
				href,
				children: "Continuer"
			}) })
		]
	});
}
/** Content of the page for an unexpected fault (500): no technical detail, a number to quote. */
function Panne({ incident, contact }) {
	return /* @__PURE__ */ jsxs("div", {
		class: "maillage-erreur",
		children: [
			/* @__PURE__ */ jsx("p", {
				class: "maillage-erreur__code",
				children: "Erreur 500"
			}),
			/* @__PURE__ */ jsx("h1", { children: "Le service ne répond pas comme prévu" }),
			/* @__PURE__ */ jsx("p", {
				class: "fr-text--lead",
				children: "Le problème vient de nous, pas de vous. Il est enregistré."
			}),
			/* @__PURE__ */ jsx("p", { children: "Réessayez dans quelques minutes. Si le problème continue, écrivez-nous en donnant ce numéro\xA0:" }),
			/* @__PURE__ */ jsxs("p", {
				class: "maillage-erreur__incident",
				children: ["Numéro d’incident\xA0: ", /* @__PURE__ */ jsx("strong", { children: incident })]
			}),
			contact === void 0 ? /* @__PURE__ */ jsx(ListeLiens, { liens: ACCUEIL }) : /* @__PURE__ */ jsx(ListeLiens, { liens: [contact, ...ACCUEIL] })
		]
	});
}
/** Content of the page for an expected refusal. */
function Refus({ statut, titre, message, liens = ACCUEIL }) {
	return /* @__PURE__ */ jsxs("div", {
		class: "maillage-erreur",
		children: [
			/* @__PURE__ */ jsxs("p", {
				class: "maillage-erreur__code",
				children: ["Erreur ", statut]
			}),
			/* @__PURE__ */ jsx("h1", { children: titre }),
			/* @__PURE__ */ jsx("p", {
				class: "fr-text--lead",
				children: message
			}),
			/* @__PURE__ */ jsx(ListeLiens, { liens })
		]
	});
}
/** Longest texts first: what somebody wrote is worth more than a choice that is made again in a click. */
var ecrits = (saisie) => Object.values(saisie).flat().filter((valeur) => typeof valeur === "string" && valeur.trim().length > 20).sort((a, b) => b.length - a.length);
/** Content of the page for a form that was sent after its session had ended (401): nothing that was typed is lost. */
function SessionTerminee({ saisie }) {
	const textes = ecrits(saisie);
	return /* @__PURE__ */ jsxs("div", {
		class: "maillage-erreur",
		children: [
			/* @__PURE__ */ jsx("p", {
				class: "maillage-erreur__code",
				children: "Erreur 401"
			}),
			/* @__PURE__ */ jsx("h1", { children: "Votre session est terminée" }),
			/* @__PURE__ */ jsx("p", {
				class: "fr-text--lead",
				children: "Rien n’a été enregistré. Connectez-vous à nouveau, puis recommencez votre envoi."
			}),
			textes.length === 0 ? null : /* @__PURE__ */ jsxs(Fragment, { children: [
				/* @__PURE__ */ jsx("h2", { children: "Ce que vous aviez écrit" }),
				/* @__PURE__ */ jsx("p", { children: "Copiez ces textes avant de quitter la page." }),
				textes.map((texte, rang) => /* @__PURE__ */ jsx("pre", {
					class: "maillage-texte-rendu",
					children: texte
				}, rang))
			] }),
			/* @__PURE__ */ jsx(ListeLiens, { liens: [{
				texte: "Se connecter",
				href: "/connexion"
			}] })
		]
	});
}
// src/platform/http/entetes.ts
var origine = (adresse) => new URL(adresse.replace(/[{}]/g, "")).origin;
/** What every answer says to the browser: our own files only, no frame around us, no address given away. */
var entetesDeSecurite = ({ tuiles }) => {
	const originesDesTuiles = tuiles ? [origine(tuiles.adresse)] : [];
	const duSite = secureHeaders({
		contentSecurityPolicy: {
			defaultSrc: ["'none'"],
			scriptSrc: ["'self'"],
			workerSrc: ["'self'"],
			styleSrc: ["'self'"],
			fontSrc: ["'self'"],
			imgSrc: [
				"'self'",
				"data:",
				"blob:",
				...originesDesTuiles
			],
			connectSrc: ["'self'", ...originesDesTuiles],
			manifestSrc: ["'self'"],
			formAction: ["'self'"],
			baseUri: ["'none'"],
			frameAncestors: ["'none'"]
		},
		xFrameOptions: "DENY",
		referrerPolicy: "same-origin",
		crossOriginResourcePolicy: false,
		strictTransportSecurity: false
	});
	return async (context, next) => {
		await duSite(context, next);
		const propres = context.get("entetes") ?? {};
		for (const [nom, valeur] of Object.entries(propres)) context.res.headers.set(nom, valeur);
	};
};
/** What is for every site to read says so. */
var ouvrirAuxAutresSites = async (context, next) => {
	context.header("Access-Control-Allow-Origin", "*");
	context.header("Access-Control-Expose-Headers", "ETag, Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset");
	if (context.req.method === "OPTIONS") {
		context.header("Access-Control-Allow-Methods", "GET, HEAD");
		context.header("Access-Control-Allow-Headers", "If-None-Match");
		context.header("Access-Control-Max-Age", "86400");
		return context.body(null, 204);
	}
	await next();
};
/**
* Leads from an address that ends with a slash to the one without, where there is nothing else. By its path alone: the
* name of the host is what the request claims, and an answer that is kept would send others there.
*/
var sansBarreFinale = async (context, next) => {
	await next();
	const { method } = context.req;
	if (context.res.status !== 404 || method !== "GET" && method !== "HEAD") return;
	const { pathname, search } = new URL(context.req.url);
	if (!/^\/[^/\\].*\/$/.test(pathname)) return;
	context.res = context.redirect(`${pathname.slice(0, -1)}${search}`, 301);
	for (const nom of [
		"Content-Length",
		"Content-Encoding",
		"ETag"
	]) context.res.headers.delete(nom);
};
// src/platform/http/limites.ts
var quartDHeure = 900;
/** How many in how many seconds. */
var usuelles = {
	recherche: {
		points: 300,
		duree: 60
	},
	api: {
		points: 300,
		duree: 60
	},
	export: {
		points: 60,
		duree: 60
	},
	page: {
		points: 600,
		duree: 60
	},
	connexion: {
		points: 30,
		duree: quartDHeure
	},
	compte: {
		points: 5,
		duree: quartDHeure
	},
	formulaire: {
		points: 120,
		duree: 60
	},
	personne: {
		points: 120,
		duree: 60
	}
};
var creerLimiteur = (famille, maximum, partage) => {
	const { points: usuel, duree } = usuelles[famille];
	const points = maximum ?? usuel;
	const regle = {
		keyPrefix: famille,
		points,
		duration: duree
	};
	const memoire = new RateLimiterMemory(regle);
	if (partage === void 0 || famille === "page") return {
		maximum: points,
		limiteur: memoire
	};
	return {
		maximum: points,
		limiteur: new RateLimiterPostgres({
			...regle,
			storeClient: partage,
			storeType: "pool",
			tableName: "limite",
			tableCreated: true,
			clearExpiredByTimeout: famille === "recherche",
			inMemoryBlockOnConsumed: points,
			insuranceLimiter: memoire
		})
	};
};
/**
* Counts requests by family, in a table that all processes share (`partage`, in the role `acces`); without it, and for
* drawn pages always, in this process alone. What is counted is kept as a digest under `cle`, the key of the
* configuration: addresses are few enough for a bare digest to be tried one by one.
*/
var creerLimites = (cle, maxima = {}, partage) => {
	const creer = (famille) => creerLimiteur(famille, maxima[famille], partage);
	const limiteurs = {
		recherche: creer("recherche"),
		api: creer("api"),
		export: creer("export"),
		page: creer("page"),
		connexion: creer("connexion"),
		compte: creer("compte"),
		formulaire: creer("formulaire"),
		personne: creer("personne")
	};
	return async (famille, compte) => {
		const { maximum, limiteur } = limiteurs[famille];
		const lire = (result, permis) => ({
			reste: result.remainingPoints,
			secondes: Math.max(1, Math.ceil(result.msBeforeNext / 1e3)),
			permis,
			maximum
		});
		const empreinte = createHmac("sha256", cle).update(`limite:${compte.trim().toLowerCase()}`).digest("base64url");
		try {
			return lire(await limiteur.consume(empreinte), true);
		} catch (refused) {
			if (refused instanceof RateLimiterRes) return lire(refused, false);
			throw refused;
		}
	};
};
/** An IPv6 network of 64 bits is one household or one machine: its addresses count as one. */
var reseau = (adresse) => {
	if (!isIPv6(adresse) || adresse.includes(".")) return adresse;
	const [before = "", after] = adresse.toLowerCase().split("::");
	const head = before === "" ? [] : before.split(":");
	const tail = after === void 0 || after === "" ? [] : after.split(":");
	const zeros = after === void 0 ? 0 : 8 - head.length - tail.length;
	return `${[
		...head,
		...Array.from({ length: zeros }, () => "0"),
		...tail
	].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
};
/**
* The address that asks. Behind proxies of our own (`mandataires` of them), the one that the outermost of them saw;
* what a client writes in the header itself is never believed.
*/
var adresseDe = (context, mandataires) => {
	if (mandataires > 0) {
		const seen = (context.req.header("X-Forwarded-For") ?? "").split(",").map((part) => part.trim()).at(-mandataires);
		if (seen) return reseau(seen);
	}
	try {
		return reseau(getConnInfo(context).remote.address ?? "inconnue");
	} catch {
		return "interne";
	}
};
// src/platform/http/memoire.ts
var brotli = promisify(brotliCompress);
var zip = promisify(gzip);
var compress = {
	br: async (corps) => new Uint8Array(await brotli(corps, { params: { [constants$1.BROTLI_PARAM_QUALITY]: 5 } })),
	gzip: async (corps) => new Uint8Array(await zip(corps)),
	identity: async (corps) => corps
};
var compressible = /^(text\/|application\/(json|ld\+json|geo\+json|problem\+json|xml|atom\+xml)|image\/svg)/;
/** The best form that the browser accepts and that is worth it. */
var encodageDe = (accepte, type, octets) => {
	if (octets < 1024 || !compressible.test(type)) return "identity";
	if (/\bbr\b/.test(accepte ?? "")) return "br";
	return /\bgzip\b/.test(accepte ?? "") ? "gzip" : "identity";
};
/** Gives an answer its digest. */
var rendu = (statut, entetes, corps) => {
	const bytes = new Uint8Array(typeof corps === "string" ? Buffer.from(corps) : corps);
	return {
		statut,
		entetes,
		corps: bytes,
		etag: `W/"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`
	};
};
var mebi = 2 ** 20;
/** What a page shows of the day it is stays right. */
var dureeMax = 36e5;
/**
* Keeps drawn pages until what they show changes (`changements`), an hour at most, 64 MiB in all. A page begun before
* a change is not kept after it.
*/
var creerMemoire = (changements) => {
	const kept = new LRUCache({
		maxSize: 64 * mebi,
		sizeCalculation: ({ rendu: { corps } }, cle) => 1024 + 2 * cle.length + corps.byteLength * 2,
		ttl: dureeMax
	});
	const running = /* @__PURE__ */ new Map();
	const lire = (cle) => {
		const garde = kept.get(cle);
		return garde && garde.generation === changements.generation() ? garde : void 0;
	};
	const produire = async (cle, dessiner) => {
		const generation = changements.generation();
		const other = running.get(cle);
		if (other && generation !== null && other.generation === generation) return other.garde;
		const draw = async () => {
			const garde = {
				rendu: await dessiner(),
				generation: generation ?? -1,
				formes: /* @__PURE__ */ new Map()
			};
			if (generation !== null && changements.generation() === generation && garde.rendu.statut === 200) kept.set(cle, garde);
			return garde;
		};
		const garde = draw();
		const entry = {
			generation,
			garde
		};
		running.set(cle, entry);
		const forget = () => {
			if (running.get(cle) === entry) running.delete(cle);
		};
		garde.then(forget, forget);
		return garde;
	};
	const forme = (garde, encodage) => {
		const ready = garde.formes.get(encodage);
		if (ready) return ready;
		const made = compress[encodage](garde.rendu.corps);
		garde.formes.set(encodage, made);
		return made;
	};
	return {
		lire,
		produire,
		forme
	};
};
// src/platform/views/rendre.ts
/** A whole HTML document as text: the doctype, then the rendered node. Everything in it is escaped by Preact. */
var rendre = (page) => `<!doctype html>\n${renderToString(page)}`;
// src/platform/http/reponses.ts
/** A page of the ground itself, most often one that says no. */
var erreur = (statut, titre, contenu) => ({
	type: "page",
	titre,
	description: titre,
	contenu,
	fil: [{
		texte: "Accueil",
		href: "/"
	}, { texte: titre }],
	statut,
	prive: true
});
var pageIntrouvable = () => erreur(404, "Page introuvable", Introuvable({}));
/** A problem of the API, as RFC 9457 writes it. */
var probleme = (statut, titre, detail, raisons = []) => rendu(statut, {
	"Content-Type": "application/problem+json; charset=utf-8",
	"Cache-Control": "no-store"
}, JSON.stringify({
	type: "about:blank",
	title: titre,
	status: statut,
	detail,
	...raisons.length > 0 ? { erreurs: raisons } : {}
}));
/** Makes answers of what routes give, and sends them. */
var creerReponses = (memoire, miseEnPage) => {
	const dessiner = async (page, chemin, statut, identite = null) => rendu(statut, {
		"Content-Type": "text/html; charset=utf-8",
		"Cache-Control": page.prive ? "private, no-store" : "no-cache",
		...page.prive ? { "Referrer-Policy": "no-referrer" } : {},
		...page.actualiser === void 0 ? {} : { Refresh: String(page.actualiser) }
	}, rendre(await miseEnPage(page, chemin, identite)));
	/** Sends what was drawn: not again to who has it already, compressed for who can read it. */
	const envoyer = async (context, { statut, entetes, corps, etag }, compresser) => {
		const headers = new Headers({
			...entetes,
			ETag: etag,
			Vary: "Accept-Encoding"
		});
		if (statut === 200 && context.req.header("If-None-Match")?.includes(etag.slice(2))) return context.newResponse(null, {
			status: 304,
			headers
		});
		const encodage = encodageDe(context.req.header("Accept-Encoding"), entetes["Content-Type"] ?? "", corps.byteLength);
		if (encodage !== "identity") headers.set("Content-Encoding", encodage);
		const envoye = await compresser(encodage);
		headers.set("Content-Length", String(envoye.byteLength));
		return context.newResponse(context.req.method === "HEAD" ? null : envoye, {
			status: statut,
			headers
		});
	};
	const envoyerSeul = (context, seul) => {
		const passing = {
			rendu: seul,
			generation: -1,
			formes: /* @__PURE__ */ new Map()
		};
		return envoyer(context, seul, (encodage) => memoire.forme(passing, encodage));
	};
	const incomprise = async (route, chemin, raisons) => {
		const message = `L’adresse demandée n’est pas comprise. ${raisons.map(({ parametre, message }) => `${parametre} : ${message}`).join(" ; ")}.`;
		if (route.api) return probleme(400, "Paramètre incorrect", message, raisons);
		const contenu = Refus({
			statut: 400,
			titre: "Adresse incorrecte",
			message
		});
		return dessiner(erreur(400, "Adresse incorrecte", contenu), chemin, 400);
	};
	const rendreReponse = async (reponse, route, chemin, identite = null) => {
		const prive = route.access.type !== "public";
		switch (reponse.type) {
			case "page": return dessiner(prive ? {
				...reponse,
				prive
			} : reponse, chemin, reponse.statut ?? 200, identite);
			case "redirection":
				if (route.methode === "POST" && !reponse.vers.startsWith("/")) {
					const page = erreur(200, "Un instant", Ailleurs({ href: reponse.vers }));
					const drawn = await dessiner(page, chemin, 200);
					return {
						...drawn,
						entetes: {
							...drawn.entetes,
							Refresh: `0; url=${reponse.vers}`
						}
					};
				}
				return rendu(route.methode === "POST" ? 303 : 302, {
					Location: reponse.vers,
					"Cache-Control": prive ? "private, no-store" : "no-cache"
				}, "");
			case "invalide": return incomprise(route, chemin, reponse.raisons);
			case "absent": return route.api ? probleme(404, "Introuvable", "Rien n’existe à cette adresse.") : dessiner(pageIntrouvable(), chemin, 404, identite);
			case "json": return rendu(reponse.statut ?? 200, {
				"Content-Type": `${reponse.mime ?? "application/json"}; charset=utf-8`,
				"Cache-Control": prive ? "private, no-store" : "no-cache"
			}, JSON.stringify(reponse.corps));
			case "fichier": return rendu(200, {
				"Content-Type": reponse.mime,
				"Cache-Control": prive || reponse.prive ? "private, no-store" : "no-cache",
				...reponse.nom ? { "Content-Disposition": attachment(reponse.nom) } : {}
			}, reponse.corps);
		}
	};
	return {
		dessiner,
		envoyer,
		envoyerSeul,
		rendreReponse
	};
};
// src/platform/http/requetes.ts
/**
* One value is a text, several a list: `?colonnes=a&colonnes=b`. A field that a form left empty asks for nothing: without
* a script, a browser sends it all the same.
*/
var brut = (context) => ({
	...Object.fromEntries(Object.entries(context.req.queries()).flatMap(([name, values]) => {
		const given = values.filter((value) => value !== "");
		return given.length === 0 ? [] : [[name, given.length === 1 ? given[0] ?? "" : given]];
	})),
	...context.req.param()
});
/** What the route reads of an address, in one order: what is added to it draws no other page. */
var lus = (parametres, { parametres: connus }) => {
	const read = new URLSearchParams([...parametres].filter(([nom]) => connus.has(nom)));
	read.sort();
	return read;
};
/** Bytes of a form, and of one that brings files. */
var poidsMax = 1048576;
var poidsMaxFichiers = 31457280;
var champsMax = 2e3;
var formesDeCorps = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
/** A character that nobody types and that no text of the database holds. */
var nul = "\0";
var valeurIllisible = (valeur) => (typeof valeur === "string" ? valeur : valeur.name).includes(nul);
/** The fields of a form; null when the body is not what it says, has fields without end, or what no text holds. */
var lireCorps = async (context) => {
	try {
		const body = await context.req.parseBody({ all: true });
		const champs = Object.entries(body).map(([nom, valeur]) => [nom, [valeur].flat()]);
		if (champs.reduce((total, [, valeurs]) => total + valeurs.length, 0) > champsMax) return null;
		return champs.some(([nom, valeurs]) => nom.includes(nul) || valeurs.some(valeurIllisible)) ? null : body;
	} catch {
		return null;
	}
};
// src/platform/http/sante-taches.ts
/**
* Puts `/sante/taches` in the application: 200 when jobs and mail go well, else 503. Anybody may ask, and it costs the
* database: `limiter` refuses who asks too much.
*/
var monterSanteTaches = (app, lire, limiter) => {
	app.get("/sante/taches", async (context) => {
		const refused = await limiter(context);
		if (refused) return refused;
		context.header("Cache-Control", "no-store");
		const sante = await lire().catch(() => null);
		if (sante === null) return context.json({
			etat: "indisponible",
			alertes: ["La base ne répond pas."]
		}, 503);
		return context.json(sante, sante.etat === "bon" ? 200 : 503);
	});
};
// src/platform/http/app.ts
/** Builds the web application from the declared routes: headers, files, health, pages of error. */
var buildApp = (options) => {
	const app = new Hono();
	const memoire = creerMemoire(options.changements);
	const { dessiner, envoyer, envoyerSeul, rendreReponse } = creerReponses(memoire, options.miseEnPage);
	const compter = creerLimites(options.cle, options.limites, options.limitesPartagees);
	const { tuiles, mandataires } = options.config;
	app.use(entetesDeSecurite(options.config));
	app.use(sansBarreFinale);
	const bases = {
		publique: options.db,
		application: options.application,
		portier: options.portier
	};
	/** Says why somebody is not let in, and what to do about it. */
	const refuserEntree = async (context, arret, identite, saisie) => {
		const { pathname, search } = new URL(context.req.url);
		const retour = encodeURIComponent(pathname + search);
		if (context.req.method !== "POST") {
			const porte = arret === "inconnu" ? "/connexion" : "/connexion/second-facteur";
			if (arret !== "role") return envoyerSeul(context, rendu(302, {
				Location: `${porte}?retour=${retour}`,
				"Cache-Control": "private, no-store"
			}, ""));
		} else if (arret !== "role") return envoyerSeul(context, await dessiner(erreur(401, "Session terminée", SessionTerminee({ saisie })), pathname, 401));
		const message = `Cette page n’est pas ouverte à votre rôle actuel${identite?.habilitation ? ` (${identite.habilitation.libelle})` : ""}.`;
		return envoyerSeul(context, await dessiner(erreur(403, "Accès refusé", Refus({
			statut: 403,
			titre: "Accès refusé",
			message,
			liens: [{
				texte: "Mon espace",
				href: "/espace"
			}]
		})), pathname, 403, identite));
	};
	/** Answers a route that is not for everybody: who asks, whether they may, and what they see. */
	const repondre = async (context, route, requete, saisie = {}) => {
		const chemin = context.req.path;
		const { type } = route.access;
		const identite = type !== "public" && type !== "lien" ? await options.portier.identifier(lireSecret(context, options.adresse())) : null;
		const arret = arreter(route, identite);
		if (arret !== null) return refuserEntree(context, arret, identite, saisie);
		const insistent = route.methode === "POST" && identite !== null ? await limiter(context, "personne", false, identite.personne.id) : null;
		if (insistent) return insistent;
		const result = await traiter(route, bases, {
			raw: brut(context),
			saisie,
			requete,
			identite
		});
		if (result.type === "reprise") {
			const now = await options.portier.identifier(lireSecret(context, options.adresse()));
			return refuserEntree(context, arreter(route, now) ?? "role", now, saisie);
		}
		if (result.type === "flot") return envoyerFlot(context, result, type !== "public", (error) => options.journaliserPanne(randomUUID().slice(0, 8), error, chemin));
		if (result.type === "redirection" || result.type === "page") poserTemoins(context, options.adresse(), result);
		return envoyerSeul(context, await rendreReponse(result, route, chemin, identite));
	};
	const pageTrop = erreur(429, "Trop de demandes", Refus({
		statut: 429,
		titre: "Trop de demandes",
		message: "Trop de demandes en peu de temps. Réessayez dans une minute, ou dans un quart d’heure pour vous connecter."
	}));
	let tropDrawn;
	/** Null when the address may go on; else the refusal. */
	const limiter = async (context, famille, api, cle = adresseDe(context, mandataires)) => {
		const { permis, reste, secondes, maximum } = await compter(famille, cle);
		if (famille !== "page") {
			context.header("RateLimit-Limit", String(maximum));
			context.header("RateLimit-Remaining", String(reste));
			context.header("RateLimit-Reset", String(secondes));
		}
		if (permis) return null;
		context.header("Retry-After", String(secondes));
		if (api) {
			const detail = `Trop de demandes depuis votre adresse. Réessayez dans ${secondes} secondes.`;
			return envoyerSeul(context, probleme(429, "Trop de demandes", detail));
		}
		if (context.req.method === "POST") {
			const page = erreur(429, "Trop d’envois", Refus({
				statut: 429,
				titre: "Trop d’envois",
				message: `Trop d’envois en peu de temps. Attendez ${pluriel(Math.ceil(secondes / 60), "minute", "minutes")}, puis revenez à la page précédente : ce que vous avez écrit y est encore.`
			}));
			return envoyerSeul(context, await dessiner(page, context.req.path, 429));
		}
		tropDrawn ??= dessiner(pageTrop, "/", 429);
		return envoyerSeul(context, await tropDrawn);
	};
	app.get("/sante", async (context) => {
		const sante = await options.sante();
		context.header("Cache-Control", "no-store");
		return context.json(sante, sante.etat === "pret" ? 200 : 503);
	});
	if (options.santeTaches) monterSanteTaches(app, options.santeTaches, (context) => limiter(context, "page", true));
	app.get("/assets/*", (context) => serveFile(context, options.assets.files.get(context.req.path), 31536e3));
	app.get("/favicon.ico", (context) => serveFile(context, options.assets.files.get("/favicon.ico"), 86400));
	if (options.assets.css.some((path) => path.startsWith("/dsfr/"))) app.get("/dsfr/*", (context) => serveFile(context, dsfrFile(context.req.path), 86400));
	const memeOrigine = csrf({ origin: (origin, context) => {
		if (origin === new URL(options.adresse()).origin) return true;
		return URL.canParse(origin) && new URL(origin).host === context.req.header("Host");
	} });
	const tropLourd = async (context) => {
		const page = erreur(413, "Envoi trop lourd", Refus({
			statut: 413,
			titre: "Envoi trop lourd",
			message: "Ce que vous envoyez est trop lourd. Réduisez le texte ou les fichiers, puis recommencez."
		}));
		return envoyerSeul(context, await dessiner(page, context.req.path, 413));
	};
	const requeteDe = (context, route) => {
		const { pathname, search, searchParams } = new URL(context.req.url);
		if (pathname.length + search.length > 4e3) return null;
		return {
			chemin: context.req.path,
			parametres: lus(searchParams, route),
			adresse: options.adresse(),
			tuiles,
			appareil: context.req.header("User-Agent") ?? "",
			client: adresseDe(context, mandataires),
			config: options.config,
			depart: lireDepart(context, options.adresse()),
			phrases: options.phrases,
			demonstration: () => options.demonstration(context.req.raw.headers)
		};
	};
	const montrer = (route) => {
		if (route.api || route.ouvert) app.use(route.path, ouvrirAuxAutresSites);
		app.get(route.path, async (context) => {
			const requete = requeteDe(context, route);
			if (requete === null) return context.text("Adresse trop longue.", 414);
			const api = route.api !== void 0;
			const limited = route.limite ? await limiter(context, route.limite, api) : null;
			if (limited) return limited;
			if (route.access.type !== "public" || route.sansMemoire) return repondre(context, route, requete);
			const chemin = context.req.path;
			const cle = `${chemin}?${api ? new URL(context.req.url).search : requete.parametres}`;
			const held = memoire.lire(cle);
			const refused = held ? null : await limiter(context, "page", api);
			if (refused) return refused;
			const raw = brut(context);
			const kept = held ?? await memoire.produire(cle, async () => {
				const result = await traiter(route, bases, {
					raw,
					saisie: {},
					requete,
					identite: null
				});
				if (result.type === "reprise") throw new Error(`${route.path} asks who acts: it cannot be kept`);
				if (result.type === "flot") throw new Error(`${route.path} streams: it cannot be kept`);
				return rendreReponse(result, route, chemin);
			});
			return envoyer(context, kept.rendu, (encodage) => memoire.forme(kept, encodage));
		});
	};
	const recevoir = (route) => {
		app.post(route.path, memeOrigine, bodyLimit({
			maxSize: route.fichiers ? poidsMaxFichiers : poidsMax,
			onError: tropLourd
		}), async (context) => {
			const requete = requeteDe(context, route);
			if (requete === null) return context.text("Adresse trop longue.", 414);
			const limited = await limiter(context, route.limite ?? "formulaire", false);
			if (limited) return limited;
			if (!formesDeCorps.test(context.req.header("Content-Type") ?? "")) return context.text("Ce service attend un formulaire.", 415);
			const saisie = await lireCorps(context);
			if (saisie === null) return context.text("Ce formulaire ne peut pas être lu.", 400);
			const compte = route.compte?.(saisie);
			const insistent = compte === void 0 ? null : await limiter(context, "compte", false, compte);
			if (insistent) return insistent;
			return repondre(context, route, requete, saisie);
		});
	};
	for (const route of options.routes) (route.methode === "POST" ? recevoir : montrer)(route);
	app.all("/api/v1/*", ouvrirAuxAutresSites, (context) => envoyerSeul(context, probleme(404, "Introuvable", "Cette ressource n’existe pas : voyez /api/v1/openapi.json.")));
	app.notFound(async (context) => envoyerSeul(context, await dessiner(pageIntrouvable(), context.req.path, 404)));
	app.onError(async (error, context) => {
		if (error instanceof HTTPException && error.status === 403) {
			const page = erreur(403, "Envoi refusé", Refus({
				statut: 403,
				titre: "Envoi refusé",
				message: "Ce formulaire ne vient pas de ce site. Revenez à la page du formulaire, rechargez-la, puis recommencez."
			}));
			return envoyerSeul(context, await dessiner(page, context.req.path, 403));
		}
		const incident = randomUUID().slice(0, 8);
		options.journaliserPanne(incident, error, context.req.path);
		if (context.req.path.startsWith("/api/v1/")) {
			const detail = `Le service ne répond pas comme prévu. Numéro d’incident : ${incident}.`;
			return envoyerSeul(context, probleme(500, "Erreur inattendue", detail));
		}
		const page = {
			...erreur(400, "Une erreur est survenue", Panne({ incident })),
			prive: true
		};
		return envoyerSeul(context, await dessiner(page, context.req.path, 500));
	});
	return app;
};
// src/platform/views/layout.tsx
var MAILLAGE = {
	nom: "Maillage",
	accroche: "Des conseillers numériques près de chez vous",
	accueil: "/"
};
/** The whole document around the content of a page. Needs no script: the navigation wraps instead of folding. */
function Layout(props) {
	const { service = MAILLAGE, navigation, fil = [], demonstration = false, pied, children } = props;
	return /* @__PURE__ */ jsxs("html", {
		lang: "fr",
		children: [/* @__PURE__ */ jsx(Tete, {
			...props,
			service
		}), /* @__PURE__ */ jsxs("body", { children: [
			/* @__PURE__ */ jsx(Evitement, { avecMenu: navigation.length > 0 }),
			/* @__PURE__ */ jsx(Entete, {
				service,
				navigation,
				compte: props.compte
			}),
			demonstration ? /* @__PURE__ */ jsx(BandeauDemonstration, {}) : null,
			fil.length > 1 ? /* @__PURE__ */ jsx("div", {
				class: "fr-container",
				children: /* @__PURE__ */ jsx(FilAriane, { etapes: fil })
			}) : null,
			/* @__PURE__ */ jsx("main", {
				id: "contenu",
				class: "maillage-contenu",
				children: /* @__PURE__ */ jsx("div", {
					class: "fr-container",
					children
				})
			}),
			/* @__PURE__ */ jsx(Pied, {
				service,
				pied
			})
		] })]
	});
}
function Tete(props) {
	const { titre, description, canonique, theme, assets, icone, service, noindex = false, image } = props;
	const { scripts = [], flux = [], donneesStructurees = [] } = props;
	return /* @__PURE__ */ jsxs("head", { children: [
		/* @__PURE__ */ jsx("meta", { charset: "utf-8" }),
		/* @__PURE__ */ jsx("meta", {
			name: "viewport",
			content: "width=device-width, initial-scale=1"
		}),
		/* @__PURE__ */ jsx("title", { children: titre === service.nom ? `${titre} – ${service.accroche}` : `${titre} – ${service.nom}` }),
		/* @__PURE__ */ jsx("meta", {
			name: "description",
			content: description
		}),
		noindex ? /* @__PURE__ */ jsx("meta", {
			name: "robots",
			content: "noindex"
		}) : null,
		/* @__PURE__ */ jsx("meta", {
			name: "color-scheme",
			content: theme === "leger" ? "light dark" : "light"
		}),
		/* @__PURE__ */ jsx("meta", {
			name: "format-detection",
			content: "telephone=no"
		}),
		canonique === void 0 ? null : /* @__PURE__ */ jsx("link", {
			rel: "canonical",
			href: canonique
		}),
		/* @__PURE__ */ jsx("meta", {
			property: "og:type",
			content: "website"
		}),
		/* @__PURE__ */ jsx("meta", {
			property: "og:locale",
			content: "fr_FR"
		}),
		/* @__PURE__ */ jsx("meta", {
			property: "og:site_name",
			content: service.nom
		}),
		/* @__PURE__ */ jsx("meta", {
			property: "og:title",
			content: titre
		}),
		/* @__PURE__ */ jsx("meta", {
			property: "og:description",
			content: description
		}),
		canonique === void 0 ? null : /* @__PURE__ */ jsx("meta", {
			property: "og:url",
			content: canonique
		}),
		image === void 0 ? null : /* @__PURE__ */ jsx("meta", {
			property: "og:image",
			content: image
		}),
		assets.fonts.map((font) => /* @__PURE__ */ jsx("link", {
			rel: "preload",
			href: font,
			as: "font",
			type: "font/woff2",
			crossorigin: "anonymous"
		}, font)),
		assets.css.map((sheet) => /* @__PURE__ */ jsx("link", {
			rel: "stylesheet",
			href: sheet
		}, sheet)),
		image === void 0 ? null : /* @__PURE__ */ jsx("meta", {
			name: "twitter:card",
			content: "summary_large_image"
		}),
		flux.map(({ titre: nom, href }) => /* @__PURE__ */ jsx("link", {
			rel: "alternate",
			type: "application/atom+xml",
			title: nom,
			href
		}, href)),
		/* @__PURE__ */ jsx("link", {
			rel: "icon",
			href: icone ?? "/favicon.ico",
			type: "image/svg+xml"
		}),
		scripts.map((script) => /* @__PURE__ */ jsx("script", {
			type: "module",
			src: script
		}, script)),
		donneesStructurees.map((objet, rang) => /* @__PURE__ */ jsx("script", {
			type: "application/ld+json",
			dangerouslySetInnerHTML: { __html: JSON.stringify(objet).replaceAll("<", "\\u003c") }
		}, rang))
	] });
}
function Evitement({ avecMenu }) {
	return /* @__PURE__ */ jsx("div", {
		class: "fr-skiplinks",
		children: /* @__PURE__ */ jsx("nav", {
			class: "fr-container",
			"aria-label": "Accès rapide",
			children: /* @__PURE__ */ jsxs("ul", {
				class: "fr-skiplinks__list",
				children: [
					/* @__PURE__ */ jsx("li", { children: /* @__PURE__ */ jsx("a", {
						class: "fr-link",
						href: "#contenu",
						children: "Contenu"
					}) }),
					avecMenu ? /* @__PURE__ */ jsx("li", { children: /* @__PURE__ */ jsx("a", {
						class: "fr-link",
						href: "#menu",
						children: "Menu"
					}) }) : null,
					/* @__PURE__ */ jsx("li", { children: /* @__PURE__ */ jsx("a", {
						class: "fr-link",
						href: "#pied",
						children: "Pied de page"
					}) })
				]
			})
		})
	});
}
/** One's role, the way to the others, and the way out. */
function Compte({ nom, role, autres }) {
	return /* @__PURE__ */ jsxs("div", {
		class: "fr-header__tools maillage-compte",
		children: [/* @__PURE__ */ jsxs("p", {
			class: "maillage-compte__qui",
			children: [/* @__PURE__ */ jsxs("a", {
				class: "fr-link",
				href: "/compte",
				children: [/* @__PURE__ */ jsx("span", {
					class: "fr-sr-only",
					children: "Mon compte : "
				}), nom]
			}), role === void 0 ? null : /* @__PURE__ */ jsx("span", {
				class: "maillage-compte__role",
				children: role
			})]
		}), /* @__PURE__ */ jsxs("div", {
			class: "maillage-compte__actions",
			children: [autres.length === 0 ? null : /* @__PURE__ */ jsxs("details", {
				class: "maillage-compte__roles",
				children: [/* @__PURE__ */ jsx("summary", { children: "Changer de rôle" }), /* @__PURE__ */ jsx("form", {
					method: "post",
					action: "/compte/role",
					children: /* @__PURE__ */ jsx("ul", { children: autres.map(({ id, libelle }) => /* @__PURE__ */ jsx("li", { children: /* @__PURE__ */ jsx("button", {
						class: "fr-btn fr-btn--tertiary fr-btn--sm",
						type: "submit",
						name: "habilitation",
						value: id,
						children: libelle
					}) }, id)) })
				})]
			}), /* @__PURE__ */ jsx("form", {
				method: "post",
				action: "/deconnexion",
				children: /* @__PURE__ */ jsx("button", {
					class: "fr-btn fr-btn--tertiary fr-btn--sm",
					type: "submit",
					children: "Se déconnecter"
				})
			})]
		})]
	});
}
/** A menu of more entries than these, of a workspace, folds on a narrow screen. */
var entreesSansRepli = 5;
function Entrees({ navigation }) {
	return /* @__PURE__ */ jsx("ul", {
		class: "fr-nav__list",
		children: navigation.map((lien) => /* @__PURE__ */ jsx("li", {
			class: "fr-nav__item",
			children: /* @__PURE__ */ jsx("a", {
				class: "fr-nav__link",
				href: lien.href,
				"aria-current": lien.actif ? "page" : void 0,
				children: lien.texte
			})
		}, lien.href))
	});
}
function Entete({ service, navigation, compte }) {
	return /* @__PURE__ */ jsxs("header", {
		class: "fr-header",
		children: [/* @__PURE__ */ jsx("div", {
			class: "fr-header__body",
			children: /* @__PURE__ */ jsx("div", {
				class: "fr-container",
				children: /* @__PURE__ */ jsxs("div", {
					class: "fr-header__body-row",
					children: [/* @__PURE__ */ jsx("div", {
						class: "fr-header__brand",
						children: /* @__PURE__ */ jsxs("div", {
							class: "fr-header__service",
							children: [/* @__PURE__ */ jsxs("a", {
								class: "maillage-marque",
								href: service.accueil,
								children: [/* @__PURE__ */ jsx(Embleme, {}), /* @__PURE__ */ jsxs("span", {
									class: "fr-header__service-title",
									children: [/* @__PURE__ */ jsx("span", {
										class: "fr-sr-only",
										children: "Accueil – "
									}), service.nom]
								})]
							}), /* @__PURE__ */ jsx("p", {
								class: "fr-header__service-tagline",
								children: service.accroche
							})]
						})
					}), compte === void 0 ? null : /* @__PURE__ */ jsx(Compte, { ...compte })]
				})
			})
		}), navigation.length === 0 ? null : /* @__PURE__ */ jsx("div", {
			class: "maillage-menu",
			children: /* @__PURE__ */ jsx("div", {
				class: "fr-container",
				children: /* @__PURE__ */ jsx("nav", {
					class: "fr-nav",
					id: "menu",
					"aria-label": "Menu principal",
					children: compte === void 0 || navigation.length <= entreesSansRepli ? /* @__PURE__ */ jsx(Entrees, { navigation }) : /* @__PURE__ */ jsxs("details", {
						class: "maillage-menu__repli",
						children: [/* @__PURE__ */ jsxs("summary", { children: ["Menu", navigation.flatMap(({ actif, texte }) => actif ? [`\u00a0: ${texte}`] : [])] }), /* @__PURE__ */ jsx(Entrees, { navigation })]
					})
				})
			})
		})]
	});
}
/** The mesh of a territory: a centre and its neighbours. */
function Embleme() {
	return /* @__PURE__ */ jsxs("svg", {
		class: "maillage-embleme",
		viewBox: "0 0 32 32",
		width: "36",
		height: "36",
		"aria-hidden": "true",
		focusable: "false",
		children: [
			/* @__PURE__ */ jsx("path", { d: "M16 4 26.4 10v12L16 28 5.6 22V10zM16 16V4m0 12 10.4-6M16 16l10.4 6M16 16v12m0-12L5.6 22M16 16 5.6 10" }),
			/* @__PURE__ */ jsx("circle", {
				cx: "16",
				cy: "16",
				r: "4.5"
			}),
			/* @__PURE__ */ jsx("circle", {
				cx: "16",
				cy: "4",
				r: "2.5"
			}),
			/* @__PURE__ */ jsx("circle", {
				cx: "26.4",
				cy: "10",
				r: "2.5"
			}),
			/* @__PURE__ */ jsx("circle", {
				cx: "26.4",
				cy: "22",
				r: "2.5"
			}),
			/* @__PURE__ */ jsx("circle", {
				cx: "16",
				cy: "28",
				r: "2.5"
			}),
			/* @__PURE__ */ jsx("circle", {
				cx: "5.6",
				cy: "22",
				r: "2.5"
			}),
			/* @__PURE__ */ jsx("circle", {
				cx: "5.6",
				cy: "10",
				r: "2.5"
			})
		]
	});
}
function BandeauDemonstration() {
	return /* @__PURE__ */ jsx("section", {
		class: "fr-notice fr-notice--info",
		"aria-label": "Avertissement",
		children: /* @__PURE__ */ jsx("div", {
			class: "fr-container",
			children: /* @__PURE__ */ jsx("div", {
				class: "fr-notice__body",
				children: /* @__PURE__ */ jsxs("p", { children: [
					/* @__PURE__ */ jsx("span", {
						class: "fr-notice__title",
						children: "Données de démonstration."
					}),
					" ",
					/* @__PURE__ */ jsx("span", {
						class: "fr-notice__desc",
						children: "L’exemple est l’Aisne de mars 2021\xA0: ailleurs, un zéro veut dire «\xA0non chargé\xA0». Ce n’est pas un service officiel."
					})
				] })
			})
		})
	});
}
function Pied({ service, pied }) {
	const { texte, liens = [], mentions, licence } = pied;
	return /* @__PURE__ */ jsx("footer", {
		class: "fr-footer",
		id: "pied",
		children: /* @__PURE__ */ jsxs("div", {
			class: "fr-container",
			children: [/* @__PURE__ */ jsxs("div", {
				class: "fr-footer__body",
				children: [/* @__PURE__ */ jsx("div", {
					class: "fr-footer__brand",
					children: /* @__PURE__ */ jsxs("a", {
						class: "maillage-marque",
						href: service.accueil,
						children: [/* @__PURE__ */ jsx(Embleme, {}), /* @__PURE__ */ jsxs("span", {
							class: "maillage-marque__nom",
							children: [/* @__PURE__ */ jsx("span", {
								class: "fr-sr-only",
								children: "Accueil – "
							}), service.nom]
						})]
					})
				}), /* @__PURE__ */ jsxs("div", {
					class: "fr-footer__content",
					children: [/* @__PURE__ */ jsx("p", {
						class: "fr-footer__content-desc",
						children: texte
					}), liens.length === 0 ? null : /* @__PURE__ */ jsx("ul", {
						class: "fr-footer__content-list",
						children: liens.map((lien) => /* @__PURE__ */ jsx("li", {
							class: "fr-footer__content-item",
							children: /* @__PURE__ */ jsx("a", {
								class: "fr-footer__content-link",
								href: lien.href,
								children: lien.texte
							})
						}, lien.href))
					})]
				})]
			}), /* @__PURE__ */ jsxs("div", {
				class: "fr-footer__bottom",
				children: [/* @__PURE__ */ jsx("ul", {
					class: "fr-footer__bottom-list",
					children: mentions.map((lien) => /* @__PURE__ */ jsx("li", {
						class: "fr-footer__bottom-item",
						children: /* @__PURE__ */ jsx("a", {
							class: "fr-footer__bottom-link",
							href: lien.href,
							children: lien.texte
						})
					}, lien.href))
				}), licence === void 0 ? null : /* @__PURE__ */ jsx("div", {
					class: "fr-footer__bottom-copy",
					children: /* @__PURE__ */ jsx("p", { children: licence })
				})]
			})]
		})
	});
}
// src/main/application.tsx
var navigation = [
	{
		texte: "Accueil",
		href: "/"
	},
	{
		texte: "Près de chez vous",
		href: "/recherche"
	},
	{
		texte: "Carte",
		href: "/carte"
	},
	{
		texte: "France",
		href: "/france"
	},
	{
		texte: "Communiqués",
		href: "/communiques"
	},
	{
		texte: "Données ouvertes",
		href: "/donnees"
	},
	{
		texte: "Mon espace",
		href: "/connexion"
	}
];
/** The entry of the menu that the page is under: the closest, where one stands under another. */
var avecActif = (liens, chemin) => {
	const dessus = liens.filter(({ href }) => href === chemin || chemin.startsWith(`${href}/`));
	const proche = Math.max(...dessus.map(({ href }) => href.length));
	return liens.map((lien) => ({
		...lien,
		actif: dessus.includes(lien) && lien.href.length === proche
	}));
};
var health = async (db, attendues) => {
	try {
		const appliquees = (await sql`select count(*) as appliquees from migration`.execute(db)).rows[0]?.appliquees ?? 0;
		return {
			etat: appliquees === attendues ? "pret" : "indisponible",
			base: "joignable",
			migrations: {
				appliquees,
				attendues
			}
		};
	} catch {
		return {
			etat: "indisponible",
			base: "injoignable",
			migrations: {
				appliquees: 0,
				attendues
			}
		};
	}
};
/** The web application over a database that is ready. */
var creerApplication = ({ config, adresse, db, application, acces, changements, migrationsAttendues, santeTaches, limites, limitesPartagees, routes: routes$1 = routes }) => {
	suivreChangements(db, changements);
	const assets = loadAssets(config.theme);
	const miseEnPage = async (page, chemin, identite) => /* @__PURE__ */ jsx(Layout, {
		titre: page.titre,
		description: page.description,
		canonique: page.prive ? void 0 : `${adresse()}${page.canonique ?? chemin}`,
		theme: config.theme,
		assets,
		navigation: avecActif(identite === null ? navigation : navigationDe(identite), chemin),
		compte: identite === null ? void 0 : compteDe(identite),
		fil: page.fil,
		demonstration: await montreLaDemonstration(db).catch(() => false),
		noindex: page.prive === true || page.noindex === true,
		image: page.partage === void 0 ? void 0 : `${adresse()}${page.partage}`,
		scripts: (page.ilots ?? []).flatMap((ilot) => assets.ilots[ilot] ?? []),
		flux: page.flux,
		donneesStructurees: [...page.donneesStructurees ?? [], ...page.prive ? [] : [filAriane(page.fil, adresse(), chemin)].filter((fil) => fil !== null)],
		pied: {
			texte: "Maillage déploie et pilote les conseillers numériques : des décisions du comité de sélection à la personne aidée.",
			liens: [
				{
					texte: "Dates clés du programme",
					href: "/dates-cles"
				},
				{
					texte: "Structures retenues",
					href: "/structures"
				},
				{
					texte: "Séances du comité",
					href: "/seances"
				},
				{
					texte: "API",
					href: "/api"
				}
			],
			mentions: [
				{
					texte: "Plan du site",
					href: "/plan-du-site"
				},
				{
					texte: "Accessibilité : non conforme",
					href: "/accessibilite"
				},
				{
					texte: "Mentions légales et sources",
					href: "/mentions-legales"
				},
				{
					texte: "Données personnelles et traceurs",
					href: "/donnees-personnelles"
				}
			],
			licence: "Sauf mention contraire, les contenus sont proposés sous Licence Ouverte 2.0."
		},
		children: page.contenu
	});
	return buildApp({
		cle: cleDe(config),
		routes: routes$1,
		db,
		application,
		portier: creerPortier(acces),
		assets,
		adresse,
		changements,
		limites,
		limitesPartagees,
		config,
		phrases,
		demonstration: async (entetes) => demonstrationOuverte(config, adresse(), entetes) && await montreLaDemonstration(db),
		miseEnPage,
		sante: () => health(db, migrationsAttendues),
		santeTaches,
		journaliserPanne: (incident, error, chemin) => {
			const where = chemin.split("/").slice(0, 2).join("/");
			const cause = error instanceof Error ? error.stack ?? error.message : String(error);
			process.stderr.write(`${JSON.stringify({
				niveau: "panne",
				incident,
				chemin: where,
				cause
			})}\n`);
		}
	});
};
// src/platform/views/courriel.tsx
var pied = "Ce message est envoyé par Maillage : ne répondez pas à cette adresse.";
var feuille = `body { margin: 0; background: #fff; color: #161616; font: 16px/1.5 Arial, sans-serif }
main { max-width: 36em; margin: 0 auto; padding: 24px 16px }
p { margin: 0 0 16px; overflow-wrap: anywhere }
.lien { color: #0b4f9e; font-weight: bold }
.adresse, .pied { color: #555; font-size: 14px }`;
/** The mail as HTML: one column, no picture, nothing fetched from elsewhere. */
var courrielHtml = ({ objet, paragraphes, lien }) => rendre(/* @__PURE__ */ jsxs("html", {
	lang: "fr",
	children: [/* @__PURE__ */ jsxs("head", { children: [
		/* @__PURE__ */ jsx("meta", { charset: "utf-8" }),
		/* @__PURE__ */ jsx("meta", {
			name: "viewport",
			content: "width=device-width"
		}),
		/* @__PURE__ */ jsx("title", { children: objet }),
		/* @__PURE__ */ jsx("style", { children: feuille })
	] }), /* @__PURE__ */ jsx("body", { children: /* @__PURE__ */ jsxs("main", { children: [
		paragraphes.map((paragraphe, rang) => /* @__PURE__ */ jsx("p", { children: paragraphe }, rang)),
		lien && /* @__PURE__ */ jsxs("p", { children: [
			/* @__PURE__ */ jsx("a", {
				class: "lien",
				href: lien.href,
				children: lien.texte
			}),
			/* @__PURE__ */ jsx("br", {}),
			/* @__PURE__ */ jsx("span", {
				class: "adresse",
				children: lien.href
			})
		] }),
		/* @__PURE__ */ jsx("p", {
			class: "pied",
			children: pied
		})
	] }) })]
}));
/** The same mail as text. */
var courrielTexte = ({ paragraphes, lien }) => [
	...paragraphes,
	...lien ? [`${lien.texte}\n${lien.href}`] : [],
	pied
].join("\n\n");
/** What the outbox keeps, with the address of its link; null when it was forgotten. */
var lettreDe = (objet, { paragraphes, lien }, secret) => {
	if (paragraphes === void 0) return null;
	if (lien === void 0) return {
		objet,
		paragraphes,
		lien: void 0
	};
	const href = secret ?? lien.href;
	return href === void 0 ? null : {
		objet,
		paragraphes,
		lien: {
			texte: lien.texte,
			href
		}
	};
};
// src/platform/expedition.ts
/** Waits after the first, second… failed attempt, in seconds; after the last, the mail is given up. */
var attentes = [
	60,
	300,
	900,
	3600,
	14400,
	43200,
	86400
];
var contenuGarde = z.object({
	paragraphes: z.array(z.string()).exactOptional(),
	lien: z.object({
		texte: z.string(),
		href: z.string().exactOptional()
	}).exactOptional()
});
/** The way to the SMTP server of the configuration. Beyond this machine a password travels enciphered only. */
var ouvrirTransport = (adresse) => {
	const url = new URL(adresse);
	const secure = url.protocol === "smtps:";
	const hote = url.hostname.replace(/^\[|\]$/g, "");
	const ici = [
		"localhost",
		"127.0.0.1",
		"::1"
	].includes(hote);
	return createTransport({
		host: hote,
		port: url.port === "" ? secure ? 465 : 587 : Number(url.port),
		secure,
		ignoreTLS: !secure && ici,
		requireTLS: !secure && !ici && url.username !== "",
		...url.username === "" ? {} : { auth: {
			user: decodeURIComponent(url.username),
			pass: decodeURIComponent(url.password)
		} },
		connectionTimeout: 1e4,
		greetingTimeout: 1e4,
		dnsTimeout: 1e4,
		socketTimeout: 6e4,
		disableFileAccess: true,
		disableUrlAccess: true
	});
};
var erreurSmtp = z.object({
	code: z.string().optional(),
	command: z.string().optional(),
	responseCode: z.number().optional()
});
/** Of what the server said, whether to come back. A refusal of the recipient or of the message is for this mail alone. */
var comprendre = (error) => {
	const message = error instanceof Error ? error.message : String(error);
	const { code, command, responseCode } = erreurSmtp.catch({}).parse(error);
	const propre = (code === "EENVELOPE" || code === "EMESSAGE") && (command === "RCPT TO" || command === "DATA" || command === "API");
	return {
		phrase: message.replace(/\p{Cc}+/gu, " ").slice(0, 500),
		definitif: propre && (responseCode === void 0 || responseCode >= 500),
		general: !propre
	};
};
var envoyer = async ({ transport, expediteur }, destinataire, messageId, lettre) => {
	try {
		await transport.sendMail({
			from: {
				name: "Maillage",
				address: expediteur
			},
			to: {
				name: "",
				address: destinataire
			},
			subject: lettre.objet,
			text: courrielTexte(lettre),
			html: courrielHtml(lettre),
			messageId,
			headers: {
				"Auto-Submitted": "auto-generated",
				"Content-Language": "fr"
			}
		});
		return null;
	} catch (error) {
		return comprendre(error);
	}
};
/**
* Sends the next mail that is due, in a transaction that holds its row: nobody else takes it meanwhile, and a process
* that dies between the server's answer and the commit sends it again, under the same Message-ID.
*/
var expedierUn = (outils) => outils.db.transaction().execute(async (transaction) => {
	await sql`set local idle_in_transaction_session_timeout = '15min'`.execute(transaction);
	const { rows } = await sql`
      select id, destinataire, objet, contenu, lien_secret, tentatives, message_id from courriel
      where statut = 'en_attente' and prochain_essai_le <= now()
      order by prochain_essai_le limit 1 for update skip locked`.execute(transaction);
	const ligne = rows[0];
	if (ligne === void 0) return "rien";
	const lettre = lettreDe(ligne.objet, contenuGarde.catch({}).parse(ligne.contenu), ligne.lien_secret);
	const garder = await outils.garderSecrets();
	const messageId = ligne.message_id ?? `<${ligne.id}@${outils.expediteur.split("@").at(-1)}>`;
	const echec = lettre === null ? {
		phrase: "Son contenu a été effacé.",
		definitif: true,
		general: false
	} : await envoyer(outils, ligne.destinataire, messageId, lettre);
	const tentatives = ligne.tentatives + 1;
	if (echec === null) {
		await sql`
        update courriel set statut = 'envoye', envoye_le = clock_timestamp(), tentatives = ${tentatives},
          message_id = ${messageId}, derniere_erreur = null,
          lien_secret = case when ${garder} then lien_secret end
        where id = ${ligne.id}`.execute(transaction);
		return "envoye";
	}
	const attente = attentes[ligne.tentatives];
	const abandon = echec.definitif || attente === void 0;
	await sql`
      update courriel set statut = ${abandon ? "abandonne" : "en_attente"}, tentatives = ${tentatives},
        message_id = ${messageId}, derniere_erreur = ${echec.phrase},
        prochain_essai_le = clock_timestamp() + make_interval(secs => ${attente ?? 0})
      where id = ${ligne.id}`.execute(transaction);
	if (echec.general) return "injoignable";
	return abandon ? "abandonne" : "reporte";
});
/** Mails that one process sends at once. */
var facteurs = 3;
/** Sends every mail that is due; stops at the first that the server is not there to take, or when told to. */
var expedierTout = async (outils, signal = new AbortController().signal) => {
	let joignable = true;
	await Promise.all(Array.from({ length: facteurs }, async () => {
		while (joignable && !signal.aborted) {
			const issue = await expedierUn(outils);
			if (issue === "rien") return;
			if (issue === "injoignable") joignable = false;
		}
	}));
};
/** Looks for mail that is due at least this often (milliseconds): retries, and what was told while not listening. */
var ronde = 1e4;
/**
* Sends the outbox for as long as it is open: at once when an act puts mail in, and on its rounds. Several processes may
* each have theirs.
*/
var ouvrirExpedition = (adresses, outils, signalerPanne) => {
	const db = connectDatabase(adresses, "expedition", facteurs);
	const fin = new AbortController();
	let reveil = new AbortController();
	let oreille;
	const ecouter = async () => {
		const client = await connectClient(adresses, "expedition");
		client.on("notification", () => reveil.abort());
		client.on("end", () => {
			if (oreille === client) oreille = void 0;
		});
		oreille = client;
		await client.query("listen maillage_courriel");
	};
	const tourner = async () => {
		while (!fin.signal.aborted) {
			reveil = new AbortController();
			try {
				if (oreille === void 0) await ecouter();
				await expedierTout({
					...outils,
					db
				}, fin.signal);
			} catch (error) {
				if (!fin.signal.aborted) signalerPanne(error);
			}
			await setTimeout$1(ronde, void 0, {
				ref: false,
				signal: AbortSignal.any([fin.signal, reveil.signal])
			}).catch(() => void 0);
		}
	};
	const tournee = tourner();
	return { fermer: async () => {
		fin.abort();
		await tournee;
		await oreille?.end().catch(() => void 0);
		await db.destroy();
	} };
};
// src/main/arriere-plan.ts
/** Milliseconds that what is under way may take to end. */
var patience = 5e3;
var signalerPanne = (error) => {
	const cause = error instanceof Error ? error.stack ?? error.message : String(error);
	process.stderr.write(`${JSON.stringify({
		niveau: "panne",
		ou: "arriere-plan",
		cause
	})}\n`);
};
/** Starts what works beside the pages: jobs, and mail where a server is set. */
var ouvrirArrierePlan = async ({ config, adresses, adresse, publique }) => {
	const ouvriers = await ouvrirOuvriers({
		adresses,
		taches,
		clock: systemClock,
		adresse,
		signalerPanne
	});
	const demonstration = () => montreLaDemonstration(publique);
	const { courriel } = config;
	const expedition = courriel && ouvrirExpedition(adresses, {
		transport: ouvrirTransport(courriel.smtp),
		expediteur: courriel.expediteur,
		garderSecrets: demonstration
	}, signalerPanne);
	const db = connectDatabase(adresses, "operateur", 2);
	return {
		sante: async () => lireSanteTaches(db, {
			taches,
			clock: systemClock,
			expedition: courriel !== void 0,
			demonstration: await demonstration()
		}),
		fermer: async () => {
			const fini = Promise.allSettled([
				ouvriers.fermer(),
				expedition?.fermer(),
				db.destroy()
			]);
			await Promise.race([fini, setTimeout$1(patience, void 0, { ref: false })]);
		}
	};
};
// src/main/serveur.ts
var dire = (texte) => {
	process.stdout.write(`${texte}\n`);
};
var echouer = (message) => {
	process.stderr.write(`${message}\n`);
	process.exit(1);
};
/** Listens at once, and answers 503 until the application is there: a busy port is known before any work. */
var ecouter = (config) => new Promise((resolve) => {
	let app;
	const waiting = () => Response.json({
		etat: "indisponible",
		base: "en préparation"
	}, {
		status: 503,
		headers: {
			"Retry-After": "5",
			"Cache-Control": "no-store"
		}
	});
	const server = createServer(getRequestListener((request, env) => app ? app.fetch(request, env) : waiting()));
	server.once("error", (error) => {
		const reason = "code" in error && error.code === "EADDRINUSE" ? "il est déjà utilisé" : error.message;
		resolve(refuser("port", `Le port ${config.port} ne peut pas être ouvert : ${reason}. Choisissez-en un autre avec PORT.`));
	});
	server.listen(config.port, config.hote, () => {
		const bound = server.address();
		const port = bound !== null && typeof bound === "object" ? bound.port : config.port;
		const hote = config.hote === "0.0.0.0" || config.hote === "::" ? "localhost" : config.hote;
		const ouvrir = (ready) => {
			app = ready;
		};
		resolve(reussi({
			server,
			adresse: config.url ?? `http://${hote}:${port}`,
			ouvrir
		}));
	});
});
var preparer = async (config, session) => {
	const place = await session.servir();
	if (!place.ok) return place;
	const prepared = await preparerBase(session.url, config);
	if (!prepared.ok) return prepared;
	if (config.demo) {
		const db = connectDatabase(prepared.valeur.adresses, "operateur", 2);
		try {
			const loaded = await chargerDemoAuPremierDemarrage(db, systeme);
			if (!loaded.ok) return loaded;
			if (loaded.valeur) dire("Démonstration chargée : l’Aisne de mars 2021 (MAILLAGE_DEMO=non pour démarrer à vide).");
		} finally {
			await db.destroy();
		}
	}
	return reussi({
		migrations: prepared.valeur.migrations.length,
		adresses: prepared.valeur.adresses
	});
};
var heure = 36e5;
/** In France, when nobody reads. */
var heureDeNuit = 3;
/**
* Does a work every night, in each process: the archive stands in its memory, where a job of all would make it for one.
* One that fails is done by whoever needs it in the day.
*/
var chaqueNuit = (travail) => {
	const now = systemClock().toZonedDateTimeISO("Europe/Paris");
	const today = now.with({
		hour: heureDeNuit,
		minute: 0,
		second: 0
	});
	const next = today.epochMilliseconds > now.epochMilliseconds ? today : today.add({ days: 1 });
	setTimeout(() => {
		travail().catch(() => void 0);
		setTimeout(() => chaqueNuit(travail), heure).unref();
	}, next.epochMilliseconds - now.epochMilliseconds).unref();
};
/** Starts everything, serves, and ends everything when told to. */
var demarrer = async () => {
	const config = readConfig(process.env);
	if (!config.ok) return echouer(config.message);
	const absent = themeAbsent(config.valeur.theme) ?? depotAbsent(config.valeur);
	if (absent !== null) return echouer(absent);
	const porte = await ecouter(config.valeur);
	if (!porte.ok) return echouer(porte.message);
	const { server, adresse, ouvrir } = porte.valeur;
	let session;
	let arrierePlan;
	let ending = false;
	const finir = async (code) => {
		if (ending) return;
		ending = true;
		setTimeout(() => process.exit(code || 1), 9e3).unref();
		server.close();
		setTimeout(() => server.closeAllConnections(), 2e3).unref();
		server.closeIdleConnections();
		const opened = session ?? await opening.then((result) => result.ok ? result.valeur : void 0);
		await arrierePlan?.fermer();
		await opened?.fermer(true);
		process.exit(code);
	};
	for (const signal of [
		"SIGTERM",
		"SIGINT",
		"SIGHUP"
	]) process.on(signal, () => void finir(0));
	process.on("disconnect", () => void finir(0));
	const opening = ouvrirSession(config.valeur);
	const opened = await opening;
	if (!opened.ok) return echouer(opened.message);
	session = opened.valeur;
	const prepared = await preparer(config.valeur, session).catch((error) => {
		if (ending) return void 0;
		throw error;
	});
	if (prepared === void 0 || ending) return;
	if (!prepared.ok) {
		await session.fermer();
		return echouer(prepared.message);
	}
	const { migrations, adresses } = prepared.valeur;
	const db = connectDatabase(adresses, "publique", 10);
	const application = connectDatabase(adresses, "application", 10);
	const acces = connectDatabase(adresses, "acces", 10);
	const changements = config.valeur.memoire ? await ecouterChangements(adresses) : sansChangements;
	arrierePlan = await ouvrirArrierePlan({
		config: config.valeur,
		adresses,
		adresse,
		publique: db
	}).catch((error) => {
		if (ending) return void 0;
		throw error;
	});
	if (arrierePlan === void 0 || ending) return;
	ouvrir(creerApplication({
		config: config.valeur,
		adresse: () => adresse,
		db,
		application,
		acces,
		changements,
		migrationsAttendues: migrations,
		santeTaches: arrierePlan.sante,
		limitesPartagees: openPool(adresses, "acces", 4)
	}));
	chaqueNuit(() => preparerArchive(db, adresse));
	const cle = avertirDeLaCle(config.valeur);
	if (cle !== void 0) dire(cle);
	dire(`Maillage est prêt : ${adresse} (données : ${session.ou}).`);
	await session.perdue;
	if (ending) return;
	process.stderr.write("La base s’est arrêtée d’elle-même : le serveur s’arrête aussi. Relancez npm start.\n");
	await finir(1);
};
// src/main.ts
await demarrer();
export {};
