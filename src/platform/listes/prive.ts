import { OdsDocument } from 'odf-kit/ods';
import { ecrireListe, mimes } from './formats.ts';
import type { Champ, Ligne, Liste } from './liste.ts';

/** The files of a list that is not open data: for people, who open them in a spreadsheet. */
export const formatsPrives = ['csv', 'xlsx', 'ods'] as const;
/** Those, and one for programs. */
export const formatsPrivesEtJson = [...formatsPrives, 'json'] as const;
export type FormatPrive = (typeof formatsPrivesEtJson)[number];

const mimesPrives: Readonly<Record<FormatPrive, string>> = {
  csv: mimes.csv,
  xlsx: mimes.xlsx,
  json: mimes.json,
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

const valeurOds = (champ: Champ, valeur: Ligne[string]): string | number | null => {
  if (valeur === null || valeur === undefined) return null;
  if (typeof valeur === 'boolean') return valeur ? 'oui' : 'non';
  if (typeof valeur === 'number') return champ.type === 'euros' ? valeur / 100 : valeur;
  // A cell of text is never read as a formula.
  return typeof valeur === 'string' ? valeur : valeur.join(', ');
};

const ecrireOds = async (liste: Liste, lignes: AsyncIterable<Ligne>): Promise<Uint8Array> => {
  const document = new OdsDocument();
  document.setMetadata({ title: liste.titre, description: liste.description });
  const feuille = document.addSheet(liste.titre.slice(0, 31));
  const champs = Object.entries(liste.champs);
  feuille.addRow(
    champs.map(([, { titre }]) => titre),
    { bold: true },
  );
  for await (const ligne of lignes)
    feuille.addRow(champs.map(([code, champ]) => valeurOds(champ, ligne[code] ?? null)));
  for (const rang of champs.keys()) feuille.setColumnWidth(rang, '5cm');
  feuille.freezeRows(1);
  return document.save();
};

/**
 * A list as a file, whole: what an acting role sees ends with its transaction, before a stream would be read. `source`
 * says whose data they are.
 */
export const fichierDeListe = async (
  liste: Liste,
  format: FormatPrive,
  lignes: AsyncIterable<Ligne>,
  source: string,
): Promise<{ readonly mime: string; readonly corps: Uint8Array; readonly lignes: number }> => {
  const mime = mimesPrives[format];
  let nombre = 0;
  const comptees = async function* () {
    for await (const ligne of lignes) {
      nombre += 1;
      yield ligne;
    }
  };
  if (format === 'ods') return { mime, corps: await ecrireOds(liste, comptees()), lignes: nombre };
  const parts: Uint8Array[] = [];
  for await (const part of ecrireListe(liste, format, comptees(), source))
    parts.push(typeof part === 'string' ? Buffer.from(part) : part);
  return { mime, corps: Buffer.concat(parts), lignes: nombre };
};
