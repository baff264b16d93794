import { fileTypeFromBuffer } from 'file-type';
import { poids } from '../francais/index.ts';
import { type Resultat, refuser, reussi } from '../result.ts';
import { archiveSaine } from './archive.ts';

type Nature = { readonly mime: string; readonly contenu: 'binaire' | 'archive' | 'texte' };

const ooxml = 'application/vnd.openxmlformats-officedocument';
/** What may be handed in, by the extension of its name: nothing that a browser or a system runs. */
const acceptees: ReadonlyMap<string, Nature> = new Map([
  ['pdf', { mime: 'application/pdf', contenu: 'binaire' }],
  ['png', { mime: 'image/png', contenu: 'binaire' }],
  ['jpg', { mime: 'image/jpeg', contenu: 'binaire' }],
  ['jpeg', { mime: 'image/jpeg', contenu: 'binaire' }],
  ['odt', { mime: 'application/vnd.oasis.opendocument.text', contenu: 'archive' }],
  ['docx', { mime: `${ooxml}.wordprocessingml.document`, contenu: 'archive' }],
  ['ods', { mime: 'application/vnd.oasis.opendocument.spreadsheet', contenu: 'archive' }],
  ['xlsx', { mime: `${ooxml}.spreadsheetml.sheet`, contenu: 'archive' }],
  ['csv', { mime: 'text/csv', contenu: 'texte' }],
  ['txt', { mime: 'text/plain', contenu: 'texte' }],
]);

/** For the `accept` of a form, and for its hint. */
export const extensionsAcceptees: readonly string[] = [...acceptees.keys()];

/** What may be joined, as a form says it: « PDF, PNG, JPG… 10 Mo au plus par fichier ». `tailleMax` in bytes. */
export const formatsDits = (tailleMax: number): string =>
  `${extensionsAcceptees
    .filter((extension) => extension !== 'jpeg')
    .join(', ')
    .toUpperCase()}. ${poids(tailleMax)} au plus par fichier`;
const formats = 'PDF, PNG, JPEG, ODT, DOCX, ODS, XLSX, CSV ou TXT';

/** Text that some program would run or draw: markup, scripts, PostScript, PDF, RTF. */
const agissant = /^\s*(<|#!|%!|%PDF|\{\\rtf)/;

const estTexte = (octets: Uint8Array): boolean => {
  try {
    const texte = new TextDecoder('utf-8', { fatal: true }).decode(octets);
    // Controls other than tab, newlines and the form feed that some exports put between pages.
    return !/(?![\t\n\f\r])\p{Cc}/u.test(texte) && !agissant.test(texte);
  } catch {
    return false;
  }
};

export type RefusNature = 'format' | 'contenu' | 'archive';

/** The media type of a file, when its content is what the extension of its name says and may be handed in. */
export const reconnaitre = async (
  octets: Uint8Array,
  extension: string,
): Promise<Resultat<string, RefusNature>> => {
  const nature = acceptees.get(extension);
  if (!nature) {
    return refuser('format', `Ce format de fichier n’est pas accepté. Enregistrez-le en ${formats}.`);
  }
  const autre = `Le contenu de ce fichier n’est pas celui d’un fichier .${extension}. Ouvrez-le et enregistrez-le en ${formats}.`;
  if (nature.contenu === 'texte') {
    return estTexte(octets)
      ? reussi(nature.mime)
      : refuser(
          'contenu',
          `Ce fichier .${extension} n’est pas du texte en UTF-8. Enregistrez-le à nouveau en choisissant « UTF-8 ».`,
        );
  }
  // Before anything unpacks it.
  if (nature.contenu === 'archive' && octets[0] === 0x50 && !(await archiveSaine(octets))) {
    return refuser(
      'archive',
      'Ce fichier est abîmé, protégé par un mot de passe ou démesuré une fois décompressé. Enregistrez-le à nouveau, sans mot de passe.',
    );
  }
  const found = await fileTypeFromBuffer(octets);
  return found?.mime === nature.mime ? reussi(nature.mime) : refuser('contenu', autre);
};
