import { defineWorkflow } from '../workflow.ts';

/** A file, from the moment it is handed in until the antivirus has spoken; sound at once where there is none. */
export const workflowFichier = defineWorkflow({
  objet: 'le fichier',
  table: 'fichier',
  etats: { a_part: 'gardé à part', sain: 'sain', refuse: 'refusé' },
  initial: 'a_part',
  transitions: {
    admettre: {
      libelle: 'admettre',
      depuis: ['a_part'],
      vers: 'sain',
      qui: ['operateur'],
      motifRequis: false,
    },
    refuser: {
      libelle: 'refuser',
      depuis: ['a_part'],
      vers: 'refuse',
      qui: ['operateur'],
      motifRequis: true,
    },
  },
});

export type StatutFichier = keyof typeof workflowFichier.etats;
