// Runs in a thread of its own (see solveur.ts): the solver holds its thread until it is done. Given the model as its
// data, tells how far it is, then the answer.
import { parentPort, workerData } from 'node:worker_threads';
import chargerHighs from 'highs';

export type Demande = {
  /** Its program, compiled. */
  readonly solveur: WebAssembly.Module;
  /** In LP format, its integer variables being `x0` to `x(n-1)`. */
  readonly modele: string;
  readonly nombre: number;
  /** Relative distance to the proven bound at which it may stop. */
  readonly ecart: number;
  /** In seconds. */
  readonly dureeMax: number;
};

export type Avancement = {
  readonly type: 'avancement';
  /** In seconds. */
  readonly duree: number;
  /** Relative distance to the proven bound; null before there is a first solution. */
  readonly ecart: number | null;
};

export type Reponse = {
  readonly type: 'reponse';
  readonly postes: readonly number[];
  /** The proven bound on the points. */
  readonly borne: number;
  readonly points: number;
  readonly ecart: number;
  readonly duree: number;
};

export type Echec = { readonly type: 'echec'; readonly statut: number };

const resoudre = async ({ solveur, modele, nombre, ecart, dureeMax }: Demande): Promise<Reponse | Echec> => {
  const highs = await chargerHighs({ wasmModule: solveur });
  const dire = (message: Avancement) => parentPort?.postMessage(message);
  return highs.withModel({ format: 'lp', data: modele }, (model): Reponse | Echec => {
    model.options.set({ mip_rel_gap: ecart, time_limit: dureeMax });
    let dernier = 0;
    const { mipLogging } = highs.constants.callbackType;
    const { modelStatus } = model.run({
      [mipLogging]: ({ data }) => {
        const duree = data.running_time ?? 0;
        if (duree - dernier < 0.2) return;
        dernier = duree;
        const reste = data.mip_gap;
        dire({
          type: 'avancement',
          duree,
          ecart: reste !== undefined && Number.isFinite(reste) ? reste : null,
        });
      },
    });
    const { optimal, timeLimit } = highs.constants.modelStatus;
    if (modelStatus !== optimal && modelStatus !== timeLimit) return { type: 'echec', statut: modelStatus };
    const { colValue } = model.getSolution();
    const noms = new Map(Array.from({ length: nombre }, (_, rang) => [`x${rang}`, rang]));
    const postes = new Array<number>(nombre).fill(0);
    colValue.forEach((valeur, colonne) => {
      const rang = noms.get(model.getColName(colonne));
      if (rang !== undefined) postes[rang] = Math.round(valeur);
    });
    return {
      type: 'reponse',
      postes,
      borne: Number(model.info.get('mip_dual_bound')),
      points: model.getObjectiveValue(),
      ecart: Number(model.info.get('mip_gap')),
      duree: model.getRunTime(),
    };
  });
};

parentPort?.postMessage(await resoudre(workerData as Demande));
