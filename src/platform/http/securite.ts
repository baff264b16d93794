/** Characters of an address to come back to: beyond, it is none of ours. */
const longueurMax = 2000;

/** Controls, spaces and backslashes: browsers drop the first, and read the last as slashes. */
const douteux = /[\p{Cc}\p{Cf}\p{Z}\\]/u;

/** As a careless program on the way might read it; undefined where it cannot be read. */
const decode = (texte: string): string | undefined => {
  try {
    return decodeURIComponent(texte);
  } catch {
    return undefined;
  }
};

/** Whether a path stays on this site, however it is resolved. */
const estLocal = (chemin: string): boolean => /^\/(?!\/)/.test(chemin) && !douteux.test(chemin);

/**
 * Where to send somebody back on this site: a path, its query string and its fragment. Undefined for whatever could
 * lead elsewhere: another scheme or host, two slashes, backslashes, controls, and those encoded, even twice.
 */
export const retourSur = (retour: unknown): string | undefined => {
  if (typeof retour !== 'string' || retour.length > longueurMax || !estLocal(retour)) return undefined;
  const base = 'http://interne.invalid';
  const url = URL.parse(retour, base);
  if (url?.origin !== base) return undefined;
  // Resolving may have brought two slashes together: `/.//ailleurs`.
  const once = decode(url.pathname);
  const twice = once === undefined ? undefined : decode(once);
  if (once === undefined || twice === undefined || !estLocal(once) || !estLocal(twice)) return undefined;
  return `${url.pathname}${url.search}${url.hash}`;
};

/** First that fits: browsers name those that they derive from. */
const navigateurs: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\b/, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];

const systemes: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/**
 * A device in a few French words, for the list of one's sessions: « Firefox sur Linux ». Made of our own words alone, so
 * that a header shows nothing of what it holds.
 */
export const appareilDe = (userAgent: string | undefined): string => {
  const agent = (userAgent ?? '').slice(0, 500);
  const trouver = (noms: typeof navigateurs): string | undefined =>
    noms.find(([signe]) => signe.test(agent))?.[1];
  const systeme = trouver(systemes);
  const nom = trouver(navigateurs) ?? 'Navigateur inconnu';
  return systeme === undefined ? nom : `${nom} sur ${systeme}`;
};
