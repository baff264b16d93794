import { mkdir, open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import type { Config } from '../config.ts';
import { root } from '../root.ts';
import type { AdresseClamd } from './clamd.ts';

/** Where the bytes of files are kept, and what may be put there. */
export type Depot = {
  readonly disque: Disk;
  /** The folder of the disk; undefined: kept elsewhere. */
  readonly dossier: string | undefined;
  readonly clamd: AdresseClamd | undefined;
  /** Bytes of one file, and of all the files of one structure. */
  readonly tailleMax: number;
  readonly quota: number;
};

/** Not installed with the product: an operator who keeps files in S3 adds them (ADR 0012). */
const paquetsS3 = ['@aws-sdk/client-s3', '@aws-sdk/s3-request-presigner'];

const estInstalle = (paquet: string): boolean => {
  try {
    createRequire(join(root, 'package.json')).resolve(paquet);
    return true;
  } catch {
    return false;
  }
};

/** Why files cannot be kept as configured, in a sentence; null when they can. */
export const depotAbsent = ({ s3 }: Pick<Config, 's3'>): string | null =>
  s3 === undefined || paquetsS3.every(estInstalle)
    ? null
    : `MAILLAGE_S3_SEAU demande les paquets ${paquetsS3.join(' et ')} : installez-les (npm install --no-save ${paquetsS3.join(' ')}) ou retirez les réglages MAILLAGE_S3.`;

/** Opens the place where files are kept: the folder of the data, or the bucket of the configuration. */
export const ouvrirDepot = async (
  config: Pick<Config, 'dossier' | 's3' | 'clamd' | 'fichierMax' | 'fichiersQuota'>,
): Promise<Depot> => {
  const { s3, clamd, fichierMax: tailleMax, fichiersQuota: quota } = config;
  if (s3 !== undefined) {
    const { S3Driver } = await import('flydrive/drivers/s3');
    const driver = new S3Driver({
      bucket: s3.seau,
      region: s3.region,
      credentials: { accessKeyId: s3.cle, secretAccessKey: s3.secret },
      ...(s3.adresse === undefined ? {} : { endpoint: s3.adresse, forcePathStyle: true }),
      visibility: 'private',
      supportsACL: false,
    });
    return { disque: new Disk(driver), dossier: undefined, clamd, tailleMax, quota };
  }
  const dossier = join(config.dossier, 'fichiers');
  await mkdir(dossier, { recursive: true, mode: 0o700 });
  const disque = new Disk(new FSDriver({ location: dossier, visibility: 'private' }));
  return { disque, dossier, clamd, tailleMax, quota };
};

const identifiant = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Where the bytes of a file are: made of its identifier alone, so that no name leads anywhere. */
export const cleDe = (id: string): string => {
  if (!identifiant.test(id)) throw new Error('a file is kept under a UUID version 7 alone');
  return `${id.slice(-2)}/${id}`;
};

/** Writes the bytes of a new file, once: what is there is never replaced. */
export const ecrire = async ({ disque, dossier }: Depot, id: string, contenu: Uint8Array): Promise<void> => {
  const cle = cleDe(id);
  if (await disque.exists(cle)) throw new Error(`the bytes of file ${id} are there already`);
  await disque.put(cle, contenu, { contentType: 'application/octet-stream' });
  if (dossier === undefined) return;
  // On the disk itself before its row is committed.
  const handle = await open(join(dossier, cle), 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** The bytes of a file; throws where they are missing or of another length. */
export const lire = async ({ disque }: Depot, id: string, taille: number): Promise<Readable> => {
  const cle = cleDe(id);
  const { contentLength } = await disque.getMetaData(cle);
  if (contentLength !== taille)
    throw new Error(`file ${id} has ${contentLength} bytes, ${taille} were handed in`);
  return disque.getStream(cle);
};

/** Destroys the bytes of a file; nothing where they are gone already. */
export const effacer = ({ disque }: Depot, id: string): Promise<void> => disque.delete(cleDe(id));

/** The identifiers of all the files whose bytes are kept; what is not ours is passed over. */
export async function* identifiantsGardes({ disque }: Depot): AsyncGenerator<string> {
  let suite: string | undefined;
  do {
    const page = await disque.listAll('/', {
      recursive: true,
      ...(suite === undefined ? {} : { paginationToken: suite }),
    });
    for (const { isFile, name } of page.objects) if (isFile && identifiant.test(name)) yield name;
    suite = page.paginationToken;
  } while (suite !== undefined);
}
