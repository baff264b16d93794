import { sql } from 'kysely';
import type { Database } from '../platform/database/index.ts';

/** A published wave, open now for everybody unless dates say else. Gives its identifier. */
export const semerVague = async (
  db: Database,
  voulue: {
    readonly rang?: number;
    readonly objectifPostes?: number;
    readonly ouvreLe?: string;
    readonly fermeLe?: string | null;
    readonly criteres?: readonly { readonly libelle: string; readonly poids: number }[];
  } = {},
): Promise<string> => {
  const programme = await db
    .selectFrom('programme')
    .innerJoin('enveloppe', 'enveloppe.programme_id', 'programme.id')
    .select(['programme.id', 'enveloppe.id as enveloppeId'])
    .executeTakeFirstOrThrow();
  const { rang = 9, objectifPostes = null, ouvreLe = '2021-01-01', fermeLe = null } = voulue;
  const { id } = await db
    .insertInto('vague')
    .values({
      programme_id: programme.id,
      enveloppe_id: programme.enveloppeId,
      rang,
      nom: `Vague ${rang}`,
      ouvre_le: ouvreLe,
      ferme_le: fermeLe,
      objectif_postes: objectifPostes,
      sources: ['saisie'],
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const criteres = voulue.criteres ?? [
    { libelle: 'Besoin du territoire', poids: 60 },
    { libelle: 'Qualité du projet', poids: 40 },
  ];
  await db
    .insertInto('vague_critere')
    .values(criteres.map((critere, index) => ({ vague_id: id, rang: index + 1, ...critere })))
    .execute();
  return id;
};

/**
 * Submitted applications to a wave, one for each of `nombre` structures made for it, spread over the communes of the
 * départements given (all where none is); set-based, for long lists. With `avis`, each has a favourable opinion for the
 * posts it asks for and is `instruite`; a suffix tells their structures from those of another list.
 */
export const semerCandidatures = async (
  db: Database,
  vagueId: string,
  voulues: {
    readonly nombre: number;
    readonly departements?: readonly string[];
    readonly avis?: boolean;
    readonly suffixe?: string;
  },
): Promise<void> => {
  const departements = voulues.departements ?? [];
  await sql`
    with choisie as (
      select code, nom, row_number() over (order by md5(code)) as rang
      from commune
      where ${departements.length === 0} or departement_code = any (${[...departements]})
    ), posee as (
      insert into structure (raison_sociale, raison_sociale_recherche, commune_code, sources)
      select intitule, nom_recherche(intitule), code, '{saisie}'
      from generate_series(1, ${voulues.nombre}::integer) numero
      -- Counted apart, so that the rows are joined by hashing.
      join choisie on choisie.rang = 1 + (numero - 1) % (select count(*) from choisie)
      cross join lateral (
        select 'Structure ' || numero || ' ' || nom || ${voulues.suffixe ?? ''}::text as intitule) nommee
      returning id, raison_sociale
    ), numerotee as (
      select id, row_number() over (order by raison_sociale) as numero from posee
    ), deposee as (
      insert into candidature (
        vague_id, structure_id, statut, categorie, postes_demandes, postes_coordinateurs, regime_souhaite,
        salaire_centimes, debut_souhaite, candidat_identifie, deposee_le, saisie)
      select ${vagueId}, id, ${voulues.avis === true ? 'instruite' : 'deposee'},
        case when numero % 5 = 0 then 'privee' else 'publique' end, 1 + numero % 4, 0,
        case when numero % 7 = 0 then 'taux' else 'forfait' end, 180000 + 1000 * (numero % 50), date '2021-09-01',
        numero % 3 = 0, timestamptz '2021-01-15 08:00Z' + numero * interval '1 minute', '{}'
      from numerotee
      returning id, postes_demandes
    )
    insert into candidature_avis (candidature_id, niveau, favorable, postes_proposes, commentaire)
    select id, 'departement', true, postes_demandes, 'Projet utile au territoire.'
    from deposee where ${voulues.avis === true}`.execute(db);
};
