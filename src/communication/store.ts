import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import type { CleParagraphe, EnTete, Redaction } from './rules.ts';

export type LigneCommunique = {
  readonly id: string;
  readonly statut: 'brouillon' | 'publie' | 'retire';
  readonly version: number;
  readonly date: string;
  readonly textes: Partial<Record<CleParagraphe, Redaction>>;
  /** ISO instant. */
  readonly publieLe: string | null;
  readonly chiffresPublies: { readonly structures: number; readonly postes: number } | null;
  readonly demo: boolean;
};

/** The communiqué of a session and département, if one was begun and `db` may see it. */
export const findCommunique = async (
  db: Database,
  seanceId: string,
  departement: string,
): Promise<LigneCommunique | undefined> => {
  const result = await sql<LigneCommunique>`
    select id, statut, version, date, textes, chiffres_publies as "chiffresPublies", 'demo' = any (sources) as demo,
      to_char(publie_le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "publieLe"
    from communique where seance_id = ${seanceId} and departement_code = ${departement}`.execute(db);
  return result.rows[0];
};

export type Annonce = {
  readonly departement: string;
  readonly departementNom: string;
  readonly seance: string;
  readonly date: string;
};

/** Communiqués that `db` may see, the latest first. */
export const listCommuniques = async (db: Database, departement?: string): Promise<readonly Annonce[]> => {
  const result = await sql<Annonce>`
    select communique.departement_code as departement, departement.nom as "departementNom", seance.date as seance, communique.date
    from communique
    join seance on seance.id = communique.seance_id
    join departement on departement.code = communique.departement_code
    where (${departement ?? null}::text is null or communique.departement_code = ${departement ?? null})
      and communique.statut = 'publie'
    order by communique.publie_le desc, communique.departement_code
    limit 200`.execute(db);
  return result.rows;
};

/** Begins the draft where there is none yet; gives the row as it then stands. */
export const commencerCommunique = async (
  db: Database,
  cle: { readonly seanceId: string; readonly departement: string; readonly date: string },
): Promise<LigneCommunique> => {
  await db
    .insertInto('communique')
    .values({ seance_id: cle.seanceId, departement_code: cle.departement, date: cle.date })
    .onConflict((conflict) => conflict.columns(['seance_id', 'departement_code']).doNothing())
    .execute();
  const row = await findCommunique(db, cle.seanceId, cle.departement);
  if (!row) throw new Error('the draft was just begun');
  return row;
};

/** Writes what may be changed in a draft, conditional on the version seen; gives whether it was. */
export const modifierCommunique = async (
  db: Database,
  vu: { readonly id: string; readonly version: number },
  values: {
    readonly date?: string;
    readonly textes?: Partial<Record<CleParagraphe, Redaction>>;
    readonly publieLe?: string;
    readonly chiffres?: { readonly structures: number; readonly postes: number };
  },
): Promise<boolean> => {
  const result = await db
    .updateTable('communique')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(values.date === undefined ? {} : { date: values.date }),
      ...(values.textes === undefined ? {} : { textes: JSON.stringify(values.textes) }),
      ...(values.publieLe === undefined ? {} : { publie_le: values.publieLe }),
      ...(values.chiffres === undefined ? {} : { chiffres_publies: JSON.stringify(values.chiffres) }),
    }))
    .where('id', '=', vu.id)
    .where('version', '=', vu.version)
    .where('statut', '=', 'brouillon')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

export type EnTeteEnregistre = EnTete & { readonly lieu: string };

/** The letterhead of a département's préfecture, if one was set. */
export const findEnTete = async (
  db: Database,
  departement: string,
): Promise<EnTeteEnregistre | undefined> => {
  const row = await db
    .selectFrom('en_tete')
    .selectAll()
    .where('departement_code', '=', departement)
    .executeTakeFirst();
  if (!row) return undefined;
  const logo =
    row.logo && row.logo_type && row.logo_texte
      ? ({
          octets: new Uint8Array(row.logo),
          type: row.logo_type === 'png' ? 'png' : 'svg',
          alt: row.logo_texte,
          rapport: row.logo_rapport ?? 1,
        } as const)
      : null;
  return {
    service: row.service,
    adresse: row.adresse,
    lieu: row.lieu,
    contact:
      row.contact_service === null
        ? null
        : { service: row.contact_service, telephone: row.contact_telephone, courriel: row.contact_courriel },
    logo,
  };
};

/** Sets the letterhead of a département, replacing the one there was. */
export const enregistrerEnTete = async (
  db: Database,
  departement: string,
  enTete: EnTeteEnregistre,
): Promise<void> => {
  const values = {
    service: [...enTete.service],
    adresse: [...enTete.adresse],
    lieu: enTete.lieu,
    contact_service: enTete.contact?.service ?? null,
    contact_telephone: enTete.contact?.telephone ?? null,
    contact_courriel: enTete.contact?.courriel ?? null,
    logo: enTete.logo ? Buffer.from(enTete.logo.octets) : null,
    logo_type: enTete.logo?.type ?? null,
    logo_texte: enTete.logo?.alt ?? null,
    logo_rapport: enTete.logo?.rapport ?? null,
  };
  await db
    .insertInto('en_tete')
    .values({ departement_code: departement, ...values })
    .onConflict((conflict) => conflict.column('departement_code').doUpdateSet(values))
    .execute();
};
