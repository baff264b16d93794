import { sql } from 'kysely';
import { defineIndicator } from '../platform/indicateurs.ts';

// Over `ligne_retenue l`: one row per line of a retained decision, that the reader may see.

export const structures = defineIndicator({
  code: 'structures',
  nom: 'Structures retenues',
  definition:
    'Nombre de structures différentes retenues par le comité de sélection ; une structure retenue deux fois compte une fois.',
  unite: 'structures',
  sql: sql<number>`count(distinct l.structure_id)`,
});

export const postes = defineIndicator({
  code: 'postes',
  nom: 'Postes de conseillers numériques',
  definition: 'Somme des postes des décisions « retenue » du comité de sélection.',
  unite: 'postes',
  sql: sql<number>`coalesce(sum(l.postes), 0)::bigint`,
});

export const montant = defineIndicator({
  code: 'montant_centimes',
  nom: 'Montant engagé par l’État',
  definition:
    'Somme des engagements des décisions « retenue » : pour chaque poste, le plafond de la subvention et la formation.',
  unite: 'centimes',
  sql: sql<number>`coalesce(sum(l.montant_centimes), 0)::bigint`,
});

export const partObjectif = defineIndicator({
  code: 'part_objectif',
  nom: 'Part de l’objectif national',
  definition: 'Postes retenus rapportés à l’objectif national du programme.',
  unite: 'part',
  sql: sql<number>`coalesce(sum(l.postes), 0)::float8 / (select min(objectif_postes) from programme)`,
});

export const partEnveloppe = defineIndicator({
  code: 'part_enveloppe',
  nom: 'Part de l’enveloppe nationale',
  definition: 'Montant engagé rapporté à l’enveloppe nationale du programme.',
  unite: 'part',
  sql: sql<number>`coalesce(sum(l.montant_centimes), 0)::float8 / (select sum(montant_centimes) from enveloppe)`,
});

/** All that is counted today, in the order in which it is shown. */
export const indicateurs = [structures, postes, montant, partObjectif, partEnveloppe] as const;
