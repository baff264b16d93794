import { MOTS_DE_NOMBRE } from '../platform/francais/index.ts';

/** What a communiqué counts. A number before one of these words is a figure. */
const COMPTES =
  /^(%|€|conseill(er|ère)s?|postes?|structures?|euros?|ans?|années?|mois|lauréate?s?|emplois?|équipes?|coordinat(eur|rice)s?)$/i;
/** Words that part a number from what follows: « depuis 2021 les structures ». */
const ARRETS = new Set(
  'le la les un une ce ces cet cette leur leurs et ou en dans pour par sur avec qui que où à au aux des du'.split(
    ' ',
  ),
);
const MOTS = new Set(MOTS_DE_NOMBRE);
/** « deux nouveaux postes », « trois autres bons postes »: words that may come between. */
const ECART_MAX = 2;

interface Jeton {
  texte: string;
  debut: number;
  fin: number;
}

function decouper(gabarit: string): readonly Jeton[] {
  return [...gabarit.matchAll(/\{[a-z0-9_]+\}|\p{N}+|\p{L}+|[^\s\p{L}\p{N}]/gu)].map((trouve) => ({
    texte: trouve[0],
    debut: trouve.index,
    fin: trouve.index + trouve[0].length,
  }));
}

const estRepere = (texte: string): boolean => texte.startsWith('{') && texte.length > 1;
const estNombre = (texte: string): boolean => /^\p{N}/u.test(texte) || MOTS.has(texte.toLowerCase());

/**
 * The first number typed by hand that counts something, as it is written, or `null`. Numbers in digits and in
 * words from two on; « un poste » is free, it is also an article. A number that touches a placeholder counts too:
 * « 1{postes} » would read 132.
 */
export function chiffreSaisi(gabarit: string): string | null {
  const jetons = decouper(gabarit);
  for (const [rang, jeton] of jetons.entries()) {
    if (!estNombre(jeton.texte)) continue;
    const avant = jetons[rang - 1];
    if (avant !== undefined && estRepere(avant.texte)) return gabarit.slice(avant.debut, jeton.fin);
    const deuxPoints = avant?.texte === ':' ? jetons[rang - 2] : undefined;
    if (deuxPoints !== undefined && (COMPTES.test(deuxPoints.texte) || estRepere(deuxPoints.texte))) {
      return gabarit.slice(deuxPoints.debut, jeton.fin);
    }
    const compte = ceQueCompte(jetons, rang + 1);
    if (compte !== null) return gabarit.slice(jeton.debut, compte.fin);
  }
  return null;
}

function ceQueCompte(jetons: readonly Jeton[], depart: number): Jeton | null {
  let ecart = 0;
  for (let rang = depart; rang < jetons.length; rang += 1) {
    const jeton = jetons[rang];
    if (jeton === undefined) return null;
    const { texte } = jeton;
    const suivant = jetons[rang + 1]?.texte.toLowerCase() ?? '';
    if (COMPTES.test(texte) || estRepere(texte)) return jeton;
    if (/^pour$/i.test(texte) && suivant === 'cent') return jetons[rang + 1] ?? jeton;
    if (estNombre(texte) || /^[-‐‑–]$/.test(texte)) continue;
    // Inside a number: « vingt et un », « 3,5 »; before what it counts: « millions d’euros », « 40 des postes ».
    if (texte === 'et' && /^(une?|onze)$/.test(suivant)) rang += 1;
    else if (/^[.,]$/.test(texte) && /^\p{N}/u.test(suivant) && jetons[rang + 1]?.debut === jeton.fin)
      continue;
    else if (/^(d|de)$/i.test(texte) || (/[’']/.test(texte) && /^d$/i.test(jetons[rang - 1]?.texte ?? '')))
      continue;
    else if (texte === 'des' && ecart === 0) continue;
    else if (!/^\p{L}/u.test(texte) || ARRETS.has(texte.toLowerCase()) || ecart === ECART_MAX) return null;
    else ecart += 1;
  }
  return null;
}
