import { type RawBuilder, sql } from 'kysely';
import { type Database, planGarde } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';
import { capitale } from '../../platform/francais/index.ts';
import { type Denomination, libellePublic } from '../../structures/index.ts';
import type { RoleAttribuable } from '../rules.ts';
import type { Cible, Donneur } from './roles.rules.ts';

/** Who acts in this transaction, as the row wall sees it: never from the address or the form. */
export const lireDonneur = async (db: Database): Promise<Donneur> => {
  const { rows } = await sql<Donneur>`select acteur_role() as role, acteur_niveau() as niveau,
    acteur_perimetre() as perimetre,
    to_char((acteur_fin() at time zone 'Europe/Paris')::date - 1, 'YYYY-MM-DD') as fin`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('a transaction has its actor, or none');
  return row;
};

/** The first day of a role as an instant: it begins with that day of Paris. */
export const debutDuJour = (jour: string | null): RawBuilder<unknown> =>
  jour === null ? sql`null::timestamptz` : sql`(${jour}::date)::timestamp at time zone 'Europe/Paris'`;

/** The last day of a role as an instant: it runs until the end of that day of Paris. */
export const finDuJour = (jour: string | null): RawBuilder<unknown> =>
  jour === null ? sql`null::timestamptz` : sql`(${jour}::date + 1)::timestamp at time zone 'Europe/Paris'`;

