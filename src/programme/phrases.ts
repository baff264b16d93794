import { euros } from '../platform/francais/index.ts';
import { nombreDe, type Phrases, texteDe } from '../platform/historique.ts';

export const phrases: Phrases = {
  'programme.installer': () => 'Programme installé',
  'programme.engager': (contenu) => `${euros(nombreDe(contenu, 'montant_centimes'))} engagés sur l’enveloppe`,
  'programme.definir_enveloppe': (contenu) =>
    `Enveloppe portée de ${euros(nombreDe(contenu, 'avant_centimes'))} à ${euros(nombreDe(contenu, 'apres_centimes'))}`,
  'programme.definir_vague': (contenu) => `Vague définie\u00a0: ${texteDe(contenu, 'nom') ?? 'sans nom'}`,
};
