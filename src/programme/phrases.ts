import { dateLongue, euros } from '../platform/francais/index.ts';
import { nombreDe, type Phrases, texteDe } from '../platform/historique.ts';
import { nomsDeSections, sections } from './vagues/rules.ts';

export const phrases: Phrases = {
  'programme.installer': () => 'Programme installé',
  'programme.engager': (contenu) => `${euros(nombreDe(contenu, 'montant_centimes'))} engagés sur l’enveloppe`,
  'programme.creer_enveloppe': (contenu) =>
    `Enveloppe ajoutée\u00a0: ${texteDe(contenu, 'nom') ?? 'sans nom'}, ${euros(nombreDe(contenu, 'montant_centimes'))}`,
  'programme.definir_enveloppe': (contenu) => {
    const nom = texteDe(contenu, 'nom');
    const [avant, apres] = [nombreDe(contenu, 'avant_centimes'), nombreDe(contenu, 'apres_centimes')];
    const renommee = nom === undefined ? '' : `renommée «\u00a0${nom}\u00a0»`;
    if (avant === apres && nom !== undefined) return `Enveloppe ${renommee}`;
    return `Enveloppe portée de ${euros(avant)} à ${euros(apres)}${nom === undefined ? '' : `, et ${renommee}`}`;
  },
  'programme.definir_vague': (contenu) => `Vague définie\u00a0: ${texteDe(contenu, 'nom') ?? 'sans nom'}`,
  'programme.creer_vague': (contenu) => `Vague préparée\u00a0: ${texteDe(contenu, 'nom') ?? 'sans nom'}`,
  'programme.modifier_vague': (contenu) => {
    const section = nomsDeSections.find((nom) => nom === contenu['section']);
    return `Vague modifiée\u00a0: ${section === undefined ? 'son contenu' : sections[section].titre.toLowerCase()}`;
  },
  'programme.supprimer_vague': (contenu) =>
    `Vague en préparation supprimée\u00a0: ${texteDe(contenu, 'nom') ?? 'sans nom'}`,
  'programme.prolonger_vague': () => 'Clôture de la vague reportée',
  'programme.creer_regime': (contenu) => `Régime ajouté\u00a0: ${texteDe(contenu, 'libelle') ?? 'sans nom'}`,
  'programme.finir_regime': (contenu) => {
    const fin = texteDe(contenu, 'fin');
    return `Fin d’un régime${fin === undefined ? '' : ` le ${dateLongue(fin)}`}`;
  },
  'vague.publier': () => 'Vague publiée',
  'vague.annuler': () => 'Vague annulée',
};
