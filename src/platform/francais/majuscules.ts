import { capitale, elide } from './grammaire.ts';
import { ABREGES, NOMS_COMMUNS, plier, SIGLES } from './lexique.ts';
import { typographier } from './typographie.ts';

/** Official names that the file's capitals can be recognised as. */
interface NomsConnus {
  /** « Bohain-en-Vermandois » */
  commune?: string | null;
  /** « CA Chauny-Tergnier-La Fère » or « Communauté d’agglomération … » */
  epci?: string | null;
  /** « de l’Aisne » */
  departementGenitif?: string | null;
}

const FORMES_EPCI: readonly (readonly [RegExp, string])[] = [
  [/^(ca|communaute d agglomeration|communaute agglomeration)\b/, 'communauté d’agglomération'],
  [/^(cc|communaute de communes|communaute communes)\b/, 'communauté de communes'],
  [/^(cu|communaute urbaine)\b/, 'communauté urbaine'],
];
const MOTS_VIDES = new Set([
  'de',
  'du',
  'des',
  'd',
  'l',
  'la',
  'le',
  'les',
  'et',
  'en',
  'a',
  'au',
  'aux',
  'sur',
]);
const CCAS = /^(ccas|(centre|ctre) (communal|com) (d )?action sociale)\b/;
const CIAS = /^(cias|(centre|ctre) (intercommunal|intercom) (d )?action sociale)\b/;

/**
 * A name in capital letters of the national file as a sentence would write it: « COMMUNE DE BOHAIN EN
 * VERMANDOIS » → « commune de Bohain-en-Vermandois ». Common nouns take no capital, proper names that are known
 * are spelled officially, lost apostrophes and accents come back, acronyms stay. A name that already has lower
 * case letters is only set typographically. What this cannot know is to be reviewed by a person.
 */
export function titreDepuisMajuscules(nom: string, connus: NomsConnus = {}): string {
  const propre = nom.replace(/\s+/g, ' ').trim();
  if (/\p{Ll}/u.test(propre)) return typographier(propre);
  const plie = plier(propre);
  return (
    commeCommune(plie, connus.commune ?? null) ??
    commeCcas(plie, connus.commune ?? null) ??
    commeDepartement(plie, connus.departementGenitif ?? null) ??
    commeEpci(plie, connus.epci ?? null) ??
    motAMot(propre, connus.commune ?? null)
  );
}

/** A name of the national file as a page shows it alone: « Commune de Vailly sur Aisne »; one in lower case stays. */
export const nomLisible = (nom: string): string =>
  /\p{Ll}/u.test(nom) ? nom : capitale(titreDepuisMajuscules(nom));

/** « de Lille », « du Cateau-Cambrésis », « des Abymes », « de La Fère », « d’Hazebrouck » if the file elides. */
function deCommune(commune: string, fichierElide: boolean): string {
  const [, article, reste] = /^(Le|Les) (.+)$/u.exec(commune) ?? [];
  if (article === 'Le') return `du ${reste}`;
  if (article === 'Les') return `des ${reste}`;
  const h = /^h/i.test(commune);
  return (h ? fichierElide : elide(commune)) ? `d’${commune}` : `de ${commune}`;
}

function commeCommune(plie: string, commune: string | null): string | null {
  const [, tete, prep, reste] = /^(commune|ville|mairie)(?: (de|d|du|des)\b)?(?: (.+))?$/.exec(plie) ?? [];
  if (tete === undefined || commune === null) return null;
  if (reste === undefined) return prep === undefined ? `${tete} ${deCommune(commune, elide(commune))}` : null;
  const contracte = prep === 'du' ? `le ${reste}` : prep === 'des' ? `les ${reste}` : reste;
  if (!`${plier(commune)} `.startsWith(`${contracte} `)) return null;
  return `${tete} ${deCommune(commune, prep === 'd')}`;
}

