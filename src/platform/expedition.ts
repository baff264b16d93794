import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { createTransport, type Transporter } from 'nodemailer';
import type pg from 'pg';
import { z } from 'zod';
import { type Adresses, connectClient, connectDatabase, type Database } from './database/index.ts';
import { courrielHtml, courrielTexte, type Lettre, lettreDe } from './views/courriel.tsx';

/** What the sender is given. */
export type OutilsExpedition = {
  /** Opened as `expedition`. */
  readonly db: Database;
  readonly transport: Transporter;
  /** Address that mail comes from; its domain ends the Message-ID. */
  readonly expediteur: string;
  /** On the demonstration secret links stay readable in its mailbox; elsewhere they are forgotten once sent. */
  readonly garderSecrets: () => Promise<boolean>;
};

/** Waits after the first, second… failed attempt, in seconds; after the last, the mail is given up. */
const attentes = [60, 300, 900, 3_600, 14_400, 43_200, 86_400] as const;

const contenuGarde = z.object({
  paragraphes: z.array(z.string()).exactOptional(),
  lien: z.object({ texte: z.string(), href: z.string().exactOptional() }).exactOptional(),
});

/** The way to the SMTP server of the configuration. Beyond this machine a password travels enciphered only. */
export const ouvrirTransport = (adresse: string): Transporter => {
  const url = new URL(adresse);
  const secure = url.protocol === 'smtps:';
  const hote = url.hostname.replace(/^\[|\]$/g, '');
  const ici = ['localhost', '127.0.0.1', '::1'].includes(hote);
  return createTransport({
    host: hote,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ignoreTLS: !secure && ici,
    requireTLS: !secure && !ici && url.username !== '',
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    dnsTimeout: 10_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
};

type Echec = {
  readonly phrase: string;
  /** The server refuses this mail for ever. */
  readonly definitif: boolean;
  /** The server itself is away, or refuses us: the other mails would fare alike. */
  readonly general: boolean;
};

const erreurSmtp = z.object({
  code: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
});

/** Of what the server said, whether to come back. A refusal of the recipient or of the message is for this mail alone. */
const comprendre = (error: unknown): Echec => {
  const message = error instanceof Error ? error.message : String(error);
  const { code, command, responseCode } = erreurSmtp.catch({}).parse(error);
  const propre =
    (code === 'EENVELOPE' || code === 'EMESSAGE') &&
    (command === 'RCPT TO' || command === 'DATA' || command === 'API');
  return {
    phrase: message.replace(/\p{Cc}+/gu, ' ').slice(0, 500),
    definitif: propre && (responseCode === undefined || responseCode >= 500),
    general: !propre,
  };
};

const envoyer = async (
  { transport, expediteur }: OutilsExpedition,
  destinataire: string,
  messageId: string,
  lettre: Lettre,
): Promise<Echec | null> => {
  try {
    await transport.sendMail({
      // As objects, from which the envelope is made: an address is never read as a list of several.
      from: { name: 'Maillage', address: expediteur },
      to: { name: '', address: destinataire },
      subject: lettre.objet,
      text: courrielTexte(lettre),
      html: courrielHtml(lettre),
      messageId,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'fr' },
    });
    return null;
  } catch (error) {
    return comprendre(error);
  }
};

type Issue = 'rien' | 'envoye' | 'reporte' | 'abandonne' | 'injoignable';

type Ligne = {
  readonly id: string;
  readonly destinataire: string;
  readonly objet: string;
  readonly contenu: unknown;
  readonly lien_secret: string | null;
  readonly tentatives: number;
  readonly message_id: string | null;
};

/**
 * Sends the next mail that is due, in a transaction that holds its row: nobody else takes it meanwhile, and a process
 * that dies between the server's answer and the commit sends it again, under the same Message-ID.
 */
export const expedierUn = (outils: OutilsExpedition): Promise<Issue> =>
  outils.db.transaction().execute(async (transaction) => {
    // A slow server may take longer than what is left to transactions that do nothing.
    await sql`set local idle_in_transaction_session_timeout = '15min'`.execute(transaction);
    const { rows } = await sql<Ligne>`
      select id, destinataire, objet, contenu, lien_secret, tentatives, message_id from courriel
      where statut = 'en_attente' and prochain_essai_le <= now()
      order by prochain_essai_le limit 1 for update skip locked`.execute(transaction);
    const ligne = rows[0];
    if (ligne === undefined) return 'rien';
    const lettre = lettreDe(ligne.objet, contenuGarde.catch({}).parse(ligne.contenu), ligne.lien_secret);
    // Asked before: once the server has answered, nothing may stand between it and the commit.
    const garder = await outils.garderSecrets();
    const messageId = ligne.message_id ?? `<${ligne.id}@${outils.expediteur.split('@').at(-1)}>`;
    const echec: Echec | null =
      lettre === null
        ? { phrase: 'Son contenu a été effacé.', definitif: true, general: false }
        : await envoyer(outils, ligne.destinataire, messageId, lettre);
    const tentatives = ligne.tentatives + 1;
    if (echec === null) {
      await sql`
        update courriel set statut = 'envoye', envoye_le = clock_timestamp(), tentatives = ${tentatives},
          message_id = ${messageId}, derniere_erreur = null,
          lien_secret = case when ${garder} then lien_secret end
        where id = ${ligne.id}`.execute(transaction);
      return 'envoye';
    }
    const attente = attentes[ligne.tentatives];
    const abandon = echec.definitif || attente === undefined;
    await sql`
      update courriel set statut = ${abandon ? 'abandonne' : 'en_attente'}, tentatives = ${tentatives},
        message_id = ${messageId}, derniere_erreur = ${echec.phrase},
        prochain_essai_le = clock_timestamp() + make_interval(secs => ${attente ?? 0})
      where id = ${ligne.id}`.execute(transaction);
    if (echec.general) return 'injoignable';
    return abandon ? 'abandonne' : 'reporte';
  });

/** Mails that one process sends at once. */
const facteurs = 3;

/** Sends every mail that is due; stops at the first that the server is not there to take, or when told to. */
export const expedierTout = async (
  outils: OutilsExpedition,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> => {
  let joignable = true;
  await Promise.all(
    Array.from({ length: facteurs }, async () => {
      while (joignable && !signal.aborted) {
        const issue = await expedierUn(outils);
        if (issue === 'rien') return;
        if (issue === 'injoignable') joignable = false;
      }
    }),
  );
};

export type Expedition = {
  /** Ends once the mails under way have left. */
  readonly fermer: () => Promise<void>;
};

/** Looks for mail that is due at least this often (milliseconds): retries, and what was told while not listening. */
const ronde = 10_000;

/**
 * Sends the outbox for as long as it is open: at once when an act puts mail in, and on its rounds. Several processes may
 * each have theirs.
 */
export const ouvrirExpedition = (
  adresses: Pick<Adresses, 'expedition'>,
  outils: Omit<OutilsExpedition, 'db'>,
  signalerPanne: (error: unknown) => void,
): Expedition => {
  const db = connectDatabase(adresses, 'expedition', facteurs);
  const fin = new AbortController();
  let reveil = new AbortController();
  let oreille: pg.Client | undefined;

  const ecouter = async (): Promise<void> => {
    const client = await connectClient(adresses, 'expedition');
    client.on('notification', () => reveil.abort());
    client.on('end', () => {
      if (oreille === client) oreille = undefined;
    });
    oreille = client;
    await client.query('listen maillage_courriel');
  };
  const tourner = async (): Promise<void> => {
    while (!fin.signal.aborted) {
      // From here on, what is told makes another round.
      reveil = new AbortController();
      try {
        if (oreille === undefined) await ecouter();
        await expedierTout({ ...outils, db }, fin.signal);
      } catch (error) {
        if (!fin.signal.aborted) signalerPanne(error);
      }
      await sleep(ronde, undefined, {
        ref: false,
        signal: AbortSignal.any([fin.signal, reveil.signal]),
      }).catch(() => undefined);
    }
  };
  const tournee = tourner();
  return {
    fermer: async () => {
      fin.abort();
      await tournee;
      await oreille?.end().catch(() => undefined);
      await db.destroy();
    },
  };
};
