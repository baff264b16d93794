import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { centimes } from '../../platform/money.ts';
import type { RegimeEcrit, VarianteEcrite } from './rules.ts';

export type RegimeLu = RegimeEcrit & { readonly id: string };

/** A régime with its figures; undefined where there is none of that identifier. */
export const lireRegimeDe = async (db: Database, id: string): Promise<RegimeLu | undefined> => {
  const row = await db
    .selectFrom('regime')
    .select([
      'id',
      'code',
      'libelle',
      'mode',
      sql<string>`lower(en_vigueur)::text`.as('debut'),
      sql<string | null>`upper(en_vigueur)::text`.as('fin'),
    ])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const variantes = await db
    .selectFrom('regime_variante')
    .selectAll()
    .where('regime_id', '=', id)
    .orderBy('categorie', 'desc')
    .orderBy('territoire')
    .execute();
  return {
    ...row,
    mode: row.mode === 'taux' ? 'taux' : 'forfait',
    source: [...new Set(variantes.map(({ source }) => source))].join(' ; '),
    variantes: variantes.map(
      (variante): VarianteEcrite => ({
        categorie: variante.categorie === 'privee' ? 'privee' : 'publique',
        territoire: variante.territoire === 'outre_mer' ? 'outre_mer' : 'metropole',
        dureeMois: variante.duree_mois,
        plafond: variante.plafond_centimes === null ? null : centimes(variante.plafond_centimes),
        tauxPourMille: variante.taux_pour_mille,
        baseSalaire:
          variante.base_salaire === 'brut' || variante.base_salaire === 'charge'
            ? variante.base_salaire
            : null,
        formation: centimes(variante.formation_centimes),
      }),
    ),
  };
};

export const ecrireRegime = async (
  db: Database,
  programmeId: string,
  regime: RegimeEcrit,
): Promise<string> => {
  const { id } = await db
    .insertInto('regime')
    .values({
      programme_id: programmeId,
      code: regime.code,
      libelle: regime.libelle,
      mode: regime.mode,
      en_vigueur: sql<string>`daterange(${regime.debut}::date, ${regime.fin}::date)`,
      sources: ['saisie'],
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('regime_variante')
    .values(
      regime.variantes.map((variante) => ({
        regime_id: id,
        categorie: variante.categorie,
        territoire: variante.territoire,
        duree_mois: variante.dureeMois,
        plafond_centimes: variante.plafond,
        taux_pour_mille: variante.tauxPourMille,
        base_salaire: variante.baseSalaire,
        formation_centimes: variante.formation,
        source: regime.source,
      })),
    )
    .execute();
  return id;
};

/** The first published wave that a régime must still serve on a day or after: its name and opening. */
export const findVagueServie = async (db: Database, id: string, depuis: string) =>
  (
    await sql<{ nom: string; ouvreLe: string }>`
      select vague.nom, vague.ouvre_le::text as "ouvreLe"
      from vague join regime on regime.programme_id = vague.programme_id and regime.mode = any (vague.regimes)
      where regime.id = ${id} and vague.statut = 'publiee' and vague.ouverture_precision = 'jour'
        and regime.en_vigueur @> vague.ouvre_le and vague.ouvre_le >= ${depuis}::date
      order by vague.ouvre_le limit 1`.execute(db)
  ).rows[0];

/** The published waves that apply a régime, in order. */
export const listVaguesDuRegime = async (db: Database, id: string): Promise<readonly string[]> =>
  (
    await sql<{ nom: string }>`
      select vague.nom from vague
      join regime on regime.programme_id = vague.programme_id and regime.mode = any (vague.regimes)
      where regime.id = ${id} and vague.statut = 'publiee' and vague.ouverture_precision = 'jour'
        and regime.en_vigueur @> vague.ouvre_le
      order by vague.rang`.execute(db)
  ).rows.map(({ nom }) => nom);

/** Ends a régime on a day, excluded; false where it has another end already. */
export const ecrireFin = async (
  db: Database,
  id: string,
  avant: string | null,
  fin: string,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('regime')
    .set({ en_vigueur: sql<string>`daterange(lower(en_vigueur), ${fin}::date)` })
    .where('id', '=', id)
    .where(sql<boolean>`upper(en_vigueur) is not distinct from ${avant}::date`)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};
