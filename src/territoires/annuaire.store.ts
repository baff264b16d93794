import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { creerPause } from '../platform/tours.ts';
import {
  type Ancienne,
  type Annuaire,
  type CodePostal,
  type CommuneConnue,
  commencerAnnuaire,
} from './annuaire.rules.ts';

/** Rows read at once. */
const lot = 4000;

/** All rows of a query, some at a time: `suite` is the query of those after the last one read. */
async function* parLots<Ligne>(
  db: Database,
  suite: (derniere: Ligne | undefined) => RawBuilder<Ligne>,
): AsyncGenerator<readonly Ligne[]> {
  const pause = creerPause();
  let derniere: Ligne | undefined;
  do {
    const { rows } = await suite(derniere).execute(db);
    yield rows;
    await pause();
    derniere = rows.length < lot ? undefined : rows.at(-1);
  } while (derniere !== undefined);
}

/** Every commune with its former codes, names and postal codes, in memory: some 80 000 short rows. */
export const chargerAnnuaire = async (db: Database): Promise<Annuaire> => {
  const { annuaire, ajouter } = commencerAnnuaire();
  const lectures = [
    async () => {
      const lots = parLots<CommuneConnue>(
        db,
        (derniere) => sql`
          select code, nom, nom_recherche as "nomRecherche", departement_code as "departementCode", latitude, longitude
          from commune where code > ${derniere?.code ?? ''} order by code limit ${lot}`,
      );
      for await (const communes of lots) ajouter({ communes });
    },
    async () => {
      const lots = parLots<Ancienne & { readonly nom: string }>(
        db,
        (derniere) => sql`
          select code, nom, nom_recherche as "nomRecherche", commune_code as "communeCode" from commune_ancienne
          where (code, nom) > (${derniere?.code ?? ''}, ${derniere?.nom ?? ''}) order by code, nom limit ${lot}`,
      );
      for await (const anciennes of lots) ajouter({ anciennes });
    },
    async () => {
      const lots = parLots<CodePostal>(
        db,
        (derniere) => sql`
          select commune_code as "communeCode", code_postal as "codePostal" from commune_code_postal
          where (commune_code, code_postal) > (${derniere?.communeCode ?? ''}, ${derniere?.codePostal ?? ''})
          order by commune_code, code_postal limit ${lot}`,
      );
      for await (const codesPostaux of lots) ajouter({ codesPostaux });
    },
  ];
  // A transaction has one connection, which answers one question at a time.
  if (db.isTransaction) for (const lire of lectures) await lire();
  else await Promise.all(lectures.map((lire) => lire()));
  return annuaire;
};