function commeCcas(plie: string, commune: string | null): string | null {
  const [sigle, forme] = CCAS.test(plie) ? ['CCAS', CCAS] : ['CIAS', CIAS];
  if (!forme.test(plie)) return null;
  const reste = plie.replace(forme, '').trim();
  const [, prep = '', lieu = ''] = /^(de|d|du|des)? ?(.*)$/.exec(reste) ?? [];
  if (commune !== null && (lieu === '' || `${plier(commune)} `.startsWith(`${lieu} `))) {
    return `${sigle} ${deCommune(commune, prep === 'd' || lieu === '')}`;
  }
  if (lieu === '') return sigle;
  return `${sigle} ${motAMot(`${prep} ${lieu}`.trim().toUpperCase(), commune)}`;
}

function commeDepartement(plie: string, genitif: string | null): string | null {
  const [, reste] = /^departement (.+)$/.exec(plie) ?? [];
  if (reste === undefined) return null;
  if (genitif !== null && plier(genitif) === reste) return `Département ${genitif}`;
  return `Département ${motAMot(reste.toUpperCase(), null)}`;
}

function commeEpci(plie: string, epci: string | null): string | null {
  const forme = FORMES_EPCI.find(([debut]) => debut.test(plie));
  if (forme === undefined) return null;
  const [debut, long] = forme;
  const reste = plie.replace(debut, '').trim();
  const mots = reste.split(' ').filter(estPlein);
  const officiels = new Set(plier(epci ?? '').split(' '));
  if (epci !== null && mots.length > 0 && mots.every((mot) => officiels.has(mot)))
    return epciEnToutesLettres(epci);
  return `${long} ${motAMot(reste.toUpperCase(), null)}`.trim();
}

const estPlein = (mot: string): boolean => mot !== '' && !MOTS_VIDES.has(mot);

/** « CA Chauny-Tergnier-La Fère » → « communauté d’agglomération Chauny-Tergnier-La Fère ». */
function epciEnToutesLettres(epci: string): string {
  const propre = typographier(epci);
  for (const [sigle, long] of [
    ['CA', 'communauté d’agglomération'],
    ['CC', 'communauté de communes'],
    ['CU', 'communauté urbaine'],
  ] as const) {
    if (propre.startsWith(`${sigle} `)) return `${long} ${propre.slice(3)}`;
  }
  return propre.startsWith('Communauté ') ? `c${propre.slice(1)}` : propre;
}

function motAMot(majuscules: string, commune: string | null): string {
  const attente: string[] = [];
  const lieu =
    commune === null ? null : new RegExp(`\\b${plier(commune).toUpperCase().replaceAll(' ', '[ -]')}\\b`);
  const sansLieu = lieu === null ? majuscules : majuscules.replace(lieu, '\u0001');
  const mots = sansLieu
    .replace(/[’']/g, ' ')
    .replace(/\bSOCIO[ -](?=CULTUREL)/g, 'SOCIO')
    .replace(/\bSAINT (?=\p{Lu})/gu, 'SAINT-')
    .replace(/\bSAINTE (?=\p{Lu})/gu, 'SAINTE-')
    .split(' ')
    .filter((mot) => mot !== '');
  for (const mot of mots) {
    const ecrit = mot === '\u0001' ? (commune ?? '') : ecrireMot(mot);
    const precedent = attente.at(-1);
    const lettre = precedent === undefined ? null : /^(d|l|qu)$/i.exec(precedent);
    const colle = lettre !== null && /^[aeiouyhàâäéèêëîïôöùûüœæ]/i.test(ecrit);
    if (colle) attente[attente.length - 1] = `${precedent}’${ecrit}`;
    else attente.push(ecrit);
  }
  return typographier(attente.join(' '));
}

function ecrireMot(mot: string): string {
  if (mot.includes('-') && mot.length > 1) {
    return mot.split('-').map(ecrireMot).join('-');
  }
  const nu = mot.replace(/[^\p{L}\p{N}]/gu, '');
  if (nu === '') return mot;
  if (SIGLES.has(nu)) return mot;
  const plie = plier(nu);
  const connu = ABREGES[plie] ?? NOMS_COMMUNS.get(plie);
  if (connu !== undefined) return mot.replace(nu, connu);
  if (/\p{N}/u.test(nu) || (nu.length > 1 && !/[AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜ]/u.test(nu))) return mot;
  return mot.replace(nu, capitale(nu.toLowerCase()));
}
