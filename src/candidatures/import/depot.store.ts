import { sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';
import type { Bilan, LigneAbsente, LigneBilan } from './bilan.store.ts';
import type { EtatDepot } from './workflow.ts';

export type EtapeDepot = 'attente' | 'lecture' | 'ecriture';

/** A file sent on the web, without its bytes. */
export type Depot = {
  readonly id: string;
  readonly fichier: string;
  readonly empreinte: string;
  readonly octets: number;
  readonly lignes: number;
  readonly statut: EtatDepot;
  readonly version: number;
  readonly deposePar: string | null;
  readonly creeLe: string;
  readonly expireLe: string;
  readonly gardee: boolean;
  readonly etape: EtapeDepot;
  readonly lignesFaites: number;
  readonly simuleLe: string | null;
  readonly bilan: (Bilan & { readonly listeAbsentes: readonly LigneAbsente[] }) | null;
  readonly entetes: readonly string[] | null;
  readonly apercuEmpreinte: string | null;
  readonly confirmePar: string | null;
  readonly deposeParId: string | null;
  readonly confirmeParId: string | null;
  /** Where to write to whoever confirmed, while they have an account. */
  readonly courriel: string | null;
  readonly confirmeLe: string | null;
  readonly message: string | null;
  readonly termineLe: string | null;
  readonly importId: string | null;
  /** When another import ended since the preview: what it shows may be no longer so. */
  readonly autreImportLe: string | null;
  /** When the same bytes were imported, if they were. */
  readonly dejaImporteLe: string | null;
};

/** A file sent, if the reader may see it. */
export const getDepot = async (db: Database, id: string): Promise<Depot | undefined> => {
  const result = await sql<Depot>`
    select d.id, d.fichier, d.empreinte, d.octets, d.lignes, d.statut, d.version,
      nullif(concat_ws(' ', p.prenom, p.nom), '') as "deposePar", ${enInstant('d.cree_le')} as "creeLe",
      ${enInstant('d.expire_le')} as "expireLe", d.contenu is not null as gardee, d.etape,
      d.lignes_faites as "lignesFaites", ${enInstant('d.simule_le')} as "simuleLe", d.bilan, d.entetes,
      d.apercu_empreinte as "apercuEmpreinte", nullif(concat_ws(' ', c.prenom, c.nom), '') as "confirmePar",
      d.depose_par as "deposeParId", d.confirme_par as "confirmeParId", case when c.desactivee_le is null then c.courriel end as courriel, ${enInstant('d.confirme_le')} as "confirmeLe", d.message,
      ${enInstant('d.termine_le')} as "termineLe", d.import_id as "importId",
      (select ${enInstant(sql`max(importe_le)`)} from import where importe_le > d.simule_le) as "autreImportLe",
      (select ${enInstant(sql`max(importe_le)`)} from import where import.empreinte = d.empreinte) as "dejaImporteLe"
    from import_depot d left join personne p on p.id = d.depose_par left join personne c on c.id = d.confirme_par
    where d.id = ${id}::uuid`.execute(db);
  return result.rows[0];
};

/** The bytes of a file sent, while they are kept. */
export const getContenu = async (db: Database, id: string): Promise<Uint8Array | undefined> => {
  const row = await db.selectFrom('import_depot').select('contenu').where('id', '=', id).executeTakeFirst();
  return row?.contenu ?? undefined;
};

export const ajouterDepot = async (
  db: Database,
  values: {
    readonly fichier: string;
    readonly empreinte: string;
    readonly lignes: number;
    readonly contenu: Buffer;
    readonly personne: string;
  },
): Promise<string> => {
  const { id } = await db
    .insertInto('import_depot')
    .values({
      fichier: values.fichier,
      empreinte: values.empreinte,
      octets: values.contenu.length,
      lignes: values.lignes,
      contenu: values.contenu,
      depose_par: values.personne,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** How far a work has got, if it is still for this version of the file sent. */
export const noterProgres = async (
  db: Database,
  depot: { readonly id: string; readonly version: number },
  etape: EtapeDepot,
  lignes: number,
): Promise<void> => {
  await sql`update import_depot set etape = ${etape}, lignes_faites = ${lignes}
    where id = ${depot.id}::uuid and version = ${depot.version}`.execute(db);
};

/** A work begins again from nothing. */
export const remettreProgres = async (db: Database, id: string, message: string | null): Promise<void> => {
  await sql`update import_depot set etape = 'attente', lignes_faites = 0, message = ${message}
    where id = ${id}::uuid`.execute(db);
};

export type LigneApercu = LigneBilan & { readonly contenu: readonly string[] | null };

/** What the preview found, in place of the one before. */
export const enregistrerApercu = async (
  db: Database,
  id: string,
  apercu: {
    readonly bilan: unknown;
    readonly entetes: readonly string[];
    readonly empreinte: string;
    readonly lots: readonly (readonly LigneApercu[])[];
  },
): Promise<void> => {
  await sql`update import_depot set simule_le = clock_timestamp(), bilan = ${JSON.stringify(apercu.bilan)}, entetes = ${apercu.entetes},
      apercu_empreinte = ${apercu.empreinte}, message = null
    where id = ${id}::uuid`.execute(db);
  await effacerLignesApercu(db, id);
  for (const lot of apercu.lots)
    await sql`insert into import_depot_ligne (depot_id, numero, ligne, sort, motif, libelle, changements, anomalies, contenu)
      select ${id}::uuid, numero, ligne, sort, motif, libelle, changements, anomalies, contenu
      from jsonb_to_recordset(${JSON.stringify(lot)}::jsonb) as lot (
        numero integer, ligne integer, sort text, motif text, libelle text, changements jsonb, anomalies jsonb,
        contenu jsonb)`.execute(db);
};

const effacerLignesApercu = async (db: Database, id: string): Promise<void> => {
  await db.deleteFrom('import_depot_ligne').where('depot_id', '=', id).execute();
};

export const noterConfirmation = async (db: Database, id: string, personne: string): Promise<void> => {
  await sql`update import_depot set confirme_par = ${personne}::uuid, confirme_le = clock_timestamp(), message = null, etape = 'attente',
      lignes_faites = 0
    where id = ${id}::uuid`.execute(db);
};

/** Why a work stopped, told on its page. */
export const noterMessage = async (db: Database, id: string, message: string): Promise<void> => {
  await sql`update import_depot set message = ${message}, termine_le = clock_timestamp() where id = ${id}::uuid`.execute(
    db,
  );
};

/** The end of a file sent: its bytes and its preview go. */
export const fermerDepot = async (
  db: Database,
  id: string,
  fin: { readonly importId?: string; readonly message?: string } = {},
): Promise<void> => {
  await sql`update import_depot set contenu = null, termine_le = clock_timestamp(), import_id = ${fin.importId ?? null}::uuid,
      message = ${fin.message ?? null}
    where id = ${id}::uuid`.execute(db);
  await effacerLignesApercu(db, id);
};

/** Files sent that nobody confirmed in time, and those whose import was given up: a day is more than its attempts last. */
export const listDepotsPerimes = async (
  db: Database,
): Promise<readonly { readonly id: string; readonly version: number; readonly confirme: boolean }[]> => {
  const result = await sql<{ id: string; version: number; confirme: boolean }>`
    select id, version, statut = 'confirme' as confirme from import_depot
    where expire_le < now() and (statut in ('depose', 'simule', 'echoue')
      or (statut = 'confirme' and confirme_le < now() - interval '1 day')) order by id`.execute(db);
  return result.rows;
};
