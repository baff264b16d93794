import { ESPACE_FINE, ESPACE_INSECABLE } from './nombres.ts';

/**
 * A sentence typed on a keyboard, set as French typography wants it: ’ for ', « » for "…", non-breaking
 * spaces before « : ; ! ? % € » and inside guillemets, none before a comma, no double space.
 * Idempotent. Addresses of the web and of e-mail are left alone.
 */
export function typographier(texte: string): string {
  // One rule may make room for another: done again until nothing changes (twice, as a rule).
  let avant = texte.normalize('NFC');
  for (;;) {
    const apres = parcourir(avant);
    if (apres === avant) return apres;
    avant = apres;
  }
}

function parcourir(texte: string): string {
  return texte
    .split(/(\bhttps?:\/\/[^\s'"«»]+|[\w.+-]+@[\w-]+\.[\w.-]+)/)
    .map((morceau, rang) => (rang % 2 === 1 ? morceau : mettreEnFrancais(morceau)))
    .join('')
    .trim();
}

function mettreEnFrancais(texte: string): string {
  return texte
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/['‘`´ʼ]/g, '’')
    .replace(/(\p{L}’) +(?=\p{L})/gu, '$1')
    .replace(/["“”]([^"“”]*)["“”]/g, '«$1»')
    .replace(/[ \t\u00a0\u202f\u2009]+([,.…)])/g, '$1')
    .replace(/\.\.\.+/g, '…')
    .replace(/«[\s\u00a0\u202f]*/g, `«${ESPACE_INSECABLE}`)
    .replace(/[\s\u00a0\u202f]*»/g, `${ESPACE_INSECABLE}»`)
    .replace(/[ \u00a0\u202f]+([;!?])/g, `${ESPACE_FINE}$1`)
    .replace(/(\p{L})([;!?])/gu, `$1${ESPACE_FINE}$2`)
    .replace(/[ \u00a0\u202f]+:/g, `${ESPACE_INSECABLE}:`)
    .replace(/(\p{L}):(?=\s|$)/gu, `$1${ESPACE_INSECABLE}:`)
    .replace(/(\d)[ \u00a0\u202f]*([%€])/g, `$1${ESPACE_INSECABLE}$2`)
    .replace(/ *([\u00a0\u202f]) */g, '$1')
    .replace(/ {2,}/g, ' ');
}
