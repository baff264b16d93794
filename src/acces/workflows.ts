import { motifSur } from '../platform/journal.ts';
import { defineWorkflow } from '../platform/workflow.ts';

/** The life of an invitation; « expirée » is not a state but a day that has come. */
export const workflowInvitation = defineWorkflow({
  objet: 'l’invitation',
  table: 'invitation',
  motifSur: (invitation, motif) => motifSur({ invitation }, motif),
  initial: 'envoyee',
  etats: { envoyee: 'envoyée', acceptee: 'acceptée', revoquee: 'révoquée' },
  transitions: {
    accepter: {
      libelle: 'accepter',
      depuis: ['envoyee'],
      vers: 'acceptee',
      // Whoever holds the link has no role yet.
      qui: ['visiteur'],
      motifRequis: false,
    },
    revoquer: {
      libelle: 'révoquer',
      depuis: ['envoyee'],
      vers: 'revoquee',
      qui: ['operateur', 'administrateur', 'instructeur', 'gestionnaire'],
      motifRequis: false,
    },
  },
});

/** The life of a claim: a structure proves by post that it is itself, then the préfecture decides. */
export const workflowRevendication = defineWorkflow({
  objet: 'la demande d’accès',
  table: 'revendication',
  motifSur: (revendication, motif) => motifSur({ revendication }, motif),
  initial: 'demandee',
  etats: {
    demandee: 'demandée',
    courrier_edite: 'courrier édité',
    code_verifie: 'code vérifié',
    confirmee: 'confirmée',
    refusee: 'refusée',
  },
  transitions: {
    editer_courrier: {
      libelle: 'éditer le courrier de',
      depuis: ['demandee', 'courrier_edite'],
      vers: 'courrier_edite',
      qui: ['operateur', 'administrateur', 'instructeur'],
      motifRequis: false,
    },
    verifier_code: {
      libelle: 'vérifier le code de',
      depuis: ['courrier_edite'],
      vers: 'code_verifie',
      qui: ['visiteur'],
      motifRequis: false,
    },
    confirmer: {
      libelle: 'confirmer',
      depuis: ['code_verifie'],
      vers: 'confirmee',
      qui: ['operateur', 'administrateur', 'instructeur'],
      motifRequis: false,
    },
    refuser: {
      libelle: 'refuser',
      depuis: ['demandee', 'courrier_edite', 'code_verifie'],
      vers: 'refusee',
      qui: ['operateur', 'administrateur', 'instructeur'],
      motifRequis: true,
    },
  },
});
