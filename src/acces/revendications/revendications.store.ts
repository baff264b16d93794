import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import { enInstant } from '../../platform/database/instants.ts';
import { capitale } from '../../platform/francais/index.ts';
import { type Denomination, libellePublic } from '../../structures/index.ts';
import {
  type EtatRevendication,
  envoisParJourMax,
  essaisMax,
  joursDeCode,
  joursDeRevendication,
  ouvertesMax,
} from './revendications.rules.ts';

export type StructureAnnoncee = {
  readonly id: string;
  readonly nom: string;
  readonly commune: string | null;
  readonly identifiant: string | null;
};

type LigneAnnoncee = Omit<Denomination, 'epciNom'> & { readonly id: string };

// At the door, intercommunalities are not read.
const structures = sql`select structure.id, commune.nom as "communeNom", structure.identifiant,
  structure.raison_sociale as "raisonSociale", structure.libelle_public as "libellePublic",
  coalesce(departement.genitif, '') as "departementGenitif"
  from structure left join commune on commune.code = structure.commune_code
  left join departement on departement.code = commune.departement_code`;

const annoncee = ({ id, ...structure }: LigneAnnoncee): StructureAnnoncee => ({
  id,
  nom: capitale(libellePublic({ ...structure, epciNom: null })),
  commune: structure.communeNom,
  identifiant: structure.identifiant,
});

/** Structures proposed at once: beyond, the search is to be narrowed. */
export const structuresTrouvees = 20;

/** Announced structures by SIRET, RIDET, n° TAHITI, name or commune. */
export const chercherStructuresAnnoncees = async (
  db: Database,
  texte: string,
): Promise<readonly StructureAnnoncee[]> => {
  const numero = texte.replace(/[\s.\u00a0\u202f-]/g, '').toUpperCase();
  return (
    await sql<LigneAnnoncee>`${structures}
      where (structure.identifiant = ${numero}
          or (nom_recherche(${texte}) <> '' and nom_recherche(concat_ws(' ', structure.raison_sociale,
            structure.libelle_public, commune.nom)) like '%' || nom_recherche(${texte}) || '%'))
        and structure_annoncee(structure.id)
      order by commune.nom_recherche, structure.raison_sociale_recherche, structure.id
      limit ${structuresTrouvees + 1}`.execute(db)
  ).rows.map(annoncee);
};

/** An announced structure; undefined for any other, as for none. */
export const getStructureAnnoncee = async (
  db: Database,
  id: string,
): Promise<StructureAnnoncee | undefined> =>
  (
    await sql<LigneAnnoncee>`${structures} where structure.id = ${id} and structure_annoncee(structure.id)`.execute(
      db,
    )
  ).rows.map(annoncee)[0];

export type RevendicationLue = {
  readonly id: string;
  readonly structure: string;
  readonly structureNom: string;
  readonly identifiant: string | null;
  readonly commune: string | null;
  readonly departement: string | null;
  readonly prenom: string;
  readonly nom: string;
  readonly courriel: string;
  readonly fonction: string;
  readonly etat: EtatRevendication;
  readonly version: number;
  /** Address of the structure as it is known, on lines. */
  readonly adresseConnue: string | null;
  /** Address written for this claim. */
  readonly adresse: string | null;
  readonly codeExpire: boolean;
  readonly essais: number;
  /** ISO instants. */
  readonly creeLe: string;
  readonly expireLe: string;
  readonly codeExpireLe: string | null;
};

const etat = sql`case
  when r.statut in ('confirmee', 'refusee') then r.statut
  when r.expire_le <= now() then 'expiree'
  when r.courriel_confirme_le is null then 'a_confirmer'
  else r.statut end`;

/** What stands after `from` for a list of claims. */
export const relationRevendications = sql`revendication r
  join structure on structure.id = r.structure_id
  left join commune on commune.code = structure.commune_code`;
export const etatDeRevendication = etat;

const revendications = (
  condition: RawBuilder<unknown>,
): RawBuilder<RevendicationLue> => sql<RevendicationLue>`
  select r.id, r.structure_id as structure, structure.identifiant, commune.nom as commune,
    coalesce(structure.libelle_public, structure.raison_sociale, structure.identifiant) as "structureNom",
    commune.departement_code as departement, r.prenom, r.nom, r.courriel, r.fonction, ${etat} as etat, r.version,
    case when structure.adresse is not null and commune.nom is not null then
      concat_ws(E'\n', coalesce(structure.raison_sociale, structure.libelle_public), structure.adresse,
        concat_ws(' ', structure.code_postal, commune.nom)) end as "adresseConnue",
    r.adresse, coalesce(r.code_expire_le <= now(), false) as "codeExpire", r.essais,
    ${enInstant('r.cree_le')} as "creeLe", ${enInstant('r.expire_le')} as "expireLe",
    ${enInstant('r.code_expire_le')} as "codeExpireLe"
  from ${relationRevendications} where ${condition}`;

