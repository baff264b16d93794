import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { nomLisible } from '../../platform/francais/index.ts';
import { champ, defineListe, filtreChoix, filtreCode, filtreTexte } from '../../platform/listes/index.ts';
import { normaliserNom } from '../../territoires/index.ts';
import { decisionRetiree, direEtat, workflowCandidature } from '../workflow.ts';

/** States that a préfecture sees: a draft is its structure's alone. */
export const etatsInstruits = [
  'deposee',
  'en_correction',
  'instruite',
  'retenue',
  'refusee',
  'ajournee',
  'liste_attente',
  'retiree',
  'doublon',
  'desistee',
] as const;

const etat = sql`case
  when instruction.statut = 'refusee' and ${decisionRetiree(sql`instruction.candidature_id`)}
    then ${direEtat('refusee', true)}
  else case instruction.statut ${sql.join(
    etatsInstruits.map((code) => sql`when ${code} then ${workflowCandidature.etats[code]}`),
    sql` `,
  )} end end`;

/** What `avisDepasse` says, of a row of the table. */
const depasse = sql`instruction.statut = 'deposee' and instruction.avis_le < instruction.deposee_le`;

/** The structure wrote, and the acting person has not read it; of no matter once it withdrew. */
export const nonLu: RawBuilder<unknown> = sql`
  (instruction.statut <> 'retiree' and instruction.message_structure_le is not null
    and instruction.message_structure_le > coalesce(lecture.lu_le, '-infinity'))`;

/** An opinion is awaited: none yet of the level that counts on what was submitted, or on what was adjourned since. */
export const avisAttendu: RawBuilder<unknown> = sql`instruction.statut in ('deposee', 'ajournee')`;

const jour = (colonne: string): RawBuilder<unknown> =>
  sql`(${sql.ref(colonne)} at time zone 'Europe/Paris')::date::text`;

const mots = (texte: string): readonly string[] => texte.split(/\s+/).filter((mot) => mot !== '');

