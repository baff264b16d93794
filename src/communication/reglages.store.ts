import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';
import { type EnTeteEnregistre, enregistrerEnTete, findEnTete } from './store.ts';

export type Signataire = {
  readonly id: string;
  readonly nom: string;
  readonly fonction: string;
  readonly delegation: string | null;
  readonly debut: string;
  readonly fin: string | null;
};

export type Reglages = {
  readonly enTete: EnTeteEnregistre | undefined;
  /** Mailbox of the service: receives mail, signs in nowhere. */
  readonly boite: string | null;
  /** 0 where nothing was set. */
  readonly version: number;
};

export const getReglages = async (db: Database, departement: string): Promise<Reglages> => {
  const row = await db
    .selectFrom('en_tete')
    .select(['boite_courriel', 'version'])
    .where('departement_code', '=', departement)
    .executeTakeFirst();
  return {
    enTete: await findEnTete(db, departement),
    boite: row?.boite_courriel ?? null,
    version: row?.version ?? 0,
  };
};

/** Those who sign for a préfecture, in force first, then the latest. */
export const listSignataires = (db: Database, departement: string): Promise<readonly Signataire[]> =>
  db
    .selectFrom('signataire')
    .select(['id', 'nom', 'fonction', 'delegation', 'debut', 'fin'])
    .where('departement_code', '=', departement)
    .orderBy(sql`coalesce(fin, 'infinity') desc`)
    .orderBy('debut', 'desc')
    .orderBy('id')
    .execute();

/** Who signs for a préfecture on a day, the latest named; null where nobody does. */
export const findSignataire = async (
  db: Database,
  departement: string,
  jour: string,
): Promise<Pick<Signataire, 'nom' | 'fonction' | 'delegation'> | null> =>
  (
    await sql<Pick<Signataire, 'nom' | 'fonction' | 'delegation'>>`
      select nom, fonction, delegation from signataire
      where departement_code = ${departement} and debut <= ${jour}::date and coalesce(fin, 'infinity') >= ${jour}::date
      order by debut desc, id desc limit 1`.execute(db)
  ).rows[0] ?? null;

/** Writes the settings, conditional on the version seen; gives whether they were. */
export const ecrireReglages = async (
  db: Database,
  departement: string,
  version: number,
  reglages: { readonly enTete: EnTeteEnregistre; readonly boite: string | null },
): Promise<boolean> => {
  if (version === 0) {
    const made = await sql`insert into en_tete (departement_code, service, lieu, version)
      values (${departement}, ${[...reglages.enTete.service]}, ${reglages.enTete.lieu}, 0)
      on conflict do nothing`.execute(db);
    if (Number(made.numAffectedRows ?? 0n) === 0) return false;
  }
  const seen = await sql`update en_tete set version = version + 1, boite_courriel = ${reglages.boite},
      sources = case when 'saisie' = any (sources) then sources else sources || 'saisie'::text end
    where departement_code = ${departement} and version = ${version}`.execute(db);
  if (Number(seen.numAffectedRows ?? 0n) === 0) return false;
  await enregistrerEnTete(db, departement, reglages.enTete);
  return true;
};

export const ajouterSignataire = async (
  db: Database,
  departement: string,
  signataire: Omit<Signataire, 'id'>,
): Promise<string | undefined> =>
  (
    await db
      .insertInto('signataire')
      .values({ departement_code: departement, ...signataire })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
  )?.id;

/** Ends what somebody signs, or takes away what was written by mistake; gives whether there was one. */
export const changerSignataire = async (
  db: Database,
  departement: string,
  id: string,
  change: { readonly fin: string } | 'retirer',
): Promise<boolean> => {
  const theirs = sql`id = ${id} and departement_code = ${departement}`;
  const { numAffectedRows } =
    change === 'retirer'
      ? await sql`delete from signataire where ${theirs}`.execute(db)
      : await sql`update signataire set fin = ${change.fin} where ${theirs} and debut <= ${change.fin}::date`.execute(
          db,
        );
  return Number(numAffectedRows ?? 0n) > 0;
};
