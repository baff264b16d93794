import { sql } from 'kysely';
import { z } from 'zod';
import { champ, defineListe, filtreChoix } from '../../platform/listes/index.ts';
import { etatsDeRegime, modesDeRegime } from './rules.ts';

const jour = sql`(now() at time zone 'Europe/Paris')::date`;
const etat = sql`case when regime.en_vigueur @> ${jour} then 'en_vigueur'
  when lower(regime.en_vigueur) > ${jour} then 'a_venir' else 'fini' end`;

/** Every régime, with the days on which it is in force: for administrators. */
export const listeRegimes = defineListe({
  code: 'regimes',
  titre: 'Régimes',
  description: 'Les règles datées de financement d’un poste\u00a0: forfaits et taux.',
  nom: ['régime', 'régimes'],
  relation: sql`regime`,
  cle: {
    sql: sql`regime.id`,
    schema: z.uuid('attend un numéro de régime'),
    condition: (cle) => sql`regime.id = ${cle}::uuid`,
    exemple: '0197a0c0-0000-7000-8000-000000000000',
  },
  champs: {
    libelle: champ('texte', 'Régime', 'Nom du régime.', sql`regime.libelle`),
    id: champ('texte', 'Numéro', 'Numéro du régime.', sql`regime.id::text`, { discret: true, tri: null }),
    code: champ('texte', 'Code', 'Code du régime.', sql`regime.code`),
    mode: champ('texte', 'Mode', 'Forfait, ou taux du salaire.', sql`regime.mode`, { mots: modesDeRegime }),
    debut: champ('date', 'Du', 'Premier jour en vigueur.', sql`lower(regime.en_vigueur)`),
    fin: champ(
      'date',
      'Jusqu’au',
      'Dernier jour en vigueur\u00a0; vide sans fin connue.',
      sql`upper(regime.en_vigueur) - 1`,
    ),
    etat: champ('texte', 'État', 'En vigueur aujourd’hui, à venir ou fini.', etat, {
      insecable: true,
      mots: etatsDeRegime,
    }),
  },
  filtres: {
    etat: filtreChoix(
      'État',
      'État du régime',
      ['en_vigueur', 'a_venir', 'fini'],
      (valeur) => sql`${etat} = ${valeur}`,
    ),
  },
  tri: { champ: 'debut', sens: 'desc' },
});
