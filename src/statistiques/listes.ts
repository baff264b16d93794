import { sql } from 'kysely';
import { z } from 'zod';
import { dateDuDomaine } from '../platform/dates.ts';
import type { Indicateur } from '../platform/indicateurs.ts';
import { champ, defineListe, filtreChoix, filtreCode } from '../platform/listes/index.ts';
import { montant, postes, structures } from './indicateurs.ts';

// Over `ligne_retenue l`: the numbers are the indicators', defined once.
const compte = (titre: string, { definition, sql: expression }: Indicateur, somme: boolean) =>
  champ('entier', titre, definition, expression, { somme });
const chiffres = {
  // Added up, a structure retained twice would count twice.
  structures: compte('Structures', structures, false),
  postes: compte('Postes', postes, true),
  montant: champ('euros', 'Montant', montant.definition, montant.sql, { somme: true }),
} as const;

const departementSchema = z
  .string()
  .regex(/^(\d{2,3}|2[AB])$/, 'attend un code de département, par exemple 02');
const avecPostes = filtreChoix(
  'Avec ou sans poste',
  'Ne garde que les territoires où des postes sont annoncés (oui) ou ne le sont pas (non).',
  ['oui', 'non'],
  (valeur) => (valeur === 'oui' ? sql`l.ligne_id is not null` : sql`l.ligne_id is null`),
);

/** The sessions of the committee whose decisions are announced. */
export const listeSeances = defineListe({
  code: 'seances',
  titre: 'Séances du comité',
  description:
    'Séances du comité de sélection dont des décisions sont annoncées, avec ce qu’elles ont attribué.',
  nom: ['séance', 'séances'],
  relation: sql`ligne_retenue l join seance on seance.id = l.seance_id left join vague on vague.id = seance.vague_id`,
  groupe: sql`seance.id, vague.id`,
  cle: {
    sql: sql`seance.date`,
    schema: dateDuDomaine,
    condition: (cle) => sql`seance.date = ${cle}::date`,
    exemple: '2021-03-24',
  },
  tri: { champ: 'date', sens: 'desc' },
  filtres: {
    region: filtreCode('Région', 'Code de région', /^\d{2}$/, '32', sql`l.region_code`),
    departement: filtreCode(
      'Département',
      'Code de département',
      /^(\d{2,3}|2[AB])$/,
      '02',
      sql`l.departement_code`,
    ),
  },
  champs: {
    date: champ('date', 'Séance', 'Date de la séance.', sql`seance.date`),
    vague: champ('texte', 'Vague', 'Vague de candidatures que la séance a examinée.', sql`vague.nom`),
    ...chiffres,
  },
});

/** All the départements and overseas collectivities, with what was announced there. */
export const listeDepartements = defineListe({
  code: 'departements',
  titre: 'Départements',
  description:
    'Les 101 départements et les collectivités d’outre-mer, avec les structures, les postes et les montants annoncés.',
  nom: ['département ou collectivité', 'départements et collectivités'],
  relation: sql`departement left join region on region.code = departement.region_code
    left join ligne_retenue l on l.departement_code = departement.code`,
  groupe: sql`departement.code, region.code`,
  cle: {
    sql: sql`departement.code`,
    schema: departementSchema,
    condition: (cle) => sql`departement.code = ${cle}`,
    exemple: '02',
  },
  tri: { champ: 'code', sens: 'asc' },
  filtres: {
    region: filtreCode('Région', 'Code de région', /^\d{2}$/, '32', sql`departement.region_code`),
    postes: avecPostes,
  },
  champs: {
    code: champ('texte', 'Code', 'Code du département ou de la collectivité.', sql`departement.code`, {
      tri: sql`departement.code collate "C"`,
    }),
    nom: champ('texte', 'Département', 'Nom du département ou de la collectivité.', sql`departement.nom`),
    region_code: champ('texte', 'Code région', 'Code de la région.', sql`region.code`, {
      fichiersSeulement: true,
    }),
    region: champ('texte', 'Région', 'Région ; vide dans une collectivité d’outre-mer.', sql`region.nom`),
    ...chiffres,
  },
});

export const listeRegions = defineListe({
  code: 'regions',
  titre: 'Régions',
  description: 'Les 18 régions, avec les structures, les postes et les montants annoncés.',
  nom: ['région', 'régions'],
  relation: sql`region left join ligne_retenue l on l.region_code = region.code`,
  groupe: sql`region.code`,
  cle: {
    sql: sql`region.code`,
    schema: z.string().regex(/^\d{2}$/, 'attend un code de région, par exemple 32'),
    condition: (cle) => sql`region.code = ${cle}`,
    exemple: '32',
  },
  tri: { champ: 'nom', sens: 'asc' },
  filtres: { postes: avecPostes },
  champs: {
    code: champ('texte', 'Code', 'Code Insee de la région.', sql`region.code`),
    nom: champ('texte', 'Région', 'Nom de la région.', sql`region.nom`),
    ...chiffres,
  },
});

/** The groupings of communes where something was announced. */
export const listeEpci = defineListe({
  code: 'epci',
  titre: 'Intercommunalités',
  description:
    'Intercommunalités (EPCI) où des structures sont retenues, avec leurs postes et leurs montants.',
  nom: ['intercommunalité', 'intercommunalités'],
  relation: sql`ligne_retenue l join epci on epci.code = l.epci_code`,
  groupe: sql`epci.code`,
  cle: {
    sql: sql`epci.code`,
    schema: z.string().regex(/^\d{9}$/, 'attend un SIREN d’intercommunalité, par exemple 200071892'),
    condition: (cle) => sql`epci.code = ${cle}`,
    exemple: '200071892',
  },
  tri: { champ: 'nom', sens: 'asc' },
  filtres: {
    region: filtreCode('Région', 'Code de région', /^\d{2}$/, '32', sql`l.region_code`),
    departement: filtreCode(
      'Département',
      'Code de département',
      /^(\d{2,3}|2[AB])$/,
      '02',
      sql`l.departement_code`,
    ),
  },
  champs: {
    code: champ('texte', 'Code', 'SIREN de l’intercommunalité.', sql`epci.code`, { discret: true }),
    nom: champ('texte', 'Intercommunalité', 'Nom de l’intercommunalité.', sql`epci.nom`),
    ...chiffres,
  },
});