/** A claim; `verrou`: held until the end of the transaction. */
export const getRevendication = async (
  db: Database,
  id: string,
  verrou = false,
): Promise<RevendicationLue | undefined> =>
  (
    await sql<RevendicationLue>`${revendications(sql`r.id = ${id}`)} ${verrou ? sql`for update of r` : sql``}`.execute(
      db,
    )
  ).rows[0];

/** The claim of a link, by the digest of its secret. */
export const findRevendication = async (
  db: Database,
  empreinte: Buffer,
): Promise<RevendicationLue | undefined> =>
  (await revendications(sql`r.empreinte = ${empreinte}`).execute(db)).rows[0];

export type NouvelleRevendication = {
  readonly structure: string;
  readonly prenom: string;
  readonly nom: string;
  readonly courriel: string;
  readonly fonction: string;
  readonly empreinte: Buffer;
};

const expiration = sql`now() + make_interval(days => ${joursDeRevendication})`;

/** Gives a claim that is open already a new link; undefined when there is none, false when too many mails left today. */
export const relancerRevendication = async (
  db: Database,
  { structure, courriel, empreinte }: NouvelleRevendication,
): Promise<string | false | undefined> => {
  const known = await sql<{ id: string; trop: boolean }>`
    select id, envois >= ${envoisParJourMax} and envoyee_le > now() - interval '1 day' as trop from revendication
    where structure_id = ${structure} and courriel = ${courriel}
      and statut in ('demandee', 'courrier_edite', 'code_verifie') for update`.execute(db);
  const row = known.rows[0];
  if (row === undefined) return undefined;
  if (row.trop) return false;
  await sql`update revendication set empreinte = ${empreinte}, version = version + 1, envoyee_le = now(),
      envois = case when envoyee_le > now() - interval '1 day' then envois + 1 else 1 end,
      expire_le = greatest(expire_le, ${expiration})
    where id = ${row.id}`.execute(db);
  return row.id;
};

/** Whether a structure or an address asks more than anybody in good faith would. */
export const demandeTrop = async (
  db: Database,
  { structure, courriel }: Pick<NouvelleRevendication, 'structure' | 'courriel'>,
): Promise<boolean> => {
  const { rows } = await sql<{ trop: boolean }>`select
    (select count(*) from revendication where structure_id = ${structure} and expire_le > now()
      and statut in ('demandee', 'courrier_edite', 'code_verifie')) >= ${ouvertesMax}
    or (select count(*) from revendication where courriel = ${courriel}
      and cree_le > now() - interval '1 day') >= ${envoisParJourMax} as trop`.execute(db);
  return rows[0]?.trop ?? false;
};

/** Writes a claim; undefined when the same was written at the same time. */
export const ecrireRevendication = async (
  db: Database,
  nouvelle: NouvelleRevendication,
): Promise<string | undefined> =>
  (
    await sql<{
      id: string;
    }>`insert into revendication (structure_id, prenom, nom, courriel, fonction, empreinte, expire_le)
      values (${nouvelle.structure}, ${nouvelle.prenom}, ${nouvelle.nom}, ${nouvelle.courriel}, ${nouvelle.fonction},
        ${nouvelle.empreinte}, ${expiration})
      on conflict do nothing returning id`.execute(db)
  ).rows[0]?.id;

/** The mailbox is the claimant's; false when that was known, or the claim is closed. */
export const noterCourrielConfirme = async (db: Database, empreinte: Buffer): Promise<boolean> => {
  const { numAffectedRows } = await sql`update revendication
    set courriel_confirme_le = now(), version = version + 1
    where empreinte = ${empreinte} and courriel_confirme_le is null and statut = 'demandee'
      and expire_le > now()`.execute(db);
  return Number(numAffectedRows ?? 0n) === 1;
};

/** Keeps the digest of a new code; the one before serves no more. */
export const noterCode = async (
  db: Database,
  {
    id,
    codeEmpreinte,
    adresse,
  }: { readonly id: string; readonly codeEmpreinte: Buffer; readonly adresse: string | null },
): Promise<string> => {
  const { rows } = await sql<{ jour: string }>`update revendication set code_empreinte = ${codeEmpreinte},
      code_expire_le = now() + make_interval(days => ${joursDeCode}), essais = 0, adresse = ${adresse}
    where id = ${id}
    returning to_char(code_expire_le at time zone 'Europe/Paris', 'YYYY-MM-DD') as jour`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('a claim that was read is there');
  return row.jour;
};

export type Essai = {
  readonly id: string;
  readonly version: number;
  readonly codeEmpreinte: Buffer;
  readonly restants: number;
};

