import { sql } from 'kysely';
import { z } from 'zod';
import { champ, defineListe, filtreCode } from '../../platform/listes/index.ts';
import { montant, postes, structures } from '../../statistiques/index.ts';
import {
  avecAvis,
  delaiAvis,
  delaiDecision,
  deposees,
  indicateursDeSuivi,
  postesDemandes,
  postesProposes,
} from './indicateurs.ts';

const codes = (indicateurs: readonly { readonly code: string; readonly sql: unknown }[]) =>
  sql.join(indicateurs.map(({ code, sql: compte }) => sql`${compte} as ${sql.ref(code)}`));
const retenus = [structures, postes, montant] as const;

/** Drafts that the reader may see, for a wave and a département: administrators alone see those of others. */
export const brouillons = sql`
  select candidature.vague_id, coalesce(commune.departement_code, '') as departement_code, count(*) as brouillons
  from candidature join structure on structure.id = candidature.structure_id
  left join commune on commune.code = structure.commune_code
  where candidature.statut = 'brouillon' group by 1, 2`;

// A département that is not known is one, so that the three counts meet.
const lignes = sql`(
  with deposee as (
    select c.vague_id, coalesce(c.departement_code, '') as departement_code, ${codes(indicateursDeSuivi)}
    from candidature_suivie c group by 1, 2
  ), brouillon as (${brouillons}), retenue as (
    select seance.vague_id, coalesce(l.departement_code, '') as departement_code, ${codes(retenus)}
    from ligne_retenue l join seance on seance.id = l.seance_id where seance.vague_id is not null group by 1, 2
  )
  select * from deposee full join brouillon using (vague_id, departement_code)
  full join retenue using (vague_id, departement_code))`;

const compte = (code: string) => sql`coalesce(s.${sql.ref(code)}, 0)`;
/** A figure under a short head: the section says of what. */
const entier = (
  titre: string,
  { code, definition }: { readonly code: string; readonly definition: string },
  reste: { readonly somme?: boolean } = { somme: true },
) => champ('entier', titre, definition, sql`${compte(code)}::integer`, reste);
const jours = ({
  code,
  nom,
  definition,
}: {
  readonly code: string;
  readonly nom: string;
  readonly definition: string;
}) => champ('decimal', `${nom} (jours)`, definition, sql`s.${sql.ref(code)}`, { discret: true });

/** From drafts to posts retained, by wave and département, as far as the reader may see. */
export const listeSuivi = defineListe({
  code: 'suivi-des-vagues',
  titre: 'Suivi des vagues',
  description: 'Candidatures, avis, postes et montants, par vague et par département, avec les délais.',
  nom: ['ligne', 'lignes'],
  seule: false,
  relation: sql`${lignes} s join vague on vague.id = s.vague_id
    left join departement on departement.code = s.departement_code
    left join region on region.code = departement.region_code`,
  cle: {
    sql: sql`s.vague_id || ' ' || s.departement_code`,
    schema: z.string(),
    condition: (cle) => sql`s.vague_id || ' ' || s.departement_code = ${cle}`,
    exemple: '0197a0c0-0000-7000-8000-000000000000 02',
  },
  champs: {
    territoire: champ(
      'texte',
      'Département',
      'Département des structures.',
      sql`coalesce(departement.nom, 'Département inconnu')`,
      { tri: sql`coalesce(departement.nom, 'Z')` },
    ),
    code: champ('texte', 'Code', 'Code du département.', sql`nullif(s.departement_code, '')`, {
      fichiersSeulement: true,
    }),
    region: champ('texte', 'Région', 'Région des structures.', sql`region.nom`, { discret: true }),
    vague: champ('texte', 'Vague', 'Nom de la vague.', sql`vague.nom`, { tri: sql`vague.rang` }),
    vague_id: champ('texte', 'Numéro de vague', 'Numéro de la vague.', sql`s.vague_id::text`, {
      fichiersSeulement: true,
      tri: null,
    }),
    brouillons: champ(
      'entier',
      'Brouillons',
      'Nombre de candidatures commencées et pas encore déposées.',
      sql`${compte('brouillons')}::integer`,
      { somme: true },
    ),
    deposees: entier('Déposées', deposees),
    avec_avis: entier('Avec avis', avecAvis),
    postes_demandes: entier('Demandés', postesDemandes),
    postes_proposes: entier('Proposés', postesProposes),
    // Not added up: a structure retained in two waves is one.
    structures: entier('Structures', structures, {}),
    postes: entier('Retenus', postes),
    montant: champ('euros', 'Montant', montant.definition, sql`${compte(montant.code)}::bigint`, {
      somme: true,
    }),
    delai_avis: jours(delaiAvis),
    delai_decision: jours(delaiDecision),
  },
  filtres: {
    vague: {
      titre: 'Vague',
      description: 'Numéro de la vague',
      exemple: '0197a0c0-0000-7000-8000-000000000000',
      tous: 'Toutes',
      schema: z.uuid('attend un numéro de vague'),
      condition: (valeur) => sql`s.vague_id = ${valeur}::uuid`,
    },
    region: {
      ...filtreCode('Région', 'Code de région', /^\d{2}$/, '32', sql`departement.region_code`),
      tous: 'Toutes',
    },
    departement: filtreCode(
      'Département',
      'Code de département',
      /^(\d{2,3}|2[AB])$/,
      '02',
      sql`s.departement_code`,
    ),
  },
  tri: { champ: 'territoire', sens: 'asc' },
});
