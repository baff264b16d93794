import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { Bilan, LigneAbsente, LigneBilan, Sort } from './bilan.store.ts';

export type ImportEnregistre = {
  readonly id: string;
  readonly fichier: string;
  readonly importeLe: string;
  readonly bilan: Bilan & { readonly listeAbsentes: readonly LigneAbsente[] };
  readonly entetes: readonly string[];
};

/** The import that the reader may see, by the digest of its link. */
export const getImport = async (
  db: Database,
  lienEmpreinte: string,
): Promise<ImportEnregistre | undefined> => {
  const result = await sql<ImportEnregistre>`
    select id, fichier, bilan, entetes, to_char(importe_le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "importeLe"
    from import where lien_empreinte = ${lienEmpreinte}`.execute(db);
  return result.rows[0];
};

/** Rows of an import with one of these fates or, where asked, with an anomaly; a page of them, in order. */
export const listLignes = async (
  db: Database,
  importId: string,
  filtre: { readonly sort?: Sort; readonly anomalies?: boolean },
  page: { readonly debut: number; readonly limite: number },
): Promise<readonly LigneBilan[]> => {
  const result = await sql<LigneBilan>`
    select numero, ligne, sort, motif, libelle, changements, anomalies from import_ligne
    where import_id = ${importId}
      and (${filtre.sort ?? null}::text is null or sort = ${filtre.sort ?? null})
      and (${filtre.anomalies !== true} or anomalies <> '[]')
    order by numero offset ${page.debut} limit ${page.limite}`.execute(db);
  return result.rows;
};

export const compterAvecAnomalies = async (db: Database, importId: string): Promise<number> => {
  const result = await sql<{ total: number }>`
    select count(*) as total from import_ligne where import_id = ${importId} and anomalies <> '[]'`.execute(
    db,
  );
  return result.rows[0]?.total ?? 0;
};

export type Rejet = { readonly ligne: number; readonly motif: string; readonly contenu: readonly string[] };

/** The rejected rows of an import, as they came. */
export const listRejets = async (db: Database, importId: string): Promise<readonly Rejet[]> => {
  const result = await sql<Rejet>`
    select ligne, motif, contenu from import_ligne where import_id = ${importId} and sort = 'rejetee' order by numero`.execute(
    db,
  );
  return result.rows;
};
