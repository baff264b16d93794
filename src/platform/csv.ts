import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { abandonner, type Resultat, refuser, reussi } from './result.ts';
import { creerPause } from './tours.ts';

export type FichierCsv = {
  /** Where it is, or the name under which it was sent. */
  readonly chemin: string;
  /** Reads its bytes from the beginning. */
  readonly ouvrir: () => Readable;
  readonly encodage: 'utf-8' | 'windows-1252';
  readonly separateur: string;
  /** SHA-256 of the bytes. */
  readonly empreinte: string;
  readonly octets: number;
};

export type LigneCsv = {
  /** Rank of the row among the data rows, from 1. */
  readonly numero: number;
  /** Line of the file on which the row begins, as an editor counts. */
  readonly ligne: number;
  readonly valeurs: readonly string[];
};

const separateurs = [';', ',', '\t', '|'] as const;

/** The separator most frequent in the header line (the first that is not blank), outside quotes. */
const guessSeparator = (sample: string): string => {
  const header =
    sample
      .trimStart()
      .replace(/"[^"]*"/g, '')
      .split(/\r?\n/)[0] ?? '';
  const counts = separateurs.map((separateur) => ({ separateur, count: header.split(separateur).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).separateur;
};

type RefusCsv = 'absent' | 'vide' | 'binaire';

/** Recognises a file of this machine (see `reconnaitreOctets`); refuses one that cannot be read. */
export const reconnaitreCsv = async (chemin: string): Promise<Resultat<FichierCsv, RefusCsv>> => {
  const infos = await access(chemin, constants.R_OK)
    .then(() => stat(chemin))
    .catch(() => undefined);
  if (!infos?.isFile()) return refuser('absent', `Le fichier ${chemin} n’existe pas ou ne peut pas être lu.`);
  return reconnaitre({ chemin, octets: infos.size, ouvrir: () => createReadStream(chemin) });
};

/** Bytes handed on together, as a file of the machine gives them. */
const morceau = 65_536;

/** Recognises a file that was sent, under its name. */
export const reconnaitreOctets = (
  nom: string,
  contenu: Uint8Array,
): Promise<Resultat<FichierCsv, RefusCsv>> => {
  const octets = Buffer.from(contenu.buffer, contenu.byteOffset, contenu.byteLength);
  const morceaux = function* () {
    for (let debut = 0; debut < octets.length; debut += morceau)
      yield octets.subarray(debut, debut + morceau);
  };
  return reconnaitre({ chemin: nom, octets: octets.length, ouvrir: () => Readable.from(morceaux()) });
};

/**
 * Reads a file through once, without keeping it: its digest, its encoding (UTF-8 where every byte agrees, otherwise
 * Windows-1252) and its separator. Refuses what is empty or not text.
 */
const reconnaitre = async (
  source: Pick<FichierCsv, 'chemin' | 'octets' | 'ouvrir'>,
): Promise<Resultat<FichierCsv, RefusCsv>> => {
  const { chemin } = source;
  const digest = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let utf8 = true;
  let binary = false;
  let sample = Buffer.alloc(0);
  for await (const chunk of source.ouvrir() as AsyncIterable<Buffer>) {
    digest.update(chunk);
    binary ||= chunk.includes(0);
    if (sample.length < 65_536) sample = Buffer.concat([sample, chunk]);
    if (!utf8) continue;
    try {
      decoder.decode(chunk, { stream: true });
    } catch {
      utf8 = false;
    }
  }
  try {
    if (utf8) decoder.decode();
  } catch {
    utf8 = false;
  }
  const head = sample.subarray(0, 65_536);
  if (binary) {
    const message = `Le fichier ${chemin} n’est pas un texte CSV. S’il vient d’un tableur, enregistrez-le au format « CSV UTF-8 ».`;
    return refuser('binaire', message);
  }
  const encodage = utf8 ? 'utf-8' : 'windows-1252';
  const text = new TextDecoder(encodage).decode(head);
  if (text.trim() === '') return refuser('vide', `Le fichier ${chemin} est vide.`);
  return reussi({ ...source, encodage, separateur: guessSeparator(text), empreinte: digest.digest('hex') });
};

/** Text with one kind of line end, so that lines are counted as an editor counts them, inside quotes too. */
const decodeStream = (encodage: string): Transform => {
  const decoder = new TextDecoder(encodage);
  let held = '';
  const unify = (text: string, last: boolean): string => {
    const whole = held + text;
    // A carriage return at the end of a chunk may be half of a line end.
    held = !last && whole.endsWith('\r') ? '\r' : '';
    return whole.slice(0, whole.length - held.length).replace(/\r\n?/g, '\n');
  };
  return new Transform({
    decodeStrings: true,
    transform(chunk: Buffer, _encoding, done) {
      done(null, unify(decoder.decode(chunk, { stream: true }), false));
    },
    flush(done) {
      done(null, unify(decoder.decode(), true));
    },
  });
};

/**
 * Streams the rows of a file, header first, quoted newlines included; blank rows are left out. `onOctets` tells how
 * many bytes have been read. Abandons, for `enRefus`, at a quote that never closes or
 * is followed by text.
 */
export async function* lireCsv(
  fichier: FichierCsv,
  onOctets?: (read: number) => void,
): AsyncGenerator<LigneCsv> {
  const parser = parse({
    delimiter: fichier.separateur,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  });
  let read = 0;
  const source = fichier.ouvrir();
  source.on('data', (chunk: Buffer) => {
    read += chunk.length;
    onOctets?.(read);
  });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(decodeStream(fichier.encodage)).pipe(parser);
  let previous = 0;
  let numero = 0;
  const pause = creerPause();
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      const lines = record.reduce((sum, value) => sum + (value.match(/\n/g)?.length ?? 0), 0);
      const ligne = Math.max(previous + 1, info.lines - lines);
      previous = info.lines;
      if (record.some((value) => value !== '')) yield { numero: numero++, ligne, valeurs: record };
      await pause();
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? ` vers la ligne ${error['lines']}` : '';
    const cause =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'un guillemet y est ouvert et jamais fermé'
        : 'du texte y suit un guillemet fermant (dans un champ entre guillemets, un guillemet s’écrit deux fois)';
    return abandonner(
      refuser('csv', `Le fichier ${fichier.chemin} ne se lit pas comme un CSV${line} : ${cause}.`),
    );
  }
}

/** Spaces before the sign, line ends and wide signs lead to a formula too, in one spreadsheet or another. */
const isFormula = (value: string): boolean =>
  /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(value) && !/^[+-]?\d+([.,]\d+)?$/.test(value);

/** Makes a cell safe for a spreadsheet: a text that would be read as a formula gets a leading apostrophe. */
export const cellule = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return isFormula(value) ? `'${value}` : value;
};

/** The text that `cellule` made safe, as it was. */
export const texteDeCellule = (cell: string): string =>
  cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell;
