import { Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Flot } from './route.ts';

/** Content disposition of a download: a plain ASCII name, and the whole one where it says more (RFC 6266, RFC 8187). */
export const attachment = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, '-');
  const octet = (character: string): string =>
    `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  const whole = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, octet);
  return `attachment; filename="${plain}"${plain === name ? '' : `; filename*=UTF-8''${whole}`}`;
};

/**
 * Sends a file while it is written. What fails before its first piece is a page of error like any other; what fails
 * later is told to `enPanne`, and the connection is cut: the server of node would end the file with the message of the
 * error, and who reads it would take it for whole.
 */
export const envoyerFlot = async (
  context: Context,
  { mime, nom, corps, entetes = {} }: Flot,
  prive: boolean,
  enPanne: (error: unknown) => void,
): Promise<Response> => {
  const head = context.req.method === 'HEAD';
  const pieces = corps[Symbol.asyncIterator]();
  const premiere = head ? undefined : await pieces.next();
  context.header('Content-Type', mime);
  context.header('Cache-Control', prive ? 'private, no-store' : 'no-cache');
  if (nom) context.header('Content-Disposition', attachment(nom));
  context.set('entetes', entetes);
  if (!premiere) {
    await pieces.return?.();
    return context.body(null);
  }
  const { outgoing }: Partial<HttpBindings> = context.env ?? {};
  const couper = (error: unknown): void => {
    enPanne(error);
    if (!outgoing) throw error;
    outgoing.destroy();
  };
  const bytes = Readable.from(enOctets(premiere, pieces, couper), { objectMode: false });
  // Read to its end or given up by who asked: what was read for it is let go in both cases.
  return context.body(Readable.toWeb(bytes) as ReadableStream<Uint8Array>);
};

async function* enOctets(
  premiere: IteratorResult<string | Uint8Array>,
  pieces: AsyncIterator<string | Uint8Array>,
  couper: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    for (let piece: typeof premiere | undefined = premiere; piece && !piece.done; ) {
      yield typeof piece.value === 'string' ? Buffer.from(piece.value) : piece.value;
      // Only what fails here is ours: that somebody gave up is thrown at the line above.
      piece = await pieces.next().catch((error: unknown) => {
        couper(error);
        return undefined;
      });
    }
  } finally {
    await pieces.return?.();
  }
}

/** A static file, in the form that the browser reads; kept by it for so many seconds. */
export const serveFile = (
  context: Context,
  asset: { readonly corps: Buffer; readonly brotli: Buffer | undefined; readonly mime: string } | undefined,
  maxAge: number,
): Response | Promise<Response> => {
  if (!asset) return context.notFound();
  context.header('Content-Type', asset.mime);
  context.header('Cache-Control', `public, max-age=${maxAge}${maxAge > 86_400 ? ', immutable' : ''}`);
  context.header('Vary', 'Accept-Encoding');
  if (asset.brotli && context.req.header('Accept-Encoding')?.includes('br')) {
    context.header('Content-Encoding', 'br');
    return context.body(new Uint8Array(asset.brotli));
  }
  return context.body(new Uint8Array(asset.corps));
};