/** Uses up one try of a code, before it is looked at: of many at once, no more than allowed are looked at. */
export const prendreEssai = async (db: Database, empreinte: Buffer): Promise<Essai | undefined> =>
  (
    await sql<Essai>`update revendication set essais = essais + 1
      where empreinte = ${empreinte} and statut = 'courrier_edite' and essais < ${essaisMax}
        and code_expire_le > now() and expire_le > now()
      returning id, version, code_empreinte as "codeEmpreinte", ${essaisMax} - essais as restants`.execute(db)
  ).rows[0];

export const noterInvitation = async (db: Database, id: string, invitation: string | null): Promise<void> => {
  await sql`update revendication set invitation_id = ${invitation} where id = ${id}`.execute(db);
};

/** A claim that waits for its préfecture: to send a letter, or to confirm. */
export const revendicationATraiter = sql`statut in ('demandee', 'code_verifie') and courriel_confirme_le is not null
  and expire_le > now()`;

/** Managers that a structure has now. */
export const compterGestionnaires = async (db: Database, structure: string): Promise<number> =>
  (
    await sql<{ nombre: number }>`select count(*) as nombre from attribution a
      where a.structure_id = ${structure} and a.role = 'gestionnaire' and attribution_en_cours(a)`.execute(db)
  ).rows[0]?.nombre ?? 0;

/** Whether an address is that of a manager of the structure. */
export const estGestionnaire = async (db: Database, structure: string, courriel: string): Promise<boolean> =>
  (
    await sql`select from attribution a join personne on personne.id = a.personne_id
      where a.structure_id = ${structure} and a.role = 'gestionnaire' and attribution_en_cours(a)
        and personne.courriel = ${courriel} and personne.desactivee_le is null`.execute(db)
  ).rows.length > 0;

/** Those who look after claims in the département of a structure. */
export const listInstructeursDe = async (
  db: Database,
  structure: string,
): Promise<readonly { readonly id: string; readonly courriel: string }[]> =>
  (
    await sql<{ id: string; courriel: string }>`
      select distinct personne.id, personne.courriel from structure
      join commune on commune.code = structure.commune_code
      join attribution a on a.role = 'instructeur' and a.departement_code = commune.departement_code
      join personne on personne.id = a.personne_id and personne.desactivee_le is null
      where structure.id = ${structure} and attribution_en_cours(a) order by 1 limit 50`.execute(db)
  ).rows;

export type Prefecture = {
  readonly service: readonly string[];
  readonly adresse: readonly string[];
  /** Where letters are dated from: « Laon ». */
  readonly lieu: string;
  /** Whom a structure reaches: the mailbox of the service, or else the press contact. Numbers do not break. */
  readonly contact: string | null;
  /** Who signs today, the latest named; null where nobody is named. */
  readonly signataire: {
    readonly nom: string;
    readonly fonction: string;
    readonly delegation: string | null;
  } | null;
  readonly logo: { readonly octets: Uint8Array; readonly type: 'png' | 'svg'; readonly alt: string } | null;
};

/** The letterhead of a département's préfecture; its name alone where none was set. */
export const getPrefecture = async (db: Database, departement: string): Promise<Prefecture | undefined> => {
  const { rows } = await sql<{
    service: string[] | null;
    adresse: string[] | null;
    lieu: string;
    prefecture: string;
    logo: Buffer | null;
    type: 'png' | 'svg' | null;
    alt: string | null;
    boite: string | null;
    telephone: string | null;
    contact_service: string | null;
    contact_courriel: string | null;
    signataire: Prefecture['signataire'];
  }>`select en_tete.service, en_tete.adresse, coalesce(en_tete.lieu, departement.prefecture_lieu) as lieu,
      departement.prefecture, en_tete.boite_courriel as boite, en_tete.contact_service,
      en_tete.contact_telephone as telephone, en_tete.contact_courriel,
      en_tete.logo, en_tete.logo_type as type, en_tete.logo_texte as alt,
      (select jsonb_build_object('nom', s.nom, 'fonction', s.fonction, 'delegation', s.delegation)
        from signataire s, (select (now() at time zone 'Europe/Paris')::date as jour) present
        where s.departement_code = departement.code and s.debut <= jour and (s.fin is null or s.fin >= jour)
        order by s.debut desc, s.id desc limit 1) as signataire
    from departement left join en_tete on en_tete.departement_code = departement.code
    where departement.code = ${departement}`.execute(db);
  const row = rows[0];
  const presse = [row?.contact_service, row?.telephone?.replace(/\s+/g, '\u00a0'), row?.contact_courriel];
  return (
    row && {
      service: row.service ?? [row.prefecture],
      adresse: row.adresse ?? [],
      lieu: row.lieu,
      contact: row.boite ?? (presse.filter(Boolean).join(', ') || null),
      signataire: row.signataire,
      logo: row.logo && row.type ? { octets: row.logo, type: row.type, alt: row.alt ?? '' } : null,
    }
  );
};
