import { sql } from 'kysely';
import type pg from 'pg';
import type { Database } from '../../platform/database/index.ts';
import type { Acteur } from '../../platform/journal.ts';
import { semerCandidatures, semerVague } from '../candidatures.fixtures.ts';
import type { Fonction } from './rules.ts';

export const operateur: Acteur = { identifiant: 'operateur:essai', role: 'operateur' };

export type Membre = { readonly personne: string; readonly attribution: string };

/** A member of the committee, of the whole country. */
export const semerMembre = async (db: Database, prenom: string): Promise<Membre> => {
  const { rows } = await sql<Membre>`
    with p as (
      insert into personne (courriel, prenom, nom) values (${`${prenom.toLowerCase()}@comite.example`}, ${prenom}, 'Comité')
      returning id
    )
    insert into attribution (personne_id, role, niveau, motif)
    select id, 'membre_comite', 'national', 'essai' from p
    returning personne_id as personne, id as attribution`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('no member');
  return row;
};

/** A session on a wave, with its members; open unless said. */
export const semerSeance = async (
  db: Database,
  vagueId: string,
  voulue: {
    readonly date?: string;
    readonly numero?: number;
    readonly statut?: 'preparation' | 'ouverte';
    readonly membres?: readonly { readonly personne: string; readonly fonction: Fonction }[];
  } = {},
): Promise<string> => {
  const { date = '2021-06-01', numero = 1, statut = 'ouverte', membres = [] } = voulue;
  const { id } = await db
    .insertInto('seance')
    .values({
      programme_id: sql<string>`(select id from programme)`,
      vague_id: vagueId,
      date,
      numero,
      statut,
      lieu: 'Paris',
      sources: ['saisie'],
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (membres.length > 0)
    await db
      .insertInto('seance_membre')
      .values(
        membres.map(({ personne, fonction }) => ({
          seance_id: id,
          personne_id: personne,
          fonction,
          present: statut === 'ouverte',
        })),
      )
      .execute();
  return id;
};

/** A wave with files ready for the committee, of structures that no other wave has. */
export const semerDossiers = async (
  db: Database,
  nombre: number,
  voulue: Parameters<typeof semerVague>[1] & { readonly rang: number },
  departements: readonly string[] = ['02'],
): Promise<string> => {
  const vague = await semerVague(db, voulue);
  await semerCandidatures(db, vague, { nombre, departements, avis: true, suffixe: ` V${voulue.rang}` });
  return vague;
};

/** Counters of a wave against what they should count: ceilings are true only if these are. */
export const ecartsDesCompteurs = async (db: Database): Promise<readonly unknown[]> => {
  const { rows } = await sql`
    with compte as (
      select candidature_id, postes from deliberation
      union all
      select decision.candidature_id, case when retiree_le is not null and promue_le is null then -ligne.postes
        when retiree_le is null and promue_le is not null then ligne.postes else 0 end
      from decision join decision_ligne ligne on ligne.decision_id = decision.id where candidature_id is not null
    ), place as (
      select vague_id, commune.departement_code, departement.region_code, postes
      from compte join candidature on candidature.id = compte.candidature_id
      join structure on structure.id = candidature.structure_id
      left join commune on commune.code = structure.commune_code
      left join departement on departement.code = commune.departement_code
    )
    select 'vague' as compteur, postes_decides::integer as ecrit,
      (select coalesce(sum(postes), 0) from place where vague_id = vague.id)::integer as vrai
    from vague
    union all
    select 'quota', postes_decides::integer, (select coalesce(sum(postes), 0) from place
      where vague_id = vague_quota.vague_id
        and (vague_quota.departement_code = place.departement_code or vague_quota.region_code = place.region_code))::integer
    from vague_quota
    union all
    select 'enveloppe', (engage_centimes / 100)::integer,
      (select coalesce(sum(montant_centimes), 0) / 100 from engagement where enveloppe_id = enveloppe.id)::integer
    from enveloppe`.execute(db);
  return rows.filter((row) => {
    const { ecrit, vrai } = row as { readonly ecrit: number; readonly vrai: number };
    return ecrit !== vrai;
  });
};

/** The queue of the job that a closing asks for, which the workers of a server make when it starts. */
export const creerFileDeNotification = async (owner: pg.Client): Promise<void> => {
  await owner.query(
    `select pgboss.create_queue('notifier-decisions', '{"policy": "standard"}')
     where not exists (select from pgboss.queue where name = 'notifier-decisions')`,
  );
};
