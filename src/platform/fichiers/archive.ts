import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

/** An office document holds a few dozen entries, and unpacks to a few times its size. */
const entreesMax = 5000;
const decompresseMax = 100 * 1024 * 1024;

type Entree = {
  readonly debut: number;
  readonly fin: number;
  readonly taille: number;
  readonly brut: boolean;
};

/** Where the directory of an archive begins, and how many entries it lists. */
const finDuRepertoire = (
  octets: Buffer,
): { readonly debut: number; readonly entrees: number } | undefined => {
  for (let at = octets.length - 22; at >= Math.max(0, octets.length - 65_557); at -= 1) {
    if (octets.readUInt32LE(at) !== 0x06054b50) continue;
    if (at + 22 + octets.readUInt16LE(at + 20) !== octets.length) continue;
    return { debut: octets.readUInt32LE(at + 16), entrees: octets.readUInt16LE(at + 10) };
  }
  return undefined;
};

/** The entries as the directory tells them; throws a RangeError where it leads out of the file. */
const lireRepertoire = (octets: Buffer): readonly Entree[] | undefined => {
  const end = finDuRepertoire(octets);
  if (!end || end.entrees === 0 || end.entrees > entreesMax) return undefined;
  const entrees: Entree[] = [];
  let at = end.debut;
  for (let rank = 0; rank < end.entrees; rank += 1) {
    const chiffre = (octets.readUInt16LE(at + 8) & 1) === 1;
    const methode = octets.readUInt16LE(at + 10);
    const local = octets.readUInt32LE(at + 42);
    if (octets.readUInt32LE(at) !== 0x02014b50 || chiffre || (methode !== 0 && methode !== 8))
      return undefined;
    if (octets.readUInt32LE(local) !== 0x04034b50) return undefined;
    const debut = local + 30 + octets.readUInt16LE(local + 26) + octets.readUInt16LE(local + 28);
    const fin = debut + octets.readUInt32LE(at + 20);
    if (fin > end.debut) return undefined;
    entrees.push({ debut, fin, taille: octets.readUInt32LE(at + 24), brut: methode === 0 });
    at += 46 + octets.readUInt16LE(at + 28) + octets.readUInt16LE(at + 30) + octets.readUInt16LE(at + 32);
  }
  return entrees;
};

/** Whether an entry unpacks to exactly what it announces: bombs lie about it. */
const seDecompresse = async (octets: Buffer, { debut, fin, taille, brut }: Entree): Promise<boolean> => {
  if (brut) return fin - debut === taille;
  const inflated = Readable.from([octets.subarray(debut, fin)]).pipe(createInflateRaw());
  let seen = 0;
  for await (const piece of inflated as AsyncIterable<Buffer>) {
    seen += piece.length;
    if (seen > taille) return false;
  }
  return seen === taille;
};

/**
 * Whether a ZIP archive may be opened without harm: it unpacks, entry by entry, to what it announces, within 100 MiB,
 * and none of its entries share their bytes.
 */
export const archiveSaine = async (contenu: Uint8Array): Promise<boolean> => {
  const octets = Buffer.from(contenu.buffer, contenu.byteOffset, contenu.byteLength);
  try {
    const entrees = lireRepertoire(octets);
    if (!entrees) return false;
    if (entrees.reduce((total, { taille }) => total + taille, 0) > decompresseMax) return false;
    const ranges = entrees.toSorted((one, other) => one.debut - other.debut);
    if (ranges.some(({ debut }, rank) => debut < (ranges[rank - 1]?.fin ?? 0))) return false;
    for (const entree of entrees) if (!(await seDecompresse(octets, entree))) return false;
    return true;
  } catch (error) {
    // What leads out of the file, and what does not unpack.
    if (error instanceof RangeError || (error instanceof Error && 'code' in error)) return false;
    throw error;
  }
};
