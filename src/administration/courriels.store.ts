import { sql } from 'kysely';
import { z } from 'zod';
import type { StatutCourriel } from '../platform/courriel.ts';
import type { Database } from '../platform/database/index.ts';
import { enInstant } from '../platform/database/instants.ts';

const contenu = z.object({
  paragraphes: z.array(z.string()).default([]),
  lien: z.object({ texte: z.string(), href: z.string().exactOptional() }).exactOptional(),
});

type Ligne = {
  readonly id: string;
  readonly destinataire: string;
  readonly personne: string | null;
  readonly objet: string;
  readonly statut: StatutCourriel;
  readonly tentatives: number;
  readonly prochainEssaiLe: string;
  readonly derniereErreur: string | null;
  readonly messageId: string | null;
  readonly creeLe: string;
  readonly envoyeLe: string | null;
  readonly objetType: string | null;
  readonly objetId: string | null;
  readonly oublie: boolean;
};

/** A mail as administrators may read it: of a secret link, the words alone. */
export type CourrielLu = Ligne & z.infer<typeof contenu>;

export const getCourriel = async (db: Database, id: string): Promise<CourrielLu | undefined> => {
  const { rows } = await sql<Ligne & { contenu: unknown }>`
    select id, destinataire, personne_id as personne, objet, statut, tentatives,
      ${enInstant('prochain_essai_le')} as "prochainEssaiLe", derniere_erreur as "derniereErreur", message_id as "messageId",
      ${enInstant('cree_le')} as "creeLe", ${enInstant('envoye_le')} as "envoyeLe", objet_type as "objetType",
      objet_id as "objetId", contenu = '{}' as oublie, contenu
    from courriel where id = ${id}::uuid`.execute(db);
  const [row] = rows;
  return row && { ...row, ...contenu.parse(row.contenu) };
};

export type Abandonne = {
  readonly id: string;
  readonly objet: string;
  readonly destinataire: string;
  readonly creeLe: string;
  readonly derniereErreur: string | null;
};

/** Mails given up that can be sent again, the oldest first: the first ones, and how many there are. */
export const listAbandonnes = async (
  db: Database,
  limite: number,
): Promise<{ readonly total: number; readonly courriels: readonly Abandonne[] }> => {
  const { rows } = await sql<Abandonne & { total: number }>`
    select id, objet, destinataire, ${enInstant('cree_le')} as "creeLe", derniere_erreur as "derniereErreur",
      count(*) over () as total
    from courriel where statut = 'abandonne' and contenu <> '{}' order by cree_le, id limit ${limite}`.execute(
    db,
  );
  return { total: rows[0]?.total ?? 0, courriels: rows };
};

/** The kinds of things that mails tell of. */
export const listNatures = async (db: Database): Promise<readonly string[]> =>
  (
    await sql<{ nature: string }>`
      select distinct objet_type as nature from courriel where objet_type is not null order by 1`.execute(db)
  ).rows.map(({ nature }) => nature);
