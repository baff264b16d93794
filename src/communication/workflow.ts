import { defineWorkflow } from '../platform/workflow.ts';

/** The life of a communiqué: its figures always come from the decisions, its status only from here. */
export const workflowCommunique = defineWorkflow({
  objet: 'le communiqué',
  table: 'communique',
  initial: 'brouillon',
  etats: { brouillon: 'brouillon', publie: 'publié', retire: 'retiré' },
  transitions: {
    publier: {
      libelle: 'publier',
      depuis: ['brouillon'],
      vers: 'publie',
      qui: ['operateur', 'instructeur', 'administrateur'],
      motifRequis: false,
    },
    retirer: {
      libelle: 'retirer',
      depuis: ['publie'],
      vers: 'retire',
      qui: ['operateur', 'instructeur', 'administrateur'],
      motifRequis: true,
    },
    reprendre: {
      libelle: 'reprendre',
      depuis: ['retire'],
      vers: 'brouillon',
      qui: ['operateur', 'instructeur', 'administrateur'],
      motifRequis: false,
    },
  },
});
