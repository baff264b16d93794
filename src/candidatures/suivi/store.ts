import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database/index.ts';
import type { Mesure } from '../../platform/indicateurs.ts';
import { estComptee } from '../../programme/index.ts';
import { montant, postes, structures } from '../../statistiques/index.ts';
import { type delaiAvis, type delaiDecision, indicateursDeSuivi } from './indicateurs.ts';
import { brouillons } from './liste.ts';
import type { Avancement } from './rules.ts';

const retenus = [structures, postes, montant] as const;
type Code = (typeof indicateursDeSuivi)[number]['code'] | (typeof retenus)[number]['code'];
type Delai = typeof delaiAvis.code | typeof delaiDecision.code;

export type Ensemble = Omit<Mesure<Code>, Delai> &
  Readonly<Record<Delai, number | null>> &
  Omit<Avancement, 'retenus'> & {
    readonly brouillons: number;
    /** Applications that a closed session decided. */
    readonly decidees: number;
    /** What was retained of applications submitted here, and of selections that were imported. */
    readonly structuresDIci: number;
    readonly postesDIci: number;
    readonly structuresImportees: number;
    readonly postesImportes: number;
  };

const comptee = estComptee(sql`c.statut`);
const sommeDe = (colonne: 'avis_postes' | 'postes_demandes', condition: RawBuilder<unknown>) =>
  sql`coalesce(sum(c.${sql.ref(colonne)}) filter (where ${comptee} and ${condition}), 0)::bigint`;
const avis = sql`c.avis_le is not null`;
const decide = sql`c.statut in ('retenue', 'refusee', 'liste_attente', 'desistee')`;

// A session that was imported has no number.
const dIci = sql`(seance.numero is not null)`;

/** The figures of the whole that filters keep, in one query. */
export const lireEnsemble = async (
  db: Database,
  filtres: Readonly<Partial<Record<'vague' | 'region' | 'departement', string>>>,
): Promise<Ensemble> => {
  const ou = (vague: RawBuilder<unknown>, departement: RawBuilder<unknown>) =>
    sql.join(
      [
        sql`true`,
        ...(filtres.vague === undefined ? [] : [sql`${vague} = ${filtres.vague}::uuid`]),
        ...(filtres.departement === undefined ? [] : [sql`${departement} = ${filtres.departement}`]),
        ...(filtres.region === undefined
          ? []
          : [sql`${departement} in (select code from departement where region_code = ${filtres.region})`]),
      ],
      sql` and `,
    );
  const { rows } = await sql<Ensemble>`
    select * from (
      select ${sql.join(indicateursDeSuivi.map(({ code, sql: compte }) => sql`${compte} as ${sql.ref(code)}`))},
        count(*) filter (where ${comptee} and c.decidee_le is not null) as decidees,
        ${sommeDe('postes_demandes', avis)} as "demandesAvecAvis",
        ${sommeDe('avis_postes', avis)} as proposes,
        ${sommeDe('avis_postes', sql`${avis} and ${decide}`)} as "proposesDecides",
        ${sommeDe('avis_postes', sql`${avis} and c.statut in ('retenue', 'desistee')`)} as "proposesRetenus",
        ${sommeDe('avis_postes', sql`${avis} and not ${decide}`)} as "proposesEnAttente",
        ${sommeDe('postes_demandes', sql`c.avis_le is null and not ${decide}`)} as "demandesSansAvis"
      from candidature_suivie c where ${ou(sql`c.vague_id`, sql`c.departement_code`)}
    ) suivie, (
      select ${sql.join(retenus.map(({ code, sql: compte }) => sql`${compte} as ${sql.ref(code)}`))},
        count(distinct l.structure_id) filter (where ${dIci}) as "structuresDIci",
        coalesce(sum(l.postes) filter (where ${dIci}), 0)::bigint as "postesDIci",
        count(distinct l.structure_id) filter (where not ${dIci}) as "structuresImportees",
        coalesce(sum(l.postes) filter (where not ${dIci}), 0)::bigint as "postesImportes"
      from ligne_retenue l join seance on seance.id = l.seance_id
      where ${ou(sql`seance.vague_id`, sql`l.departement_code`)}
    ) retenue, (
      select coalesce(sum(brouillons), 0)::bigint as brouillons from (${brouillons}) b
      where ${ou(sql`b.vague_id`, sql`b.departement_code`)}
    ) commencee`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('an aggregate gives one row');
  return row;
};

export type VagueSuivie = { readonly id: string; readonly nom: string; readonly objectif: number | null };

/** The waves that are not drafts, in order. */
export const listVaguesSuivies = async (db: Database): Promise<readonly VagueSuivie[]> =>
  (
    await sql<VagueSuivie>`
      select id, nom, objectif_postes as objectif from vague where statut <> 'preparation' order by rang`.execute(
      db,
    )
  ).rows;
