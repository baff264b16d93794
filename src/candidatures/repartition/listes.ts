import { sql } from 'kysely';
import { z } from 'zod';
import { nomLisible } from '../../platform/francais/index.ts';
import { champ, defineListe, filtreChoix, filtreTexte } from '../../platform/listes/index.ts';
import { normaliserNom } from '../../territoires/index.ts';

const uuid = z.uuid('attend un identifiant');
const exemple = '01890000-0000-7000-8000-000000000000';

/** What a proposal gives to each file. */
export const listeProposition = defineListe({
  code: 'repartition',
  titre: 'Répartition proposée',
  description: 'Postes que la proposition donne à chaque dossier, avec ce qui l’explique.',
  nom: ['dossier', 'dossiers'],
  relation: sql`proposition_ligne
    join candidature on candidature.id = proposition_ligne.candidature_id
    join structure on structure.id = candidature.structure_id
    left join commune on commune.code = structure.commune_code
    left join departement on departement.code = commune.departement_code`,
  cle: {
    sql: sql`candidature.id`,
    schema: uuid,
    condition: (cle) => sql`candidature.id = ${cle}`,
    exemple,
  },
  tri: { champ: 'marge', sens: 'desc' },
  champs: {
    structure: champ('texte', 'Structure', 'Nom de la structure.', sql`structure.raison_sociale`, {
      tri: sql`structure.raison_sociale_recherche`,
      lire: (brut) => (typeof brut === 'string' ? nomLisible(brut) : null),
    }),
    commune: champ('texte', 'Commune', 'Commune de la structure.', sql`commune.nom`, {
      tri: sql`commune.nom_recherche`,
      discret: true,
    }),
    departement: champ('texte', 'Département', 'Département de la structure.', sql`departement.nom`),
    demandes: champ(
      'entier',
      'Postes demandés',
      'Postes que la structure demande.',
      sql`candidature.postes_demandes`,
      {
        somme: true,
        discret: true,
      },
    ),
    proposes: champ(
      'entier',
      'Possibles',
      'Postes possibles : ce qui est demandé, dans la limite de l’avis de la préfecture.',
      sql`(explication ->> 'plafond')::integer`,
      { somme: true },
    ),
    postes: champ(
      'entier',
      'Proposition',
      'Postes que la proposition donne.',
      sql`proposition_ligne.postes`,
      {
        somme: true,
      },
    ),
    marge: champ(
      'decimal',
      'Marge',
      'Points qui séparent le dossier de la coupure : positifs s’il est au-dessus.',
      sql`round(((explication ->> 'valeur')::numeric - (explication ->> 'seuil')::numeric), 1)::double precision`,
    ),
    explication: champ('texte', 'Explication', 'Ce qui limite le dossier, en code.', sql`explication::text`, {
      tri: null,
      fichiersSeulement: true,
    }),
  },
  filtres: {
    proposition: {
      titre: 'Proposition',
      description: 'Identifiant de la proposition',
      exemple,
      schema: uuid,
      condition: (valeur) => sql`proposition_ligne.proposition_id = ${valeur}`,
    },
    q: filtreTexte(
      'Structure ou commune',
      'Texte cherché dans le nom de la structure ou de la commune',
      'Laon',
      (valeur) =>
        sql`structure.recherche like '%' || nom_recherche(${valeur}) || '%' or commune.nom_recherche like ${normaliserNom(valeur)} || '%'`,
    ),
    sort: filtreChoix('Sort', 'Sort', ['servi', 'partiel', 'exclu'], (valeur) =>
      valeur === 'exclu'
        ? sql`proposition_ligne.postes = 0`
        : valeur === 'servi'
          ? sql`proposition_ligne.postes > 0 and proposition_ligne.postes >= (explication ->> 'plafond')::integer`
          : sql`proposition_ligne.postes between 1 and (explication ->> 'plafond')::integer - 1`,
    ),
  },
});
