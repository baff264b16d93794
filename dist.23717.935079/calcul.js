import { parentPort, workerData } from "node:worker_threads";
import chargerHighs from "highs";
// src/candidatures/repartition/calcul.ts
var resoudre = async ({ modele, nombre, ecart, dureeMax }) => {
	const highs = await chargerHighs();
	const dire = (message) => parentPort?.postMessage(message);
	return highs.withModel({
		format: "lp",
		data: modele
	}, (model) => {
		model.options.set({
			mip_rel_gap: ecart,
			time_limit: dureeMax
		});
		let dernier = 0;
		const { mipLogging } = highs.constants.callbackType;
		const { modelStatus } = model.run({ [mipLogging]: ({ data }) => {
			const duree = data.running_time ?? 0;
			if (duree - dernier < .2) return;
			dernier = duree;
			const reste = data.mip_gap;
			dire({
				type: "avancement",
				duree,
				ecart: reste !== void 0 && Number.isFinite(reste) ? reste : null
			});
		} });
		const { optimal, timeLimit } = highs.constants.modelStatus;
		if (modelStatus !== optimal && modelStatus !== timeLimit) return {
			type: "echec",
			statut: modelStatus
		};
		const { colValue } = model.getSolution();
		const noms = new Map(Array.from({ length: nombre }, (_, rang) => [`x${rang}`, rang]));
		const postes = new Array(nombre).fill(0);
		colValue.forEach((valeur, colonne) => {
			const rang = noms.get(model.getColName(colonne));
			if (rang !== void 0) postes[rang] = Math.round(valeur);
		});
		return {
			type: "reponse",
			postes,
			borne: Number(model.info.get("mip_dual_bound")),
			points: model.getObjectiveValue(),
			ecart: Number(model.info.get("mip_gap")),
			duree: model.getRunTime()
		};
	});
};
parentPort?.postMessage(await resoudre(workerData));
export {};
