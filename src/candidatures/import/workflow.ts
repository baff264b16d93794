import { defineWorkflow } from '../../platform/workflow.ts';

/** The life of a file sent on the web: read without writing, shown, confirmed, imported. */
export const workflowDepot = defineWorkflow({
  objet: 'l’import',
  table: 'import_depot',
  initial: 'depose',
  etats: {
    depose: 'aperçu en cours',
    simule: 'à confirmer',
    confirme: 'import en cours',
    importe: 'importé',
    echoue: 'échoué',
    abandonne: 'abandonné',
  },
  transitions: {
    simuler: {
      libelle: 'préparer l’aperçu de',
      depuis: ['depose'],
      vers: 'simule',
      qui: ['operateur'],
      motifRequis: false,
    },
    confirmer: {
      libelle: 'confirmer',
      depuis: ['simule'],
      vers: 'confirme',
      qui: ['administrateur', 'operateur'],
      motifRequis: false,
    },
    importer: {
      libelle: 'terminer',
      depuis: ['confirme'],
      vers: 'importe',
      qui: ['operateur'],
      motifRequis: false,
    },
    echouer: {
      libelle: 'arrêter',
      depuis: ['depose', 'confirme'],
      vers: 'echoue',
      qui: ['operateur'],
      motifRequis: true,
    },
    reprendre: {
      libelle: 'refaire l’aperçu de',
      depuis: ['simule', 'confirme', 'echoue'],
      vers: 'depose',
      qui: ['administrateur', 'operateur'],
      motifRequis: false,
    },
    abandonner: {
      libelle: 'abandonner',
      depuis: ['depose', 'simule', 'confirme', 'echoue'],
      vers: 'abandonne',
      qui: ['administrateur', 'operateur'],
      motifRequis: false,
    },
  },
});

export type EtatDepot = keyof typeof workflowDepot.etats;
