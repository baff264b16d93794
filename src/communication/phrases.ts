import { dateLongue, instantLong, liste, pluriel } from '../platform/francais/index.ts';
import { type Contenu, nombreDe, type Phrases, texteDe } from '../platform/historique.ts';
import { enApposition } from './signataires.rules.ts';

const reglages: Readonly<Record<string, string>> = {
  service: 'nom du service',
  adresse: 'adresse',
  lieu: 'lieu de signature',
  contact: 'contact presse',
  logo: 'logo',
  boite: 'boîte du service',
};

/** Who signs, where the line says it: « : Dominique Martin, la secrétaire générale ». */
const qui = (contenu: Contenu): string => {
  const fonction = texteDe(contenu, 'fonction');
  const noms = [texteDe(contenu, 'nom'), fonction && enApposition(fonction)].filter(
    (texte) => texte !== undefined,
  );
  return noms.length === 0 ? '' : `\u00a0: ${noms.join(', ')}`;
};

/** What a publication announces, at once or from an instant to come. */
const publication = (contenu: Contenu, parQui: string): string => {
  const instant = texteDe(contenu, 'instant');
  const annonce = `${pluriel(nombreDe(contenu, 'structures'), 'structure', 'structures')}, ${pluriel(nombreDe(contenu, 'postes'), 'poste', 'postes')}`;
  return contenu['programme'] === true && instant !== undefined
    ? `Communiqué programmé${parQui} pour le ${instantLong(instant)}\u00a0: ${annonce}`
    : `Communiqué publié${parQui}\u00a0: ${annonce}`;
};

export const phrases: Phrases = {
  'communique.commencer': () => 'Brouillon de communiqué commencé à la clôture de la séance',
  'communique.publier': (contenu) => publication(contenu, ''),
  'communique.publier_directement': (contenu) => publication(contenu, ' par l’opérateur'),
  'communique.reprogrammer': (contenu) => {
    const instant = texteDe(contenu, 'instant');
    return `Publication déplacée${instant === undefined ? '' : ` au ${instantLong(instant)}`}, sans changement du texte`;
  },
  'communique.rediger': () => 'Brouillon enregistré',
  'communique.demander_relecture': () => 'Relecture demandée',
  'communique.demander_corrections': () => 'Corrections demandées',
  'communique.approuver': () => 'Communiqué relu et approuvé',
  'communique.retirer': ({ programme }) =>
    programme === true ? 'Publication programmée annulée, avant que le public la voie' : 'Communiqué retiré',
  'communique.reprendre': () => 'Communiqué repris en brouillon',
  'communique.reecrire': ({ retabli }) =>
    retabli === true ? 'Paragraphe rétabli dans sa rédaction proposée' : 'Paragraphe réécrit',
  'communication.regler_prefecture': ({ champs }) => {
    const noms = Array.isArray(champs) ? champs.flatMap((champ) => reglages[String(champ)] ?? []) : [];
    return noms.length === 0 ? 'Réglages enregistrés' : `Réglages modifiés\u00a0: ${liste(noms)}`;
  },
  'communication.nommer_signataire': (contenu) => {
    const debut = texteDe(contenu, 'debut');
    return `Signataire ajouté${qui(contenu)}${debut === undefined ? '' : `, à partir du ${dateLongue(debut)}`}`;
  },
  'communication.finir_signataire': (contenu) => {
    const fin = texteDe(contenu, 'fin');
    return contenu['retire'] === true || fin === undefined
      ? `Signataire retiré${qui(contenu)}`
      : `Fin d’une signature le ${dateLongue(fin)}${qui(contenu)}`;
  },
  'communication.definir_en_tete': () => 'En-tête de la préfecture défini',
};
