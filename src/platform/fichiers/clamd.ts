import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** Where the antivirus listens: a port, or a socket of the machine. */
export type AdresseClamd = { readonly host: string; readonly port: number } | { readonly path: string };

export type Verdict = { readonly sain: true } | { readonly sain: false; readonly signature: string };

const morceauMax = 64 * 1024;

/** The protocol of clamd: a length on four bytes, then so many bytes; a length of zero ends. */
async function* trames(flux: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const longueur = (octets: number): Buffer => {
    const header = Buffer.alloc(4);
    header.writeUInt32BE(octets);
    return header;
  };
  yield Buffer.from('zINSTREAM\0');
  for await (const piece of flux) {
    for (let at = 0; at < piece.length; at += morceauMax) {
      const part = piece.subarray(at, at + morceauMax);
      yield longueur(part.length);
      yield part;
    }
  }
  yield longueur(0);
}

/** What is said until its zero byte; a connection that ends before has said nothing. */
const reponseDe = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    socket.on('data', (piece) => {
      said += piece.toString('utf8');
      const end = said.indexOf('\0');
      if (end >= 0) resolve(said.slice(0, end));
      else if (said.length > 4096) socket.destroy(new Error('clamd: answer without an end'));
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('clamd: connection closed without an answer')));
  });

/**
 * Has a stream examined. Throws when no verdict was given: unreachable, silent for `delai` milliseconds, or a stream
 * longer than it takes (`StreamMaxLength` of its configuration).
 */
export const examiner = async (
  adresse: AdresseClamd,
  flux: AsyncIterable<Uint8Array>,
  delai = 30_000,
): Promise<Verdict> => {
  const socket = connect(adresse);
  socket.setTimeout(delai, () => socket.destroy(new Error(`clamd: silent for ${delai} ms`)));
  const reponse = reponseDe(socket);
  try {
    // An answer may come before the end, and end the connection: it is the answer that counts.
    const sent = pipeline(trames(flux), socket, { end: false });
    sent.catch((error: unknown) => socket.destroy(error instanceof Error ? error : new Error(String(error))));
    const texte = await reponse;
    if (texte === 'stream: OK') {
      // Said before all was sent, it speaks of a part.
      await sent;
      return { sain: true };
    }
    const signature = /^stream: (.+) FOUND$/.exec(texte)?.[1];
    if (signature === undefined) throw new Error(`clamd: ${texte}`);
    return { sain: false, signature };
  } finally {
    socket.destroy();
  }
};
