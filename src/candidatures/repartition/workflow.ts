import { defineWorkflow } from '../../platform/workflow.ts';

/** The life of a proposal: asked for by the committee, calculated by a job. */
export const workflowProposition = defineWorkflow({
  objet: 'la proposition',
  table: 'proposition',
  initial: 'demandee',
  etats: { demandee: 'en cours de calcul', calculee: 'calculée', echouee: 'échouée' },
  transitions: {
    calculer: {
      libelle: 'calculer',
      depuis: ['demandee'],
      vers: 'calculee',
      qui: ['operateur'],
      motifRequis: false,
    },
    echouer: {
      libelle: 'abandonner',
      depuis: ['demandee'],
      vers: 'echouee',
      qui: ['operateur'],
      motifRequis: true,
    },
  },
});
