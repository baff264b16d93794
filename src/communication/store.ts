import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { enInstant } from '../platform/database/instants.ts';
import { postes, structures } from '../statistiques/index.ts';
import type { CleParagraphe, EnTete, Redaction, Signataire } from './rules.ts';
import type { EtatDuCommunique } from './workflow.ts';

export type LigneCommunique = {
  readonly id: string;
  readonly statut: EtatDuCommunique;
  readonly version: number;
  readonly date: string;
  readonly textes: Partial<Record<CleParagraphe, Redaction>>;
  /** ISO instant. */
  readonly publieLe: string | null;
  readonly chiffresPublies: { readonly structures: number; readonly postes: number } | null;
  /** Who signed it when it was published. */
  readonly signatairePublie: Signataire | null;
  readonly demo: boolean;
};

/** The communiqué of a session and département, if one was begun and `db` may see it. */
export const findCommunique = async (
  db: Database,
  seanceId: string,
  departement: string,
): Promise<LigneCommunique | undefined> => {
  const result = await sql<LigneCommunique>`
    select id, statut, version, date, textes, chiffres_publies as "chiffresPublies",
      signataire_publie as "signatairePublie", 'demo' = any (sources) as demo,
      ${enInstant('publie_le')} as "publieLe"
    from communique where seance_id = ${seanceId} and departement_code = ${departement}`.execute(db);
  return result.rows[0];
};

/**
 * The published communiqués whose page answers, with what their session announced in their département: after it
 * `communique` (with `structures` and `postes`), `seance` and `departement` may be read. One that retains nobody there
 * any more, or whose instant is to come, is none of them.
 */
export const communiquesPublies = sql`(
    select communique.id, communique.seance_id, communique.departement_code, communique.date, communique.publie_le,
      retenu.structures, retenu.postes
    from communique join (
      select l.seance_id, l.departement_code, ${structures.sql} as structures, ${postes.sql} as postes
      from ligne_retenue l group by l.seance_id, l.departement_code
    ) retenu on retenu.seance_id = communique.seance_id and retenu.departement_code = communique.departement_code
    where communique.statut = 'publie' and communique.publie_le <= now()
  ) communique
  join seance on seance.id = communique.seance_id
  join departement on departement.code = communique.departement_code`;

export type CommuniquePublie = {
  readonly id: string;
  readonly departement: string;
  readonly departementNom: string;
  /** « dans l’Aisne » */
  readonly locatif: string;
  /** Who signs it: « Préfecture de l’Aisne ». */
  readonly signataire: string;
  /** Session date. */
  readonly seance: string;
  /** The date it bears. */
  readonly date: string;
  /** ISO instant. */
  readonly publieLe: string;
  readonly structures: number;
  readonly postes: number;
};

const ordres = {
  date: sql`communique.date desc, communique.publie_le desc, departement.code collate "C"`,
  publication: sql`communique.publie_le desc, departement.code collate "C", communique.date desc`,
} as const;

export type ChoixCommuniques = {
  readonly departement?: string | undefined;
  /** Dates of sessions. */
  readonly seances?: readonly string[] | undefined;
  /** By the date they bear, or by that of their publication (by default); the latest first. */
  readonly ordre?: keyof typeof ordres;
  readonly debut?: number;
  /** All of them by default. */
  readonly limite?: number | undefined;
};

/** The published communiqués that are asked for. */
export const listCommuniques = async (
  db: Database,
  { departement, seances, ordre = 'publication', debut = 0, limite }: ChoixCommuniques = {},
): Promise<readonly CommuniquePublie[]> => {
  const result = await sql<CommuniquePublie>`
    select communique.id, departement.code as departement, departement.nom as "departementNom", departement.locatif,
      coalesce(en_tete.service[1], departement.prefecture) as signataire, seance.date as seance, communique.date,
      ${enInstant('communique.publie_le')} as "publieLe", communique.structures, communique.postes
    from ${communiquesPublies}
    left join en_tete on en_tete.departement_code = departement.code
    where ${departement === undefined ? sql`true` : sql`departement.code = ${departement}`}
      and ${seances === undefined ? sql`true` : sql`seance.date = any (${seances}::date[])`}
    order by ${ordres[ordre]}
    offset ${debut} limit ${limite ?? null}`.execute(db);
  return result.rows;
};