/** The submitted applications that the acting role instructs. Filtered and sorted on the table kept for that. */
export const listeInstruction = defineListe({
  code: 'candidatures',
  titre: 'Candidatures',
  description: 'Candidatures déposées, avec l’avis qui compte et ce qui les retient.',
  nom: ['candidature', 'candidatures'],
  relation: sql`instruction
    left join vague on vague.id = instruction.vague_id
    left join departement on departement.code = instruction.departement_code
    left join candidature_lecture lecture on lecture.candidature_id = instruction.candidature_id
      and lecture.personne_id = (select acteur_personne())`,
  cle: {
    sql: sql`instruction.candidature_id`,
    schema: z.uuid('attend un numéro de candidature'),
    condition: (cle) => sql`instruction.candidature_id = ${cle}::uuid`,
    exemple: '0197a0c0-0000-7000-8000-000000000000',
  },
  champs: {
    structure: champ('texte', 'Structure', 'Nom de la structure candidate.', sql`instruction.nom`, {
      tri: sql`instruction.nom_tri`,
      rempli: true,
      lire: (brut) => (typeof brut === 'string' ? nomLisible(brut) : null),
    }),
    id: champ(
      'texte',
      'Identifiant',
      'Identifiant de la candidature.',
      sql`instruction.candidature_id::text`,
      {
        fichiersSeulement: true,
        tri: null,
      },
    ),
    numero: champ('entier', 'Numéro', 'Numéro de la candidature.', sql`instruction.numero`, {
      discret: true,
    }),
    commune: champ('texte', 'Commune', 'Commune de la structure.', sql`instruction.commune_nom`, {
      tri: sql`instruction.commune_tri`,
    }),
    intercommunalite: champ(
      'texte',
      'Intercommunalité',
      'Intercommunalité de la structure.',
      sql`instruction.epci_nom`,
      {
        discret: true,
        tri: null,
      },
    ),
    departement: champ('texte', 'Département', 'Département de la structure.', sql`departement.nom`, {
      discret: true,
      tri: sql`instruction.departement_code`,
    }),
    vague: champ('texte', 'Vague', 'Vague à laquelle elle répond.', sql`vague.nom`, {
      discret: true,
      tri: sql`instruction.vague_id`,
    }),
    etat: champ('texte', 'État', 'Où en est la candidature.', etat, { tri: sql`instruction.statut` }),
    categorie: champ('texte', 'Catégorie', 'Publique ou privée.', sql`instruction.categorie`, {
      discret: true,
      mots: { publique: 'publique', privee: 'privée' },
    }),
    postes: champ('entier', 'Demandés', 'Postes demandés.', sql`instruction.postes_demandes`, {
      somme: true,
    }),
    avis: champ(
      'texte',
      'Avis',
      'Le dernier avis du niveau qui compte dans la vague ; « dépôt précédent » si la structure a déposé de nouveau depuis.',
      sql`case instruction.avis_favorable when true then 'favorable' when false then 'défavorable' end
        || case when ${depasse} then ' (dépôt précédent)' else '' end`,
      { tri: sql`instruction.avis_favorable` },
    ),
    proposes: champ('entier', 'Proposés', 'Postes que l’avis propose.', sql`instruction.avis_postes`, {
      somme: true,
    }),
    deposee: champ('date', 'Déposée le', 'Jour du dernier dépôt.', jour('instruction.deposee_le'), {
      tri: sql`instruction.deposee_le`,
      rempli: true,
    }),
    avis_le: champ('date', 'Avis du', 'Jour de l’avis.', jour('instruction.avis_le'), {
      discret: true,
      tri: sql`instruction.avis_le`,
    }),
    affectee: champ('texte', 'Affectée à', 'Agent de la préfecture qui la suit.', sql`instruction.agent`),
    correction: champ(
      'date',
      'Correction attendue le',
      'Jour où la correction demandée est attendue.',
      sql`instruction.correction_echeance::text`,
      { discret: true, tri: sql`instruction.correction_echeance` },
    ),
    priorites: champ('textes', 'Priorités', 'Labels de priorité déclarés.', sql`instruction.priorites`, {
      discret: true,
      tri: null,
    }),
    alertes: champ(
      'textes',
      'À regarder',
      'Ce qui demande un regard avant de décider.',
      sql`array_remove(array[
        case when instruction.doublon then 'doublon possible' end,
        case when instruction.a_verifier then 'structure à vérifier' end,
        case when ${nonLu} then 'message non lu' end], null)`,
      { tri: null, discret: true },
    ),
  },
  filtres: {
    texte: filtreTexte(
      'Structure, SIRET, commune ou numéro',
      'Mots du nom, du numéro ou de la commune',
      'gauchy',
      (valeur) =>
        mots(valeur).length === 0
          ? sql`true`
          : sql.join(
              mots(valeur).map((mot) => sql`instruction.recherche like '%' || nom_recherche(${mot}) || '%'`),
              sql` and `,
            ),
    ),
    vague: {
      titre: 'Vague',
      description: 'Numéro de la vague',
      exemple: '0197a0c0-0000-7000-8000-000000000000',
      tous: 'Toutes',
      schema: z.uuid('attend un numéro de vague'),
      condition: (valeur) => sql`instruction.vague_id = ${valeur}::uuid`,
    },
    etat: filtreChoix(
      'État',
      'État de la candidature',
      etatsInstruits,
      (valeur) => sql`instruction.statut = ${valeur}`,
    ),
    avis: {
      ...filtreChoix('Avis', 'Avis rendu', ['attendu', 'aucun', 'favorable', 'defavorable'], (valeur) =>
        valeur === 'attendu'
          ? avisAttendu
          : valeur === 'aucun'
            ? sql`instruction.avis_le is null`
            : sql`instruction.avis_favorable is ${valeur === 'favorable' ? sql`true` : sql`false`}`,
      ),
    },
    agent: {
      titre: 'Affectée à',
      description: '« moi », « personne » ou le numéro d’un agent',
      exemple: 'moi',
      tous: 'Tout le monde',
      schema: z.union([z.enum(['moi', 'personne']), z.uuid()], { error: 'attend moi, personne ou un agent' }),
      condition: (valeur) =>
        valeur === 'moi'
          ? sql`instruction.instructeur_id = (select acteur_personne())`
          : valeur === 'personne'
            ? sql`instruction.instructeur_id is null`
            : sql`instruction.instructeur_id = ${valeur}::uuid`,
    },
    alerte: filtreChoix(
      'À regarder',
      'Ce qui demande un regard',
      ['doublon', 'a_verifier', 'message', 'correction_en_retard'],
      (valeur) => {
        switch (valeur) {
          case 'doublon':
            return sql`instruction.doublon`;
          case 'a_verifier':
            return sql`instruction.a_verifier`;
          case 'message':
            return nonLu;
          default:
            return sql`instruction.correction_echeance < (now() at time zone 'Europe/Paris')::date`;
        }
      },
    ),
    territoire: filtreTexte(
      'Commune ou intercommunalité',
      'Commune ou intercommunalité',
      'saint-quentin',
      (valeur) => sql`(instruction.commune_tri like ${normaliserNom(valeur)} || '%'
        or instruction.epci_tri like '%' || nom_recherche(${valeur}) || '%')`,
    ),
    departement: filtreCode(
      'Département',
      'Code de département',
      /^(\d{2,3}|2[AB])$/,
      '02',
      sql`instruction.departement_code`,
    ),
    priorite: filtreTexte(
      'Priorité',
      'Label de priorité',
      'Espaces France Services',
      (valeur) => sql`instruction.priorites @> array[${valeur}]`,
    ),
  },
  tri: { champ: 'deposee', sens: 'asc' },
});
