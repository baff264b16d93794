import { writeFileSync } from 'node:fs';

export type Cell = string | number | null;

/** Writes rows as `;` separated values, one record a line, sorted by their first columns: a diff shows what changed. */
export const writeCsv = (
  file: string,
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
): void => {
  const lines = rows.map((row) => {
    if (row.length !== header.length) throw new Error(`${file}: ${row.join(';')} has ${row.length} cells`);
    return row.map((cell) => text(file, cell)).join(';');
  });
  // By code unit, never by locale: the same everywhere.
  lines.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  writeFileSync(file, `${[header.join(';'), ...lines].join('\n')}\n`);
};

const text = (file: string, cell: Cell): string => {
  const value = cell === null ? '' : String(cell);
  if (/[;"\r\n]/.test(value)) throw new Error(`${file}: « ${value} » would need quotes`);
  return value;
};

/** Names shown to people have the typographic apostrophe and quotation marks. */
export const typographic = (name: string): string =>
  name
    .replaceAll("'", '’')
    .replaceAll(/"([^"]*)"/g, '«\u00a0$1\u00a0»')
    .trim();

export const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));
