import { defineWorkflow } from '../platform/workflow.ts';

const prefecture = ['instructeur', 'administrateur'] as const;

/** The life of a communiqué: its figures always come from the decisions, its status only from here. */
export const workflowCommunique = defineWorkflow({
  objet: 'le communiqué',
  table: 'communique',
  initial: 'brouillon',
  etats: {
    brouillon: 'brouillon',
    en_relecture: 'en relecture',
    relu: 'relu',
    publie: 'publié',
    retire: 'retiré',
  },
  transitions: {
    demander_relecture: {
      libelle: 'faire relire',
      depuis: ['brouillon'],
      vers: 'en_relecture',
      qui: prefecture,
      motifRequis: false,
    },
    demander_corrections: {
      libelle: 'demander des corrections sur',
      depuis: ['en_relecture'],
      vers: 'brouillon',
      qui: prefecture,
      motifRequis: true,
    },
    // By somebody else than who wrote it last: the database says who proofread, and refuses the same person.
    approuver: {
      libelle: 'approuver',
      depuis: ['en_relecture'],
      vers: 'relu',
      qui: prefecture,
      motifRequis: false,
    },
    publier: {
      libelle: 'publier',
      depuis: ['relu'],
      vers: 'publie',
      qui: prefecture,
      motifRequis: false,
    },
    publier_directement: {
      libelle: 'publier sans relecture',
      depuis: ['brouillon', 'en_relecture', 'relu'],
      vers: 'publie',
      qui: ['operateur'],
      motifRequis: true,
    },
    retirer: {
      libelle: 'retirer',
      depuis: ['publie'],
      vers: 'retire',
      qui: ['operateur', ...prefecture],
      motifRequis: true,
    },
    reprendre: {
      libelle: 'reprendre en brouillon',
      depuis: ['en_relecture', 'relu', 'retire'],
      vers: 'brouillon',
      qui: ['operateur', ...prefecture],
      motifRequis: false,
    },
  },
});

export type EtatDuCommunique = keyof typeof workflowCommunique.etats;
