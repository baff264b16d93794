import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../platform/database/index.ts';
import { enInstant } from '../platform/database/instants.ts';

export type EtatDesSceaux = {
  readonly dernier: { readonly numero: number; readonly instant: string; readonly empreinte: string } | null;
  /** Lines written since the last seal. */
  readonly enAttente: number;
};

/** How far the journal is sealed. */
export const lireSceaux = async (db: Database): Promise<EtatDesSceaux> => {
  const { rows } = await sql<NonNullable<EtatDesSceaux['dernier']> & { derniere: number }>`
    select numero, ${enInstant('instant')} as instant, encode(empreinte, 'hex') as empreinte, derniere
    from journal_sceau order by numero desc limit 1`.execute(db);
  const [dernier] = rows;
  const counted = await sql<{ n: number }>`
    select count(*) as n from journal where id > ${dernier?.derniere ?? 0}`.execute(db);
  return { dernier: dernier ?? null, enAttente: counted.rows[0]?.n ?? 0 };
};

/** The seal that holds a line, if one does. */
export const findSceau = async (
  db: Database,
  ligne: number,
): Promise<{ readonly numero: number; readonly instant: string } | undefined> =>
  (
    await sql<{ numero: number; instant: string }>`
      select numero, ${enInstant('instant')} as instant from journal_sceau
      where derniere >= ${ligne} and premiere <= ${ligne} and ${ligne} = any(lignes) order by numero limit 1`.execute(
      db,
    )
  ).rows[0];

const verification = z.object({
  sceaux: z.int(),
  scellees: z.int(),
  enAttente: z.int(),
  anomalies: z.array(z.string()),
});

export type DerniereVerification = z.infer<typeof verification> & { readonly instant: string };

/** What the last verification of the journal found, as it was written down. */
export const lireVerification = async (db: Database): Promise<DerniereVerification | undefined> => {
  const { rows } = await sql<{ instant: string; contenu: unknown }>`
    select ${enInstant('instant')} as instant, contenu from journal
    where acte = 'journal.verifier' order by id desc limit 1`.execute(db);
  const [row] = rows;
  return row && { instant: row.instant, ...verification.parse(row.contenu) };
};

/** Whether a verification was asked for and has not ended. */
export const verificationEnCours = async (db: Database): Promise<boolean> =>
  (
    await sql`select from pgboss.job where name = 'verifier'
      and (state = 'active' or (state in ('created', 'retry') and start_after <= now()))`.execute(db)
  ).rows.length > 0;
