import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';

export type Cote = 'structure' | 'prefecture';

export type PieceDeMessage = { readonly id: string; readonly nom: string; readonly taille: number };

export type Message = {
  readonly id: string;
  readonly cote: Cote;
  readonly auteur: string | null;
  readonly texte: string;
  readonly envoyeLe: string;
  readonly nouveau: boolean;
  readonly pieces: readonly PieceDeMessage[];
};

/** The messages of an application, the oldest first, with what is new to a person. */
export const listMessages = async (
  db: Database,
  {
    candidatureId,
    cote,
    personne,
  }: { readonly candidatureId: string; readonly cote: Cote; readonly personne: string },
): Promise<readonly Message[]> => {
  const { rows } = await sql<Message>`
    select message.id, message.cote, personne.prenom || ' ' || personne.nom as auteur, texte,
      to_char(envoye_le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "envoyeLe",
      message.cote <> ${cote} and envoye_le > coalesce((
        select lu_le from candidature_lecture
        where candidature_id = ${candidatureId} and personne_id = ${personne}), '-infinity') as nouveau,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', fichier.id, 'nom', fichier.nom, 'taille', fichier.taille)
          order by fichier.id)
        from candidature_piece join fichier on fichier.id = fichier_id
        where message_id = message.id and supprime_le is null), '[]') as pieces
    from candidature_message message left join personne on personne.id = auteur_id
    where message.candidature_id = ${candidatureId} order by envoye_le, message.id`.execute(db);
  return rows;
};

/** Marks what was shown as read, up to the last message shown: what comes meanwhile stays new. */
export const marquerLus = async (
  db: Database,
  { personne, dernier }: { readonly personne: string; readonly dernier: string | undefined },
): Promise<void> => {
  if (dernier === undefined) return;
  await sql`
    insert into candidature_lecture (candidature_id, personne_id, lu_le)
    select candidature_id, ${personne}::uuid, envoye_le from candidature_message where id = ${dernier}
    on conflict (candidature_id, personne_id) do update
      set lu_le = greatest(candidature_lecture.lu_le, excluded.lu_le)`.execute(db);
};
