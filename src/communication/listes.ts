import { sql } from 'kysely';
import { z } from 'zod';
import { champ, defineListe, filtreCode, filtreDate } from '../platform/listes/index.ts';
import { communiquesPublies } from './store.ts';

/** The communiqués published. */
export const listeCommuniques = defineListe({
  code: 'communiques',
  titre: 'Communiqués',
  description: 'Communiqués publiés par les préfectures à l’annonce des décisions du comité de sélection.',
  nom: ['communiqué', 'communiqués'],
  relation: communiquesPublies,
  cle: {
    sql: sql`departement.code || '-' || seance.date`,
    schema: z.string().regex(/^(\d{2,3}|2[AB])-\d{4}-\d{2}-\d{2}$/, 'attend par exemple 02-2021-03-24'),
    condition: (cle) => sql`departement.code || '-' || seance.date = ${cle}`,
    exemple: '02-2021-03-24',
  },
  tri: { champ: 'date', sens: 'desc' },
  filtres: {
    departement: filtreCode(
      'Département',
      'Code de département',
      /^(\d{2,3}|2[AB])$/,
      '02',
      sql`departement.code`,
    ),
    seance: filtreDate(
      'Séance',
      'Date de la séance du comité de sélection.',
      '2021-03-24',
      (valeur) => sql`seance.date = ${valeur}::date`,
    ),
  },
  champs: {
    id: champ(
      'texte',
      'Identifiant',
      'Département et date de séance.',
      sql`departement.code || '-' || seance.date`,
      {
        fichiersSeulement: true,
      },
    ),
    date: champ('date', 'Date', 'Date que porte le communiqué.', sql`communique.date`),
    departement_code: champ('texte', 'Code', 'Code du département.', sql`departement.code`, {
      tri: sql`departement.code collate "C"`,
    }),
    departement: champ('texte', 'Département', 'Département dont la préfecture parle.', sql`departement.nom`),
    seance: champ(
      'date',
      'Séance',
      'Date de la séance du comité dont il annonce les décisions.',
      sql`seance.date`,
    ),
  },
});
