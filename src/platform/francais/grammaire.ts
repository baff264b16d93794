import { nombre } from './nombres.ts';

export type Genre = 'm' | 'f';

/** `singulier` for 0 and 1 (and all below 2), as French does. */
export function accord(compte: number, singulier: string, pluriel: string): string {
  return Math.abs(compte) < 2 ? singulier : pluriel;
}

/** « 1 conseiller numérique », « 32 conseillers numériques », « 0 poste ». */
export function pluriel(compte: number, singulier: string, plurielForme: string): string {
  return `${nombre(compte)} ${accord(compte, singulier, plurielForme)}`;
}

/**
 * Words in h that elide. All others do not: an h aspirated by mistake (« de Hirson ») shocks less than
 * one elided by mistake (« l’Havre »).
 */
const H_MUET =
  /^h(abi[lt]|aleine|arm|ebdo|ébd|ectare|élic|élio|énin|érau|ériti|érit|éro[iï]n|és?it|eur[e']|iron|irson|isto|iver|o[mn][mn]e|on[no]eu|ono|ôpi|opital|ôt|oraire|ori[sz]|orlog|orti|osp|uil|uit[rl]|uma|umi|yg|ymn|yp|yèr)/i;
/** Vowels that do not elide: « le onze », « le oui », « le yaourt »; but « l’Yonne ». */
const VOYELLE_FERMEE = /^(onz|oui|uhl|y[aeiouàâéèêëîïôûü])/i;
const Y_OUVERT = /^y(onne|erres|èvre|eu\b)/i;

/** Whether « le », « la », « de », « que » elide before this word: « l’Aisne », « d’Oyonnax », « le Havre ». */
export function elide(mot: string): boolean {
  const premier = mot.replace(/^[«“"(\s\u00a0\u202f]+/, '').normalize('NFC');
  if (/^h/i.test(premier)) return H_MUET.test(premier);
  if (VOYELLE_FERMEE.test(premier) && !Y_OUVERT.test(premier)) return false;
  return /^[aeiouyàâäéèêëîïôöùûüœæ]/i.test(premier);
}

/** « le Conseil », « la Collectivité », « l’Assemblée ». */
export function avecArticle(nom: string, genre: Genre): string {
  if (elide(nom)) return `l’${nom}`;
  return `${genre === 'm' ? 'le' : 'la'} ${nom}`;
}

/** `de` before a noun phrase that may carry its article: « du Nord », « des Landes », « de l’Aisne », « d’Albi ». */
export function de(groupe: string): string {
  const [, article, nom] = /^(le|les) (.+)$/su.exec(groupe) ?? [];
  if (article === 'le') return `du ${nom}`;
  if (article === 'les') return `des ${nom}`;
  return elide(groupe) && !/^l’/.test(groupe) ? `d’${groupe}` : `de ${groupe}`;
}

/** `à` before a noun phrase that may carry its article: « au Conseil », « aux Espaces », « à la Région ». */
export function a(groupe: string): string {
  const [, article, nom] = /^(le|les) (.+)$/su.exec(groupe) ?? [];
  if (article === 'le') return `au ${nom}`;
  if (article === 'les') return `aux ${nom}`;
  return `à ${groupe}`;
}

/** « que » or « qu’ » before a word. */
export function que(groupe: string): string {
  return elide(groupe) ? `qu’${groupe}` : `que ${groupe}`;
}

/** « a, b et c ». */
export function liste(elements: readonly string[], conjonction: 'et' | 'ou' = 'et'): string {
  if (elements.length <= 1) return elements[0] ?? '';
  return `${elements.slice(0, -1).join(', ')} ${conjonction} ${elements.at(-1)}`;
}

/** First letter in capital, accents and ligatures kept: « À Paris », « Œuvre ». */
export function capitale(texte: string): string {
  const [premiere = ''] = texte;
  return premiere.toLocaleUpperCase('fr') + texte.slice(premiere.length);
}
