// Runs in a thread of its own (see atelier.ts): what is known at start comes as its data, then the rows in lots, and
// null after the last. Answers the file.
import { parentPort, workerData } from 'node:worker_threads';
import writeXlsxFile, { type Cell, type SheetData } from 'write-excel-file/node';

/** Lists as one text, euros as euros. */
export type ValeurDeClasseur = string | number | boolean | null;

/** What a workbook says of its list: a sheet of rows, and one that describes its columns. */
export type Entete = {
  readonly titre: string;
  readonly description: string;
  readonly source: string;
  readonly colonnes: readonly {
    readonly code: string;
    readonly titre: string;
    readonly description: string;
    readonly type: string;
  }[];
};

export type LotDeClasseur = readonly (readonly ValeurDeClasseur[])[];

const cellule = (type: string, valeur: ValeurDeClasseur): Cell => {
  if (valeur === null) return null;
  if (typeof valeur === 'number') {
    if (type === 'euros') return { value: valeur, type: Number, format: '#,##0.00 "€"' };
    return { value: valeur, type: Number, ...(type === 'entier' ? { format: '#,##0' } : {}) };
  }
  if (typeof valeur === 'boolean') return { value: valeur ? 'oui' : 'non', type: String };
  if (type === 'date') return { value: new Date(`${valeur}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' };
  // A cell of text is never read as a formula.
  return { value: valeur, type: String };
};

const largeurs: Readonly<Record<string, number>> = { texte: 32, textes: 28, euros: 18, date: 14 };

const composer = ({ titre, description, source, colonnes }: Entete, lignes: SheetData): Promise<Buffer> => {
  const head = (value: string): Cell => ({ value, type: String, fontWeight: 'bold', wrap: true });
  const described: SheetData = [
    [{ value: titre, type: String, fontWeight: 'bold' }],
    [{ value: description, type: String }],
    [{ value: source, type: String }],
    [],
    [head('Colonne'), head('Nom dans les autres fichiers'), head('Ce qu’elle contient')],
    ...colonnes.map((colonne): SheetData[number] => [
      { value: colonne.titre, type: String },
      { value: colonne.code, type: String },
      { value: colonne.description, type: String, wrap: true },
    ]),
  ];
  return writeXlsxFile([
    {
      data: [colonnes.map((colonne) => head(colonne.titre)), ...lignes],
      sheet: titre.slice(0, 31),
      columns: colonnes.map(({ type }) => ({ width: largeurs[type] ?? 14 })),
      stickyRowsCount: 1,
    },
    { data: described, sheet: 'Description', columns: [{ width: 32 }, { width: 28 }, { width: 90 }] },
  ]).toBuffer();
};

// What the one who started this thread gives it, checked there.
const entete = workerData as Entete;
const lignes: SheetData = [];
parentPort?.on('message', async (lot: LotDeClasseur | null) => {
  if (lot !== null) {
    for (const ligne of lot)
      lignes.push(ligne.map((valeur, rang) => cellule(entete.colonnes[rang]?.type ?? 'texte', valeur)));
    return;
  }
  const octets = new Uint8Array(await composer(entete, lignes));
  parentPort?.postMessage(octets, [octets.buffer]);
});
