import { sql } from 'kysely';
import { defineIndicator } from '../../platform/indicateurs.ts';
import { estComptee } from '../../programme/index.ts';

// Over `candidature_suivie c`: one row per submitted application, that the reader may count.

const comptee = estComptee(sql`c.statut`);
const mediane = (fin: ReturnType<typeof sql>, debut: ReturnType<typeof sql>) =>
  sql<number>`round((extract(epoch from percentile_cont(0.5) within group (order by ${fin} - ${debut})
    filter (where ${comptee} and ${fin} >= ${debut})) / 86400)::numeric, 1)::double precision`;

export const deposees = defineIndicator({
  code: 'deposees',
  nom: 'Candidatures déposées',
  definition: 'Nombre de candidatures déposées, sans les doublons ni les retraits.',
  unite: 'candidatures',
  sql: sql<number>`count(*) filter (where ${comptee})`,
});

export const avecAvis = defineIndicator({
  code: 'avec_avis',
  nom: 'Candidatures avec avis',
  definition:
    'Nombre de candidatures déposées sur lesquelles la préfecture dont l’avis compte s’est prononcée.',
  unite: 'candidatures',
  sql: sql<number>`count(*) filter (where ${comptee} and c.avis_le is not null)`,
});

export const postesDemandes = defineIndicator({
  code: 'postes_demandes',
  nom: 'Postes demandés',
  definition: 'Somme des postes des candidatures déposées, sans les doublons ni les retraits.',
  unite: 'postes',
  sql: sql<number>`coalesce(sum(c.postes_demandes) filter (where ${comptee}), 0)::bigint`,
});

export const postesProposes = defineIndicator({
  code: 'postes_proposes',
  nom: 'Postes proposés',
  definition: 'Somme des postes que proposent les avis des préfectures.',
  unite: 'postes',
  sql: sql<number>`coalesce(sum(c.avis_postes) filter (where ${comptee} and c.avis_le is not null), 0)::bigint`,
});

export const delaiAvis = defineIndicator({
  code: 'delai_avis',
  nom: 'Délai de l’avis',
  definition: 'Nombre de jours entre le dernier dépôt et l’avis, dépassé une fois sur deux.',
  unite: 'jours',
  sql: mediane(sql`c.avis_le`, sql`c.deposee_le`),
});

export const delaiDecision = defineIndicator({
  code: 'delai_decision',
  nom: 'Délai de la décision',
  definition:
    'Nombre de jours entre l’avis et la clôture de la séance qui décide, dépassé une fois sur deux.',
  unite: 'jours',
  sql: mediane(sql`c.decidee_le`, sql`c.avis_le`),
});

/** What is counted of applications, in the order in which it is shown. */
export const indicateursDeSuivi = [
  deposees,
  avecAvis,
  postesDemandes,
  postesProposes,
  delaiAvis,
  delaiDecision,
] as const;
