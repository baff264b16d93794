import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';
import type { Bilan, LigneAbsente, LigneBilan, Sort } from './bilan.store.ts';

export type ImportEnregistre = {
  readonly id: string;
  readonly fichier: string;
  readonly importeLe: string;
  readonly bilan: Bilan & {
    readonly listeAbsentes: readonly LigneAbsente[];
    /** Dates of its sessions; an older report does not say. */
    readonly seances?: readonly string[];
  };
  readonly entetes: readonly string[];
};

/** The import that the reader may see, by the digest of its link or by its identifier. */
export const getImport = async (
  db: Database,
  cle: { readonly lien: string } | { readonly id: string },
): Promise<ImportEnregistre | undefined> => {
  const result = await sql<ImportEnregistre>`
    select id, fichier, bilan, entetes, ${enInstant('importe_le')} as "importeLe"
    from import where ${'lien' in cle ? sql`lien_empreinte = ${cle.lien}` : sql`id = ${cle.id}::uuid`}`.execute(
    db,
  );
  return result.rows[0];
};

/** Whose rows are read: an import's, or those that a preview foretells. */
export type Source = { readonly id: string; readonly apercu?: boolean };

const lignesDe = ({ id, apercu }: Source) =>
  apercu
    ? sql`from import_depot_ligne where depot_id = ${id}::uuid`
    : sql`from import_ligne where import_id = ${id}::uuid`;

/** Rows of an import with one of these fates or, where asked, with an anomaly; a page of them, in order. */
export const listLignes = async (
  db: Database,
  source: Source,
  filtre: { readonly sort?: Sort; readonly anomalies?: boolean },
  page: { readonly debut: number; readonly limite: number },
): Promise<readonly LigneBilan[]> => {
  const result = await sql<LigneBilan>`
    select numero, ligne, sort, motif, libelle, changements, anomalies ${lignesDe(source)}
      and (${filtre.sort ?? null}::text is null or sort = ${filtre.sort ?? null})
      and (${filtre.anomalies !== true} or anomalies <> '[]')
    order by numero offset ${page.debut} limit ${page.limite}`.execute(db);
  return result.rows;
};

export const compterAvecAnomalies = async (db: Database, source: Source): Promise<number> => {
  const result = await sql<{ total: number }>`
    select count(*) as total ${lignesDe(source)} and anomalies <> '[]'`.execute(db);
  return result.rows[0]?.total ?? 0;
};

export type Rejet = { readonly ligne: number; readonly motif: string; readonly contenu: readonly string[] };

/** The rejected rows of an import, as they came. */
export const listRejets = async (db: Database, source: Source): Promise<readonly Rejet[]> => {
  const result = await sql<Rejet>`
    select ligne, motif, contenu ${lignesDe(source)} and sort = 'rejetee' order by numero`.execute(db);
  return result.rows;
};
