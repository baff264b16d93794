import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { Horaire, Mode } from '../vagues/rules.ts';
import { regimes } from '../vagues/rules.ts';

/** A published wave as everybody may read it. */
export type VaguePublique = Horaire & {
  readonly id: string;
  readonly programmeId: string;
  readonly nom: string;
  readonly rang: number;
  readonly objectifPostes: number | null;
  readonly regimes: readonly Mode[];
  readonly coordinateurs: boolean;
  readonly priorites: readonly string[];
  readonly presentation: string | null;
  /** None: all of them. */
  readonly departements: readonly string[];
};

/** The waves that are published, in order: only columns that the public may read. */
export const listVaguesPubliques = async (db: Database): Promise<readonly VaguePublique[]> => {
  const rows = await db
    .selectFrom('vague')
    .select([
      'id',
      'programme_id',
      'nom',
      'rang',
      'ouvre_le',
      'ouverture_precision',
      'ouvre_heure',
      'ferme_le',
      'ferme_heure',
      'heure_locale',
      'objectif_postes',
      'regimes',
      'coordinateurs',
      'priorites',
      'presentation',
      sql<
        string[]
      >`array(select departement_code from vague_departement where vague_id = vague.id order by 1)`.as(
        'departements',
      ),
    ])
    .where('statut', '=', 'publiee')
    .orderBy('rang')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    programmeId: row.programme_id,
    nom: row.nom,
    rang: row.rang,
    statut: 'publiee',
    ouvreLe: row.ouvre_le,
    ouverturePrecision: row.ouverture_precision === 'mois' ? 'mois' : 'jour',
    ouvreHeure: row.ouvre_heure.slice(0, 5),
    fermeLe: row.ferme_le,
    fermeHeure: row.ferme_heure.slice(0, 5),
    heureLocale: row.heure_locale,
    objectifPostes: row.objectif_postes,
    regimes: regimes.filter((mode) => row.regimes.includes(mode)),
    coordinateurs: row.coordinateurs,
    priorites: row.priorites,
    presentation: row.presentation,
    departements: row.departements,
  }));
};

/** How a préfecture may be reached, as its communiqués say it; undefined where it published none. */
export type ContactPublic = {
  readonly service: readonly string[];
  readonly adresse: readonly string[];
  readonly contact: string | null;
  readonly telephone: string | null;
  readonly courriel: string | null;
};

export const getContactPublic = (db: Database, departement: string): Promise<ContactPublic | undefined> =>
  db
    .selectFrom('en_tete')
    .select([
      'service',
      'adresse',
      'contact_service as contact',
      'contact_telephone as telephone',
      'contact_courriel as courriel',
    ])
    .where('departement_code', '=', departement)
    .executeTakeFirst();

/** Where the figures of variants come from. */
export const listSourcesDeVariantes = async (
  db: Database,
  ids: readonly string[],
): Promise<readonly string[]> => {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('regime_variante')
    .select('source')
    .distinct()
    .where('id', 'in', [...ids])
    .orderBy('source')
    .execute();
  return rows.map(({ source }) => source);
};
