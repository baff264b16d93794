import { strToU8, type Zippable, zipSync } from 'fflate';
import { OdtDocument } from 'odf-kit';
import writeXlsxFile from 'write-excel-file/node';

const contentTypes = (part: string, type: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`;

export const zip = (entries: Readonly<Record<string, string>>): Uint8Array => {
  const zippable: Zippable = {};
  for (const [name, text] of Object.entries(entries))
    zippable[name] = [strToU8(text), { level: name === 'mimetype' ? 0 : 6 }];
  return zipSync(zippable);
};

export const docx = (entries: Readonly<Record<string, string>> = {}): Uint8Array =>
  zip({
    '[Content_Types].xml': contentTypes('/word/document.xml', 'wordprocessingml.document'),
    'word/document.xml': '<document/>',
    ...entries,
  });

const ods = (): Uint8Array =>
  zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<office/>' });

const odt = async (): Promise<Uint8Array> => {
  const doc = new OdtDocument();
  doc.addParagraph('Bonjour');
  return doc.save();
};

const xlsx = async (): Promise<Uint8Array> => {
  const sheet = await writeXlsxFile([[{ value: 'Bonjour', type: String }]]).toBuffer();
  return new Uint8Array(sheet);
};

export const pdf = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const jpeg = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.from('ffd9', 'hex'),
]);

/** One file of each format that is taken in. */
export const exemples = async (): Promise<Readonly<Record<string, Uint8Array>>> => ({
  'note.pdf': pdf,
  'logo.png': png,
  'photo.jpg': jpeg,
  'photo.jpeg': jpeg,
  'lettre.odt': await odt(),
  'lettre.docx': docx(),
  'tableau.ods': ods(),
  'tableau.xlsx': await xlsx(),
  'liste.csv': Buffer.from('\ufeffnom;postes\r\nSaint-Étienne;2\r\n'),
  'note.txt': Buffer.from('Bonjour à tous\f\n'),
});
