import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { type Annuaire, type CommuneConnue, indexer } from './annuaire.rules.ts';

/** Every commune with its former codes, names and postal codes, in memory: some 80 000 short rows. */
export const chargerAnnuaire = async (db: Database): Promise<Annuaire> => {
  const [communes, anciennes, codesPostaux] = await Promise.all([
    sql<CommuneConnue>`
      select code, nom, nom_recherche as "nomRecherche", departement_code as "departementCode", latitude, longitude
      from commune order by code`.execute(db),
    sql<{ code: string; nomRecherche: string; communeCode: string }>`
      select code, nom_recherche as "nomRecherche", commune_code as "communeCode"
      from commune_ancienne order by code, nom`.execute(db),
    sql<{ communeCode: string; codePostal: string }>`
      select commune_code as "communeCode", code_postal as "codePostal"
      from commune_code_postal order by commune_code, code_postal`.execute(db),
  ]);
  return indexer(communes.rows, anciennes.rows, codesPostaux.rows);
};
