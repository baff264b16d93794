import { sql } from 'kysely';
import type { Database } from './database/index.ts';

export type Courriel = {
  readonly destinataire: string;
  readonly objet: string;
  readonly paragraphes: readonly string[];
  /** The one link to the object, an absolute address. */
  readonly lien?: { readonly texte: string; readonly href: string };
  /** The link opens a door: it is kept out of what administrators read, and forgotten once sent. */
  readonly secret?: boolean;
  /** Whom it is for, who may read it again. */
  readonly personne?: string;
  /** The same key twice is one mail. */
  readonly cle?: string;
  readonly objetType?: string;
  readonly objetId?: string;
};

/** What a mail says, as the outbox keeps it: without the address of a secret link; empty once forgotten. */
export type ContenuCourriel = {
  readonly paragraphes?: readonly string[];
  readonly lien?: { readonly texte: string; readonly href?: string };
};

/** A subject is one line. */
const enUneLigne = (texte: string): string => texte.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/**
 * Puts a mail in the outbox, in the transaction of the act that it tells of: it leaves after commit, at least once,
 * under a stable Message-ID. Gives its identifier; that of the first where `cle` was used already.
 */
export const deposerCourriel = async (db: Database, courriel: Courriel): Promise<string> => {
  const { destinataire, objet, paragraphes, lien, secret = false } = courriel;
  if (lien !== undefined && !/^https?:$/.test(new URL(lien.href).protocol))
    throw new Error('a mail links to a page');
  if (secret && lien === undefined) throw new Error('a secret mail has its link');
  const contenu: ContenuCourriel = {
    paragraphes,
    ...(lien === undefined ? {} : { lien: secret ? { texte: lien.texte } : lien }),
  };
  const { rows } = await sql<{ id: string }>`
    select deposer_courriel(
      ${courriel.cle ?? null}, ${destinataire}, ${enUneLigne(objet)}, ${JSON.stringify(contenu)}::jsonb,
      ${secret ? (lien?.href ?? null) : null}, ${courriel.personne ?? null}::uuid,
      ${courriel.objetType ?? null}, ${courriel.objetId ?? null}) as id`.execute(db);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('a mail was not put in the outbox');
  return id;
};