export type DepartementAnnonce = {
  readonly code: string;
  readonly nom: string;
  readonly communiques: number;
};

/** How many communiqués each département published, those that published any, by name. */
export const compterCommuniques = async (db: Database): Promise<readonly DepartementAnnonce[]> => {
  const result = await sql<DepartementAnnonce>`
    select departement.code, departement.nom, count(*) as communiques
    from ${communiquesPublies} group by departement.code`.execute(db);
  const collator = new Intl.Collator('fr');
  return result.rows.toSorted((left, right) => collator.compare(left.nom, right.nom));
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

/** Begins the drafts of a session in these départements; gives those that were not there. */
export const commencerBrouillons = async (
  db: Database,
  {
    seanceId,
    date,
    departements,
  }: {
    readonly seanceId: string;
    readonly date: string;
    readonly departements: readonly string[];
  },
): Promise<readonly { readonly id: string; readonly departement: string }[]> =>
  departements.length === 0
    ? []
    : db
        .insertInto('communique')
        .values(departements.map((code) => ({ seance_id: seanceId, departement_code: code, date })))
        .onConflict((conflict) => conflict.columns(['seance_id', 'departement_code']).doNothing())
        .returning(['id', 'departement_code as departement'])
        .execute();

type Vu = { readonly id: string; readonly version: number };

const ecrire = async (
  db: Database,
  vu: Vu,
  etats: readonly EtatDuCommunique[],
  values: Readonly<Record<string, RawBuilder<unknown> | string | null>>,
  si: RawBuilder<unknown> = sql`true`,
): Promise<boolean> => {
  const result = await db
    .updateTable('communique')
    .set((eb) => ({ version: eb('version', '+', 1), ...values }))
    .where('id', '=', vu.id)
    .where('version', '=', vu.version)
    .where('statut', 'in', etats)
    .where(sql<boolean>`${si}`)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

/** Writes the date and wording of a draft, conditional on the version seen; gives whether it was. */
export const modifierCommunique = (
  db: Database,
  vu: Vu,
  values: { readonly date?: string; readonly textes?: Partial<Record<CleParagraphe, Redaction>> },
): Promise<boolean> =>
  ecrire(db, vu, ['brouillon'], {
    ...(values.date === undefined ? {} : { date: values.date }),
    ...(values.textes === undefined ? {} : { textes: JSON.stringify(values.textes) }),
  });

/** Writes what goes with a publication, before it; gives whether the version seen was still there. */
export const preparerPublication = (
  db: Database,
  vu: Vu,
  values: {
    readonly publieLe: string;
    readonly chiffres: { readonly structures: number; readonly postes: number };
    readonly signataire: Signataire | null;
    readonly date?: string;
  },
): Promise<boolean> =>
  ecrire(db, vu, ['brouillon', 'en_relecture', 'relu'], {
    publie_le: values.publieLe,
    chiffres_publies: JSON.stringify(values.chiffres),
    signataire_publie: values.signataire === null ? null : JSON.stringify(values.signataire),
    ...(values.date === undefined ? {} : { date: values.date }),
  });

/** Moves the instant of a publication to come, conditional on the version seen; gives whether it was. */
export const deplacerPublication = (db: Database, vu: Vu, publieLe: string): Promise<boolean> =>
  ecrire(db, vu, ['publie'], { publie_le: publieLe }, sql`publie_le > now()`);

export type EnTeteEnregistre = EnTete & { readonly lieu: string };

/** The letterhead of a département's préfecture, if one was set. */
export const findEnTete = async (
  db: Database,
  departement: string,
): Promise<EnTeteEnregistre | undefined> => {
  const row = await db
    .selectFrom('en_tete')
    .select(['service', 'adresse', 'lieu', 'contact_service', 'contact_telephone', 'contact_courriel'])
    .select(['logo', 'logo_type', 'logo_texte', 'logo_rapport'])
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
