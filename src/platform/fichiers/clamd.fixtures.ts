import { createServer, type Socket } from 'node:net';

/** The test file that every antivirus knows, put together here so that none takes this source for it. */
export const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}${'$EICAR-STANDARD'}-ANTIVIRUS-TEST-FILE!$H+H*`;

type Reglage = {
  /** Bytes of a stream beyond which it is refused, as `StreamMaxLength`. */
  readonly max?: number;
  /** Says nothing, or hangs up. */
  readonly defaut?: 'muet' | 'raccroche';
};

/** Reads a whole INSTREAM command; undefined while it is not all there, and the refusal of what is not one. */
const lireCommande = (recu: Buffer, max: number): Buffer | string | undefined => {
  const command = 'zINSTREAM\0';
  if (recu.length < command.length) return undefined;
  if (recu.toString('latin1', 0, command.length) !== command) return 'UNKNOWN COMMAND';
  const parts: Buffer[] = [];
  let total = 0;
  for (let at = command.length; at + 4 <= recu.length; ) {
    const length = recu.readUInt32BE(at);
    if (length === 0) return Buffer.concat(parts);
    total += length;
    if (total > max) return 'INSTREAM size limit exceeded. ERROR';
    if (at + 4 + length > recu.length) return undefined;
    parts.push(recu.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
};

/** A server that speaks the protocol of clamd and knows one signature; `examines` are the streams it was sent. */
export const ouvrirClamd = async (
  reglage: Reglage = {},
  ou: { readonly path: string } | { readonly port: 0; readonly host: '127.0.0.1' } = {
    port: 0,
    host: '127.0.0.1',
  },
) => {
  const examines: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    let recu: Buffer = Buffer.alloc(0);
    socket.on('data', (piece: Buffer) => {
      if (reglage.defaut === 'muet') return;
      if (reglage.defaut === 'raccroche') {
        socket.destroy();
        return;
      }
      recu = Buffer.concat([recu, piece]);
      const lu = lireCommande(recu, reglage.max ?? 25 * 1024 * 1024);
      if (lu === undefined) return;
      if (typeof lu !== 'string') examines.push(lu);
      const verdict =
        typeof lu === 'string' ? lu : `stream: ${lu.includes(eicar) ? 'Eicar-Signature FOUND' : 'OK'}`;
      socket.end(`${verdict}\0`);
    });
  });
  await new Promise<void>((resolve) => server.listen(ou, resolve));
  const bound = server.address();
  const adresse =
    bound !== null && typeof bound === 'object'
      ? { host: '127.0.0.1', port: bound.port }
      : { path: String(bound) };
  const fermer = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { adresse, examines, fermer };
};
