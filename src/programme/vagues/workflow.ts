import type { Database } from '../../platform/database/index.ts';
import { pluriel } from '../../platform/francais/index.ts';
import { defineWorkflow } from '../../platform/workflow.ts';
import { phraseDesManques } from './coherence.rules.ts';
import { estEnSeance, getPostesRetenus } from './seances.store.ts';
import { lireVague, manquesDe } from './store.ts';

const complete = async (db: Database, id: string): Promise<string | undefined> => {
  const vague = await lireVague(db, id);
  const manques = vague === undefined ? [] : await manquesDe(db, vague);
  return manques.length === 0 ? undefined : phraseDesManques(manques);
};

/** Why a wave may not be cancelled; undefined where it may. */
export const annulationEmpechee = async (db: Database, id: string): Promise<string | undefined> => {
  if (await estEnSeance(db, id))
    return 'Une séance du comité est ouverte sur cette vague\u00a0: faites-la clore avant d’annuler la vague.';
  const decides = (await lireVague(db, id))?.postesDecides ?? 0;
  if (decides > 0)
    return `Le comité a déjà décidé ${pluriel(decides, 'poste', 'postes')} dans cette vague\u00a0: retirez ces décisions avant de l’annuler.`;
  const retenus = await getPostesRetenus(db, id);
  return retenus === 0
    ? undefined
    : `Une sélection importée a retenu ${pluriel(retenus, 'poste', 'postes')} dans cette vague\u00a0: elle ne s’annule plus.`;
};

/** The life of a wave. That it opens and closes is not a status: its dates say so. */
export const workflowVague = defineWorkflow({
  objet: 'la vague',
  table: 'vague',
  initial: 'preparation',
  etats: { preparation: 'en préparation', publiee: 'publiée', annulee: 'annulée' },
  transitions: {
    publier: {
      libelle: 'publier',
      depuis: ['preparation'],
      vers: 'publiee',
      qui: ['administrateur', 'operateur'],
      motifRequis: false,
      garde: complete,
    },
    annuler: {
      libelle: 'annuler',
      depuis: ['preparation', 'publiee'],
      vers: 'annulee',
      qui: ['administrateur', 'operateur'],
      motifRequis: true,
      garde: annulationEmpechee,
    },
  },
});
