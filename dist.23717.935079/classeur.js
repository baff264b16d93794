import { parentPort, workerData } from "node:worker_threads";
import writeXlsxFile from "write-excel-file/node";
// src/platform/listes/classeur.ts
var cellule = (type, valeur) => {
	if (valeur === null) return null;
	if (typeof valeur === "number") {
		if (type === "euros") return {
			value: valeur,
			type: Number,
			format: "#,##0.00 \"€\""
		};
		return {
			value: valeur,
			type: Number,
			...type === "entier" ? { format: "#,##0" } : {}
		};
	}
	if (typeof valeur === "boolean") return {
		value: valeur ? "oui" : "non",
		type: String
	};
	if (type === "date") return {
		value: /* @__PURE__ */ new Date(`${valeur}T00:00:00Z`),
		type: Date,
		format: "dd/mm/yyyy"
	};
	return {
		value: valeur,
		type: String
	};
};
var largeurs = {
	texte: 32,
	textes: 28,
	euros: 18,
	date: 14
};
var composer = ({ titre, description, source, colonnes }, lignes) => {
	const head = (value) => ({
		value,
		type: String,
		fontWeight: "bold",
		wrap: true
	});
	const described = [
		[{
			value: titre,
			type: String,
			fontWeight: "bold"
		}],
		[{
			value: description,
			type: String
		}],
		[{
			value: source,
			type: String
		}],
		[],
		[
			head("Colonne"),
			head("Nom dans les autres fichiers"),
			head("Ce qu’elle contient")
		],
		...colonnes.map((colonne) => [
			{
				value: colonne.titre,
				type: String
			},
			{
				value: colonne.code,
				type: String
			},
			{
				value: colonne.description,
				type: String,
				wrap: true
			}
		])
	];
	return writeXlsxFile([{
		data: [colonnes.map((colonne) => head(colonne.titre)), ...lignes],
		sheet: titre.slice(0, 31),
		columns: colonnes.map(({ type }) => ({ width: largeurs[type] ?? 14 })),
		stickyRowsCount: 1
	}, {
		data: described,
		sheet: "Description",
		columns: [
			{ width: 32 },
			{ width: 28 },
			{ width: 90 }
		]
	}]).toBuffer();
};
var entete = workerData;
var lignes = [];
parentPort?.on("message", async (lot) => {
	if (lot !== null) {
		for (const ligne of lot) lignes.push(ligne.map((valeur, rang) => cellule(entete.colonnes[rang]?.type ?? "texte", valeur)));
		return;
	}
	const octets = new Uint8Array(await composer(entete, lignes));
	parentPort?.postMessage(octets, [octets.buffer]);
});
export {};
