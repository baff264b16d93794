import { sql } from 'kysely';
import { z } from 'zod';
import { enInstant } from '../platform/database/instants.ts';
import { champ, defineListe, filtreChoix, filtreCode, filtreDate } from '../platform/listes/index.ts';
import { statutsDeCourriel } from './courriels.rules.ts';
import { debutDuJour } from './instants.ts';

/** The outbox. Nothing personal is a filter: addresses and words of a subject would stand in the address of the page. */
export const listeCourriels = defineListe({
  code: 'courriels',
  titre: 'Courriels',
  description:
    'Les courriels écrits par Maillage : en attente, envoyés ou abandonnés. Leur trace est gardée un an.',
  nom: ['courriel', 'courriels'],
  relation: sql`courriel`,
  cle: {
    sql: sql`courriel.id`,
    schema: z.uuid('attend un numéro de courriel'),
    condition: (cle) => sql`courriel.id = ${cle}::uuid`,
    exemple: '0197a0c0-0000-7000-8000-000000000000',
  },
  champs: {
    objet: champ('texte', 'Objet', 'Objet du courriel.', sql`courriel.objet`),
    id: champ('texte', 'Numéro', 'Numéro du courriel.', sql`courriel.id::text`, { discret: true, tri: null }),
    destinataire: champ('texte', 'À', 'Adresse du destinataire.', sql`courriel.destinataire`),
    statut: champ('texte', 'État', 'État de l’envoi.', sql`courriel.statut`, {
      insecable: true,
      mots: statutsDeCourriel,
    }),
    ecrit: champ('texte', 'Écrit le', 'Quand le courriel a été écrit.', enInstant('courriel.cree_le')),
    envoye: champ('texte', 'Envoyé le', 'Quand le serveur l’a accepté.', enInstant('courriel.envoye_le'), {
      discret: true,
    }),
    essais: champ('entier', 'Essais', 'Nombre d’essais d’envoi.', sql`courriel.tentatives`),
    prochain: champ(
      'texte',
      'Prochain essai',
      'Quand il sera essayé de nouveau.',
      sql`case when courriel.statut = 'en_attente' then ${enInstant('courriel.prochain_essai_le')} end`,
      { discret: true },
    ),
    erreur: champ('texte', 'Erreur', 'Dernière erreur.', sql`courriel.derniere_erreur`, { tri: null }),
    nature: champ('texte', 'Ce dont il parle', 'Nature de l’objet.', sql`courriel.objet_type`, {
      discret: true,
    }),
    numero: champ('texte', 'Numéro de l’objet', 'Numéro de ce dont il parle.', sql`courriel.objet_id`, {
      discret: true,
      tri: null,
    }),
  },
  filtres: {
    statut: filtreChoix(
      'État',
      'État de l’envoi',
      ['en_attente', 'envoye', 'abandonne'],
      (valeur) => sql`courriel.statut = ${valeur}`,
    ),
    du: filtreDate(
      'Écrit à partir du',
      'Premier jour',
      '2026-03-01',
      (valeur) => sql`courriel.cree_le >= ${debutDuJour(valeur)}`,
    ),
    au: filtreDate(
      'Écrit jusqu’au',
      'Dernier jour',
      '2026-03-31',
      (valeur) => sql`courriel.cree_le < ${debutDuJour(valeur, 1)}`,
    ),
    nature: filtreCode(
      'Ce dont il parle',
      'Nom d’objet',
      /^[a-z][a-z_]{0,60}$/,
      'invitation',
      sql`courriel.objet_type`,
    ),
    numero: filtreCode(
      'Numéro de l’objet',
      'Numéro d’objet',
      /^[0-9A-Za-z-]{1,64}$/,
      '0197a0c0-0000-7000-8000-000000000000',
      sql`courriel.objet_id`,
    ),
  },
  tri: { champ: 'ecrit', sens: 'desc' },
});