/** The last day on which something runs that ends at an instant. */
export const dernierJour = (instant: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`to_char((${instant} - interval '1 microsecond') at time zone 'Europe/Paris', 'YYYY-MM-DD')`;

/** Name of the scope of a row of `attribution` or `invitation`, whose tables are joined by `jointureDuLieu`. */
export const lieu = sql`coalesce(region.nom, departement.nom, structure.libelle_public, structure.raison_sociale,
  structure.identifiant, equipe_structure.libelle_public, equipe_structure.raison_sociale)`;

export const jointureDuLieu = (table: string): RawBuilder<unknown> => sql`
  left join region on region.code = ${sql.ref(`${table}.region_code`)}
  left join departement on departement.code = ${sql.ref(`${table}.departement_code`)}
  left join structure on structure.id = ${sql.ref(`${table}.structure_id`)}
  left join equipe on equipe.id = ${sql.ref(`${table}.equipe_id`)}
  left join structure equipe_structure on equipe_structure.id = equipe.structure_id`;

export type Lieu = { readonly cible: Omit<Cible, 'role'>; readonly nom: string };
type LigneStructure = {
  readonly id: string;
  readonly nom: string;
  readonly departement: string | null;
  readonly region: string | null;
  readonly equipe: string | null;
};

const nulle = { region: null, departement: null, structure: null, equipe: null } as const;
export const perimetreNational: Lieu = { cible: nulle, nom: '' };

const lireStructures = async (
  db: Database,
  condition: RawBuilder<unknown>,
): Promise<readonly LigneStructure[]> =>
  (
    await sql<LigneStructure>`
      select structure.id, coalesce(structure.libelle_public, structure.raison_sociale, structure.identifiant) as nom,
        departement.code as departement, departement.region_code as region, equipe.id as equipe
      from structure
      left join commune on commune.code = structure.commune_code
      left join departement on departement.code = commune.departement_code
      left join equipe on equipe.structure_id = structure.id
      where ${condition} order by 2, 1`.execute(db)
  ).rows;

const cibleDe = ({ id, departement, region }: LigneStructure) => ({
  id,
  departement: departement === null ? null : { code: departement, region },
});

/** A structure as a scope. */
export const getStructureCible = async (db: Database, id: string): Promise<Lieu | undefined> => {
  const [row] = await lireStructures(db, sql`structure.id = ${id}`);
  return row && { cible: { ...nulle, structure: cibleDe(row) }, nom: row.nom };
};

/** A team as a scope, or that of a structure: it has one at most. */
export const getEquipeCible = async (
  db: Database,
  which: { readonly equipe: string } | { readonly structure: string },
): Promise<Lieu | undefined> => {
  const condition =
    'equipe' in which ? sql`equipe.id = ${which.equipe}` : sql`structure.id = ${which.structure}`;
  const [row] = await lireStructures(db, condition);
  return row?.equipe
    ? { cible: { ...nulle, equipe: { id: row.equipe, structure: cibleDe(row) } }, nom: row.nom }
    : undefined;
};

/** Structures by SIRET, RIDET or n° TAHITI: identifier to structure. */
export const listStructuresParIdentifiant = async (
  db: Database,
  identifiants: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (identifiants.length === 0) return new Map();
  const { rows } = await sql<{ identifiant: string; id: string }>`select identifiant, id from structure
    where identifiant = any (${[...new Set(identifiants)]})`.execute(db);
  return new Map(rows.map(({ identifiant, id }) => [identifiant, id]));
};

export const getRegionCible = async (db: Database, code: string): Promise<Lieu | undefined> => {
  const { rows } = await sql<{
    code: string;
    nom: string;
  }>`select code, nom from region where code = ${code}`.execute(db);
  const [row] = rows;
  return row && { cible: { ...nulle, region: row.code }, nom: row.nom };
};

export const getDepartementCible = async (db: Database, code: string): Promise<Lieu | undefined> => {
  const { rows } = await sql<{ code: string; nom: string; region: string | null }>`
    select code, nom, region_code as region from departement where code = ${code}`.execute(db);
  const [row] = rows;
  return row && { cible: { ...nulle, departement: { code: row.code, region: row.region } }, nom: row.nom };
};

export type Choix = { readonly valeur: string; readonly libelle: string };

/** Beyond, a structure is asked for by its number: no list is that long. */
const structuresProposees = 60;

/** The structures (or their teams) that the acting role looks after, when they are few enough to be a list of choices. */
export const listStructuresProposees = async (
  db: Database,
  avecEquipe: boolean,
): Promise<readonly Choix[] | undefined> => {
  const { rows } = await sql<Denomination & { readonly id: string }>`
    select structure.id, structure.identifiant, structure.raison_sociale as "raisonSociale",
      structure.libelle_public as "libellePublic", commune.nom as "communeNom", siege.nom as "epciNom",
      coalesce(departement.genitif, '') as "departementGenitif"
    from structure
    left join commune on commune.code = structure.commune_code
    left join departement on departement.code = commune.departement_code
    left join epci siege on siege.code = left(structure.identifiant, 9)
    where structure.id in (select acteur_structures())
      ${avecEquipe ? sql`and exists (select from equipe where structure_id = structure.id)` : sql``}
    limit ${structuresProposees + 1}`.execute(db);
  if (rows.length > structuresProposees) return undefined;
  return rows
    .map(({ id, ...structure }) => ({
      valeur: id,
      libelle: [capitale(libellePublic(structure)), structure.communeNom]
        .filter((partie) => partie !== null)
        .join(' – '),
    }))
    .toSorted((left, right) => left.libelle.localeCompare(right.libelle, 'fr'));
};

/** The régions and départements that the acting role may give a role on. */
export const listTerritoiresProposes = async (
  db: Database,
  { role, niveau, perimetre }: Donneur,
): Promise<readonly Choix[]> => {
  const national = role === 'administrateur' || role === 'operateur';
  const { rows } = await sql<Choix>`
    select * from (
      select 'region:' || code as valeur, 'Région – ' || nom as libelle, 1 as ordre, nom from region
      where ${national} or (${niveau} = 'region' and code = ${perimetre})
      union all
      select 'departement:' || code, nom || ' (' || code || ')', 2, code from departement
      where ${national} or (${niveau} = 'departement' and code = ${perimetre})
        or (${niveau} = 'region' and region_code = ${perimetre})
    ) t order by ordre desc, nom`.execute(db);
  return rows.map(({ valeur, libelle }) => ({ valeur, libelle }));
};

/** Whoever acts in this transaction, as the giver. */
export const parActeur = sql`acteur_personne()`;

export type NouvelleAttribution = {
  readonly personne: string;
  readonly role: RoleAttribuable;
  readonly niveau: string;
  readonly region: string | null;
  readonly departement: string | null;
  readonly structure: string | null;
  readonly equipe: string | null;
  /** Instants; null: from now, without end. */
  readonly du: RawBuilder<unknown>;
  readonly fin: RawBuilder<unknown>;
  readonly donneePar: RawBuilder<unknown>;
  readonly motif: string;
  readonly suppleanceDe: string | null;
};

/**
 * Writes a role; undefined when the person holds it already. One that ran to its end gives way: it is closed as of that
 * day, so that the role may be given anew.
 */
export const ecrireAttribution = async (
  db: Database,
  nouvelle: NouvelleAttribution,
): Promise<string | undefined> => {
  const { personne, role, niveau, region, departement, structure, equipe } = nouvelle;
  await sql`update attribution set retiree_le = fin, retrait_motif = 'arrivé à son terme', version = version + 1
    where personne_id = ${personne} and role = ${role} and niveau = ${niveau}
      and region_code is not distinct from ${region} and departement_code is not distinct from ${departement}
      and structure_id is not distinct from ${structure}::uuid and equipe_id is not distinct from ${equipe}::uuid
      and suppleance_de is not distinct from ${nouvelle.suppleanceDe}::uuid
      and retiree_le is null and fin <= now()`.execute(db);
  const { rows } = await sql<{ id: string }>`
    insert into attribution (personne_id, role, niveau, region_code, departement_code, structure_id, equipe_id, du, fin,
      donnee_par, motif, suppleance_de)
    values (${personne}, ${role}, ${niveau}, ${region}, ${departement}, ${structure}, ${equipe},
      coalesce(${nouvelle.du}, now()), ${nouvelle.fin}, ${nouvelle.donneePar}, ${nouvelle.motif},
      ${nouvelle.suppleanceDe})
    on conflict do nothing returning id`.execute(db);
  return rows[0]?.id;
};

export type AttributionLue = {
  readonly id: string;
  readonly personne: string;
  readonly prenom: string;
  readonly nom: string;
  readonly courriel: string;
  readonly role: RoleAttribuable;
  readonly niveau: string;
  readonly region: string | null;
  readonly departement: string | null;
  readonly structure: string | null;
  readonly equipe: string | null;
  /** Name of the scope. */
  readonly lieu: string | null;
  /** ISO instants. */
  readonly du: string;
  readonly retireeLe: string | null;
  /** First day. */
  readonly depuis: string;
  /** Last day. */
  readonly fin: string | null;
  readonly enCours: boolean;
  readonly aVenir: boolean;
  readonly motif: string;
  readonly retraitMotif: string | null;
  readonly donneePar: string | null;
  readonly retireePar: string | null;
  /** Held, and taken back, by whoever acts. */
  readonly aMoi: boolean;
  readonly retireeParMoi: boolean;
  readonly suppleanceDe: string | null;
  /** Name of whom it stands in for. */
  readonly supplee: string | null;
  /** Seconds since it was taken back. */
  readonly retireeDepuis: number | null;
  readonly version: number;
};

const attributions = (
  condition: RawBuilder<unknown>,
): RawBuilder<AttributionLue> => sql<AttributionLue>`${planGarde}
  select a.id, a.personne_id as personne, personne.prenom, personne.nom, personne.courriel, a.role, a.niveau,
    a.region_code as region, a.departement_code as departement, a.structure_id as structure, a.equipe_id as equipe,
    ${lieu} as lieu, ${enInstant('a.du')} as du,
    to_char(a.du at time zone 'Europe/Paris', 'YYYY-MM-DD') as depuis, ${enInstant('a.retiree_le')} as "retireeLe",
    ${dernierJour(sql`a.fin`)} as fin, attribution_en_cours(a) as "enCours",
    a.retiree_le is null and a.du > now() as "aVenir", a.motif, a.retrait_motif as "retraitMotif",
    donneur.prenom || ' ' || donneur.nom as "donneePar", retireur.prenom || ' ' || retireur.nom as "retireePar",
    coalesce(a.personne_id = acteur_personne(), false) as "aMoi",
    coalesce(a.retiree_par = acteur_personne(), false) as "retireeParMoi",
    a.suppleance_de as "suppleanceDe", supplee.prenom || ' ' || supplee.nom as supplee,
    extract(epoch from now() - a.retiree_le)::double precision as "retireeDepuis", a.version
  from attribution a
  join personne on personne.id = a.personne_id
  left join personne donneur on donneur.id = a.donnee_par
  left join personne retireur on retireur.id = a.retiree_par
  left join attribution remplacee on remplacee.id = a.suppleance_de
  left join personne supplee on supplee.id = remplacee.personne_id
  ${jointureDuLieu('a')}
  where ${condition} order by a.du desc, a.id`;

export const listAttributions = async (db: Database, personne: string): Promise<readonly AttributionLue[]> =>
  (await attributions(sql`a.personne_id = ${personne}`).execute(db)).rows;

/** Roles on a structure or its team that run or are to come, as the acting role sees them. */
export const listAttributionsDeStructure = async (
  db: Database,
  structure: string,
): Promise<readonly AttributionLue[]> =>
  (
    await attributions(sql`
      (a.structure_id = ${structure} or a.equipe_id in (select id from equipe where structure_id = ${structure}))
      and a.retiree_le is null and (a.du > now() or attribution_en_cours(a))`).execute(db)
  ).rows;

export const getAttribution = async (db: Database, id: string): Promise<AttributionLue | undefined> =>
  (await attributions(sql`a.id = ${id}`).execute(db)).rows[0];

/** Takes a role back; false when another did it first, or changed it. */
export const fermerAttribution = async (
  db: Database,
  { id, version, motif }: { readonly id: string; readonly version: number; readonly motif: string },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`update attribution
    set retiree_le = now(), retiree_par = acteur_personne(), retrait_motif = ${motif}, version = version + 1
    where id = ${id} and version = ${version} and retiree_le is null`.execute(db);
  return Number(numAffectedRows ?? 0n) === 1;
};

/** Gives back a role that was just taken back; false when it was not. */
export const rouvrirAttribution = async (db: Database, id: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`update attribution
    set retiree_le = null, retiree_par = null, retrait_motif = null, version = version + 1
    where id = ${id} and retiree_le > now() - interval '1 hour' and (fin is null or fin > now())`.execute(db);
  return Number(numAffectedRows ?? 0n) === 1;
};

/** Changes the last day of a role. */
export const changerFin = async (
  db: Database,
  { id, version, fin }: { readonly id: string; readonly version: number; readonly fin: string | null },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`update attribution set fin = ${finDuJour(fin)}, version = version + 1
    where id = ${id} and version = ${version} and retiree_le is null`.execute(db);
  return Number(numAffectedRows ?? 0n) === 1;
};

/** Names of those who stand in for a role. */
export const listSuppleants = async (db: Database, attribution: string): Promise<readonly string[]> =>
  (
    await sql<{ nom: string }>`select personne.prenom || ' ' || personne.nom as nom
      from attribution a join personne on personne.id = a.personne_id
      where a.suppleance_de = ${attribution} and a.retiree_le is null and a.fin > now() order by 1`.execute(
      db,
    )
  ).rows.map(({ nom }) => nom);
