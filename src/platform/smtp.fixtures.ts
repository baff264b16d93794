import { SMTPServer, type SMTPServerAddress } from 'smtp-server';

/** A mail as a server received it, decoded. */
export type Recu = {
  readonly pour: string;
  /** The whole message, as it came. */
  readonly brut: string;
  readonly entete: (nom: string) => string | undefined;
  readonly objet: string;
  readonly messageId: string;
  readonly texte: string;
  readonly html: string;
};

const octets = (latin: string): string => Buffer.from(latin, 'latin1').toString('utf8');

const quotedPrintable = (texte: string): string =>
  octets(
    texte
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );

/** RFC 2047: words of a header that are not ASCII. */
const motsCodes = (texte: string): string =>
  texte
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_all, codage: string, mot: string) =>
      codage.toUpperCase() === 'B'
        ? Buffer.from(mot, 'base64').toString('latin1')
        : mot
            .replace(/_/g, ' ')
            .replace(/=([0-9A-F]{2})/g, (_hex, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    )
    .replace(/.+/s, octets);

const enteteDe = (bloc: string) => {
  const plat = bloc.replace(/\r?\n[ \t]+/g, ' ');
  return (nom: string): string | undefined => new RegExp(`^${nom}: *(.*)$`, 'im').exec(plat)?.[1]?.trim();
};

const couper = (message: string): readonly [string, string] => {
  const at = message.indexOf('\r\n\r\n');
  return [message.slice(0, at), message.slice(at + 4)];
};

const partie = (brut: string, type: string): string => {
  const limite = /boundary="([^"]+)"/.exec(brut)?.[1] ?? '';
  const found = brut
    .split(`--${limite}`)
    .map((texte) => couper(texte.replace(/^\r\n/, '')))
    .find(([tete]) => enteteDe(tete)('Content-Type')?.startsWith(type));
  if (found === undefined) return '';
  const codage = enteteDe(found[0])('Content-Transfer-Encoding');
  const lu =
    codage === 'base64'
      ? Buffer.from(found[1], 'base64').toString('utf8')
      : codage === 'quoted-printable'
        ? quotedPrintable(found[1])
        : found[1];
  return lu.replace(/\r\n/g, '\n').trim();
};

const lire = (pour: string, brut: string): Recu => {
  const entete = enteteDe(couper(brut)[0]);
  return {
    pour,
    brut,
    entete,
    objet: motsCodes(entete('Subject') ?? ''),
    messageId: entete('Message-ID') ?? '',
    texte: partie(brut, 'text/plain'),
    html: partie(brut, 'text/html'),
  };
};

/** Says no with a code; nothing says yes. */
type Reponse = { readonly code: number; readonly phrase: string } | undefined;

export type Boite = {
  readonly adresse: string;
  readonly recus: Recu[];
  readonly port: number;
  readonly fermer: () => Promise<void>;
};

type Reponses = {
  readonly destinataire?: (adresse: string) => Reponse;
  /** Before the server says that it took the message. */
  readonly message?: (recu: Recu) => Promise<Reponse> | Reponse;
  /** Before the server greets. */
  readonly connexion?: () => Promise<void>;
};

const refus = (reponse: Reponse): Error | undefined =>
  reponse && Object.assign(new Error(reponse.phrase), { responseCode: reponse.code });

/** A real SMTP server on the loopback, that takes what it is given unless told otherwise. */
export const ouvrirBoite = async (reponses: Reponses = {}, port = 0): Promise<Boite> => {
  const recus: Recu[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    onConnect: (_session, callback) => {
      void (reponses.connexion?.() ?? Promise.resolve()).then(() => callback());
    },
    onRcptTo: (address: SMTPServerAddress, _session, callback) =>
      callback(refus(reponses.destinataire?.(address.address))),
    onData: (stream, session, callback) => {
      const morceaux: Buffer[] = [];
      stream.on('data', (morceau: Buffer) => morceaux.push(morceau));
      stream.on('end', async () => {
        const brut = Buffer.concat(morceaux).toString('latin1');
        const recu = lire(session.envelope.rcptTo.map(({ address }) => address).join(','), brut);
        const no = refus(await reponses.message?.(recu));
        if (no === undefined) recus.push(recu);
        callback(no);
      });
    },
  });
  // Clients that are killed leave their sockets broken.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const bound = server.server.address();
  const ici = bound !== null && typeof bound === 'object' ? bound.port : port;
  return {
    adresse: `smtp://127.0.0.1:${ici}`,
    recus,
    port: ici,
    fermer: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
