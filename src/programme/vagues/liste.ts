import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { champ, defineListe, filtreChoix } from '../../platform/listes/index.ts';
import { postes } from '../../statistiques/index.ts';
import { type EtatMontre, etatsDeVague } from './rules.ts';

const etats = Object.keys(etatsDeVague) as [EtatMontre, ...EtatMontre[]];

/** An application that counts among those submitted, by its status. */
export const estComptee = (statut: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${statut} not in ('brouillon', 'abandonnee', 'retiree', 'doublon')`;

/** Where a wave stands as it is told, over `vague`: the rule of the same name says the same. */
export const etatMontre = sql<EtatMontre>`case
  when vague_etat(vague.id, null, now()) <> 'a_venir' then vague_etat(vague.id, null, now())
  when vague.ouvre_le is null or (vague.ouverture_precision = 'mois'
    and to_char(vague.ouvre_le, 'YYYY-MM') < to_char(now() at time zone 'Europe/Paris', 'YYYY-MM'))
    then 'sans_calendrier'
  else 'a_venir' end`;

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
    etat: champ('texte', 'État', 'Où en est la vague, à l’heure de Paris.', etatMontre, {
      insecable: true,
      mots: etatsDeVague,
    }),
    ouverture: champ(
      'date',
      'Ouverture',
      'Premier jour des candidatures, quand il est fixé.',
      sql`case vague.ouverture_precision when 'jour' then vague.ouvre_le end`,
    ),
    cloture: champ('date', 'Clôture', 'Dernier jour des candidatures.', sql`vague.ferme_le`),
    objectif: champ('entier', 'Objectif', 'Nombre de postes visé.', sql`vague.objectif_postes`),
    retenus: champ(
      'entier',
      'Postes retenus',
      'Nombre de postes retenus dans les séances closes et les sélections importées.',
      sql`(select ${postes.sql}::integer from ligne_retenue l join seance on seance.id = l.seance_id
        where seance.vague_id = vague.id)`,
    ),
    deposees: champ(
      'entier',
      'Candidatures déposées',
      'Nombre de candidatures déposées, sans les doublons ni les retraits.',
      sql`(select count(*) from candidature where vague_id = vague.id and ${estComptee(sql`statut`)})`,
    ),
  },
  filtres: {
    etat: filtreChoix('État', 'État de la vague', etats, (valeur) => sql`${etatMontre} = ${valeur}`),
  },
  tri: { champ: 'rang', sens: 'desc' },
});
