import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { champ, defineListe, filtreChoix } from '../../platform/listes/index.ts';

/** An application that counts among those submitted, by its status. */
export const estComptee = (statut: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${statut} not in ('brouillon', 'abandonnee', 'retiree', 'doublon')`;

const etat = sql`vague_etat(vague.id, null, now())`;

/** Every wave, drafts too: for administrators. */
export const listeVagues = defineListe({
  code: 'vagues',
  titre: 'Vagues',
  description: 'Les vagues de candidatures\u00a0: en préparation, à venir, ouvertes, closes ou annulées.',
  nom: ['vague', 'vagues'],
  relation: sql`vague`,
  cle: {
    sql: sql`vague.id`,
    schema: z.uuid('attend un numéro de vague'),
    condition: (cle) => sql`vague.id = ${cle}::uuid`,
    exemple: '0197a0c0-0000-7000-8000-000000000000',
  },
  champs: {
    nom: champ('texte', 'Vague', 'Nom de la vague.', sql`vague.nom`),
    id: champ('texte', 'Numéro', 'Numéro de la vague.', sql`vague.id::text`, { discret: true, tri: null }),
    rang: champ('entier', 'Rang', 'Rang de la vague dans le programme.', sql`vague.rang`),
    etat: champ('texte', 'État', 'Où en est la vague, à l’heure de Paris.', etat, { insecable: true }),
    ouverture: champ(
      'date',
      'Ouverture',
      'Premier jour des candidatures, quand il est fixé.',
      sql`case vague.ouverture_precision when 'jour' then vague.ouvre_le end`,
    ),
    cloture: champ('date', 'Clôture', 'Dernier jour des candidatures.', sql`vague.ferme_le`),
    objectif: champ('entier', 'Objectif', 'Nombre de postes visé.', sql`vague.objectif_postes`),
    decides: champ(
      'entier',
      'Postes décidés',
      'Nombre de postes décidés par le comité.',
      sql`vague.postes_decides`,
    ),
    deposees: champ(
      'entier',
      'Candidatures déposées',
      'Nombre de candidatures déposées, sans les doublons ni les retraits.',
      sql`(select count(*) from candidature where vague_id = vague.id and ${estComptee(sql`statut`)})`,
    ),
  },
  filtres: {
    etat: filtreChoix(
      'État',
      'État de la vague',
      ['preparation', 'a_venir', 'ouverte', 'close', 'annulee'],
      (valeur) => sql`${etat} = ${valeur}`,
    ),
  },
  tri: { champ: 'rang', sens: 'desc' },
});
