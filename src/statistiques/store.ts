import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { calculer, type Mesure } from '../platform/indicateurs.ts';
import { indicateurs } from './indicateurs.ts';
import type { Filtre, Ventilation } from './rules.ts';

export type Chiffres = Mesure<(typeof indicateurs)[number]['code']>;

const territoires = {
  region: sql`l.region_code`,
  departement: sql`l.departement_code`,
  epci: sql`l.epci_code`,
  commune: sql`l.commune_code`,
} as const;

const ouiNon = (column: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`case ${column} when true then 'oui' when false then 'non' end`;

const dimensions: Readonly<Record<Ventilation, RawBuilder<unknown>>> = {
  ...territoires,
  seance: sql`l.seance_date`,
  categorie: sql`l.categorie`,
  zrr: ouiNon(sql`l.zrr`),
  qpv: ouiNon(sql`l.qpv`),
  france_services: ouiNon(sql`l.france_services`),
};

const conditionsOf = (filtre: Filtre): readonly RawBuilder<unknown>[] => {
  const { territoire } = filtre;
  return [
    ...(territoire && territoire.niveau !== 'france'
      ? [sql`${territoires[territoire.niveau]} = ${territoire.code}`]
      : []),
    ...(filtre.seance === undefined ? [] : [sql`l.seance_date = ${filtre.seance}::date`]),
    ...(filtre.categorie === undefined ? [] : [sql`l.categorie = ${filtre.categorie}`]),
    ...(filtre.zrr === undefined ? [] : [sql`l.zrr = ${filtre.zrr}`]),
    ...(filtre.qpv === undefined ? [] : [sql`l.qpv = ${filtre.qpv}`]),
    ...(filtre.franceServices === undefined ? [] : [sql`l.france_services = ${filtre.franceServices}`]),
  ];
};

const relation = sql`ligne_retenue l`;

/** The indicators of what `db` may see: everything for the application, what is announced for the public. */
export const getChiffres = async (db: Database, filtre: Filtre = {}): Promise<Chiffres> => {
  const [row] = await calculer(db, indicateurs, { relation, conditions: conditionsOf(filtre) });
  if (!row) throw new Error('an aggregate gives one row');
  const { cle: _, ...chiffres } = row;
  return chiffres;
};

/** The same, broken down: one entry per value, `cle` null where it is not known. */
export const listChiffres = (
  db: Database,
  ventilation: Ventilation,
  filtre: Filtre = {},
): Promise<readonly (Chiffres & { readonly cle: string | null })[]> =>
  calculer(db, indicateurs, {
    relation,
    conditions: conditionsOf(filtre),
    ventilation: dimensions[ventilation],
  });
