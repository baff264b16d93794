/** Bytes of a name without its extension: what every system of files takes. */
const octetsMax = 150;
/** Names that Windows keeps for its devices, whatever their extension. */
const reserves = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/i;
/** Not seen, or turning what is seen around: controls, bidi overrides, zero widths, private and lone halves. */
const invisibles = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

const couper = (texte: string): string => {
  let cut = '';
  let octets = 0;
  for (const character of texte) {
    octets += Buffer.byteLength(character);
    if (octets > octetsMax) break;
    cut += character;
  }
  return cut;
};

const rogner = (texte: string): string => texte.replace(/^[.\s]+|[.\s]+$/gu, '');

/** The extension of a name, in lower case; empty where it has none. */
export const extensionDe = (nom: string): string =>
  /\.([a-z0-9]{1,10})$/i.exec(nom)?.[1]?.toLowerCase() ?? '';

/**
 * The name of a file as it is kept and shown: the end of whatever path was sent, without what cannot be seen or would
 * mislead a system of files, its extension in lower case. Never empty; the same when cleaned again.
 */
export const nettoyerNom = (nom: string): string => {
  const visible = nom
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\t\r\n]/g, ' ')
    .replace(invisibles, '');
  const last = visible.split(/[/\\]/).at(-1) ?? '';
  const plain = rogner(last.replace(/[<>:"|?*]/g, '-').replace(/\s+/gu, ' '));
  const extension = extensionDe(plain);
  const stem = extension === '' ? plain : plain.slice(0, -extension.length - 1);
  const cut = rogner(couper(rogner(stem).replace(reserves, '_$1'))) || 'fichier';
  return extension === '' ? cut : `${cut}.${extension}`;
};
