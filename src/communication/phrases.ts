import { dateLongue, liste, pluriel } from '../platform/francais/index.ts';
import { nombreDe, type Phrases, texteDe } from '../platform/historique.ts';

const reglages: Readonly<Record<string, string>> = {
  service: 'nom du service',
  adresse: 'adresse',
  lieu: 'lieu de signature',
  contact: 'contact presse',
  logo: 'logo',
  boite: 'boîte du service',
};

export const phrases: Phrases = {
  'communique.publier': (contenu) =>
    `Communiqué publié\u00a0: ${pluriel(nombreDe(contenu, 'structures'), 'structure', 'structures')}, ${pluriel(nombreDe(contenu, 'postes'), 'poste', 'postes')}`,
  'communique.publier_directement': (contenu) =>
    `Communiqué publié par l’opérateur\u00a0: ${pluriel(nombreDe(contenu, 'structures'), 'structure', 'structures')}, ${pluriel(nombreDe(contenu, 'postes'), 'poste', 'postes')}`,
  'communique.rediger': () => 'Brouillon enregistré',
  'communique.demander_relecture': () => 'Relecture demandée',
  'communique.demander_corrections': () => 'Corrections demandées',
  'communique.approuver': () => 'Communiqué relu et approuvé',
  'communique.retirer': () => 'Communiqué retiré',
  'communique.reprendre': () => 'Communiqué repris en brouillon',
  'communique.reecrire': ({ retabli }) =>
    retabli === true ? 'Paragraphe rétabli dans sa rédaction proposée' : 'Paragraphe réécrit',
  'communication.regler_prefecture': ({ champs }) => {
    const noms = Array.isArray(champs) ? champs.flatMap((champ) => reglages[String(champ)] ?? []) : [];
    return noms.length === 0 ? 'Réglages enregistrés' : `Réglages modifiés\u00a0: ${liste(noms)}`;
  },
  'communication.nommer_signataire': (contenu) => {
    const debut = texteDe(contenu, 'debut');
    return `Signataire ajouté${debut === undefined ? '' : ` à partir du ${dateLongue(debut)}`}`;
  },
  'communication.finir_signataire': (contenu) => {
    const fin = texteDe(contenu, 'fin');
    return contenu['retire'] === true || fin === undefined
      ? 'Signataire retiré'
      : `Fin d’une signature le ${dateLongue(fin)}`;
  },
  'communication.definir_en_tete': () => 'En-tête de la préfecture défini',
};
