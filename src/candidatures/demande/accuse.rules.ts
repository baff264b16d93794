import { instantLong } from '../../platform/francais/dates.ts';

export type FaitsDeLAccuse = {
  readonly numero: number;
  readonly version: number;
  readonly vague: string;
  readonly structure: string;
  readonly identifiant: string;
  readonly postes: number;
  /** ISO instant of the receipt. */
  readonly recueLe: string;
  readonly service: {
    readonly nom: readonly string[];
    readonly adresse: readonly string[];
    readonly contact: string | null;
  };
};

/**
 * What comes after a receipt, as the programme words it. What silence would mean is a matter of the texts that govern
 * the programme: the product says that the decision is notified, and who answers.
 */
const suite = [
  'Votre demande est instruite par la préfecture, puis examinée par le comité de sélection. La décision vous sera notifiée par courriel et dans votre espace, favorable ou non.',
  'Tant qu’aucune décision ne vous a été notifiée, adressez-vous au service chargé du dossier pour savoir où en est votre demande et ce que vaut le silence de l’administration dans votre cas.',
] as const;

export type Accuse = {
  readonly objet: string;
  readonly reference: string;
  readonly avant: readonly string[];
  readonly mentions: readonly { readonly titre: string; readonly lignes: readonly string[] }[];
  readonly apres: readonly string[];
};

/** The receipt of an application, with what articles L112-3 and R112-5 of the CRPA ask for. */
export const composerAccuse = (faits: FaitsDeLAccuse): Accuse => ({
  objet:
    faits.version === 1
      ? 'Accusé de réception de votre candidature'
      : 'Accusé de réception de votre candidature corrigée',
  reference: `Candidature n° ${faits.numero}, dépôt n° ${faits.version}`,
  avant: [
    'Madame, Monsieur,',
    `La candidature de « ${faits.structure} » (${faits.identifiant}) à ${faits.vague}, pour ${faits.postes} poste${faits.postes > 1 ? 's' : ''}, est bien reçue.`,
  ],
  mentions: [
    { titre: 'Date de réception de la demande', lignes: [instantLong(faits.recueLe)] },
    {
      titre: 'Service chargé du dossier',
      lignes: [
        ...faits.service.nom,
        ...faits.service.adresse,
        ...(faits.service.contact === null ? [] : [`Contact : ${faits.service.contact}`]),
      ],
    },
    { titre: 'Suite de la demande', lignes: suite },
  ],
  apres: [
    'Gardez cet accusé de réception. Il peut être téléchargé à nouveau depuis la page de la candidature.',
  ],
});
