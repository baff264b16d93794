import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { StatusCode } from 'hono/utils/http-status';
import { LRUCache } from 'lru-cache';
import type { Changements } from '../database/changements.ts';

/** An answer ready to be sent, with its digest. */
export type Rendu = {
  readonly statut: StatusCode;
  readonly entetes: Readonly<Record<string, string>>;
  readonly corps: Uint8Array<ArrayBuffer>;
  readonly etag: string;
};

type Garde = { readonly rendu: Rendu; readonly generation: number; readonly formes: Map<Encodage, Forme> };
type Forme = Promise<Uint8Array<ArrayBuffer>>;
export type Encodage = 'br' | 'gzip' | 'identity';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

const compress: Readonly<Record<Encodage, (corps: Uint8Array<ArrayBuffer>) => Forme>> = {
  br: async (corps) =>
    new Uint8Array(await brotli(corps, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })),
  gzip: async (corps) => new Uint8Array(await zip(corps)),
  identity: async (corps) => corps,
};

const compressible =
  /^(text\/|application\/(json|ld\+json|geo\+json|problem\+json|xml|atom\+xml)|image\/svg)/;

/** The best form that the browser accepts and that is worth it. */
export const encodageDe = (accepte: string | undefined, type: string, octets: number): Encodage => {
  if (octets < 1024 || !compressible.test(type)) return 'identity';
  if (/\bbr\b/.test(accepte ?? '')) return 'br';
  return /\bgzip\b/.test(accepte ?? '') ? 'gzip' : 'identity';
};

/** Gives an answer its digest. */
export const rendu = (
  statut: StatusCode,
  entetes: Readonly<Record<string, string>>,
  corps: string | Uint8Array,
): Rendu => {
  const bytes = new Uint8Array(typeof corps === 'string' ? Buffer.from(corps) : corps);
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  // Weak: the same page compressed has the same digest.
  return { statut, entetes, corps: bytes, etag: `W/"${digest}"` };
};

export type Memoire = {
  /** The kept answer, with its compressed form; undefined when there is none that still holds. */
  readonly lire: (cle: string) => Garde | undefined;
  /** Draws once for all who ask at the same time, and keeps the answer while nothing changes. */
  readonly produire: (cle: string, dessiner: () => Promise<Rendu>) => Promise<Garde>;
  readonly forme: (garde: Garde, encodage: Encodage) => Forme;
};

const mebi = 2 ** 20;
/** What a page shows of the day it is stays right. */
const dureeMax = 3_600_000;

/**
 * Keeps drawn pages until what they show changes (`changements`), an hour at most, 64 MiB in all. A page begun before
 * a change is not kept after it.
 */
export const creerMemoire = (changements: Changements): Memoire => {
  const kept = new LRUCache<string, Garde>({
    maxSize: 64 * mebi,
    sizeCalculation: ({ rendu: { corps } }, cle) => 1024 + 2 * cle.length + corps.byteLength * 2,
    ttl: dureeMax,
  });
  const running = new Map<string, { readonly generation: number | null; readonly garde: Promise<Garde> }>();
  const lire = (cle: string): Garde | undefined => {
    const garde = kept.get(cle);
    return garde && garde.generation === changements.generation() ? garde : undefined;
  };
  const produire = async (cle: string, dessiner: () => Promise<Rendu>): Promise<Garde> => {
    const generation = changements.generation();
    const other = running.get(cle);
    if (other && generation !== null && other.generation === generation) return other.garde;
    const draw = async (): Promise<Garde> => {
      const garde = { rendu: await dessiner(), generation: generation ?? -1, formes: new Map() };
      if (generation !== null && changements.generation() === generation && garde.rendu.statut === 200)
        kept.set(cle, garde);
      return garde;
    };
    const garde = draw();
    const entry = { generation, garde };
    running.set(cle, entry);
    const forget = (): void => {
      if (running.get(cle) === entry) running.delete(cle);
    };
    garde.then(forget, forget);
    return garde;
  };
  const forme = (garde: Garde, encodage: Encodage): Forme => {
    const ready = garde.formes.get(encodage);
    if (ready) return ready;
    const made = compress[encodage](garde.rendu.corps);
    garde.formes.set(encodage, made);
    return made;
  };
  return { lire, produire, forme };
};
