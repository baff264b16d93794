import { sql } from 'kysely';
import { type Database, enTransaction } from './database/index.ts';
import { type Acteur, journaliser } from './journal.ts';
import { type Resultat, refuser, reussi } from './result.ts';

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

/** What the outbox is given of a mail. */
const ligneDe = (courriel: Courriel) => {
  const { destinataire, objet, paragraphes, lien, secret = false } = courriel;
  if (lien !== undefined && !/^https?:$/.test(new URL(lien.href).protocol))
    throw new Error('a mail links to a page');
  if (secret && lien === undefined) throw new Error('a secret mail has its link');
  const contenu: ContenuCourriel = {
    paragraphes,
    ...(lien === undefined ? {} : { lien: secret ? { texte: lien.texte } : lien }),
  };
  return {
    cle: courriel.cle ?? null,
    destinataire,
    objet: enUneLigne(objet),
    contenu,
    lien: secret ? (lien?.href ?? null) : null,
    personne: courriel.personne ?? null,
    objet_type: courriel.objetType ?? null,
    objet_id: courriel.objetId ?? null,
  };
};

/**
 * Puts mails in the outbox, in the transaction of the act that they tell of: they leave after commit, at least once,
 * each under a stable Message-ID. Gives their identifiers in their order; that of the first where `cle` was used already.
 */
export const deposerCourriels = async (
  db: Database,
  courriels: readonly Courriel[],
): Promise<readonly string[]> => {
  if (courriels.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select deposer_courriel(cle, destinataire, objet, contenu, lien, personne, objet_type, objet_id) as id
    from rows from (
      jsonb_to_recordset(${JSON.stringify(courriels.map(ligneDe))}::jsonb) as (
        cle text, destinataire text, objet text, contenu jsonb, lien text, personne uuid, objet_type text, objet_id text)
    ) with ordinality as courriel (cle, destinataire, objet, contenu, lien, personne, objet_type, objet_id, rang)
    order by rang`.execute(db);
  if (rows.length !== courriels.length) throw new Error('mails were not put in the outbox');
  return rows.map(({ id }) => id);
};

/** Puts a mail in the outbox, as `deposerCourriels` does. */
export const deposerCourriel = async (db: Database, courriel: Courriel): Promise<string> => {
  const [id] = await deposerCourriels(db, [courriel]);
  if (id === undefined) throw new Error('a mail was not put in the outbox');
  return id;
};

/** What happens to a mail. */
export type StatutCourriel = 'en_attente' | 'envoye' | 'abandonne';

/** A mail of the outbox, as administrators see it. */
export type CourrielDepose = {
  readonly id: string;
  readonly destinataire: string;
  readonly objet: string;
  readonly statut: StatutCourriel;
  readonly tentatives: number;
  readonly prochainEssaiLe: Date;
  readonly derniereErreur: string | null;
  readonly creeLe: Date;
  readonly envoyeLe: Date | null;
};

/** The mails in these states, the latest first, as far as the reader may see them. */
export const listerCourriels = async (
  db: Database,
  { statuts, limite = 200 }: { readonly statuts: readonly StatutCourriel[]; readonly limite?: number },
): Promise<readonly CourrielDepose[]> => {
  const { rows } = await sql<CourrielDepose>`
    select id, destinataire, objet, statut, tentatives, prochain_essai_le as "prochainEssaiLe",
      derniere_erreur as "derniereErreur", cree_le as "creeLe", envoye_le as "envoyeLe"
    from courriel where statut in (${sql.join([...statuts])}) order by cree_le desc, id desc limit ${limite}`.execute(
    db,
  );
  return rows;
};

/**
 * Tries again, at once and with all its attempts before it, a mail that was given up or that waits.
 * Refuses one that left already, and one whose content was forgotten.
 */
export const relancerCourriel = (
  db: Database,
  acteur: Acteur,
  id: string,
): Promise<Resultat<undefined, 'role' | 'absent' | 'etat'>> =>
  enTransaction(db, async (transaction) => {
    if (acteur.role !== 'administrateur' && acteur.role !== 'operateur')
      return refuser('role', 'Seule l’administration relance un courriel.');
    const { rows } = await sql<{ statut: StatutCourriel; oublie: boolean }>`
      select statut, contenu = '{}' as oublie from courriel where id::text = ${id} for no key update`.execute(
      transaction,
    );
    const found = rows[0];
    if (found === undefined) return refuser('absent', 'Ce courriel est introuvable.');
    if (found.statut === 'envoye') return refuser('etat', 'Ce courriel est déjà parti.');
    if (found.oublie)
      return refuser('etat', 'Le contenu de ce courriel a été effacé : refaites l’acte qui l’envoie.');
    await sql`
      update courriel set statut = 'en_attente', tentatives = 0, prochain_essai_le = now(), derniere_erreur = null
      where id::text = ${id}`.execute(transaction);
    await sql`select pg_notify('maillage_courriel', '')`.execute(transaction);
    await journaliser(transaction, acteur, {
      acte: 'courriel.relancer',
      objetType: 'courriel',
      objetId: id,
    });
    return reussi(undefined);
  });

/**
 * Forgets what mails said 30 days after they left or were written, gives up those that could not leave by then, and
 * forgets that there was a mail after a year.
 */
export const oublierCourriels = async (db: Database): Promise<void> => {
  await sql`
    update courriel set contenu = '{}', lien_secret = null,
      statut = case statut when 'en_attente' then 'abandonne' else statut end,
      derniere_erreur = case statut when 'en_attente' then 'Non envoyé en 30 jours.' else derniere_erreur end
    where coalesce(envoye_le, cree_le) < now() - interval '30 days' and contenu <> '{}'`.execute(db);
  await sql`delete from courriel where cree_le < now() - interval '1 year'`.execute(db);
};
