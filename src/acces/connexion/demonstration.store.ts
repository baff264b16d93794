import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';

export type PersonneDemo = {
  readonly id: string;
  readonly prenom: string;
  readonly nom: string;
  /** Roles, in the words of the demonstration's own file. */
  readonly presentation: string;
};

/** The people whom the demonstration made. */
export const listPersonnesDemo = async (db: Database): Promise<readonly { readonly id: string }[]> =>
  (
    await sql<{ id: string }>`select id from personne where 'demo' = any (sources) and desactivee_le is null
      order by cree_le, id`.execute(db)
  ).rows;

export type CourrielLu = {
  readonly id: string;
  readonly destinataire: string;
  readonly objet: string;
  readonly paragraphes: readonly string[];
  readonly lien: { readonly texte: string; readonly href: string } | null;
  readonly statut: 'en_attente' | 'envoye' | 'abandonne';
  readonly creeLe: string;
};

const colonnes = sql`id, destinataire, objet, coalesce(contenu -> 'paragraphes', '[]') as paragraphes,
  case when contenu ? 'lien' and coalesce(lien_secret, contenu -> 'lien' ->> 'href') is not null
    then jsonb_build_object('texte', contenu -> 'lien' ->> 'texte', 'href', coalesce(lien_secret, contenu -> 'lien' ->> 'href'))
  end as lien, statut, ${enInstant('cree_le')} as "creeLe"`;

/** A page of the mailbox of the demonstration, the newest first; one more than asked tells that there are others. */
export const listCourriels = async (
  db: Database,
  page: { readonly debut: number; readonly limite: number },
): Promise<{ readonly total: number; readonly courriels: readonly CourrielLu[] }> => {
  const { rows } = await sql<CourrielLu>`select ${colonnes} from courriel order by cree_le desc, id desc
    limit ${page.limite} offset ${page.debut}`.execute(db);
  const counted = await sql<{ total: number }>`select count(*) as total from courriel`.execute(db);
  return { total: counted.rows[0]?.total ?? 0, courriels: rows };
};

/** One mail as it was sent. */
export const getCourriel = async (db: Database, id: string): Promise<CourrielLu | undefined> =>
  (await sql<CourrielLu>`select ${colonnes} from courriel where id = ${id}`.execute(db)).rows[0];
