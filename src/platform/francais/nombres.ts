/**
 * Numbers as French typography writes them. Spaces never break: a narrow one (U+202F) between thousands,
 * a full one (U+00A0) before « % » and « € » (Lexique des règles typographiques, Imprimerie nationale).
 */

export const ESPACE_INSECABLE = '\u00a0';
export const ESPACE_FINE = '\u202f';

/** « 4 000 », « 1 234,5 ». Up to `decimales` digits after the comma, trailing zeros dropped. */
export function nombre(valeur: number, decimales = 0): string {
  const arrondi = Math.abs(valeur).toFixed(decimales);
  const [entier = '0', fraction = ''] = arrondi.split('.');
  const groupes = entier.replace(/\B(?=(\d{3})+$)/g, ESPACE_FINE);
  const utile = fraction.replace(/0+$/, '');
  const texte = utile === '' ? groupes : `${groupes},${utile}`;
  const nul = /^[0,]*$/.test(texte);
  return valeur < 0 && !nul ? `\u2212${texte}` : texte;
}

/** Cents to « 50 000 € », or « 1 234,50 € » where there are cents. Exact: no rounding. */
export function euros(centimes: number): string {
  return `${montant(centimes)}${ESPACE_INSECABLE}€`;
}

function montant(centimes: number): string {
  if (!Number.isSafeInteger(centimes)) throw new RangeError(`Amount not in whole cents: ${centimes}`);
  if (centimes % 100 === 0) return nombre(centimes / 100);
  const absolu = Math.abs(centimes);
  const signe = centimes < 0 ? '\u2212' : '';
  return `${signe}${nombre(Math.floor(absolu / 100))},${String(absolu % 100).padStart(2, '0')}`;
}

/**
 * Cents in words of scale where that is exact: « 250 millions d’euros », « 1,5 milliard d’euros »,
 * else `euros()`. Never rounds: a figure of a public text is the figure of the database.
 */
export function eurosEnLettres(centimes: number): string {
  const echelles = [
    { unite: 100_000_000_000, mot: 'milliard' },
    { unite: 100_000_000, mot: 'million' },
  ];
  for (const { unite, mot } of echelles) {
    if (centimes >= unite && centimes % (unite / 10) === 0) {
      const valeur = centimes / unite;
      return `${nombre(valeur, 1)}${ESPACE_INSECABLE}${valeur < 2 ? mot : `${mot}s`} d’euros`;
    }
  }
  return euros(centimes);
}

/** « 70 % », « 12,5 % » (at most two decimals). */
export function pourcentage(valeur: number): string {
  return `${nombre(valeur, 2)}${ESPACE_INSECABLE}%`;
}

/** Bytes as a file manager says them: « 35 ko », « 1,5 Mo » (of 1 024 bytes and 1 024 ko), rounded down to a tenth. */
export function poids(octets: number): string {
  if (octets < 1_048_576)
    return `${nombre(Math.max(octets > 0 ? 1 : 0, Math.floor(octets / 1024)))}${ESPACE_INSECABLE}ko`;
  return `${nombre(Math.floor((octets * 10) / 1_048_576) / 10, 1)}${ESPACE_INSECABLE}Mo`;
}

const UNITES = [
  'zéro',
  'un',
  'deux',
  'trois',
  'quatre',
  'cinq',
  'six',
  'sept',
  'huit',
  'neuf',
  'dix',
  'onze',
  'douze',
  'treize',
  'quatorze',
  'quinze',
  'seize',
];
const DIZAINES = ['', 'dix', 'vingt', 'trente', 'quarante', 'cinquante', 'soixante'];

/** Every word of which a French number in words is made, `un` aside (it is also an article). */
export const MOTS_DE_NOMBRE: readonly string[] = [
  ...UNITES.slice(2),
  ...DIZAINES.slice(1),
  'vingts',
  'cent',
  'cents',
  'mille',
  'million',
  'millions',
  'milliard',
  'milliards',
  'dizaine',
  'dizaines',
  'douzaine',
  'douzaines',
  'quinzaine',
  'vingtaine',
  'trentaine',
  'quarantaine',
  'cinquantaine',
  'soixantaine',
  'centaine',
  'centaines',
  'millier',
  'milliers',
];

function moinsDeCent(valeur: number, un: string, final: boolean): string {
  if (valeur === 1) return un;
  const simple = UNITES[valeur];
  if (simple !== undefined) return simple;
  if (valeur < 20) return `dix-${UNITES[valeur - 10]}`;
  if (valeur >= 80) {
    if (valeur === 80) return final ? 'quatre-vingts' : 'quatre-vingt';
    return `quatre-vingt-${moinsDeCent(valeur - 80, un, final)}`;
  }
  const dizaine = valeur >= 60 ? 6 : Math.floor(valeur / 10);
  const reste = valeur - dizaine * 10;
  const mot = DIZAINES[dizaine] ?? '';
  if (reste === 0) return mot;
  if (reste === 1 || reste === 11) return `${mot} et ${moinsDeCent(reste, un, final)}`;
  return `${mot}-${moinsDeCent(reste, un, final)}`;
}

/**
 * A number in words, 0 to 9 999, traditional spelling: « vingt et un », « deux cents », « vingt et une ».
 * Outside of that range, or for a number with decimals, in digits.
 */
export function enLettres(valeur: number, genre: 'm' | 'f' = 'm'): string {
  if (!Number.isInteger(valeur) || valeur < 0 || valeur > 9999) return nombre(valeur, 2);
  const un = genre === 'f' ? 'une' : 'un';
  if (valeur === 0) return 'zéro';
  const milliers = Math.floor(valeur / 1000);
  const centaines = Math.floor((valeur % 1000) / 100);
  const reste = valeur % 100;
  const mots: string[] = [];
  if (milliers > 0) mots.push(milliers === 1 ? 'mille' : `${UNITES[milliers]} mille`);
  if (centaines > 0) {
    const multiple = centaines === 1 ? '' : `${UNITES[centaines]} `;
    mots.push(`${multiple}cent${centaines > 1 && reste === 0 ? 's' : ''}`);
  }
  if (reste > 0) mots.push(moinsDeCent(reste, un, true));
  return mots.join(' ');
}

const ORDINAUX = [
  'première',
  'deuxième',
  'troisième',
  'quatrième',
  'cinquième',
  'sixième',
  'septième',
  'huitième',
  'neuvième',
  'dixième',
];

/** « première », « deuxième »… « dixième », then « 11e ». */
export function ordinalFeminin(rang: number): string {
  return ORDINAUX[rang - 1] ?? `${rang}e`;
}
