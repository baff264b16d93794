import type { TestDatabase } from '../platform/database/testing.ts';

export type StructureEssai = {
  readonly raisonSociale: string;
  readonly libellePublic?: string;
  readonly identifiant?: string;
  readonly commune: string | null;
  readonly position?: { readonly latitude: number; readonly longitude: number };
  readonly postes?: number;
  /** False: decided, not announced. */
  readonly annoncee?: boolean;
};

const decider = `
  d as (
    insert into decision (seance_id, structure_id, publiee_le)
    select (select id from seance order by date limit 1), id,
      case when annoncee then now() - interval '1 day' end from s returning id, structure_id
  ), e as (
    insert into engagement (enveloppe_id, montant_centimes) select (select id from enveloppe limit 1), 5000000 from d
    returning id
  )
  insert into decision_ligne (decision_id, categorie, postes, regime_variante_id, engagement_id)
  select d.id, 'publique', s.postes, (select id from regime_variante limit 1), e.id
  from (select *, row_number() over () as n from d) d
  join (select *, row_number() over () as n from e) e using (n)
  join s on s.id = d.structure_id`;

/** Puts a retained structure in the first session there is; gives its id. */
export const retenirStructure = async (
  { owner }: TestDatabase,
  structure: StructureEssai,
): Promise<string> => {
  const {
    raisonSociale,
    libellePublic,
    identifiant,
    commune,
    position,
    postes = 1,
    annoncee = true,
  } = structure;
  const result = await owner.query<{ id: string }>(
    `insert into structure (raison_sociale, raison_sociale_recherche, libelle_public, identifiant_type, identifiant,
       commune_code, latitude, longitude, sources)
     values ($1, nom_recherche($1), $2, $3, $4, $5, $6, $7, '{essai}') returning id`,
    [
      raisonSociale,
      libellePublic ?? null,
      identifiant === undefined ? null : 'siret',
      identifiant ?? null,
      commune,
      position?.latitude ?? null,
      position?.longitude ?? null,
    ],
  );
  const id = result.rows[0]?.id ?? '';
  await owner.query(
    `with s as (select $1::uuid as id, $2::integer as postes, $3::boolean as annoncee), ${decider}`,
    [id, postes, annoncee],
  );
  return id;
};

/** Puts `compte` announced structures over the communes of France, some with a position of their own. */
export const retenirBeaucoup = async ({ owner }: TestDatabase, compte: number): Promise<void> => {
  await owner.query(`
    with lieu as (
      select code, nom, latitude, longitude, row_number() over (order by md5(code)) as n from commune
    ), s as (
      insert into structure (raison_sociale, raison_sociale_recherche, identifiant_type, identifiant, commune_code,
        latitude, longitude, sources)
      select 'ASSOCIATION NUMERIQUE ' || n || ' DE ' || upper(nom), nom_recherche('ASSOCIATION NUMERIQUE ' || n || nom),
        'siret', lpad((90000000000000 + n)::text, 14, '0'), code,
        case when n % 2 = 0 then latitude + 0.01 end, case when n % 2 = 0 then longitude + 0.01 end, '{essai}'
      from lieu where n <= ${compte} returning id, 1 as postes, true as annoncee
    ), ${decider}`);
  await owner.query('analyze structure, decision, decision_ligne, engagement');
};
